"""Questions to a snapshot: configurations, seeds, values and what nobody logged."""

import math
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pandas as pd
import pytest

from assay.cache import reads
from assay.model.runs.selection import Condition, Selection
from assay.model.runs.store import LifecycleStage, RunStatus
from assay.model.sync import Snapshot

from .conftest import Publish, a_run, store

ALL = Selection()
Params = list[tuple[str, str, str]]


def frame(snapshot: Snapshot, **options: Any) -> pd.DataFrame:
    return reads.runs(snapshot, ALL, **({"seeds": ("seed",), "ignored": ()} | options)).set_index("run_id")


@pytest.fixture
def same(publish: Publish) -> Any:
    """Whether two runs with these params are one configuration."""

    def told(a: dict[str, str], b: dict[str, str], experiments: str = "11", **options: Any) -> bool:
        runs = [a_run("a", experiment=experiments[0]), a_run("b", experiment=experiments[1])]
        rows = [(run, key, value) for run, params in (("a", a), ("b", b)) for key, value in params.items()]
        both = [("1", "one", "active", ""), ("2", "two", "active", "")]
        snapshot = publish(store(experiments=both, runs=runs, params=rows, metrics=[], tags=[])).snapshot
        found = frame(snapshot, **options)["configuration"]
        return bool(found["a"] == found["b"])

    return told


def test_a_configuration_is_everything_but_the_seed(same: Any) -> None:
    assert same({"model": "svc", "C": "1", "seed": "1"}, {"seed": "2", "C": "1", "model": "svc"})
    assert not same({"model": "svc", "seed": "1"}, {"model": "tree", "seed": "1"})
    assert not same({"model": "svc"}, {"model": "svc", "C": "1"})
    assert same({"seed": "1"}, {})


def test_values_that_change_places_are_another_configuration(same: Any) -> None:
    assert not same({"x": "1", "y": "2"}, {"x": "2", "y": "1"})
    assert not same({"x": "y"}, {"y": "x"})


def test_ignored_params_do_not_make_a_configuration(same: Any) -> None:
    assert same({"model": "svc", "out": "/1"}, {"model": "svc", "out": "/2"}, ignored=("out", "never logged"))
    assert same({"model": "svc", "out": "/1"}, {"model": "svc"}, ignored=("out",))


def test_other_experiments_are_other_configurations(same: Any) -> None:
    assert not same({"model": "svc"}, {"model": "svc"}, experiments="12")


def test_reviewers_may_group_by_params_of_their_choice(same: Any) -> None:
    assert same({"model": "svc", "C": "1"}, {"model": "svc", "C": "2"}, group_by=("model",))
    assert not same({"model": "svc", "C": "1"}, {"model": "svc", "C": "2"}, group_by=("C",))
    assert not same({"model": "svc", "seed": "1"}, {"model": "svc", "seed": "2"}, group_by=("seed",))
    assert same({"a": "1"}, {"b": "1"}, group_by=())


def test_the_setup_of_a_run_does_not_depend_on_how_runs_are_grouped(publish: Publish) -> None:
    params = [(run, key, value) for run, lr in (("a", "1"), ("b", "2")) for key, value in (("model", "m"), ("lr", lr))]
    snapshot = publish(store(params=params)).snapshot
    plain = frame(snapshot)
    grouped = frame(snapshot, group_by=("model",))
    assert grouped["configuration"].nunique() == 1
    assert plain["setup"].tolist() == grouped["setup"].tolist() == plain["configuration"].tolist()
    assert plain["setup"].nunique() == 2
    assert frame(snapshot, ignored=("lr",), group_by=("lr",))["setup"].nunique() == 1


@pytest.mark.parametrize(
    ("params", "seed"),
    [
        ([("a", "seed", "7")], "7"),
        ([("a", "numpy_seed", "7")], "7"),
        ([("a", "seed", "7"), ("a", "numpy_seed", "8")], "numpy_seed=8, seed=7"),
        ([("a", "seed", "None"), ("a", "numpy_seed", "8")], "8"),
        ([("a", "seed", "None")], None),
        ([("a", "seed", "")], None),
        ([("a", "other", "7")], None),
    ],
)
@pytest.mark.parametrize("more", [[], [("b", "seed", "1"), ("b", "numpy_seed", "2")]])
def test_the_seed_of_a_run_depends_on_that_run_alone(
    publish: Publish, params: Params, seed: str | None, more: Params
) -> None:
    snapshot = publish(store(params=[*params, *more])).snapshot

    assert frame(snapshot, seeds=("seed", "numpy_seed", "unknown"))["seed"]["a"] == seed


