"""A comparison's tables for a program: every figure in a column of its own, unrounded, in the unit that was logged."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest

import pandas as pd

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import Side
from assay.model.comparison.tasks import Aggregate, Estimate
from assay.view.text.comparison.facts import baseline_of, examples_of, left_out
from assay.view.text.notes import words

Cells = Mapping[str, object]


def sides(found: Comparison, metrics: Iterable[MetricComparison]) -> pd.DataFrame:
    """On each of these metrics the baseline, then every candidate with its difference."""
    return _frame(
        {
            "metric": one.metric.name,
            "unit": _unit(one),
            "side": side.label,
            "role": "candidate" if candidate else "baseline",
            "n": side.replicates,
            **({"examples": examples_of(side)} if side.examples else {}),
            "statistic": one.statistic.term,
            **_side(one, side),
            **(_difference(found, candidate.difference) if candidate else {}),
            "left_out": left_out(one, side),
        }
        for one in metrics
        for candidate in (None, *one.candidates)
        for side in (candidate.side if candidate else one.baseline,)
    )


def pairs(found: Comparison) -> pd.DataFrame:
    """On every metric each candidate with the baseline that it was compared with."""
    return _frame(_pair(found, one, candidate) for one in found.metrics for candidate in one.candidates)


def runs(found: Comparison) -> pd.DataFrame:
    """Every run that counts on the first metric."""
    first = found.first
    return _frame(
        {
            "metric": first.metric.name,
            "unit": _unit(first),
            "side": side.label,
            "seed": one.seed,
            "run_id": run_id,
            "score": score,
        }
        for side in first.sides
        for one in side.sample.replicates
        for run_id, score in zip_longest(one.run_ids, one.scores)
    )


def slices(found: Comparison) -> pd.DataFrame:
    """Every category of every candidate, in the order of its own rows."""
    return _frame(
        {
            "metric": found.first.metric.name,
            "unit": _unit(found.first),
            "candidate": candidate.side.label,
            "column": row.column,
            "category": row.category,
            "n": row.n,
            "baseline_mean": row.baseline,
            "candidate_mean": row.candidate,
            "difference": row.difference,
            **_interval(row.interval),
            "p": row.p_value,
            "p_adjusted": row.p_adjusted,
            "p_method": row.p_method,
            "verdict": row.verdict.value,
            "reason": words(row.reason, found.labels),
        }
        for candidate in found.first.candidates
        for row in (candidate.examined.slices if candidate.examined else ())
    )


def aggregates(found: Comparison) -> pd.DataFrame:
    """Over all tasks: every side with its aggregates, candidates with their differences, on the scale of the tasks."""
    first, over = found.first, found.first.tasks
    assert over is not None
    rows = []
    for place, side in enumerate(first.sides):
        own = over.sides[place].aggregates if over.sides else {}
        row: dict[str, object] = {
            "metric": first.metric.name,
            "scale": over.scale.value,
            "side": side.label,
            "runs": side.replicates,
        }
        for name in Aggregate:
            row |= _estimate(name.value, own.get(name))
        if place:
            row |= _difference(found, first.candidates[place - 1].difference)
            row |= _estimate("improvement", over.candidates[place - 1].improvement if over.candidates else None)
        rows.append(row)
    return _frame(rows)


def by_task(found: Comparison) -> pd.DataFrame:
    """Every task of every candidate, in the unit that was logged."""
    over = found.first.tasks
    assert over is not None
    return _frame(
        {
            "metric": over.logged.name,
            "unit": over.logged.unit.value if over.logged.unit else "",
            "task": row.task,
            "candidate": found.labels[row.place],
            "baseline_n": row.baseline.replicates,
            "baseline_mean": row.baseline.value,
            "baseline_sd": row.baseline.std,
            "candidate_n": row.candidate.replicates,
            "candidate_mean": row.candidate.value,
            "candidate_sd": row.candidate.std,
            **_difference(found, row.difference),
        }
        for row in over.rows
    )


def _pair(found: Comparison, one: MetricComparison, candidate: Candidate) -> Cells:
    base = baseline_of(one, candidate)
    return {
        "metric": one.metric.name,
        "unit": _unit(one),
        "better": "" if one.metric.assumed else one.metric.direction.better,
        "baseline": base.label,
        "candidate": candidate.side.label,
        "statistic": one.statistic.term,
        **({"examples": candidate.examined.n} if candidate.examined else {}),
        "baseline_n": base.replicates,
        **{f"baseline_{key}": value for key, value in _side(one, base).items()},
        "candidate_n": candidate.side.replicates,
        **{f"candidate_{key}": value for key, value in _side(one, candidate.side).items()},
        "margin": one.metric.margin,
        **_difference(found, candidate.difference),
    }


def _side(one: MetricComparison, side: Side) -> Cells:
    return {
        "mean" if one.statistic is Statistic.MEAN else "value": side.value,
        "sd": side.std,
        **_interval(side.interval),
    }


def _difference(found: Comparison, difference: Difference) -> Cells:
    return {
        "difference": difference.value,
        "difference_sd": difference.std,
        **{f"difference_{key}": value for key, value in _interval(difference.interval).items()},
        "pairs": difference.pairs if difference.paired else None,
        "p": difference.p_value,
        "p_adjusted": difference.p_adjusted,
        "p_method": difference.p_method,
        "verdict": difference.verdict.value,
        "reason": words(difference.reason, found.labels),
    }


def _interval(found: Interval | None) -> Cells:
    if found is None:
        return dict.fromkeys(("low", "high", "level", "method"))
    return {"low": found.low, "high": found.high, "level": found.level, "method": found.method}


def _estimate(name: str, found: Estimate | None) -> dict[str, object]:
    ends = _interval(found.interval if found else None)
    return {name: found.value if found else None, f"{name}_low": ends["low"], f"{name}_high": ends["high"]}


def _unit(one: MetricComparison) -> str:
    return one.metric.unit.value if one.metric.unit else ""


def _frame(rows: Iterable[Cells]) -> pd.DataFrame:
    """Whole numbers stay whole beside missing ones."""
    return pd.DataFrame(list(rows), dtype=object)
