"""The documented JSON object of an ablation."""

from collections.abc import Sequence
from typing import Any

from assay.model.ablation.answer import (
    Ablation,
    Arm,
    Component,
    Contribution,
    Corner,
    Gain,
    Interaction,
    Square,
    TriedPair,
)
from assay.model.ablation.question import AblationQuestion
from assay.view.objects import noted, reasoned
from assay.view.objects.sides import interval, scores, side
from assay.view.text.ablation.pairs import interpretation
from assay.view.text.ablation.words import labels
from assay.view.text.notes import words
from assay.view.text.notes.exclusions import reason

Json = dict[str, Any]
Labels = Sequence[str]
"""What the sides are called that notes speak of."""

_JOINT = " × "
"""Between the components of one key of `yates`."""


def ablation(found: Ablation) -> Json:
    """Everything in the unit that was logged; gains are positive where they make the metric better."""
    limits, names = found.limits, labels(found)
    return {
        "metric": found.metric.name,
        "direction": found.metric.direction,
        "direction_source": found.metric.direction_source,
        "level": found.rules.level,
        "correction": found.rules.correction,
        "minimum_runs": found.rules.fewest,
        "design": found.design,
        "experiment": found.experiment or None,
        "asked": _asked(found.question),
        "components": [_component(one) for one in found.components],
        "full": side(found.full.side, found.metric.name, scores(found.full.side), names),
        "contributions": [_contribution(one, names, told=not found.metric.assumed) for one in found.contributions],
        "interactions": [_interaction(one, names) for one in found.interactions],
        "shapley": {one.component: one.shapley for one in found.contributions},
        "yates": _yates(found),
        "together": found.together,
        "whole": _gain(found.whole, names),
        "background": {one.name: one.on for one in found.components if one.name not in found.together},
        "pairs": [_pair(one, names) for one in found.pairs],
        "smallest": _smallest(found),
        "arms": [_arm(one, found.metric.name, names) for one in found.arms],
        "limits": limits
        and {
            "critical": limits.critical,
            "removable": limits.removable,
            "source": "smallest_effect" if limits.of_effect else "policy",
        },
        "interpretation": interpretation(found) or None,
        "hypothesis": found.hypothesis or None,
        "questions": {arm.question: arm.off for arm in found.arms if arm.question},
        "excluded": {reason(why, found.metric.name): n for why, n in found.excluded.items()},
        "notes": [noted(own, names) for own in found.notes],
        "warnings": [words(own, names) for own in found.notes],
    }


def _asked(question: AblationQuestion) -> Json:
    """Every part of the question by its name, null for what was not given; the metric stands above."""
    return {
        "factors": question.factors,
        "full": question.full or None,
        "without": dict(question.without),
        "on": dict(question.on),
        "experiments": question.experiments,
        "filter": question.within or None,
        "deleted": question.deleted,
        "direction": question.direction,
        "ignore": question.ignore,
    }


def _component(one: Component) -> Json:
    follows = [{"param": param, "on": on, "off": off} for param, on, off in one.follows]
    return {"component": one.name, "on": one.on, "off": one.off, "follows": follows}


def _contribution(one: Contribution, names: Labels, *, told: bool) -> Json:
    """`told`: whether it is known which way is better."""
    return {
        "component": one.component,
        "contribution": one.gain.value,
        **_test(one.gain),
        "class": one.importance,
        "hurts": told and one.gain.hurts,
        "alone": _gain(one.alone, names),
        "yates": one.yates,
        "shapley": one.shapley,
        **reasoned(one.gain.reason or one.reason, names),
    }


def _interaction(one: Interaction, names: Labels) -> Json:
    return {
        "components": one.components,
        "effect": one.effect.value,
        "yates": one.yates,
        "averaged_over": one.averaged,
        **_test(one.effect),
        "estimable": one.estimable,
        "missing": one.missing,
        **reasoned(one.effect.reason, names),
    }


def _yates(found: Ablation) -> Json:
    """Main effects and interactions; null where cells are missing."""
    main = {one.component: one.yates for one in found.contributions}
    ordered = {name: main.get(name) for name in found.names}
    return ordered | {_JOINT.join(one.components): one.yates for one in found.interactions}


def _pair(one: TriedPair, names: Labels) -> Json:
    return {
        "components": one.components,
        "loss": one.loss.value,
        **_test(one.loss),
        "fate": one.arm.fate,
        "beyond": _gain(one.beyond, names),
        "case": one.case,
        "winner": one.winner or None,
        "hurting": one.hurting,
        "substitutes": one.substitutes,
        "cells": _cells(one.square, names) if one.square else None,
        **reasoned(one.loss.reason, names),
    }


def _cells(square: Square, called: Labels) -> Json:
    """The means of the pair's four cells, over what the interaction is averaged over."""
    names = ("without_both", "first_alone", "second_alone", "both")
    return {name: _corner(own, called) for name, own in zip(names, square.corners, strict=True)}


def _corner(own: Corner, names: Labels) -> Json:
    return {"mean": own.value, **interval("", own.interval), "n": own.n, **reasoned(own.reason, names)}


def _smallest(found: Ablation) -> Json | None:
    """The fewest components that are shown to keep up, out of how many systems; null where none is."""
    own = found.smallest
    if own is None:
        return None
    return {
        "kept": own.kept,
        "off": own.arm.off,
        "filter": own.arm.filter,
        "loss": own.arm.lost.value,
        **_test(own.arm.lost),
        "picked_from": own.picked_from,
        "passed": own.passed,
    }


def _arm(arm: Arm, metric: str, names: Labels) -> Json:
    return {
        "off": arm.off,
        **side(arm.side, metric, scores(arm.side), names),
        "lost": _gain(arm.lost, names),
        "above": _gain(arm.above, names),
        "as_tested": arm.as_tested,
        "question": arm.question or None,
    }


def _gain(own: Gain, names: Labels) -> Json | None:
    """Null where nothing was asked."""
    if own == Gain():
        return None
    return {"value": own.value, **_test(own), **reasoned(own.reason, names)}


def _test(own: Gain) -> Json:
    return {
        **interval("", own.interval),
        "p_value": own.p_value,
        "p_adjusted": own.p_adjusted,
        "p_method": own.test.name if own.test else None,
        "paired": own.paired,
        "n": own.n,
    }
