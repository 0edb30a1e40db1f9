"""What is known of one run, asked of real stores."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assay.model.runs.listing import ListQuestion
from assay.queries.runs.configurations import runs
from assay.queries.runs.detail import detail, evidence
from assay.workspace import Workspace
from saying import said
from scored import Scored
from stores import Store


def test_ids_from_the_store_stay_ids_in_the_link(
    digits: Store, work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    path = Path(shutil.copy(digits.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db"))
    odd = "../x?a#b \u00e9"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE runs SET run_uuid = ? WHERE run_uuid = (SELECT min(run_uuid) FROM runs)", [odd])
    work = work_of(Store(f"sqlite:///{path}"))
    found = detail(replace(work, settings=replace(work.settings, mlflow_url="https://mlflow.example")), odd)
    assert found.link.startswith("https://mlflow.example/#/experiments/")
    assert found.link.endswith("/runs/..%2Fx%3Fa%23b%20%C3%A9")


def test_evidence_of_a_store_that_is_away_is_a_reason(work: Workspace, tmp_path: Path) -> None:
    [run] = runs(work, ListQuestion(("한국어 실험",)))
    away = replace(work, settings=replace(work.settings, tracking_uri=f"sqlite:///{tmp_path / 'gone.db'}"))
    assert {item.logged for item in evidence(away, run.run_id).items} == {None}
    assert "gone.db" in said(evidence(away, run.run_id).reason)


def test_a_metric_stands_among_the_trainings_of_its_configuration_that_count(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Scored(tmp_path / "store")
    runs = [
        store.run("e", params={"model": "svc", "seed": seed}, metrics={"accuracy": score, "odd": odd})
        for seed, score, odd in ((1, 0.7, 1.0), (2, 0.8, float("nan")), (3, 0.9, 2.0), (3, 0.92, 3.0))
    ]
    store.run("e", params={"model": "svc", "seed": 4}, metrics={"accuracy": 0.1}, status="FAILED")
    store.run("e", params={"model": "mlp", "seed": 1}, metrics={"accuracy": 0.2})
    found = detail(work_of(store), runs[0])
    accuracy, odd = found.standings["accuracy"], found.standings["odd"]
    assert [round(value, 6) for value in accuracy.values] == [0.7, 0.8, 0.91]
    assert (round(accuracy.mean, 4), round(accuracy.std or 0, 4)) == (0.8033, 0.105)
    assert odd.values == (1.0, 2.5)
    assert (found.counts, found.siblings, found.place) == (True, 6, "e")
    assert {key: spread.values for key, spread in found.spreads.items()} == {"model": 2, "seed": 4}


def test_of_a_run_and_one_nested_below_it_the_one_above_stands_for_both(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Scored(tmp_path / "store")
    above = store.run("e", params={"model": "svc", "seed": 1}, metrics={"accuracy": 0.7})
    below = {"mlflow.parentRunId": above}
    store.run("e", params={"model": "svc", "seed": 2}, metrics={"accuracy": 0.9}, tags=below)
    assert detail(work_of(store), above).standings["accuracy"].values == (0.7,)


def test_a_failed_run_stands_beside_those_that_count_and_a_lone_one_nowhere(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Scored(tmp_path / "store")
    store.run("e", params={"model": "svc", "seed": 1}, metrics={"accuracy": 0.7})
    failed = store.run("e", params={"model": "svc", "seed": 2}, metrics={"accuracy": 0.1}, status="FAILED")
    lone = store.run("f", params={"model": "mlp"}, metrics={"accuracy": 0.2}, status="FAILED")
    work = work_of(store)
    assert (detail(work, failed).counts, detail(work, failed).standings["accuracy"].values) == (False, (0.7,))
    assert detail(work, lone).standings == {}
