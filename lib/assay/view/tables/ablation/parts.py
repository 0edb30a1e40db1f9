"""What components add, what they do together, and what can go, as tables."""

import pandas as pd

from assay.model.ablation.answer import Ablation, Contribution, Fate, Gain, Interaction, Names
from assay.view.tables.column import Column, Table
from assay.view.text.ablation.words import (
    CLASSES,
    FATES,
    HURTS,
    arm_name,
    between,
    family,
    fate_of,
    judged,
    limit_words,
    listed,
    mark_of,
    scale_of,
)
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent

MOST = 200
"""Rows in sight."""

_ORDER = {Fate.CAN_GO: 0, Fate.NOT_SHOWN: 1, Fate.NEEDED: 2, None: 3}

Row = dict[str, object]
Lost = tuple[Names, Gain, Fate | None]


def contributions(found: Ablation) -> Table:
    """A row a component, the largest contribution first."""
    written, level = scale_of(found), percent(found.rules.level)
    unit = f", {written.difference_unit}" if written.difference_unit else ""
    columns = {
        "component": Column("component", pinned=True, width=190),
        "gain": Column(f"full − without{unit}", "right"),
        "interval": Column(f"{level} CI", "right"),
        "p": Column(_p_header(found, family(found)), "right"),
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
    unit = f", {written.difference_unit}" if written.difference_unit else ""
    columns = {
        "components": Column("together", pinned=True, width=220),
        "effect": Column(f"beyond the sum{unit}", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "p": Column(_p_header(found, sum(one.estimable for one in found.interactions)), "right"),
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
    unit = f", {written.difference_unit}" if written.difference_unit else ""
    columns = {
        "without": Column("without"),  # a phone has no room beside a pinned one
        "loses": Column(f"loses{unit}, {percent(found.rules.level)} CI", "right"),
        "fate": Column("keeps up?", "marks", colours={own.label: own.colour for own in FATES.values()}),
    }
    if judged(found):
        columns["fate"] = Column(f"below {limit_words(found, written)[1]}?", "marks", colours=columns["fate"].colours)
    else:
        del columns["fate"]
    rows = sorted(_lost(found), key=lambda one: (_ORDER[one[2]], one[1].value or 0.0))
    made = [_can_go(own, written) for own in rows[:MOST]]
    data = pd.DataFrame([_can_go_figures(own) for own in rows], dtype=object)
    return Table(pd.DataFrame(made, columns=list(columns)), columns, "What can go", data)


def _lost(found: Ablation) -> list[Lost]:
    known = [((one.component,), one.gain, fate_of(one)) for one in found.contributions if one.gain.value is not None]
    rows: list[Lost] = [*known, *((pair.components, pair.loss, pair.fate) for pair in found.pairs)]
    if found.smallest and len(found.smallest.arm.off) > 2:
        rows.append((found.smallest.arm.off, found.smallest.arm.lost, Fate.CAN_GO))
    return rows


def _can_go(row: Lost, written: Scale) -> Row:
    off, gain, fate = row
    return {
        "without": csv_cell(listed([flat(name) for name in off])),
        "loses": f"{written.bare(gain.value, signed=True)} {between(written, gain)}".strip(),
        "fate": [FATES[fate].label] if fate else [],
    }


def _can_go_figures(row: Lost) -> Row:
    off, gain, fate = row
    return {"without": ", ".join(off), **_figures(gain), "fate": fate.value if fate else None}


def _p_header(found: Ablation, n: int) -> str:
    return f"p, {found.rules.correction.capitalize()} over {n}" if found.rules.corrected and n > 1 else "p"


def _contribution(one: Contribution, written: Scale) -> Row:
    sign, own = mark_of(one), one.gain.interval
    return {
        "component": csv_cell(flat(one.component)),
        "gain": written.bare(one.gain.value, signed=True),
        "interval": written.limits(own.low, own.high) if own else MISSING,
        "p": p_value(one.gain.p_adjusted),
        "class": [sign.label] if sign else [],
        "alone": written.bare(one.alone.value, signed=True),
        "yates": written.bare(one.yates, signed=True),
        "shapley": written.bare(one.shapley, signed=True),
    }


def _interaction(found: Ablation, one: Interaction, written: Scale) -> Row:
    own = one.effect.interval
    gone = [arm_name(found, off) for off in one.missing]
    return {
        "components": csv_cell(" × ".join(map(flat, one.components))),
        "effect": written.bare(one.effect.value, signed=True),
        "interval": written.limits(own.low, own.high) if own else MISSING,
        "p": p_value(one.effect.p_adjusted),
        "yates": written.bare(one.yates, signed=True),
        "over": csv_cell(", ".join(map(flat, one.averaged))) or MISSING,
        "missing": csv_cell("; ".join(gone[:2]) + (f" and {len(gone) - 2:,} more" if len(gone) > 2 else "")) or MISSING,
    }


def _interaction_figures(one: Interaction) -> Row:
    return {
        "components": ", ".join(one.components),
        **_figures(one.effect),
        "yates": one.yates,
        "averaged over": ", ".join(one.averaged) or None,
        "estimable": one.estimable,
    }


def _figures(gain: Gain) -> Row:
    own = gain.interval
    return {
        "gain": gain.value,
        "low": own.low if own else None,
        "high": own.high if own else None,
        "method": own.method if own else None,
        "p": gain.p_value,
        "p adjusted": gain.p_adjusted,
    }
