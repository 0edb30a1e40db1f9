"""What components add, what they do together, and what can go, as tables."""

import pandas as pd

from assay.model.ablation.answer import Ablation, Arm, Contribution, Fate, Interaction
from assay.view.tables.ablation.gains import MOST, Row, figures, interval, p_header
from assay.view.tables.column import Column, Table
from assay.view.text.ablation.words import (
    CLASSES,
    FATES,
    HURTS,
    arm_name,
    between,
    family,
    in_unit,
    judged,
    limit_words,
    listed,
    mark_of,
    scale_of,
)
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent

_ORDER = {Fate.CAN_GO: 0, Fate.NOT_SHOWN: 1, Fate.NEEDED: 2, None: 3}


def contributions(found: Ablation) -> Table:
    """A row a component, the largest contribution first."""
    written, level = scale_of(found), percent(found.rules.level)
    unit = in_unit(written)
    columns = {
        "component": Column("component", pinned=True, width=190),
        "gain": Column(f"full − without{unit}", "right"),
        "interval": Column(f"{level} CI", "right"),
        "p": Column(p_header(found, family(found)), "right"),
        "class": Column("class", "marks", colours={own.label: own.colour for own in (*CLASSES.values(), HURTS)}),
        "alone": Column("alone", "right", help="What it adds to the system without all that were tried together."),
        "yates": Column("Yates", "right", help="Its main effect over all combinations."),
        "shapley": Column("Shapley", "right", help="Its share of what all that were tried together add."),
    }
    made = [_contribution(one, written) for one in found.contributions]
    for name, own in (("class", [one.importance for one in found.contributions]),
                      ("alone", [one.alone.value for one in found.contributions]),
                      ("yates", [one.yates for one in found.contributions]),
                      ("shapley", [one.shapley for one in found.contributions])):  # fmt: skip
        if all(value is None for value in own):
            del columns[name]
    return Table(
        pd.DataFrame(made, columns=list(columns)), columns, "What each component adds", spare=("yates", "alone")
    )


def interactions(found: Ablation) -> Table:
    """A row a pair, then higher orders; at most MOST in sight, all of them in `data`."""
    written = scale_of(found)
    unit = in_unit(written)
    columns = {
        "components": Column("together", pinned=True, width=220),
        "effect": Column(f"beyond the sum{unit}", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "p": Column(p_header(found, sum(one.estimable for one in found.interactions)), "right"),
        "yates": Column("Yates", "right"),
        "over": Column("averaged over"),
        "missing": Column("no run", help="The arms without which it cannot be told."),
    }
    if not any(one.averaged for one in found.interactions):
        del columns["over"]
    if not any(one.missing for one in found.interactions):
        del columns["missing"]
    made = [_interaction(found, one, written) for one in found.interactions[:MOST]]
    data = pd.DataFrame([_interaction_figures(one) for one in found.interactions], dtype=object)
    frame = pd.DataFrame(made, columns=list(columns))
    return Table(frame, columns, "What components do together", data, spare=("over", "yates"))


def what_can_go(found: Ablation) -> Table:
    """A row for each component and pair that was left out, and the smallest system: what can go first."""
    written = scale_of(found)
    unit = in_unit(written)
    columns = {
        "without": Column("without"),  # a phone has no room beside a pinned one
        "loses": Column(f"loses{unit}, {percent(found.rules.level)} CI", "right"),
        "fate": Column("keeps up?", "marks", colours={own.label: own.colour for own in FATES.values()}),
    }
    if judged(found):
        columns["fate"] = Column(f"below {limit_words(found, written)[1]}?", "marks", colours=columns["fate"].colours)
    else:
        del columns["fate"]
    rows = sorted(_lost(found), key=lambda one: (_ORDER[one.fate], one.lost.value or 0.0))
    made = [_can_go(own, written) for own in rows[:MOST]]
    data = pd.DataFrame([_can_go_figures(own) for own in rows], dtype=object)
    return Table(pd.DataFrame(made, columns=list(columns)), columns, "What can go", data)


def _lost(found: Ablation) -> list[Arm]:
    """The arms without one component, without two, and the smallest system."""
    few = [arm for arm in found.arms if len(arm.off) in (1, 2) and arm.lost.value is not None]
    return [*few, *([found.smallest.arm] if found.smallest and len(found.smallest.arm.off) > 2 else [])]


def _can_go(arm: Arm, written: Scale) -> Row:
    return {
        "without": csv_cell(listed([flat(name) for name in arm.off])),
        "loses": f"{written.bare(arm.lost.value, signed=True)} {between(written, arm.lost)}".strip(),
        "fate": [FATES[arm.fate].label] if arm.fate else [],
    }


def _can_go_figures(arm: Arm) -> Row:
    return {"without": ", ".join(arm.off), **figures(arm.lost), "fate": arm.fate.value if arm.fate else None}


def _contribution(one: Contribution, written: Scale) -> Row:
    sign = mark_of(one)
    return {
        "component": csv_cell(flat(one.component)),
        "gain": written.bare(one.gain.value, signed=True),
        "interval": interval(one.gain, written),
        "p": p_value(one.gain.p_adjusted),
        "class": [sign.label] if sign else [],
        "alone": written.bare(one.alone.value, signed=True),
        "yates": written.bare(one.yates, signed=True),
        "shapley": written.bare(one.shapley, signed=True),
    }


def _interaction(found: Ablation, one: Interaction, written: Scale) -> Row:
    gone = [arm_name(found, off) for off in one.missing]
    return {
        "components": csv_cell(" × ".join(map(flat, one.components))),
        "effect": written.bare(one.effect.value, signed=True),
        "interval": interval(one.effect, written),
        "p": p_value(one.effect.p_adjusted),
        "yates": written.bare(one.yates, signed=True),
        "over": csv_cell(", ".join(map(flat, one.averaged))) or MISSING,
        "missing": csv_cell("; ".join(gone[:2]) + (f" and {len(gone) - 2:,} more" if len(gone) > 2 else "")) or MISSING,
    }


def _interaction_figures(one: Interaction) -> Row:
    return {
        "components": ", ".join(one.components),
        **figures(one.effect),
        "yates": one.yates,
        "averaged over": ", ".join(one.averaged) or None,
        "estimable": one.estimable,
    }
