"""The arms of an ablation: what is on in each, what it scores, and what the full system has over it."""

from collections.abc import Mapping

import pandas as pd

from assay.model.ablation.answer import Ablation, Arm, Component, Contribution, Gain
from assay.model.metric import Direction
from assay.view.tables.ablation.gains import MOST, Row, figures, interval, p_header
from assay.view.tables.column import Column, Table
from assay.view.text.ablation.words import CLASSES, HURTS, arm_name, family, in_unit, mark_of, scale_of
from assay.view.text.escape import csv_cell, flat, short
from assay.view.text.numbers import MISSING, Scale, p_value, percent

_MOST_FACTORS = 5
_LONGEST_LEVEL = 12
_LONGEST_QUESTION = 80


def arms(found: Ablation) -> Table:
    """A row an arm, the full system first; at most MOST in sight, all of them in `data`."""
    written, by = scale_of(found), {one.component: one for one in found.contributions}
    columns = _columns(found, written)
    shown = found.arms[:MOST]
    frame = pd.DataFrame([_row(found, arm, by, written) for arm in shown], columns=list(columns))
    data = pd.DataFrame([_figures(found, arm, by) for arm in found.arms], dtype=object)
    spare = ("question", "tested", *(name for name in columns if name.startswith("factor:")), "above", "shapley")
    return Table(frame, columns, f"Arms of the ablation of {flat(found.metric.name)}", data, spare=spare)


def hidden(found: Ablation) -> int:
    """How many arms the table has no room for."""
    return max(0, len(found.arms) - MOST)


def _columns(found: Ablation, written: Scale) -> dict[str, Column]:
    """Those that something stands in."""
    unit = in_unit(written)
    columns = {
        "arm": Column("arm", pinned=True, width=190),
        "question": Column("asked", width=200, help="What the plan wanted to know of it."),
        **{f"factor:{own.name}": Column(flat(own.name)) for own in _switched(found)},
        "score": Column(written.header(flat(found.metric.name)), "right"),
        "n": Column("n", "number", "%,d", width=44),
        "above": Column(_above_header(found), "right", help=f"What it has over {_lowest(found)}{unit}."),
        "lost": Column("lost to full", "right", help=f"What the full system has over it{unit}."),
        "interval": Column(_interval_header(found), "right"),
        "p": Column(p_header(found, family(found)), "right"),
        "class": Column("class", "marks", colours={own.label: own.colour for own in (*CLASSES.values(), HURTS)}),
        "shapley": Column(f"Shapley{unit}", "right"),
        "tested": Column("tested on", help="Arms on other test rows than the full system are not paired with it."),
    }
    empty = {
        "above": not any(arm.above.value is not None for arm in found.arms),
        "class": not any(one.importance for one in found.contributions),
        "shapley": not any(one.shapley is not None for one in found.contributions),
        "tested": all(arm.as_tested for arm in found.arms),
        "question": not any(arm.question for arm in found.arms),
    }
    return {name: column for name, column in columns.items() if not empty.get(name)}


def _switched(found: Ablation) -> list[Component]:
    """Components with a column of their own: where filters tell arms apart, or factors are many, the name does."""
    told = any(own.on is not None or own.off is not None for own in found.components)
    return list(found.components) if told and len(found.components) <= _MOST_FACTORS else []


def _above_header(found: Ablation) -> str:
    """An error that is smaller is better, and not above."""
    return "above none" if found.metric.direction is Direction.MAXIMIZE else "better than none"


def _lowest(found: Ablation) -> str:
    low = max(found.arms, key=lambda arm: len(arm.off), default=None)
    return "the arm without all of them" if low is None or len(low.off) < 2 else f"the arm {arm_name(found, low.off)}"


def _interval_header(found: Ablation) -> str:
    """`95 % CI, paired t`, or without a method where arms have different ones."""
    methods = {arm.lost.interval.method for arm in found.arms if arm.lost.interval}
    return f"{percent(found.rules.level)} CI{f', {methods.pop()}' if len(methods) == 1 else ''}"


def _row(found: Ablation, arm: Arm, by: Mapping[str, Contribution], written: Scale) -> Row:
    own = by.get(arm.off[0]) if len(arm.off) == 1 else None
    sign = mark_of(own) if own else None
    levels = {
        f"factor:{one.name}": csv_cell(_level(one.off if one.name in arm.off else one.on)) for one in _switched(found)
    }
    return {
        "arm": csv_cell(arm_name(found, arm.off)),
        **levels,
        "score": written.spread(arm.side.value, arm.side.std),
        "n": arm.side.replicates,
        "above": written.bare(arm.above.value, signed=True),
        "lost": written.bare(arm.lost.value, signed=True),
        "interval": interval(arm.lost, written),
        "p": p_value(arm.lost.p_adjusted) if own else MISSING,
        "class": [sign.label] if sign else [],
        "shapley": written.bare(own.shapley, signed=True) if own else MISSING,
        "tested": "same rows" if arm.as_tested else "other rows",
        "question": csv_cell(short(arm.question, _LONGEST_QUESTION)) if arm.question else MISSING,
    }


def _level(level: str | None) -> str:
    return MISSING if level is None else short(level, _LONGEST_LEVEL)


def _figures(found: Ablation, arm: Arm, by: Mapping[str, Contribution]) -> Row:
    """Everything unrounded, in the unit that was logged; gains are positive where they are better."""
    own, side = by.get(arm.off[0]) if len(arm.off) == 1 else None, arm.side
    alone = own.alone if own else Gain()
    return {
        "arm": arm_name(found, arm.off),
        "off": ", ".join(arm.off),
        "filter": arm.filter,
        **{f"param {one.name}": one.off if one.name in arm.off else one.on for one in found.components},
        "metric": found.metric.name,
        "replicates": side.replicates,
        "mean": side.value,
        "sd": side.std,
        "low": side.interval.low if side.interval else None,
        "high": side.interval.high if side.interval else None,
        **figures(arm.lost, "lost to full"),
        **figures(arm.above, "above none"),
        "class": own.importance.value if own and own.importance else None,
        **figures(alone, "alone"),
        "yates": own.yates if own else None,
        "shapley": own.shapley if own else None,
        "as tested": arm.as_tested,
        "question": arm.question or None,
        "run_ids": " ".join(side.sample.used_ids),
    }
