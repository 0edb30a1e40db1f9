import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from assay.sources import schema
from assay.sources.source import Extract
from assay.sources.sql import SqlSource
from sources.rows import history

Untouched = Callable[[Path], AbstractContextManager[None]]
LARGEST = 1.7976931348623157e308


def silent(*_: int | None) -> None:
    """Progress that nobody watches."""


@contextmanager
def engine(path: Path) -> Iterator[sqlalchemy.Engine]:
    made = sqlalchemy.create_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


def config(path: Path) -> Config:
    from mlflow.store.db.utils import _get_alembic_config

    made: Config = _get_alembic_config(f"sqlite:///{path}")  # type: ignore[no-untyped-call]
    return made


def upgrade(path: Path, revision: str) -> None:
    with engine(path) as made, made.begin() as connection:
        options = config(path)
        options.attributes["connection"] = connection
        command.upgrade(options, revision)


@pytest.fixture(scope="module")
def oldest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as MLflow 0.9 made it: no steps, no NaN, no latest metrics, no schema revision."""
    from mlflow.store.tracking.dbmodels.initial_models import Base

    path = tmp_path_factory.mktemp("oldest") / "mlflow.db"
    with engine(path) as made:
        Base.metadata.create_all(made)
        with made.begin() as connection:
            for sql in (
                "INSERT INTO experiments VALUES (0, 'Default', '/x/0', 'active')",
                "INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, lifecycle_stage, "
                "artifact_uri, experiment_id) VALUES ('r1', '', 'LOCAL', 'me', 'FINISHED', 5, 'active', '/x/0/r1', 0)",
                "INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES ('loss', 3.0, 10, 'r1')",
                "INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES ('loss', 2.0, 20, 'r1')",
                "INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES ('loss', 2.5, 15, 'r1')",
                f"INSERT INTO metrics (key, value, timestamp, run_uuid) VALUES ('up', {LARGEST}, 20, 'r1')",
                "INSERT INTO params VALUES ('model', 'svc', 'r1')",
                "INSERT INTO tags VALUES ('mlflow.runName', 'from its tag', 'r1')",
            ):
                connection.execute(sqlalchemy.text(sql))
    return path


def read(path: Path) -> dict[str, list[Any]]:
    found = SqlSource(path).extract(None, silent)
    assert isinstance(found, Extract)
    assert not found.warnings
    tables = {name: table.to_pylist() for name, table in found.tables.items()}
    tables["history"] = [(point.value, point.step) for point in history(SqlSource(path), "r1", "loss")]
    # One migration copies the user into a tag; that is MLflow's doing.
    tables["tags"] = [tag for tag in tables["tags"] if tag["key"] != "mlflow.user"]
    return tables


def test_every_schema_that_mlflow_ever_had_gives_the_same_rows(
    oldest: Path, tmp_path: Path, untouched: Untouched
) -> None:
    path = shutil.copyfile(oldest, tmp_path / "mlflow.db")
    first = read(path)
    assert first["runs"][0]["name"] == "from its tag"
    assert first["datasets"] == first["inputs"] == []
    assert {(m["key"], m["value"]) for m in first["metrics"]} == {("loss", 2.0), ("up", float("inf"))}
    assert first["history"] == [(3.0, 0), (2.5, 0), (2.0, 0)]
    revisions = [script.revision for script in ScriptDirectory.from_config(config(path)).walk_revisions()][::-1]
    assert len(revisions) > 50
    for revision in revisions:
        upgrade(path, revision)
        with untouched(tmp_path):
            assert read(path) == first, revision


def test_dataset_inputs_are_read_from_every_schema_that_has_them(oldest: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(oldest, tmp_path / "mlflow.db")
    upgrade(path, "7f2a7d5fae7d")
    profile = '{"num_rows": 540}'
    with engine(path) as made, made.begin() as connection:
        for sql in (
            f"INSERT INTO datasets VALUES ('u', 0, 'digits', 'f6d9', 'code', '{{}}', NULL, '{profile}')",
            "INSERT INTO datasets VALUES ('v', 0, 'digits', '', 'code', '{}', NULL, NULL)",
            "INSERT INTO inputs VALUES ('i', 'DATASET', 'u', 'RUN', 'r1')",
            "INSERT INTO inputs VALUES ('j', 'DATASET', 'v', 'RUN', 'r1')",
            "INSERT INTO inputs VALUES ('k', 'MODEL', 'm', 'RUN', 'r1')",
            "INSERT INTO input_tags VALUES ('i', 'mlflow.data.context', 'test')",
            "INSERT INTO input_tags VALUES ('i', 'other', 'x')",
        ):
            connection.exec_driver_sql(sql)
    for revision in ("7f2a7d5fae7d", "head"):
        upgrade(path, revision)
        found = read(path)
        assert {(one["digest"], one["rows"]) for one in found["datasets"]} == {("f6d9", 540), ("", None)}
        inputs = {(one["run_id"], one["dataset"], one["context"]) for one in found["inputs"]}
        assert inputs == {("r1", "u", "test"), ("r1", "v", "")}


def test_the_revisions_that_mlflow_knows_are_found_without_importing_it(oldest: Path) -> None:
    walked = {script.revision for script in ScriptDirectory.from_config(config(oldest)).walk_revisions()}
    assert walked <= schema.known_revisions()


def test_without_a_table_of_latest_values_the_newest_point_is_the_latest(oldest: Path) -> None:
    have = schema.columns(oldest, lambda sql: _query(oldest, sql))
    assert "latest_metrics" not in have
    assert [row for row in _query(oldest, schema.rows(have)["metrics"]) if row[1] == "loss"] == [
        ("r1", "loss", 2.0, 0, 20, 0)
    ]


def _query(path: Path, sql: str) -> list[Any]:
    with engine(path) as made, made.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]
