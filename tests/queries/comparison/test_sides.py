"""Which runs stand on a side, and what makes pairs of them?"""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.model.comparison.question import Question
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import ListQuestion
from assay.model.runs.notes import RunNote
from assay.queries.comparison.sides import AskedSides, sides
from assay.queries.runs.listing import listing
from assay.workspace import Workspace
from noted import has, of, only
from scored import A, B
from stores import Store


def asked(work: Workspace, *filters: str, pair_by: str | None = None) -> AskedSides:
    question = Question(("accuracy",), filters[0], filters[1:], pair_by=pair_by)
    [found] = sides(work.snapshot, work.policy, question, question.metrics)
    return found


def called(found: AskedSides) -> tuple[str, ...]:
    return tuple(name.text for name in found.names)


def scores(found: AskedSides) -> list[tuple[str | None, float | None]]:
    return [(one.seed, one.score) for one in found.samples[0].replicates]


@pytest.fixture
def folds(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Workspace:
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
    return work_of(store)


def test_other_seeds_with_equal_digits_are_no_repeats_whatever_makes_the_pairs(folds: Workspace) -> None:
    found = asked(folds, A, B, pair_by="fold")

    assert scores(found) == [("1", 0.9), ("2", 0.9), (None, 0.9)]
    assert [len(one.run_ids) for one in found.samples[0].replicates] == [2, 1, 1]
    assert found.samples[0].excluded == {Exclusion.REPEAT: 1}
    assert [difference.key for difference in found.setting.params] == ["model"]


def test_a_seed_to_pair_by_is_told_apart_from_the_other_seeds(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for numpy in (1, 2, 2):
        store.run("e", params={"model": "a", "seed": 5, "numpy_seed": numpy}, metrics={"accuracy": 0.9, "loss": 0.1})

    work = work_of(store)

    assert scores(asked(work, A)) == [("numpy_seed=1, seed=5", 0.9), ("numpy_seed=2, seed=5", 0.9)]
    [one] = asked(work, A, pair_by="seed").samples[0].replicates
    assert (one.seed, len(one.run_ids)) == ("5", 2)


def test_an_ignored_param_may_make_pairs(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for host in ("x", "y"):
        params = {"model": "a", "hostname": host}
        store.run("e", params=params, metrics={"accuracy": 0.912345678, "loss": 0.123456789})
    work = work_of(store)

    assert scores(asked(work, A, pair_by="hostname")) == [("x", 0.912345678), ("y", 0.912345678)]
    assert len(scores(asked(work, A))) == 1


def test_numbers_too_large_to_average_are_in_no_mean_here_or_in_the_listing(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed, score in enumerate([1.0, 2.0, 1e60, -1e200]):
        store.run("e", params={"model": "a", "seed": seed}, metrics={"accuracy": score})
    work = work_of(store)

    side = asked(work, A).samples[0]
    listed = listing(work, ListQuestion())

    assert side.excluded == {Exclusion.TOO_LARGE: 2}
    assert side.scores == (1.0, 2.0)
    assert (listed.mean["accuracy"].tolist(), listed.count["accuracy"].tolist()) == ([1.5], [2])
    assert listed.scores.tolist() == [(1.0, 2.0)]
    assert of(only(listed.notes, RunNote.TOO_LARGE), RunNote.TOO_LARGE) == {"metric": "accuracy", "n": 2}
    assert listing(work, ListQuestion(group_by=None)).count["accuracy"].sum() == 2


def test_a_filter_on_a_param_that_nobody_logged_is_said_of_either_side(folds: Workspace) -> None:
    first, second, third = asked(folds, "params.modl = 'a'", B, "tags.note = 'x'").found

    assert of(only(first.notes, RunNote.UNKNOWN_NAME), RunNote.UNKNOWN_NAME) == {
        "kind": "param",
        "name": "modl",
        "close": ("model", "fold"),
        "more": 1,
    }
    assert not has(second.notes, RunNote.UNKNOWN_NAME)
    assert of(only(third.notes, RunNote.UNKNOWN_NAME), RunNote.UNKNOWN_NAME) == {
        "kind": "tag",
        "name": "note",
        "close": ("mlflow.runName",),
        "more": 0,
    }


def test_sides_of_two_experiments_keep_their_names_and_seeds_stand_in_the_order_of_numbers(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for experiment, model, lr in (("one", "small-net", 1), ("two", "large-net", 2), ("one", "small-net", 3)):
        for seed in (1011, 42, 123):
            params = {"model": model, "lr": lr, "seed": seed}
            store.run(experiment, params=params, metrics={"accuracy": 0.9 + seed / 1e5})
    work = work_of(store)
    within = asked(work, "params.lr = '1'", "params.lr = '3'")
    across = asked(work, "params.lr = '1'", "params.lr = '2'")

    assert called(within) == ("lr=1", "lr=3")
    assert called(across) == ("lr=1", "large-net")
    assert [seed for seed, _ in scores(within)] == ["42", "123", "1011"]


def test_runs_of_one_configuration_are_told_apart_by_name_then_by_id_and_others_keep_their_name(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    first, second, third = (
        store.run("e", name=name, params={"model": model, "seed": seed}, metrics={"accuracy": 0.9})
        for name, model, seed in (("a, seed 1", "a", 1), ("a, seed 2", "a", 2), ("b, seed 1", "b", 1))
    )
    twin = store.run("e", name="a, seed 1", params={"model": "a", "seed": 3}, metrics={"accuracy": 0.8})
    work = work_of(store)

    def names(*runs: str) -> tuple[str, ...]:
        return called(asked(work, *(f"run_id IN ('{run}')" for run in runs)))

    assert names(first, second, third) == ("a, seed 1", "a, seed 2", "b")
    assert names(first, twin, third) == (f"a, {first[:8]}", f"a, {twin[:8]}", "b")


def test_without_a_metric_nobody_is_left_out_for_lack_of_a_score_and_nobody_has_one(work: Workspace) -> None:
    question = Question(("accuracy",), "params.model = 'svc'", ())
    [found] = sides(work.snapshot, work.policy, question, (None,))

    assert [one.score for one in found.samples[0].replicates] == [None] * 6
    assert found.samples[0].scores == ()
    assert found.samples[0].excluded == {Exclusion.REPEAT: 1, Exclusion.FAILED: 1, Exclusion.RUNNING: 1}