def test_runs_come_newest_first_and_then_by_id(publish: Publish) -> None:
    starts = {"a": 5, "d": 9, "c": 9, "b": None, "e": 7}
    rows = store(runs=[a_run(run, start=start) for run, start in starts.items()], params=[], metrics=[], tags=[])

    found = frame(publish(rows).snapshot)

    assert list(found.index) == ["c", "d", "e", "a", "b"]
    assert found["start_time"]["a"] == pd.Timestamp(5, unit="ms", tz="UTC")
    assert found["start_time"].isna().tolist() == [False, False, False, False, True]
    assert str(found["start_time"].dtype) == "datetime64[ms, UTC]"


def test_every_column_of_a_run_is_there(publish: Publish) -> None:
    found = frame(publish().snapshot).loc["b"]

    assert found.drop(["configuration", "setup", "metric_signature"]).to_dict() == {
        "name": "name of b",
        "experiment_id": "1",
        "experiment": "one",
        "status": "FINISHED",
        "lifecycle_stage": "active",
        "start_time": pd.Timestamp(2_000, unit="ms", tz="UTC"),
        "end_time": pd.Timestamp(2_000, unit="ms", tz="UTC"),
        "user_id": "ann",
        "parent_run_id": "a",
        "seed": "2",
        "metric_count": 1,
    }


def test_equal_metrics_have_equal_signatures_whatever_their_step(publish: Publish) -> None:
    nan, inf = float("nan"), float("inf")
    rows = {
        "a": {"x": 1.0, "y": nan},
        "b": {"y": nan, "x": 1.0},
        "c": {"x": nan, "y": 1.0},
        "d": {"x": 1.0, "y": inf},
        "e": {"x": 1.0, "y": -inf},
        "f": {"x": 1.0},
        "g": {},
        "h": {"x": 1.0 + 1e-15, "y": nan},
    }
    metrics = [(run, key, v, i, i) for i, (run, m) in enumerate(rows.items()) for key, v in m.items()]
    found = frame(publish(store(runs=[a_run(r) for r in rows], metrics=metrics, params=[], tags=[])).snapshot)

    assert found["metric_signature"]["a"] == found["metric_signature"]["b"]
    assert found["metric_signature"].nunique() == len(rows) - 1
    assert found["metric_count"].to_dict() == {run: len(m) for run, m in rows.items()}


def test_metrics_tell_not_logged_from_nan(publish: Publish) -> None:
    inf = float("inf")
    rows = [("a", "acc", 0.5, 0, 1), ("b", "acc", float("nan"), 0, 1), ("b", "loss", -inf, 0, 1)]
    snapshot = publish(store(metrics=rows)).snapshot

    found = reads.metrics(snapshot, ALL, ["loss", "acc", "unknown"])

    assert list(found.values.columns) == list(found.logged.columns) == ["loss", "acc", "unknown"]
    assert list(found.values.index) == list(found.logged.index) == ["b", "a"]
    assert found.logged.to_numpy().tolist() == [[True, True, False], [False, True, False]]
    assert found.values["loss"]["b"] == -inf
    assert found.values["acc"]["a"] == 0.5
    assert math.isnan(found.values["acc"]["b"])
    assert math.isnan(found.values["loss"]["a"])


def test_values_come_in_the_order_of_the_ids_asked_for(publish: Publish) -> None:
    snapshot = publish().snapshot

    metrics = reads.metrics(snapshot, ["a", "unknown", "b", "a"], ["acc"])
    params = reads.params(snapshot, ["a", "unknown", "b"], ["seed", "depth"])

    assert list(metrics.values.index) == ["a", "unknown", "b"]
    assert metrics.logged["acc"].tolist() == [True, False, True]
    assert params["seed"].tolist() == ["1", None, "2"]
    assert params["depth"].tolist() == [None, None, None]


def test_a_param_and_a_metric_of_one_name_stay_apart(publish: Publish) -> None:
    rows = store(params=[("a", "alpha", "0.1")], metrics=[("a", "alpha", 9.0, 0, 0)], tags=[("b", "alpha", "t")])
    snapshot = publish(rows).snapshot

    assert reads.params(snapshot, ALL, ["alpha"])["alpha"].to_dict() == {"a": "0.1", "b": None}
    assert reads.metrics(snapshot, ALL, ["alpha"]).logged["alpha"].to_dict() == {"b": False, "a": True}
    assert reads.keys(snapshot, ALL).counts == {
        "params": {"alpha": 1},
        "metrics": {"alpha": 1},
        "tags": {"alpha": 1},
    }


