"""What is known of one run, asked of real stores."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from assay.model.runs.listing import ListQuestion
from assay.queries.runs.configurations import runs
from assay.queries.runs.detail import detail, evidence, history
from assay.workspace import Workspace
from saying import said
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


def test_the_values_of_a_metric_are_read_from_the_store_now_and_one_that_is_away_is_a_reason(
    work: Workspace, tmp_path: Path
) -> None:
    [run] = runs(work, ListQuestion(("한국어 실험",)))
    found = history(work, (run.run_id, "정확도"))
    assert ([point.value for point in found.points], found.reason) == ([0.5], None)

    away = replace(work, settings=replace(work.settings, tracking_uri=f"sqlite:///{tmp_path / 'gone.db'}"))
    assert history(away, (run.run_id, "정확도")).points == ()
    assert "gone.db" in said(history(away, (run.run_id, "정확도")).reason)
    assert {item.logged for item in evidence(away, run.run_id).items} == {None}
    assert "gone.db" in said(evidence(away, run.run_id).reason)
