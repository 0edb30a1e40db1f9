"""Which runs of real stores stand as replicates, one by one and in a configuration?"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.errors import SelectionError
from assay.model.comparison.question import Question
from assay.model.note import note
from assay.model.policy import MetricPolicy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import RUN_NAME, RUN_PARENT, Listing, ListQuestion
from assay.model.runs.notes import RunNote
from assay.queries.comparison.sides import sides
from assay.queries.runs import configurations as whole
from assay.queries.runs.listing import listing
from assay.view.objects import runs as objects
from assay.workspace import Workspace
from noted import has, of, only
from saying import refused
from scored import A, B, Scored

Ask = Callable[..., Listing]


@pytest.fixture
def store(tmp_path: Path) -> Scored:
    return Scored(tmp_path / "store")


@pytest.fixture
def ask(store: Scored, work_of: Callable[[Scored], Workspace]) -> Ask:
    """What lists the store as it is at the first question."""
    made: list[Workspace] = []

    def asked(**more: Any) -> Listing:
        made.extend([] if made else [work_of(store)])
        return listing(made[0], ListQuestion(**more))

    return asked


def counts(found: Listing) -> list[tuple[int, int]]:
    return [(int(n), int(replicates)) for n, replicates in found.rows[["n", "replicates"]].to_numpy()]


def test_runs_that_differ_in_nothing_but_a_measured_time_are_repeats(store: Scored, ask: Ask) -> None:
    for seconds in (1.25, 2.5):
        store.run("e", params={"seed": 1}, metrics={"accuracy": 0.9, "fit_seconds": seconds, "time/fps": seconds})
    store.run("e", params={"seed": 1}, metrics={"accuracy": 0.9, "fit_seconds": 3.0, "timely": 1.0})
    found = ask()
    assert found.excluded == {Exclusion.REPEAT: 1}
    assert counts(found) == [(3, 1)]


def test_costs_and_rates_are_measured_like_times_unless_the_policy_says_otherwise(
    store: Scored, work_of: Callable[[Scored], Workspace]
) -> None:
    """Compare leaves out as many of a side as the listing does."""
    for number, (model, seed) in enumerate((("a", 1), ("a", 1), ("a", 2), ("b", 1), ("b", 1))):
        metrics = {"accuracy": 0.9, "price_usd": number, "rows_per_s": number}
        store.run("e", params={"model": model, "seed": seed}, metrics=metrics)
    known = work_of(store)

    def repeats(*said: MetricPolicy) -> list[int]:
        policy = replace(known.policy, metrics=(*said, *known.policy.metrics))
        work = replace(known, policy=policy)
        [found] = sides(work.snapshot, policy, Question(("accuracy",), A, (B,)), ("accuracy",))
        left_out = [one.excluded.get(Exclusion.REPEAT, 0) for one in found.samples]
        assert listing(work, ListQuestion()).excluded == ({Exclusion.REPEAT: sum(left_out)} if any(left_out) else {})
        return left_out

    assert repeats() == [1, 1]
    assert repeats(MetricPolicy("price_*", measured=False)) == [0, 0]
    store.run("e", params={"model": "a", "seed": 2}, metrics={"accuracy": 0.9, "energy": 2.5})
    store.run("e", params={"model": "a", "seed": 2}, metrics={"accuracy": 0.9, "energy": 2.6})
    known = work_of(store)
    assert repeats() == [1, 1]
    assert repeats(MetricPolicy("energy", measured=True)) == [3, 1]


def test_a_seed_of_several_runs_is_averaged_and_counts_once(store: Scored, ask: Ask) -> None:
    for seed, accuracy in (("1", 0.8), ("1", 0.9), ("2", 0.95), ("0", 0.7), ("00", 0.6), ("1e3", 0.5)):
        store.run("e", params={"model": "a", "seed": seed}, metrics={"accuracy": accuracy})
    found = ask()
    assert counts(found) == [(6, 5)]
    assert found.mean["accuracy"].iloc[0] == pytest.approx((0.85 + 0.95 + 0.7 + 0.6 + 0.5) / 5)
    assert found.count["accuracy"].iloc[0] == 5
    assert found.scores.iloc[0] == pytest.approx((0.5, 0.6, 0.7, 0.85, 0.95))
    assert note(RunNote.SEED_SHARED, runs=2, seeds=1) in found.notes


@pytest.mark.parametrize("seed", ["None", "none", "NULL", "nan", ""])
def test_seeds_that_are_none_make_nobody_a_replicate_of_another(store: Scored, ask: Ask, seed: str) -> None:
    for accuracy in (0.8, 0.9):
        store.run("e", params={"seed": seed}, metrics={"accuracy": accuracy})
    store.run("e", params={"seed": "7"}, metrics={"accuracy": 0.7})
    assert counts(ask()) == [(3, 3)]


def test_runs_nested_below_one_of_their_configuration_do_not_count(store: Scored, ask: Ask) -> None:
    def run(parent: str, model: str, **metrics: float) -> str:
        tags = {"mlflow.parentRunId": parent} if parent else {}
        return store.run("e", params={"model": model}, metrics=metrics, tags=tags, start=0)

    top = run("", "a", accuracy=0.9)
    middle = run(top, "b", accuracy=0.7)
    run(middle, "a", accuracy=0.1, loss=0.5)
    run("gone", "b", accuracy=0.6)
    found = ask(metrics=("accuracy", "loss"), params=("model",))
    rows = found.params["model"].reset_index(drop=True)
    a = found.rows.index[rows == "a"][0]
    assert found.mean.loc[a].to_dict() == {"accuracy": 0.9, "loss": 0.5}
    assert found.count.loc[a].to_dict() == {"accuracy": 1, "loss": 1}
    assert found.excluded == {}
    alone = ask(metrics=("accuracy",), params=("model",))
    assert alone.excluded == {Exclusion.NESTED: 1}
    assert sorted(counts(alone)) == [(1, 1), (2, 2)]
    named = f"tags.`mlflow.parentRunId` = '{middle}'"
    assert ask(metrics=("accuracy",), filter=named).mean["accuracy"].tolist() == [0.1]


def test_names_and_parents_that_tell_runs_apart_are_said_and_may_group_them(store: Scored, ask: Ask) -> None:
    sweeps = [store.run("e", name=f"sweep {k}", params={"sweep": "yes"}) for k in range(2)]
    for sweep in sweeps:
        for accuracy, name in ((0.8, "plain"), (0.9, "dropout")):
            store.run(
                "e", name=name, params={"model": "a"}, metrics={"accuracy": accuracy + 0.01 * sweeps.index(sweep)},
                tags={"mlflow.parentRunId": sweep},
            )  # fmt: skip
    where = "metrics.accuracy > 0"
    told = of(only(ask(filter=where).notes, RunNote.TOLD_APART), RunNote.TOLD_APART)
    assert told == {"by": RUN_PARENT, "n": 4}
    assert ask(filter=where, group_by=(RUN_NAME,)).rows["name"].tolist() == [
        f"{RUN_NAME}=dropout",
        f"{RUN_NAME}=plain",
    ]
    assert counts(ask(filter=where, group_by=(RUN_PARENT,))) == [(2, 2), (2, 2)]


def test_names_that_nobody_chose_tell_nothing(store: Scored, ask: Ask) -> None:
    for accuracy in (0.8, 0.9):
        store.run("e", params={"model": "a"}, metrics={"accuracy": accuracy})
    assert not has(ask().notes, RunNote.TOLD_APART)


def test_a_param_that_is_another_one_in_every_run_is_named_and_can_be_ignored(store: Scored, ask: Ask) -> None:
    for number in range(4):
        params = {"model": "ab"[number % 2], "note": f"run {number}"}
        store.run("e", params=params, metrics={"accuracy": 0.9 + number / 100})
    differs = only(ask().notes, RunNote.PARAM_ALWAYS_DIFFERS)
    assert of(differs, RunNote.PARAM_ALWAYS_DIFFERS) == {"param": "note", "n": 4}
    ignoring = ask(ignore=("note",))
    assert counts(ignoring) == [(2, 2), (2, 2)]
    assert not has(ignoring.notes, RunNote.PARAM_ALWAYS_DIFFERS)
    with refused(SelectionError, "no param 'nota'.*'note'"):
        ask(ignore=("nota",))


def test_two_params_that_differ_in_every_run_are_a_search_and_none_is_named(store: Scored, ask: Ask) -> None:
    for number in range(3):
        store.run("e", params={"lr": 0.1 * number, "width": number}, metrics={"accuracy": 0.9})
    assert not has(ask().notes, RunNote.PARAM_ALWAYS_DIFFERS)


def test_folds_are_replicates_that_share_data(store: Scored, ask: Ask) -> None:
    for fold in range(5):
        params = {"fold": fold, "n_folds": 5, "n_train": 80, "n_test": 20}
        store.run("e", params=params, metrics={"accuracy": 0.9 + fold / 100})
    found = ask()
    assert counts(found) == [(5, 5)]
    folds = of(only(found.notes, RunNote.FOLDS_DEPEND), RunNote.FOLDS_DEPEND)
    assert (folds["param"], folds["folds"], folds["widening"]) == ("fold", 5, pytest.approx(1.5))
    ignoring = ask(ignore=("fold",))
    assert not has(ignoring.notes, RunNote.FOLDS_DEPEND)


def test_configurations_name_their_experiment_by_its_id_too(
    store: Scored, work_of: Callable[[Scored], Workspace]
) -> None:
    ids = {store.experiment(name) for name in ("one", "two")}
    for name in ("one", "two"):
        store.run(name, params={"model": "a"}, metrics={"accuracy": 0.8})
    found = objects.configurations(whole.configurations(work_of(store), ListQuestion()))
    assert {one["experiment_id"] for one in found["configurations"]} == ids
