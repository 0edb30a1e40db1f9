import json
import math
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from assay.errors import SourceError
from assay.sources.rows import number
from assay.sources.source import SCHEMAS, Extract
from assay.sources.sql import SqlSource
from saying import refused, said
from sources.rows import history


def silent(*_: int | None) -> None:
    """Progress that nobody watches."""


def extract(path: Path, cursor: Any = None) -> Extract:
    found = SqlSource(path).extract(cursor, silent)
    assert found is not None
    return found


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = extract(path).tables[table].to_pylist()
    return found


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def test_the_rows_are_what_mlflows_own_client_gives(store: Path, logged: Path) -> None:
    from mlflow.entities import ViewType
    from mlflow.tracking import MlflowClient

    client = MlflowClient(f"sqlite:///{logged}")
    experiments = client.search_experiments(view_type=ViewType.ALL)
    runs = [client.get_run(row["run_id"]) for row in rows(store, "runs")]
    assert rows(store, "experiments") == [
        {
            "experiment_id": e.experiment_id,
            "name": e.name,
            "lifecycle_stage": e.lifecycle_stage,
            "artifact_location": e.artifact_location,
        }
        for e in sorted(experiments, key=lambda e: int(e.experiment_id))
    ]
    assert len(runs) == 4
    assert rows(store, "runs") == [
        {
            "run_id": r.info.run_id,
            "name": r.info.run_name,
            "experiment_id": r.info.experiment_id,
            "status": r.info.status,
            "lifecycle_stage": r.info.lifecycle_stage,
            "start_time": r.info.start_time,
            "end_time": r.info.end_time,
            "artifact_uri": r.info.artifact_uri,
            "user_id": r.info.user_id,
        }
        for r in runs
    ]
    assert {(m["run_id"], m["key"], repr(m["value"])) for m in rows(store, "metrics")} == {
        (r.info.run_id, key, repr(number(value))) for r in runs for key, value in r.data.metrics.items()
    }
    for table in ("params", "tags"):
        assert {tuple(row.values()) for row in rows(store, table)} == {
            (r.info.run_id, key, value) for r in runs for key, value in getattr(r.data, table).items()
        }


def test_the_tables_have_the_schemas_that_every_source_gives(store: Path) -> None:
    assert {name: table.schema for name, table in extract(store).tables.items()} == dict(SCHEMAS)


def test_nan_and_infinities_are_told_apart(store: Path) -> None:
    values = {row["key"]: row["value"] for row in rows(store, "metrics")}
    assert math.isnan(values["a b/c"])
    assert (values["up"], values["down"]) == (math.inf, -math.inf)


def test_the_latest_value_is_that_of_the_last_step_however_late_an_earlier_one_was_logged(store: Path) -> None:
    latest = next(row for row in rows(store, "metrics") if row["key"] == "loss")
    assert (latest["value"], latest["step"]) == (3.0, 2)


def test_a_run_without_a_name_takes_it_from_its_tag_and_else_has_an_empty_one(store: Path) -> None:
    change(store, "UPDATE runs SET name = NULL", "DELETE FROM tags WHERE value = 'deleted'")
    assert [row["name"] for row in rows(store, "runs")] == ["full", "open", "", "of a deleted experiment"]


def test_an_unchanged_store_is_known_as_such_without_opening_a_file(store: Path) -> None:
    cursor = json.loads(json.dumps(extract(store).cursor))
    with opened_files() as names:
        assert SqlSource(store).extract(cursor, silent) is None
        assert names == []
        history(SqlSource(store), "nobody", "loss")
    assert names


@contextmanager
def opened_files() -> Iterator[list[str]]:
    """The files that this process opens meanwhile, databases included."""
    names: list[str] = []
    watching = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if watching and event in ("open", "sqlite3.connect"):
            names.append(str(arguments[0]))

    sys.addaudithook(hook)
    try:
        yield names
    finally:
        watching = False  # a hook stays for as long as its process


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tags SET value = 'edited' WHERE key = 'note'",
        "UPDATE latest_metrics SET value = 9 WHERE key = 'loss'",
        "UPDATE runs SET lifecycle_stage = 'deleted' WHERE name = 'open'",
        "DELETE FROM params",
    ],
)
def test_any_change_leads_to_a_full_reading(store: Path, statement: str) -> None:
    cursor = extract(store).cursor
    change(store, statement)
    again = extract(store, cursor)
    assert again.full
    assert again.cursor != cursor


def test_a_commit_right_after_another_is_not_missed(store: Path) -> None:
    for edit in range(20):
        cursor = extract(store).cursor
        change(store, f"UPDATE params SET value = '{edit}' WHERE key = 'model'")
        read = extract(store, cursor)
        assert {p["value"] for p in read.tables["params"].to_pylist() if p["key"] == "model"} == {str(edit)}


def test_progress_ends_with_every_run(store: Path) -> None:
    calls: list[tuple[int, int | None]] = []
    SqlSource(store).extract(None, lambda done, expected: calls.append((done, expected)))
    assert calls[0] == (0, 4)
    assert calls[-1] == (4, 4)


