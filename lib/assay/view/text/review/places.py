"""Where each criterion is seen: the page, asked for the very runs that the evidence is of."""

from collections.abc import Callable, Mapping, Sequence

from assay.model.review.gate import ReviewStanding
from assay.model.review.policy import GateCriterion

Choices = Mapping[str, str | Sequence[str] | None]
Place = tuple[str, Choices]

_MOST_RUNS = 200
"""Runs that an address names; with more it has the filter."""


def place(standing: ReviewStanding, criterion: GateCriterion) -> Place | None:
    """A page by its path, and choices by name; None where the review itself shows it, or nothing is frozen."""
    found = _PLACES.get(criterion)
    return found(standing) if found and standing.evidence and not standing.other_store else None


def sides(standing: ReviewStanding) -> tuple[str, str]:
    """Both sides as filters: the runs that the evidence names, so that runs that came later change nothing."""
    opened = standing.review.opened
    ids = standing.evidence.results.run_ids if standing.evidence else ((), ())
    return _filter(ids[0], opened.baseline), _filter(ids[1], opened.candidate)


def _filter(run_ids: Sequence[str], otherwise: str) -> str:
    if not 0 < len(run_ids) <= _MOST_RUNS or any("'" in one for one in run_ids):
        return otherwise
    quoted = ", ".join(f"'{one}'" for one in run_ids)
    return f"run_id IN ({quoted})"


def _compare(standing: ReviewStanding) -> Place:
    baseline, candidate = sides(standing)
    opened = standing.review.opened
    sides_of = {"baseline": baseline, "candidate": candidate, "metric": opened.metric}
    return "compare", {"experiment": _one(opened.experiments), **sides_of}


def _quality(standing: ReviewStanding) -> Place:
    path, choices = _compare(standing)
    return path, {**choices, "metric": None}


def _tradeoffs(standing: ReviewStanding) -> Place:
    baseline, candidate = sides(standing)
    within = _one(standing.review.opened.experiments)
    return "tradeoffs", {"traded-experiment": within, "traded-candidate": candidate, "traded-baseline": baseline}


def _leakage(standing: ReviewStanding) -> Place:
    return "leakage", {"leak-in": standing.review.opened.experiments, "leak-where": sides(standing)[1]}


def _records(standing: ReviewStanding) -> Place:
    return "reproducibility", {"record-in": standing.review.opened.experiments, "record-where": sides(standing)[1]}


def _runs(standing: ReviewStanding) -> Place:
    opened = standing.review.opened
    return "", {"in": opened.experiments, "where": opened.candidate, "rows": "runs"}


def _one(experiments: Sequence[str]) -> Sequence[str]:
    return experiments if len(experiments) == 1 else ()


_PLACES: Mapping[GateCriterion, Callable[[ReviewStanding], Place]] = {
    GateCriterion.SIGNIFICANT: _compare,
    GateCriterion.REPLICATES: _compare,
    GateCriterion.IMPROVEMENT: _compare,
    GateCriterion.QUALITY: _quality,
    GateCriterion.THRESHOLDS: _tradeoffs,
    GateCriterion.FRONT: _tradeoffs,
    GateCriterion.LEAKAGE: _leakage,
    GateCriterion.REPRODUCIBLE: _records,
    GateCriterion.COMPLETE: _runs,
}
