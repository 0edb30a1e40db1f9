"""Several metrics by example scores are one family."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay import settings
from assay.analysis.multiplicity import holm
from assay.model.comparison import Direction
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries.comparison import example_metrics, examples
from assay.queries.comparison.seeds import Options
from scored import Scored, filled
from stores import Store

A, B, C = (f"params.model = '{name}'" for name in "abc")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


@pytest.fixture
def asked(
    store: Scored, snapshot_of: Callable[[Store], Snapshot], policy: Policy, tmp_path: Path
) -> tuple[Snapshot, Policy, settings.Settings]:
    return snapshot_of(store), policy, settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")


Asked = tuple[Snapshot, Policy, settings.Settings]


def test_one_metric_is_what_the_command_answers(asked: Asked) -> None:
    found = example_metrics.examined(*asked, metrics=["accuracy"], baseline=A, candidates=[B, C])
    assert found.first == examples.several(*asked, metric="accuracy", baseline=A, candidates=[B, C])
    assert [param.key for param in found.params] == ["model"]


def test_p_is_corrected_over_metrics_and_candidates(asked: Asked) -> None:
    found = example_metrics.examined(*asked, metrics=["accuracy", "log_loss"], baseline=A, candidates=[B, C])
    flat = [one for own in found.by_metric for one in own]
    assert [one.difference.p_adjusted for one in flat] == holm([one.difference.p_value for one in flat])
    assert {one.comparisons for one in flat} == {4}
    assert {one.direction for one in found.by_metric[1]} == {Direction.MINIMIZE}


def test_a_correction_may_be_refused_and_a_direction_is_the_first_metrics(asked: Asked) -> None:
    options = Options(direction=Direction.MINIMIZE, correction="none")
    found = example_metrics.examined(
        *asked, metrics=["accuracy", "log_loss"], baseline=A, candidates=[C], options=options, slice_by="kind"
    )
    one, other = found.by_metric[0][0], found.by_metric[1][0]
    assert (one.direction_source, other.direction_source) == ("option", "name")
    assert one.difference.p_adjusted == one.difference.p_value
    assert all(row.p_adjusted == row.p_value for row in one.slices)


def test_columns_of_the_scores_are_known_before_anything_is_compared(asked: Asked) -> None:
    found = example_metrics.columns(*asked, baseline=A, candidates=[B])
    assert found.numbers == ("accuracy", "log_loss")
    assert "kind" in found.texts
