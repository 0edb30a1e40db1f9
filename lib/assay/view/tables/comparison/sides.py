"""A comparison's sides as a table, and the runs behind them."""

from collections.abc import Sequence
from itertools import zip_longest
from urllib.parse import quote

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import OF_PREDICTIONS, Aim
from assay.model.comparison.side import Side
from assay.view.tables import strips
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison import figures
from assay.view.text.comparison import margins
from assay.view.text.comparison.facts import corrected, left_out, one_sided, trainings
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent
from assay.view.text.verdicts import every_mark, mark_of

Row = dict[str, object]

TOO_FEW = "– too few"
_COLOURS = {mark.label: mark.colour for mark in every_mark()}


def sides(found: Comparison, scale: Scale) -> Table:
    """The baseline, then every candidate on the first metric: n, value, interval, difference, p, verdict."""
    rows = [_side(found, found.first.baseline, scale, "baseline")]
    rows += [_candidate(found, candidate, scale) for candidate in found.first.candidates]
    metric, statistic = flat(found.first.metric.name), found.first.statistic.term
    level, points = percent(found.rules.level), f", {scale.difference_unit}" if scale.difference_unit else ""
    margin = "" if found.rules.aim is Aim.BETTER else margins.allowed(found.first.metric, scale)
    columns = {
        **(_seeds(found, rows, scale) if found.over_seeds else _examples(found, scale)),
        "interval": Column(f"{level} CI of the {statistic}", "right"),
        "difference": Column(f"difference{points}", "right"),
        "limits": Column(f"{level} CI of the difference", "right"),
        "p": Column(f"p{one_sided(found.rules)}{corrected(found.rules, found.comparisons)}", "right"),
        "verdict": verdicts(seeds=found.over_seeds, margin=margin),
        "excluded": Column("left out"),
    }
    if not any(row["excluded"] for row in rows):
        del columns["excluded"]
    by = "" if found.over_seeds else " by examples"
    alt, data = f"Baseline and candidates compared{by} on {metric}", figures.sides(found, found.metrics[:1])
    return Table(pd.DataFrame(rows), columns, alt, data, spare=("excluded", "interval"))


def runs(found: Comparison, scale: Scale) -> Table:
    """Every run that counts on the first metric, with its seed and its own score, and the way to its own page."""
    rows = [
        {
            "side": csv_cell(flat(side.label)),
            "seed": MISSING if one.seed is None else csv_cell(flat(one.seed)),
            "score": scale.bare(score),
            "run": f"./?run={quote(run_id)}",
        }
        for side in found.first.sides
        for one in side.sample.replicates
        for run_id, score in zip_longest(one.run_ids, one.scores)
    ]
    metric = found.first.metric.name
    columns = {
        "side": Column("side", pinned=True),
        "seed": Column("seed", "right"),
        "score": Column(flat(scale.header(metric)), "right"),
        "run": Column("run", "link", r"run=(.{1,8})"),
    }
    alt = f"Runs behind the comparison on {flat(metric)}"
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, alt, figures.runs(found))


def verdicts(*, seeds: bool, margin: str = "") -> Column:
    """The column of every `mark`; `margin`: that the verdicts are about."""
    return Column(
        f"verdict, {margin}" if margin else "verdict",
        "marks",
        colours=_COLOURS if seeds else {**_COLOURS, TOO_FEW: "gray"},
    )


def mark(difference: Difference, aim: Aim, *, seeds: bool) -> str:
    """A verdict in a cell; what is too few over examples are no runs."""
    few = difference.verdict is Verdict.TOO_FEW and not seeds
    return TOO_FEW if few else mark_of(difference, aim).label


def limits(interval: Interval | None, scale: Scale, *, signed: bool = True) -> str:
    """Both ends of an interval in a cell, signed where it is a difference's."""
    return MISSING if interval is None else scale.limits(interval.low, interval.high, signed=signed)


def width(labels: Sequence[str]) -> int:
    """Pixels for a column of names."""
    return min(max(90, 24 + 7 * max((len(label) for label in labels), default=10)), 340)


def _seeds(found: Comparison, rows: Sequence[Row], scale: Scale) -> dict[str, Column]:
    """The columns of sides over seeds; every side's seeds become a picture in its row."""
    scores = [side.sample.scores for side in found.first.sides]
    span = strips.span(scores)
    for row, values in zip(rows, scores, strict=True):
        row["strip"] = strips.strip(values, *span) if span else None
    columns = {
        "side": Column("side", pinned=True, width=width([str(row["side"]) for row in rows])),
        "mean": Column(f"{flat(scale.header(found.first.metric.name))}, mean ± std", "right"),
        "n": Column("n", "number", "%,d", width=44),
    }
    if span:
        header = f"{trainings(found.first)}s, {scale.limits(*span, signed=False)} {scale.unit}".rstrip()
        columns["strip"] = Column(header, "strip", width=strips.WIDTH + 20)
    return columns


def _examples(found: Comparison, scale: Scale) -> dict[str, Column]:
    name, statistic = flat(scale.header(found.first.metric.name)), found.first.statistic
    return {
        "side": Column("side", pinned=True),
        "mean": Column(name if statistic in OF_PREDICTIONS else f"{name}, {statistic.term}", "right"),
        "runs": Column("trainings", "number", "%,d", width=84),
        "examples": Column("examples", "number", "%,d", width=84),
    }


def _side(found: Comparison, side: Side, scale: Scale, role: str = "") -> Row:
    name, examples = flat(side.label), side.examples
    counts: Row = {"n": side.replicates}
    if examples:
        counts = {"runs": side.replicates, "examples": examples.n}
    return {
        "side": csv_cell(f"{name} ({role})" if role and name != role else name),
        **counts,
        "mean": scale.bare(side.value) if examples else scale.spread(side.value, side.std),
        "interval": limits(side.interval, scale, signed=False),
        "difference": MISSING,
        "limits": MISSING,
        "p": MISSING,
        "verdict": [],
        "excluded": left_out(found.first, side),
    }


def _candidate(found: Comparison, candidate: Candidate, scale: Scale) -> Row:
    difference, seeds = candidate.difference, found.over_seeds
    shown = seeds or difference.value is not None
    return {
        **_side(found, candidate.side, scale),
        "difference": scale.bare(difference.value, signed=True),
        "limits": limits(difference.interval, scale),
        "p": p_value(difference.p_adjusted),
        "verdict": [mark(difference, found.rules.aim, seeds=seeds)] if shown else [],
    }
