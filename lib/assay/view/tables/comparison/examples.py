"""Tables of a comparison by examples: sides, flips, changed examples, slices."""

from collections.abc import Sequence

import pandas as pd

from assay.model.comparison import OF_PREDICTIONS, Direction, Interval, Verdict
from assay.model.examples import Example, ExampleComparison, ExampleSide, Slice
from assay.view.tables.column import Column, Table
from assay.view.text.comparison.sentences import excluded
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent
from assay.view.text.verdicts import MARKS

_TOO_FEW = "– too few"
_COLOURS = {**{m.label: m.colour for m in MARKS.values()}, _TOO_FEW: "gray"}
_MOST_COLUMNS = 3


def sides(found: Sequence[ExampleComparison], scale: Scale) -> Table:
    """The baseline, then every candidate: trainings, examples, statistic with interval, difference, p, verdict."""
    first = found[0]
    rows = [_side(first.baseline, scale, "baseline")]
    for one in found:
        difference = one.difference
        rows.append(
            {
                **_side(one.candidate, scale),
                "difference": scale.bare(difference.mean, signed=True),
                "limits": _limits(difference.interval, scale, signed=True),
                "p": p_value(difference.p_adjusted),
                "verdict": [] if difference.mean is None else [_label(difference.verdict)],
            }
        )
    name = flat(scale.header(first.metric))
    level, points = percent(first.level), f", {scale.difference_unit}" if scale.difference_unit else ""
    columns = {
        "side": Column("side", pinned=True),
        "runs": Column("trainings", "number", "%,d", width=84),
        "examples": Column("examples", "number", "%,d", width=84),
        "mean": Column(name if first.statistic in OF_PREDICTIONS else f"{name}, {first.statistic.words}", "right"),
        "interval": Column(f"{level} CI of the {first.statistic.words}", "right"),
        "difference": Column(f"difference{points}", "right"),
        "limits": Column(f"{level} CI of the difference", "right"),
        "p": Column(f"p{_over(first.correction, first.comparisons)}", "right"),
        "verdict": Column("verdict", "marks", colours=_COLOURS),
        "excluded": Column("left out"),
    }
    if not any(row["excluded"] for row in rows):
        del columns["excluded"]
    return Table(pd.DataFrame(rows), columns, f"Baseline and candidates compared by examples on {flat(first.metric)}")


def _side(side: ExampleSide, scale: Scale, role: str = "") -> dict[str, object]:
    name = flat(side.label)
    reasons = dict(side.excluded)
    if side.not_logged:
        reasons["without example scores"] = len(side.not_logged)
    return {
        "side": csv_cell(f"{name} ({role})" if role and name != role else name),
        "runs": side.runs,
        "examples": side.examples,
        "mean": scale.bare(side.mean),
        "interval": _limits(side.interval, scale, signed=False),
        "difference": MISSING,
        "limits": MISSING,
        "p": MISSING,
        "verdict": [],
        "excluded": excluded(reasons),
    }


def flips(found: Sequence[ExampleComparison]) -> Table:
    """How many examples changed between wrong and right under each candidate."""
    rows = [
        {
            "candidate": csv_cell(flat(one.candidate.label)),
            "lost": one.flips.lost,
            "gained": one.flips.gained,
            "right": one.flips.both_right,
            "wrong": one.flips.both_wrong,
        }
        for one in found
        if one.flips
    ]
    columns = {
        "candidate": Column("candidate", pinned=True),
        "lost": Column("right → wrong", "number", "%,d"),
        "gained": Column("wrong → right", "number", "%,d"),
        "right": Column("right under both", "number", "%,d"),
        "wrong": Column("wrong under both", "number", "%,d"),
    }
    return Table(pd.DataFrame(rows), columns, "Examples that changed between right and wrong")


def changes(one: ExampleComparison, examples: Sequence[Example], scale: Scale, what: str) -> Table:
    """Single examples with their scores under both sides and what they can be sliced by."""
    slices = [name for name in one.slice_columns if any(name in e.slices for e in examples)][:_MOST_COLUMNS]
    rows = [
        {
            "id": csv_cell(flat(e.example_id)),
            "baseline": scale.bare(e.baseline),
            "candidate": scale.bare(e.candidate),
            "difference": scale.bare(e.difference, signed=True),
            **{f"slice:{name}": csv_cell(flat(e.slices.get(name, MISSING))) for name in slices},
        }
        for e in examples
    ]
    unit = f", {scale.unit}" if scale.unit else ""
    columns = {
        "id": Column("example", pinned=True),
        "baseline": Column(f"{flat(one.baseline.label)}{unit}", "right"),
        "candidate": Column(f"{flat(one.candidate.label)}{unit}", "right"),
        "difference": Column("difference", "right"),
        **{f"slice:{name}": Column(flat(name)) for name in slices},
    }
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, what)


def slices(found: Sequence[ExampleComparison], scale: Scale, *, most: int | None = None) -> Table:
    """A row per candidate and category, worst regressions on top; at most `most`."""
    several = len(found) > 1
    rows = [
        {
            "candidate": csv_cell(flat(one.candidate.label)),
            "slice": csv_cell(flat(f"{row.column} = {row.category}")),
            "n": row.n,
            "baseline": scale.bare(row.baseline),
            "value": scale.bare(row.candidate),
            "difference": scale.bare(row.difference, signed=True),
            "interval": _limits(row.interval, scale, signed=True),
            "p": p_value(row.p_adjusted),
            "verdict": [_label(row.verdict)],
            "reason": row.reason or "",
        }
        for one, row in _worst_first(found)[:most]
    ]
    first = found[0]
    unit = f", {scale.unit}" if scale.unit else ""
    columns = {
        "slice": Column("slice", pinned=True),
        "candidate": Column("candidate"),
        "n": Column("n", "number", "%,d", width=64),
        "baseline": Column(f"{flat(first.baseline.label)}{unit}", "right"),
        "value": Column("candidate" + unit if several else f"{flat(first.candidate.label)}{unit}", "right"),
        "difference": Column("difference", "right"),
        "interval": Column(f"{percent(first.level)} CI", "right"),
        "p": Column(f"p{_over(first.correction, first.slice_comparisons)}", "right"),
        "verdict": Column("verdict", "marks", colours=_COLOURS),
        "reason": Column("why not"),
    }
    if not several:
        del columns["candidate"]
    if not any(row["reason"] for row in rows):
        del columns["reason"]
    return Table(pd.DataFrame(rows), columns, "Differences by slice, worst regressions first")


def _label(verdict: Verdict) -> str:
    """As for runs, but what is too few are examples."""
    return _TOO_FEW if verdict is Verdict.TOO_FEW else MARKS[verdict].label


def _worst_first(found: Sequence[ExampleComparison]) -> list[tuple[ExampleComparison, Slice]]:
    """The order that each candidate's slices have, over all of them."""
    sign = 1.0 if found[0].direction is Direction.MAXIMIZE else -1.0
    rows = [(one, row) for one in found for row in one.slices]
    return sorted(
        rows,
        key=lambda pair: (
            pair[1].verdict is Verdict.TOO_FEW,
            pair[1].verdict is not Verdict.WORSE,
            sign * pair[1].difference,
        ),
    )


def _over(correction: str, family: int) -> str:
    return f", {correction.capitalize()} over {family}" if correction != "none" and family > 1 else ""


def _limits(interval: Interval | None, scale: Scale, *, signed: bool) -> str:
    return MISSING if interval is None else scale.limits(interval.low, interval.high, signed=signed)