def test_nothing_asked_for_is_an_empty_frame(publish: Publish) -> None:
    snapshot = publish().snapshot

    assert reads.metrics(snapshot, [], ["acc"]).values.shape == (0, 1)
    assert reads.metrics(snapshot, ALL, []).values.shape == (2, 0)
    assert reads.params(snapshot, ["unknown"], ["seed"])["seed"].tolist() == [None]


def test_keys_are_listed_by_how_many_runs_carry_them(publish: Publish) -> None:
    params = [("a", "z", "1"), ("b", "z", "1"), ("a", "b", "1"), ("b", "a", "1")]
    snapshot = publish(store(params=params)).snapshot

    assert reads.keys(snapshot, ALL).params == ("z", "a", "b")
    only_b = Selection(conditions=(Condition("attribute", "run_id", "=", "b"),))
    assert reads.keys(snapshot, only_b).counts["params"] == {"a": 1, "z": 1}
    assert reads.keys(snapshot, only_b).metrics == ("acc",)


def test_experiments_are_counted_with_their_deleted_runs(publish: Publish) -> None:
    deleted = (*a_run("c")[:4], "deleted", *a_run("c")[5:])
    experiments = [("1", "same", "active", ""), ("2", "same", "deleted", ""), ("3", "empty", "active", "")]
    snapshot = publish(store(experiments=experiments, runs=[a_run("a"), deleted, a_run("d", experiment="2")])).snapshot

    found = [(e.experiment_id, e.name, e.lifecycle_stage.value, e.runs, e.deleted) for e in reads.experiments(snapshot)]

    assert found == [("3", "empty", "active", 0, 0), ("1", "same", "active", 1, 1), ("2", "same", "deleted", 1, 0)]
    assert list(frame(snapshot).index) == ["a"]
    everything = reads.runs(snapshot, Selection(deleted=True), seeds=(), ignored=())
    assert sorted(everything["run_id"]) == ["a", "c", "d"]


def test_one_run_is_read_whole(publish: Publish) -> None:
    run = reads.run(publish().snapshot, "b")

    assert run is not None
    assert (run.status, run.lifecycle_stage) == (RunStatus.FINISHED, LifecycleStage.ACTIVE)
    assert run.start_time == datetime(1970, 1, 1, 0, 0, 2, tzinfo=UTC)
    assert (run.experiment, run.artifact_uri) == ("one", "/a/b")
    assert (run.params, run.tags) == ({"seed": "2"}, {"mlflow.parentRunId": "a"})
    assert math.isnan(run.metrics["acc"])


def test_an_unknown_run_is_none(publish: Publish) -> None:
    snapshot = publish().snapshot

    assert reads.run(snapshot, "unknown") is None
    assert reads.run(snapshot, "' OR 1=1 --") is None


def test_names_of_any_kind_are_data(publish: Publish) -> None:
    odd = 'it\'s "an" 이름 /%_; DROP TABLE runs --'
    rows = store(params=[("a", odd, odd)], metrics=[("a", odd, 1.0, 0, 0)])
    snapshot = publish(rows).snapshot

    assert reads.params(snapshot, ALL, [odd])[odd]["a"] == odd
    assert reads.metrics(snapshot, ALL, [odd]).values[odd]["a"] == 1.0
    assert frame(snapshot, seeds=(odd, "seed"))["seed"]["a"] == odd
    assert reads.keys(snapshot, Selection(conditions=(Condition("param", odd, "=", odd),))).params == (odd,)


def test_people_who_open_a_new_snapshot_at_the_same_moment_all_get_their_answer(
    publish: Publish, tmp_path: Path
) -> None:
    """DuckDB hands an instance that is still starting to a second thread, and then knows no Arrow tables there."""
    snapshot = publish().snapshot
    for number in range(30):
        new = replace(snapshot, path=Path(shutil.copy(snapshot.path, tmp_path / f"{number}.duckdb")))
        together = Barrier(4)

        def reading(new: Snapshot = new, together: Barrier = together) -> list[str]:
            together.wait()
            return reads.params(new, ["a", "b"], ["seed"])["seed"].tolist()

        with ThreadPoolExecutor(4) as people:
            answers = [person.result() for person in [people.submit(reading) for _ in range(4)]]
        assert answers == [["1", "2"]] * 4
