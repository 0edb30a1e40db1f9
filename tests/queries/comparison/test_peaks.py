"""The latest value is compared; where an earlier one was better, that is said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mlflow import MlflowClient

from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Question
from assay.model.note import Note
from assay.queries.comparison.answer import compare
from assay.workspace import Workspace
from stores import Store

A, B = "params.model = 'a'", "params.model = 'b'"


@pytest.fixture
def curved(tmp_path: Path) -> Store:
    """Model b of five seeds peaks at step 12 of 40 in two of them; model a keeps its best."""
    store = Store.sqlite(tmp_path / "curved")
    client = MlflowClient(store.uri)
    for model in "ab":
        for seed in range(5):
            run_id = store.run("e", params={"model": model, "seed": str(seed)}, metrics={})
            for step in range(0, 40, 4):
                peaks = model == "b" and seed < 2 and step == 12
                value = 0.93 + 0.001 * seed if peaks else 0.8 + 0.001 * step + 0.0001 * seed
                client.log_metric(run_id, "accuracy", value, step=step)
    return store


def said(work: Workspace) -> list[Note]:
    found = compare(work, Question(("accuracy",), A, (B,)))
    return [note for note in found.first.notes if note.code is Says.LATEST_NOT_BEST]


def test_the_best_of_an_earlier_step_is_said_with_where_it_was(
    curved: Store, work_of: Callable[[Store], Workspace]
) -> None:
    [note] = said(work_of(curved))
    assert note.sides == (1,)
    assert (note["n"], note["of"], note["step"], note["steps"]) == (2, 5, 12, 10)
    assert note["best"] == pytest.approx(0.931, abs=2e-3)
    assert note["latest"] == pytest.approx(0.836, abs=2e-3)


def test_a_store_that_is_away_breaks_nothing_and_nothing_is_kept_of_it(
    curved: Store, work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    work = work_of(curved)
    away = replace(work, settings=replace(work.settings, tracking_uri=f"sqlite:///{tmp_path}/gone/mlflow.db"))
    assert said(away) == []
    assert len(said(work)) == 1
