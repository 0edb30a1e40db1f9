"""How often a test set was looked at, over the whole store."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chi2

from assay.analysis.planning import optimism
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import ScoreNote
from assay.workspace import Workspace
from evidenced import Evidenced, alone, asked
from noted import of
from saying import said
from stores import Store

LOOKS = LeakageCheck.TEST_LOOKS
WorkOf = Callable[[Store], Workspace]
ROWS, IDS = f"rows:{'a' * 64}", f"ids:{'b' * 64}"


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def looked(
    store: Evidenced, experiment: str, n: int, *, text: str = "", digest: str = "", seeds: int = 1, **more: str
) -> list[str]:
    """Logs n configurations, each with `seeds` trainings, that were scored on these rows."""
    made = []
    rng = np.random.default_rng(0)
    for model in range(n):
        for seed in range(seeds):
            score = float(rng.normal(0.8, 0.01))
            params = {"model": f"m{model}", "seed": seed}
            run_id = store.run(
                experiment, params=params, metrics={"accuracy": score}, status=more.get("status", "FINISHED")
            )
            if text:
                store.rows(run_id, text)
            if digest:
                store.used(run_id, digest, more.get("context", "test"), more.get("name", "digits"))
            made.append(run_id)
    return made


def counted(work: Workspace, *experiments: str) -> set[float | None]:
    return {one.value for one in alone(work, LOOKS, *experiments)}


def test_configurations_are_counted_and_not_runs(store: Evidenced, work_of: WorkOf) -> None:
    looked(store, "e", 10, text=ROWS, seeds=3)
    looked(store, "more", 11, digest="d1", seeds=2)
    work = work_of(store)
    assert counted(work, "e") == {10}
    assert {one.status.value for one in alone(work, LOOKS, "e")} == {"pass"}
    found = alone(work, LOOKS, "more")
    assert {(one.status.value, one.value, one.limit) for one in found} == {("warn", 11, 10)}
    assert said(alone(work, LOOKS, "e")[0].note) == (
        "10 configurations were scored on these test rows (rows aaaaaaaa), no more than 10."
    )


def test_rows_of_one_content_are_the_same_in_every_experiment_and_ids_are_not(
    store: Evidenced, work_of: WorkOf
) -> None:
    for experiment in ("one", "two"):
        looked(store, experiment, 6, text=ROWS)
        looked(store, f"ids {experiment}", 7, text=IDS)
        looked(store, f"data {experiment}", 4, digest="f6d9e39f")
        looked(store, f"odd {experiment}", 3, text="whatever a hand wrote")
    work = work_of(store)
    assert counted(work, "one") == counted(work, "two") == {12}
    assert counted(work, "ids one") == counted(work, "ids two") == {7}
    assert counted(work, "data one") == counted(work, "data two") == {8}
    assert counted(work, "odd one") == {3}
    found = alone(work, LOOKS, "one")[0]
    assert (found.note["experiments"], found.status.value) == (2, "warn")
    assert said(found.note).startswith(
        "12 configurations in 2 experiments were scored on these test rows (rows aaaaaaaa)"
    )
    assert "(ids bbbbbbbb)" in said(alone(work, LOOKS, "ids one")[0].note)
    assert "(digits f6d9e39f, the same as far as MLflow looks)" in said(alone(work, LOOKS, "data one")[0].note)


def test_no_filter_hides_a_look(store: Evidenced, work_of: WorkOf) -> None:
    looked(store, "e", 12, text=ROWS)
    found = asked(work_of(store), "e", filter="params.model = 'm3'")
    assert [row.cell(LOOKS).check.value for row in found.rows] == [12]


def test_what_did_not_finish_or_scored_nothing_did_not_look(store: Evidenced, work_of: WorkOf) -> None:
    looked(store, "e", 5, text=ROWS)
    looked(store, "failed", 5, text=ROWS, status="FAILED")
    silent = store.run("e", params={"model": "silent"})
    store.rows(silent, ROWS)
    deleted = looked(store, "e2", 2, text=ROWS)
    for run_id in deleted:
        store.client.delete_run(run_id)
    work = work_of(store)
    assert counted(work, "e") == {5}
    assert counted(work, "failed") == {5}  # what they would have been scored on
    assert {row.cell(LOOKS).check.value for row in asked(work, "e2", deleted=True).rows} == {None}


def test_validation_rows_are_no_test_rows(store: Evidenced, work_of: WorkOf) -> None:
    """A search of 24 trials that looks at its validation rows alone says so by its inputs, whatever a tag says."""
    looked(store, "search", 24, digest="d1", context="validation", text=ROWS)
    looked(store, "final", 3, digest="d1", context="Test ")
    looked(store, "trained", 2, digest="d1", context="train")
    work = work_of(store)
    assert counted(work, "search") == counted(work, "trained") == {None}
    assert counted(work, "final") == {3}
    assert said(alone(work, LOOKS, "search")[0].note).startswith("No test rows are logged")


def test_what_mlflow_was_told_counts_before_the_tag(store: Evidenced, work_of: WorkOf) -> None:
    looked(store, "both", 4, digest="d1", text=ROWS)
    looked(store, "inputs", 3, digest="d1")
    looked(store, "tags", 2, text=ROWS)
    work = work_of(store)
    assert (counted(work, "both"), counted(work, "inputs"), counted(work, "tags")) == ({7}, {7}, {2})


def test_data_of_one_digest_and_another_name_are_others(store: Evidenced, work_of: WorkOf) -> None:
    looked(store, "a", 4, digest="1")
    looked(store, "b", 3, digest="1", name="wine")
    work = work_of(store)
    assert (counted(work, "a"), counted(work, "b")) == ({4}, {3})


def test_a_run_of_several_test_sets_has_looked_at_one_of_them(store: Evidenced, work_of: WorkOf) -> None:
    [run_id] = looked(store, "e", 1, digest="d2")
    store.used(run_id, "d1", "test")
    store.used(run_id, "d0", "train")
    [found] = alone(work_of(store), LOOKS, "e")
    assert of(found.note, ScoreNote.LOOKED_SELDOM)["data"] == "digits d1"


def test_the_luck_of_the_best_is_that_of_as_many_equals(store: Evidenced, work_of: WorkOf) -> None:
    n, seeds = 15, 3
    looked(store, "e", n, text=ROWS, seeds=seeds)
    looked(store, "alone", 11, text=IDS)
    work = work_of(store)
    rng = np.random.default_rng(0)
    scores = rng.normal(0.8, 0.01, (n, seeds))
    sd = np.sqrt(np.median(scores.var(axis=1, ddof=1)) * (seeds - 1) / chi2.median(seeds - 1))
    [found] = {one.note for one in alone(work, LOOKS, "e")}
    told = of(found, ScoreNote.LOOKED_OFTEN)
    assert told["luck"] == pytest.approx(optimism(n, seeds) * sd)
    simulated = rng.normal(0, sd / np.sqrt(seeds), (20_000, n)).max(axis=1).mean()
    assert told["luck"] == pytest.approx(simulated, rel=0.03)
    assert (told["metric"], told["share"]) == ("accuracy", True)
    points = f"{100 * told['luck']:.1f} points too good in accuracy"
    assert f"were all equally good, the best would still look {points}" in said(found)
    assert said(alone(work, LOOKS, "alone")[0].note).endswith(
        "the best of them looks better than it is, and no replicates tell by how much."
    )


def test_a_store_without_one_test_set_says_how_to_log_it(work: Workspace) -> None:
    """The shared store logs none."""
    for row in asked(work).rows:
        assert row.cell(LOOKS).check.status.value == "not_logged"
        assert "mlflow.log_input(data, context='test')" in said(row.cell(LOOKS).check.note)
