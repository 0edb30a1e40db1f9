"""Scorecards, what candidates of them logged, and judgements of plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assay.analysis.comparison.sides import side
from assay.analysis.tradeoffs.scorecard import groups, judged, scores
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.procedure import Interval, Procedure, Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Comparator, Criterion, Limit, Scorecard
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.rules import RuleBook
from assay.model.tradeoffs.notes import ScorecardNote
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Judgement, Regression, Scored
from assay.policy import load
from seeded import sample
from stores import SEEDS, Store

RULES = Rules()

ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
LOST = Regression(
    ACCURACY,
    Difference(
        -0.02, interval=Interval(-0.03, -0.01, 0.95, Procedure(Technique.PAIRED_T)), p_value=0.001, p_adjusted=0.004,
        verdict=Verdict.WORSE,
    ),
    lost=True,
)  # fmt: skip
OPEN = Regression(replace(ACCURACY, name="=f1"), Difference(0.0, verdict=Verdict.TOO_FEW), lost=False)
"""Of accuracy."""


def limit(text: str) -> Limit:
    """`> 0.75`."""
    comparators: dict[str, Comparator] = {">": ">", ">=": ">=", "<": "<", "<=": "<="}
    comparator, value = text.split()
    return Limit(comparators[comparator], float(value))


def criterion(metric: str, threshold: str, alert: str = "", weight: float = 0.5, group: str = "quality") -> Criterion:
    return Criterion(metric, group, limit(threshold), weight, limit(alert) if alert else None)


GUIDE = Scorecard(
    "guide",
    ("*",),
    (
        criterion("f1_score", "> 0.75", "< 0.70", 0.15),
        criterion("faithfulness", "> 0.90", "< 0.85", 0.15),
        criterion("answer_relevancy", "> 0.85", "< 0.80", 0.10),
        criterion("latency_p50_ms", "< 100", "> 150", 0.10, "performance"),
        criterion("latency_p95_ms", "< 300", "> 450", 0.10, "performance"),
        criterion("latency_p99_ms", "< 1000", "> 1500", 0.10, "performance"),
        criterion("throughput_qps", "> 100", "< 50", 0.05, "performance"),
        criterion("cost_per_1k_queries_usd", "< 1.00", "> 1.50", 0.10, "cost"),
        criterion("tokens_per_query", "< 2000", "> 3000", 0.05, "cost"),
        criterion("error_rate", "< 0.001", "> 0.01", 0.05, "reliability"),
        criterion("availability", "> 0.999", "< 0.99", 0.05, "reliability"),
    ),
)
"""The evaluation matrix of a guide to experiments."""

DIGITS = Scorecard(
    "digits",
    ("digits*",),
    (
        criterion("accuracy", "> 0.965", "< 0.90", 0.6),
        criterion("latency_p95_ms", "< 5", "> 10", 0.2, "performance"),
        criterion("availability", "> 0.999", "< 0.99", 0.2, "reliability"),
    ),
)
BOOK = RuleBook(replace(load(), origin="/etc/team/policy.yaml"), (), {("digits",): 41})
"""Of a team whose card DIGITS is."""

UNITS = {"latency_p95_ms": MetricUnit.MILLISECONDS, "tokens_per_query": MetricUnit.COUNT}


def carrying(policy: Policy, *cards: Scorecard) -> Policy:
    """The policy with these scorecards alone."""
    return replace(policy, scorecards=cards)


def metric_of(own: Criterion, unit: MetricUnit = MetricUnit.SHARE) -> Metric:
    return Metric(own.metric, own.threshold.direction, "policy", UNITS.get(own.metric, unit))


def judge(
    own: Criterion, values: Sequence[float], rules: Rules = RULES, unit: MetricUnit = MetricUnit.SHARE
) -> Judgement:
    """One criterion on runs with these values."""
    (found,) = judged((own,), (metric_of(own, unit),), (side(sample("it", values), rules),), rules)
    return found


def around(mean: float, spread: float) -> tuple[float, ...]:
    """Five values with this mean and sd."""
    return tuple(mean + spread * z / 2.5**0.5 for z in (-2, -1, 0, 1, 2))


def scored(card: Scorecard, values: Mapping[str, Sequence[float]], *notes: Note, **more: Any) -> Scored:
    """The answer for a candidate `it` that logged these values."""
    sides = [
        side(sample("it", values[one.metric]), RULES) if one.metric in values else Side(sample("it", ()))
        for one in card.criteria
    ]
    found = judged(card.criteria, [metric_of(one) for one in card.criteria], sides, RULES)
    score, possible = scores(found)
    why = () if values else (note(ScorecardNote.NONE_LOGGED, 0, card=card.name, n=len(found)),)
    made = Scored(
        ScorecardQuestion("params.model = 'it'"), RULES, card, "it", found, score, possible, groups(found),
        notes=(*why, *notes),
    )  # fmt: skip
    return replace(made, **more)


def lost(*regressions: Regression, family: int = 4) -> dict[str, Any]:
    """What `scored` takes of losses against a baseline `base`."""
    return {"baseline": "base", "regressions": regressions, "family": family}


def filled(folder: Path) -> Store:
    """An experiment `digits` in which models a to e end in every status of DIGITS, and one that it does not speak of."""
    store = Store.sqlite(folder / "mlflow.db")
    for at, (model, mean, latency) in enumerate(
        (("a", 0.978, 1.0), ("b", 0.965, 1.0), ("c", 0.955, 1.1), ("d", 0.80, 7.0))
    ):
        for place, seed in enumerate(SEEDS):
            # Turned by a place for every model, so that paired differences vary.
            accuracy, ms = around(mean, 0.003)[(place + at) % 5], around(latency, 0.05)[(place + at) % 5]
            own = {"accuracy": accuracy, "latency_p95_ms": ms, "grue": accuracy}
            store.run("digits", params={"model": model, "seed": seed}, metrics=own)
    for seed, accuracy, ms in zip(SEEDS, (0.970, 0.971, 0.972, 0.973, 0.930), around(1.0, 0.1), strict=True):
        own = {"accuracy": accuracy, "latency_p95_ms": ms}
        store.run("digits", params={"model": "skewed", "seed": seed}, metrics=own)
    for seed, accuracy in zip(SEEDS, (0.99, 0.96), strict=False):
        store.run("digits", params={"model": "few", "seed": seed}, metrics={"accuracy": accuracy})
    for seed in SEEDS[:3]:
        store.run("digits", params={"model": "still", "seed": seed}, metrics={"accuracy": 0.965})
        store.run("digits", params={"model": "percent", "seed": seed}, metrics={"accuracy": 97.8 + seed / 1e4})
        store.run("digits", params={"model": "silent", "seed": seed}, metrics={"other": 1.0 + seed})
        store.run("digits", params={"model": "nan", "seed": seed}, metrics={"accuracy": float("nan")})
        store.run("wine", params={"model": "a", "seed": seed}, metrics={"rmse": 1.0 + seed / 1e4})
    store.run("digits", params={"model": "mixed", "seed": 1}, metrics={"accuracy": 98.0})
    for seed in SEEDS[:3]:
        store.run("digits", params={"model": "mixed", "seed": seed}, metrics={"accuracy": 0.98 + seed / 1e6})
    return store
