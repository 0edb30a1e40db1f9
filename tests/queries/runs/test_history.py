"""What a run logged of one metric, read from real stores."""

import math
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from assay.model.runs.listing import ListQuestion
from assay.queries.runs.configurations import runs
from assay.queries.runs.history import MOST_POINTS, history
from assay.workspace import Workspace
from saying import said
from stores import Store


def test_the_values_of_a_metric_are_read_from_the_store_now_and_one_that_is_away_is_a_reason(
    work: Workspace, tmp_path: Path
) -> None:
    [run] = runs(work, ListQuestion(("한국어 실험",)))
    found = history(work, (run.run_id, "정확도"))
    assert ([point.value for point in found.points], found.logged, found.reason) == ([0.5], 1, None)

    away = replace(work, settings=replace(work.settings, tracking_uri=f"sqlite:///{tmp_path / 'gone.db'}"))
    gone = history(away, (run.run_id, "정확도"))
    assert (gone.points, gone.logged, gone.keeps_seconds) == ((), 0, 0.0)
    assert "gone.db" in said(gone.reason)


def test_of_very_many_values_a_few_thousand_keep_every_peak_and_gap(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    run_id = store.run("e", metrics={"loss": 1.0})
    values = np.random.default_rng(1).normal(0, 0.01, 200_003)
    values[31_415], values[127_182], values[-1] = 9.0, -9.0, 0.125
    nan = 77_777
    rows = ((run_id, "loss", float(v), k, k, k == nan) for k, v in enumerate(values))
    with closing(sqlite3.connect(tmp_path / "mlflow.db")) as database, database:
        database.execute("DELETE FROM metrics")
        database.executemany(
            "INSERT INTO metrics (run_uuid, key, value, step, timestamp, is_nan) VALUES (?, ?, ?, ?, ?, ?)", rows
        )
    found = history(work_of(store), (run_id, "loss"))
    assert (found.logged, found.gaps, found.whole, found.by_time) == (200_003, 1, True, False)
    assert [str(value) for value in found.odd] == ["nan"]
    assert len(found.points) <= MOST_POINTS
    by_step = {point.step: point.value for point in found.points}
    assert (by_step[31_415], by_step[127_182]) == (9.0, -9.0)
    assert math.isnan(by_step[nan])
    assert (found.points[0].step, found.points[-1].value) == (0, 0.125)
    assert [*by_step] == sorted(by_step)


def test_values_of_one_step_are_told_as_such(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    run_id = store.run("e", metrics={"loss": 1.0})
    for value, at in ((float("inf"), 3), (0.5, 1), (float("nan"), 2)):
        store.client.log_metric(run_id, "loss", value, timestamp=at, step=7)
    with closing(sqlite3.connect(tmp_path / "mlflow.db")) as database, database:
        database.execute("DELETE FROM metrics WHERE step = 0")
    found = history(work_of(store), (run_id, "loss"))
    assert found.by_time
    assert [str(point.value) for point in found.points] == ["0.5", "nan", "inf"]
    assert (found.gaps, [str(value) for value in found.odd]) == (2, ["nan", "inf"])