def test_a_history_is_ordered_by_time_and_then_as_it_was_logged(store: Path) -> None:
    run = next(row["run_id"] for row in rows(store, "runs") if row["name"] == "full")
    assert [point.value for point in history(SqlSource(store), run, "loss")] == [2.0, 1.0, 3.0]
    change(store, "UPDATE metrics SET timestamp = 7 WHERE key = 'loss'")
    assert [(p.value, p.step, p.timestamp) for p in history(SqlSource(store), run, "loss")] == [
        (3.0, 2, 7),
        (1.0, 0, 7),
        (2.0, 1, 7),
    ]


def test_a_history_keeps_nan_and_infinities_and_is_empty_where_nothing_was_logged(store: Path) -> None:
    run = next(row["run_id"] for row in rows(store, "runs") if row["name"] == "full")
    source = SqlSource(store)
    assert math.isnan(history(source, run, "a b/c")[0].value)
    assert [history(source, run, key)[0].value for key in ("up", "down")] == [math.inf, -math.inf]
    assert history(source, run, "nobody logged this") == ()
    assert history(source, "no such run", "loss") == ()


def test_artifacts_are_listed_and_copied(store: Path, logged: Path, tmp_path: Path) -> None:
    run = next(row["run_id"] for row in rows(store, "runs") if row["name"] == "full")
    with refused(SourceError, "ASSAY_ARTIFACT_ROOTS"):
        SqlSource(store).artifacts(run)
    source = SqlSource(store, [logged.parent])
    assert [a.path for a in source.artifacts(run)] == ["notes"]
    assert [(a.path, a.size) for a in source.artifacts(run, "notes")] == [("notes/hello.txt", 5)]
    assert source.artifact(run, "notes/hello.txt", tmp_path / "into").read_text() == "hello"
    with refused(SourceError, "has no run 'nobody'"):
        source.artifacts("nobody")


def test_cells_of_the_wrong_kind_are_read_all_the_same(store: Path) -> None:
    change(
        store,
        "PRAGMA ignore_check_constraints = on",
        "UPDATE runs SET start_time = NULL, end_time = -5, status = 'LOST', user_id = x'ff00' WHERE name = 'full'",
        "UPDATE runs SET start_time = 'soon', lifecycle_stage = NULL, artifact_uri = 7 WHERE name = 'open'",
        "UPDATE latest_metrics SET value = 'high', step = 'third' WHERE key = 'loss'",
        "UPDATE metrics SET value = x'00', timestamp = 'now' WHERE key = 'loss'",
        "UPDATE params SET value = 3.5 WHERE key = 'model'",
        "UPDATE tags SET value = NULL WHERE key = 'note'",
        "UPDATE tags SET value = CAST(x'ff41' AS TEXT) WHERE value = 'open'",
        "UPDATE experiments SET name = 5 WHERE name = 'first'",
    )
    found = extract(store)
    full, started = found.tables["runs"].to_pylist()[:2]
    assert (full["start_time"], full["end_time"], full["status"]) == (None, -5, "RUNNING")
    assert (started["start_time"], started["lifecycle_stage"], started["artifact_uri"]) == (0, "active", "7")
    assert all(math.isnan(m["value"]) for m in found.tables["metrics"].to_pylist() if m["key"] == "loss")
    assert {p["value"] for p in found.tables["params"].to_pylist() if p["key"] == "model"} == {"3.5"}
    tags = {t["key"]: t["value"] for t in found.tables["tags"].to_pylist()}
    assert tags["note"] == ""
    assert "�A" in {t["value"] for t in found.tables["tags"].to_pylist()}
    assert tuple(map(said, found.warnings)) == ("1 runs have a status unknown to MLflow and are taken as RUNNING.",)
    assert all(math.isnan(point.value) for point in history(SqlSource(store), full["run_id"], "loss"))


def test_a_column_may_change_its_kind_after_many_rows(store: Path) -> None:
    run = rows(store, "runs")[0]["run_id"]
    with closing(sqlite3.connect(store)) as database:
        database.execute("DELETE FROM tags")
        cells: list[Any] = [None] * 70_000 + ["late", 1.5, b"\xff"]
        database.executemany("INSERT INTO tags VALUES (?, ?, ?)", [(f"k{i}", v, run) for i, v in enumerate(cells)])
        database.commit()
    assert [row["value"] for row in rows(store, "tags")][-4:] == ["", "late", "1.5", "�"]


def test_a_store_newer_than_the_installed_mlflow_is_read_with_a_warning(store: Path) -> None:
    change(store, "UPDATE alembic_version SET version_num = 'feedfacecafe'", "ALTER TABLE runs ADD COLUMN mood TEXT")
    [warning] = extract(store).warnings
    assert "revision feedfacecafe" in said(warning)
    assert "newer than MLflow" in said(warning)
    assert len(rows(store, "runs")) == 4


def test_a_store_without_a_needed_column_is_refused_by_the_columns_name(store: Path) -> None:
    change(store, "ALTER TABLE params RENAME COLUMN value TO content")
    with refused(SourceError, r"no column params\.value"):
        extract(store)


def test_an_empty_store_gives_empty_tables(store: Path) -> None:
    change(store, *(f"DELETE FROM {t}" for t in ("tags", "params", "metrics", "latest_metrics", "runs")))
    found = extract(store)
    assert {name: len(table) for name, table in found.tables.items()} == {
        "experiments": 3,
        "runs": 0,
        "metrics": 0,
        "params": 0,
        "tags": 0,
        "datasets": 0,
        "inputs": 0,
    }
