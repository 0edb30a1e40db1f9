"""Several metrics by example scores are one family."""

from collections.abc import Callable

import pytest

from assay.analysis.multiplicity import holm
from assay.model.comparison.examples import Examined
from assay.model.comparison.question import Question, Unit
from assay.model.metric import Direction
from assay.queries.comparison.answer import columns, compare
from assay.workspace import Workspace
from scored import A, B, C, Scored, filled
from stores import Store

ASKED = Question(("accuracy",), A, (B, C), unit=Unit.EXAMPLES)
BOTH = Question(("accuracy", "log_loss"), A, (B, C), unit=Unit.EXAMPLES)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


@pytest.fixture
def work(store: Scored, work_of: Callable[[Store], Workspace]) -> Workspace:
    return work_of(store)


def of(found: Examined | None) -> Examined:
    assert found is not None
    return found


def test_a_further_metric_changes_no_number_of_the_first_but_its_adjusted_p(work: Workspace) -> None:
    alone, both = compare(work, ASKED), compare(work, BOTH)
    assert both.first.baseline == alone.first.baseline
    for own, same in zip(both.first.candidates, alone.first.candidates, strict=True):
        assert (own.side, own.examined, own.caveats) == (same.side, same.examined, same.caveats)
        assert (own.difference.interval, own.difference.p_value) == (
            same.difference.interval,
            same.difference.p_value,
        )
    assert [param.key for param in both.setting.params] == ["model"]


def test_p_is_corrected_over_metrics_and_candidates(work: Workspace) -> None:
    found = compare(work, BOTH)
    flat = [candidate.difference for one in found.metrics for candidate in one.candidates]
    assert [one.p_adjusted for one in flat] == holm([one.p_value for one in flat])
    assert found.comparisons == 4
    assert found.metrics[1].metric.direction is Direction.MINIMIZE


def test_a_correction_may_be_refused_and_a_direction_is_the_first_metrics(work: Workspace) -> None:
    chosen = {"direction": Direction.MINIMIZE, "correction": "none", "slice_by": "kind"}
    found = compare(work, Question(BOTH.metrics, A, (C,), unit=Unit.EXAMPLES, **chosen))  # type: ignore[arg-type]
    one, other = found.metrics
    assert (one.metric.direction_source, other.metric.direction_source) == ("option", "policy")
    [candidate] = one.candidates
    assert candidate.difference.p_adjusted == candidate.difference.p_value
    assert of(candidate.examined).slices
    assert all(row.p_adjusted == row.p_value for row in of(candidate.examined).slices)


def test_slices_are_those_of_the_first_metric_and_a_family_of_their_own(work: Workspace) -> None:
    found = compare(work, BOTH)
    first, second = ([of(candidate.examined) for candidate in one.candidates] for one in found.metrics)
    assert [len(one.slices) for one in first] == [3, 3]
    assert [one.slices for one in second] == [(), ()]
    assert [one.slice_columns for one in second] == [("kind",), ("kind",)]
    assert found.slice_comparisons == 6
    rows = [row for one in first for row in one.slices]
    assert [row.p_adjusted for row in rows] == holm([row.p_value for row in rows])


def test_columns_of_the_scores_are_known_before_anything_is_compared(work: Workspace) -> None:
    found = columns(work, Question((), A, (B,)))
    assert found.numbers == ("accuracy", "log_loss")
    assert "kind" in found.texts
    assert found.keeps_seconds == float("inf")
