"""Which runs stand on a side, and what makes pairs of them?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries.comparison.sides import Asked, asked
from assay.queries.runs.listing import listing
from assay.queries.runs.selection import selection
from stores import Store

A, B = "params.model = 'a'", "params.model = 'b'"


def scores(found: Asked) -> list[tuple[str | None, float]]:
    return [(score.seed, score.value) for score in found.samples[0].scores]


@pytest.fixture
def folds(tmp_path: Path, snapshot_of: Callable[[Store], Snapshot]) -> Snapshot:
    """Model a: fold 1 under two seeds that give equal digits, fold 2 logged twice, and one run without a fold."""
    store = Store.sqlite(tmp_path / "mlflow.db")
    for params in (
        {"fold": 1, "seed": 1},
        {"fold": 1, "seed": 2},
        {"fold": 2, "seed": 1},
        {"fold": 2, "seed": 1},
        {"fold": None, "seed": 3},
    ):
        store.run("e", params={"model": "a", **params}, metrics={"accuracy": 0.9, "loss": 0.1})
    store.run("e", params={"model": "b", "fold": 1, "seed": 1}, metrics={"accuracy": 0.8, "loss": 0.2})
    return snapshot_of(store)


def test_other_seeds_with_equal_digits_are_no_repeats_whatever_makes_the_pairs(folds: Snapshot, policy: Policy) -> None:
    found = asked(folds, policy, [A, B], metric="accuracy", pair_by="fold")

    assert scores(found) == [("1", 0.9), ("1", 0.9), ("2", 0.9), (None, 0.9)]
    assert found.samples[0].excluded == {"repeat of identical digits": 1}
    assert [difference.key for difference in found.params] == ["model"]


def test_a_seed_to_pair_by_is_told_apart_from_the_other_seeds(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for numpy in (1, 2, 2):
        store.run("e", params={"model": "a", "seed": 5, "numpy_seed": numpy}, metrics={"accuracy": 0.9, "loss": 0.1})

    by_one = asked(snapshot_of(store), policy, [A], metric="accuracy", pair_by="seed")

    assert scores(by_one) == [("5", 0.9), ("5", 0.9)]


def test_an_ignored_param_may_make_pairs(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for host in ("x", "y"):
        store.run("e", params={"model": "a", "hostname": host}, metrics={"accuracy": 0.9, "loss": 0.1})

    assert scores(asked(snapshot_of(store), policy, [A], metric="accuracy", pair_by="hostname")) == [
        ("x", 0.9),
        ("y", 0.9),
    ]
    assert len(scores(asked(snapshot_of(store), policy, [A], metric="accuracy"))) == 1


def test_numbers_too_large_to_average_are_in_no_mean_here_or_in_the_listing(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed, score in enumerate([1.0, 2.0, 1e60, -1e200]):
        store.run("e", params={"model": "a", "seed": seed}, metrics={"accuracy": score})
    snapshot = snapshot_of(store)

    side = asked(snapshot, policy, [A], metric="accuracy").samples[0]
    listed = listing(snapshot, policy, selection(snapshot))

    assert side.excluded == {"accuracy is too large to average": 2}
    assert [score.value for score in side.scores] == [1.0, 2.0]
    assert (listed.mean["accuracy"].tolist(), listed.count["accuracy"].tolist()) == ([1.5], [2])
    assert listed.scores.tolist() == [(1.0, 2.0)]
    assert "2 too large to average: in no mean of accuracy." in listed.warnings
    assert listing(snapshot, policy, selection(snapshot), group_by=None).count["accuracy"].sum() == 2


def test_a_filter_on_a_param_that_nobody_logged_is_said_of_either_side(folds: Snapshot, policy: Policy) -> None:
    found = asked(folds, policy, ["params.modl = 'a'", B, "tags.note = 'x'"], metric="accuracy")

    assert [one.warnings for one in found.found] == [
        ("There is no param 'modl'. The runs looked at carry 'model', 'fold' and 1 more.",),
        (),
        ("There is no tag 'note'. The runs looked at carry 'mlflow.runName'.",),
    ]


def test_sides_of_two_experiments_are_called_by_their_model_and_seeds_stand_in_the_order_of_numbers(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for experiment, model, lr in (("one", "small-net", 1), ("two", "large-net", 2), ("one", "small-net", 3)):
        for seed in (1011, 42, 123):
            params = {"model": model, "lr": lr, "seed": seed}
            store.run(experiment, params=params, metrics={"accuracy": 0.9 + seed / 1e5})
    snapshot = snapshot_of(store)
    within = asked(snapshot, policy, ["params.lr = '1'", "params.lr = '3'"], metric="accuracy")
    across = asked(snapshot, policy, ["params.lr = '1'", "params.lr = '2'"], metric="accuracy")

    assert (within.names, across.names) == (("lr=1", "lr=3"), ("model=small-net", "model=large-net"))
    assert [seed for seed, _ in scores(within)] == ["42", "123", "1011"]


def test_runs_of_one_configuration_are_told_apart_by_name_then_by_id_and_others_keep_their_name(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    first, second, third = (
        store.run("e", name=name, params={"model": model, "seed": seed}, metrics={"accuracy": 0.9})
        for name, model, seed in (("a, seed 1", "a", 1), ("a, seed 2", "a", 2), ("b, seed 1", "b", 1))
    )
    twin = store.run("e", name="a, seed 1", params={"model": "a", "seed": 3}, metrics={"accuracy": 0.8})
    snapshot = snapshot_of(store)

    def names(*runs: str) -> tuple[str, ...]:
        return asked(snapshot, policy, [f"run_id IN ('{run}')" for run in runs], metric="accuracy").names

    assert names(first, second, third) == ("a, seed 1", "a, seed 2", "model=b")
    assert names(first, twin, third) == (first[:8], twin[:8], "model=b")
