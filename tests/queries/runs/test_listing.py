"""What has been run? Asked of real runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import SelectionError
from assay.model.policy import Policy
from assay.model.selection import Selection
from assay.model.sync import Snapshot
from assay.queries.comparison.seeds import compared
from assay.queries.runs import configurations as whole
from assay.queries.runs.detail import detail
from assay.queries.runs.filters import filter_for
from assay.queries.runs.listing import listing
from assay.queries.runs.selection import selection
from assay.settings import read
from stores import Store


@pytest.fixture(scope="session")
def digits_runs(snapshot: Snapshot) -> Selection:
    return selection(snapshot, experiments=["digits"])


def test_replicates_of_a_configuration_are_averaged(snapshot: Snapshot, policy: Policy, digits_runs: Selection) -> None:
    found = listing(snapshot, policy, digits_runs)
    name = found.rows.index[found.rows["label"] == "model=svc"][0]
    svc = found.rows.loc[name]
    assert (svc["n"], svc["replicates"], svc["found"]) == (9, 8, 11)
    assert svc["status"] == "1 failed, 1 running"
    assert found.mean["accuracy"].loc[name] == pytest.approx(0.9532)
    assert found.count["accuracy"].loc[name] == 5
    assert found.excluded == {"repeat of identical digits": 1, "failed": 1, "running": 1}
    assert any("NaN or infinite" in warning for warning in found.warnings)
    assert found.metrics[0] == "accuracy"


def test_what_the_filter_hides_is_counted(snapshot: Snapshot, policy: Policy) -> None:
    chosen = selection(snapshot, experiments=["digits"], filter="params.model = 'svc'")
    found = listing(snapshot, policy, chosen)
    assert (found.found, found.hidden) == (11, 10)


def test_a_filter_that_names_a_status_may_list_failed_runs(snapshot: Snapshot, policy: Policy) -> None:
    chosen = selection(snapshot, experiments=["digits"], filter="attributes.status = 'FAILED'")
    assert listing(snapshot, policy, chosen).rows["replicates"].tolist() == [1]


def test_without_grouping_every_run_is_a_row(snapshot: Snapshot, policy: Policy, digits_runs: Selection) -> None:
    found = listing(snapshot, policy, digits_runs, group_by=None)
    assert len(found.rows) == found.found == 21
    assert set(found.rows["excluded"]) == {"", "failed", "running", "repeat of identical digits"}


def test_grouping_by_a_param_pools_the_others(snapshot: Snapshot, policy: Policy, digits_runs: Selection) -> None:
    assert len(listing(snapshot, policy, digits_runs, group_by=["C"]).rows) == 1
    with pytest.raises(SelectionError, match="no param 'D'"):
        listing(snapshot, policy, digits_runs, group_by=["D"])


def test_runs_with_other_params_are_no_repeats_of_each_other_in_a_coarser_group(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for rate in ("0.1", "0.2", "0.2"):
        store.run("e", params={"model": "m", "lr": rate, "seed": 1}, metrics={"accuracy": 0.9, "loss": 0.1})
    snapshot = snapshot_of(store)

    found = listing(snapshot, policy, selection(snapshot), group_by=("model",))

    assert found.rows["replicates"].tolist() == [2]
    assert found.count["accuracy"].tolist() == [2]
    assert found.excluded == {"repeat of identical digits": 1}
    assert not found.warnings


def test_a_filter_that_finds_nothing_may_still_be_grouped_by_a_param_that_runs_carry(
    snapshot: Snapshot, policy: Policy
) -> None:
    chosen = selection(snapshot, experiments=["digits"], filter="params.modl = 'svc'")
    found = listing(snapshot, policy, chosen, group_by=["C"], metrics=["accuracy"], params=["model"])
    assert len(found.rows) == 0
    assert "no param 'modl'" in found.warnings[0]


def test_an_empty_selection_is_an_empty_listing(snapshot: Snapshot, policy: Policy) -> None:
    chosen = selection(snapshot, filter="params.model = 'none of them'")
    for group_by in ((), None):
        assert listing(snapshot, policy, chosen, group_by=group_by).rows.empty


def test_a_configuration_gets_the_shortest_filter_that_finds_it_again(
    snapshot: Snapshot, policy: Policy, digits_runs: Selection
) -> None:
    found = listing(snapshot, policy, digits_runs)
    for row in found.rows.index:
        members = found.members.index[found.members == row].tolist()
        text = filter_for(snapshot, policy, digits_runs.experiments, members)
        assert text.startswith("params.model = ")
        again = listing(snapshot, policy, selection(snapshot, experiments=["digits"], filter=text))
        assert sorted(again.members.index) == sorted(members)


def test_runs_that_params_cannot_tell_apart_are_named_by_id(
    snapshot: Snapshot, policy: Policy, digits_runs: Selection
) -> None:
    some = listing(snapshot, policy, digits_runs).members.index[:2].tolist()
    text = filter_for(snapshot, policy, digits_runs.experiments, some)
    assert text.startswith("attributes.run_id IN (") or text.startswith("run_id IN (")
    assert sorted(listing(snapshot, policy, selection(snapshot, filter=text)).members.index) == sorted(some)


def test_awkward_values_survive_the_way_through_a_filter(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    values = ["it's", 'a "b"', 'it\'s "both"', "한글", "a\nb", " padded ", "None", ""]
    ids = {value: store.run("e", params={"pa ram": value}, metrics={"m": 1.0}) for value in values if value}
    snapshot = snapshot_of(store)
    for value, run_id in ids.items():
        text = filter_for(snapshot, policy, (), [run_id])
        found = listing(snapshot, policy, selection(snapshot, filter=text))
        assert found.members.index.tolist() == [run_id], (value, text)


def test_whole_configurations_carry_key_and_moments(snapshot: Snapshot, policy: Policy, digits_runs: Selection) -> None:
    found = whole.configurations(snapshot, policy, digits_runs)
    svc = next(c for c in found.configurations if c.key["model"] == "svc")
    assert svc.key == {"model": "svc", "C": "1"}
    assert (svc.n, svc.replicates, len(svc.run_ids)) == (9, 8, 11)
    assert svc.metrics["accuracy"].n == 5
    assert svc.metrics["loss"].n == 1


def test_whole_runs_are_complete(snapshot: Snapshot, policy: Policy) -> None:
    (run,) = whole.runs(snapshot, selection(snapshot, experiments=["한국어 실험"]))
    assert run.name == "첫 실행"
    assert dict(run.params) == {"모델": "트리", "seed": "1"}
    assert dict(run.metrics) == {"정확도": 0.5}
    assert run.tags["mlflow.runName"] == "첫 실행"


def test_one_run_knows_its_replicates(snapshot: Snapshot, policy: Policy, tmp_path: Path) -> None:
    settings = read({}, tracking_uri="https://user:secret@mlflow.example/base/", data=tmp_path)
    run_id = (
        compared(
            snapshot,
            policy,
            metric="accuracy",
            baseline="params.model = 'svc'",
            candidates=["params.model = 'svc'"],
        )
        .comparison.baseline.sample.scores[0]
        .run_id
    )
    found = detail(snapshot, policy, settings, run_id)
    assert found.seeds == ("seed",)
    assert len(found.replicates) == 11
    assert found.link == f"https://mlflow.example/base/#/experiments/{found.run.experiment_id}/runs/{run_id}"
    with pytest.raises(SelectionError, match="no run 'nope'"):
        detail(snapshot, policy, settings, "nope")


def test_a_row_of_several_configurations_is_called_by_what_it_is_grouped_by(
    snapshot: Snapshot, policy: Policy, digits_runs: Selection
) -> None:
    found = listing(snapshot, policy, digits_runs, group_by=["C"], params=["model", "C"])
    assert found.rows["label"].tolist() == ["C=1"]
    assert found.params.iloc[0].to_dict() == {"model": "3 values", "C": "1"}


def test_the_only_configuration_left_is_not_called_like_one_of_its_runs(snapshot: Snapshot, policy: Policy) -> None:
    chosen = selection(snapshot, experiments=["digits"], filter="params.model = 'svc'")
    assert listing(snapshot, policy, chosen).rows["label"].tolist() == ["model=svc"]


def test_a_filter_on_what_nobody_logged_or_on_scores_is_said(snapshot: Snapshot, policy: Policy) -> None:
    chosen = selection(snapshot, experiments=["digits"], filter="metrics.acuracy > 0.9")
    said = " ".join(listing(snapshot, policy, chosen).warnings)
    assert "no metric 'acuracy'" in said
    assert "'accuracy'" in said
    picked = selection(snapshot, experiments=["digits"], filter="metrics.accuracy > 0.9")
    assert any("picks runs by accuracy" in warning for warning in listing(snapshot, policy, picked).warnings)
