"""Every metric of a comparison in one table: both sides, the difference, p over the whole family, the verdict."""

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Aim, Statistic
from assay.model.metric import Direction, Metric
from assay.view.tables import strips
from assay.view.tables.column import Column, Table
from assay.view.tables.comparison import figures
from assay.view.tables.comparison.sides import Row, limits, mark, verdicts
from assay.view.text.comparison.facts import baseline_of, corrected, examples_of, one_sided
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, p_value, percent

_EFFECT = "The interval in units of the smallest effect that matters: grey is too small to matter, an arrow is beyond."
_PAINT = {Verdict.BETTER: "#178A6E", Verdict.NO_WORSE: "#178A6E", Verdict.SAME: "#178A6E", Verdict.WORSE: "#C94F38"}


def metrics(found: Comparison) -> Table:
    """A row per metric and candidate, each metric in its own unit."""
    rows = [_row(found, one, candidate, scale_of(one)) for one in found.metrics for candidate in one.candidates]
    level, labels = percent(found.rules.level), found.labels
    methods = list(dict.fromkeys(str(row["method"]) for row in rows if row["interval"] != MISSING))
    statistics = list(dict.fromkeys(str(row["of"]) for row in rows))
    what = f", {statistics[0]}" if len(statistics) == 1 else ""
    columns = {
        "metric": Column("metric", pinned=True),
        "candidate": Column("candidate"),
        "difference": Column("difference", "right"),
        "verdict": verdicts(seeds=True),
        "interval": Column(f"{level} CI, {methods[0]}" if len(methods) == 1 else f"{level} CI", "right"),
        "effect": Column("worse | better", "strip", width=strips.WIDTH + 20, help=_EFFECT),
        "allowed": Column("margin", "right"),
        "baseline": Column(f"{flat(labels[0])}{what}", "right"),
        "value": Column(f"{flat(labels[1])}{what}" if found.single else f"candidate{what}", "right"),
        "better": Column("better is", width=80),
        "p": Column(f"p{one_sided(found.rules)}{corrected(found.rules, found.comparisons)}", "right"),
        "n": Column("n", "right", width=70),
        "of": Column("of", width=110),
        "method": Column("method"),
    }
    if not any(row["effect"] for row in rows):
        del columns["effect"]
    if len({row["n"] for row in rows}) == 1:
        del columns["n"]
    if found.single:
        del columns["candidate"]
    if found.rules.aim is Aim.BETTER:
        del columns["allowed"]
    if len(methods) < 2:
        del columns["method"]
    if len(statistics) < 2:
        del columns["of"]
    alt, spare = (
        "Every metric compared, with differences and verdicts",
        ("method", "of", "better", "n", "allowed"),
    )
    return Table(pd.DataFrame(rows), columns, alt, figures.pairs(found), spare)


def _row(found: Comparison, one: MetricComparison, candidate: Candidate, scale: Scale) -> Row:
    base, side, difference = baseline_of(one, candidate), candidate.side, candidate.difference
    interval = difference.interval
    # A standard deviation belongs to a mean only, and over examples it would be no noise of seeds.
    mean = one.statistic is Statistic.MEAN and found.over_seeds
    ours, theirs = (scale.spread(half.value, half.std if mean else None) for half in (side, base))
    return {
        "metric": csv_cell(flat(scale.header(one.metric.name))),
        "candidate": csv_cell(flat(side.label)),
        "better": MISSING if one.metric.assumed else one.metric.direction.better,
        "allowed": MISSING if one.metric.margin is None else scale.limit(one.metric.margin),
        "of": "mean ± std" if mean else one.statistic.term,
        "n": _sizes(one, candidate),
        "baseline": theirs,
        "value": ours,
        "difference": scale.bare(difference.value, signed=True),
        "interval": limits(interval, scale),
        "effect": _effect(one.metric, difference),
        "method": MISSING if interval is None else interval.method,
        "p": p_value(difference.p_adjusted),
        "verdict": [mark(difference, found.rules.aim, seeds=True)] if difference.value is not None else [],
    }


def _effect(metric: Metric, difference: Difference) -> str | None:
    """The interval in units of the smallest effect, better to the right; None where there is none of either."""
    found, unit = difference.interval, metric.smallest_effect
    if found is None or difference.value is None or not unit or metric.assumed:
        return None
    sign = 1.0 if metric.direction is Direction.MAXIMIZE else -1.0
    low, high = sorted((sign * found.low / unit, sign * found.high / unit))
    colour = _PAINT.get(difference.verdict, "#2F80D0")
    return strips.effect(low, sign * difference.value / unit, high, colour)


def _sizes(one: MetricComparison, candidate: Candidate) -> str:
    base, side = baseline_of(one, candidate), candidate.side
    if candidate.examined is None:
        return f"{base.replicates} + {side.replicates}"
    return f"{candidate.examined.n:,}" if candidate.examined.n else f"{examples_of(base):,} + {examples_of(side):,}"
