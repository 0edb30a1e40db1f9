"""Every metric of a comparison in one table: both sides, the difference, p over the whole family, the verdict."""

from collections.abc import Sequence

import pandas as pd

from assay.model.comparison import Comparison, Difference, Direction, Statistic
from assay.model.examples import ExampleComparison, ExampleSide
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent
from assay.view.text.verdicts import MARKS

Row = dict[str, object]

_SPREAD = "mean ± std"


def of_seeds(comparison: Comparison, scale: Scale) -> list[Row]:
    """A row per candidate of one metric."""
    base = comparison.baseline
    return [
        {
            **_named(comparison.metric, comparison.direction, scale, c.side.sample.label),
            "of": _SPREAD,
            "n": f"{base.replicates} + {c.side.replicates}",
            "baseline": scale.spread(base.mean, base.std),
            "value": scale.spread(c.side.mean, c.side.std),
            **_difference(c.difference, scale),
        }
        for c in comparison.candidates
    ]


def of_examples(found: Sequence[ExampleComparison], scale: Scale) -> list[Row]:
    """A row per candidate of one metric, compared by examples."""
    return [
        {
            **_named(one.metric, one.direction, scale, one.candidate.label),
            "of": _SPREAD if one.statistic is Statistic.MEAN else one.statistic.words,
            "n": f"{one.examples:,}" if one.examples else f"{one.baseline.examples:,} + {one.candidate.examples:,}",
            "baseline": _spread(one, one.baseline, scale),
            "value": _spread(one, one.candidate, scale),
            **_difference(one.difference, scale),
        }
        for one in found
    ]


def _spread(one: ExampleComparison, side: ExampleSide, scale: Scale) -> str:
    """A standard deviation belongs to a mean only."""
    return scale.spread(side.mean, side.std if one.statistic is Statistic.MEAN else None)


def metrics(rows: Sequence[Row], first: Comparison | ExampleComparison, labels: Sequence[str]) -> Table:
    """The rows of all metrics; `first` says level and correction, `labels`: the baseline's, then the candidates'."""
    level = percent(first.level)
    methods = list(dict.fromkeys(str(row["method"]) for row in rows if row["interval"] != MISSING))
    corrected = first.correction != "none" and first.comparisons > 1
    over = f", {first.correction.capitalize()} over {first.comparisons}" if corrected else ""
    single = len(labels) == 2
    statistics = list(dict.fromkeys(str(row["of"]) for row in rows))
    what = f", {statistics[0]}" if len(statistics) == 1 else ""
    value = f"{flat(labels[1])}{what}" if single else f"candidate{what}"
    columns = {
        "metric": Column("metric", pinned=True),
        "candidate": Column("candidate"),
        "unit": Column("unit", width=60),
        "better": Column("better is", width=80),
        "n": Column("n", "right", width=70),
        "of": Column("of", width=110),
        "baseline": Column(f"{flat(labels[0])}{what}", "right"),
        "value": Column(value, "right"),
        "difference": Column("difference", "right"),
        "interval": Column(f"{level} CI, {methods[0]}" if len(methods) == 1 else f"{level} CI", "right"),
        "method": Column("method"),
        "p": Column(f"p{over}", "right"),
        "verdict": Column("verdict", "marks", colours={m.label: m.colour for m in MARKS.values()}),
    }
    if single:
        del columns["candidate"]
    if len(methods) < 2:
        del columns["method"]
    if len(statistics) < 2:
        del columns["of"]
    return Table(pd.DataFrame(list(rows)), columns, "Every metric compared, with differences and verdicts")


def _named(metric: str, direction: Direction, scale: Scale, candidate: str) -> Row:
    return {
        "metric": csv_cell(flat(metric)),
        "candidate": csv_cell(flat(candidate)),
        "unit": scale.unit or MISSING,
        "better": "higher" if direction is Direction.MAXIMIZE else "lower",
    }


def _difference(difference: Difference, scale: Scale) -> Row:
    interval = difference.interval
    return {
        "difference": scale.bare(difference.mean, signed=True),
        "interval": MISSING if interval is None else scale.limits(interval.low, interval.high),
        "method": MISSING if interval is None else interval.method,
        "p": p_value(difference.p_adjusted),
        "verdict": [MARKS[difference.verdict].label] if difference.mean is not None else [],
    }
