"""The same content through a folder of files, a SQLite file and a running server."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from assay.sources.files import FileSource
from assay.sources.rest import RestSource
from assay.sources.source import SCHEMAS, Extract, Source
from assay.sources.sql import SqlSource
from sources.rows import Row, history, quiet, rows
from sources.servers import mlflow_server

if TYPE_CHECKING:
    from mlflow.tracking import MlflowClient

START = 1_750_000_000_000
ODD = ("a/b/c", "a b", "모델/정확도", "übung-1.x", "None")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A file store and a SQLite store to which the same calls were made."""
    from mlflow.tracking import MlflowClient

    folder = tmp_path_factory.mktemp("same")
    mlruns, database = folder / "mlruns", folder / "mlflow.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
        _log(MlflowClient(mlruns.as_uri()))
        _log(MlflowClient(f"sqlite:///{database}"))
    _forget_name(mlruns, database)
    return mlruns, database


@pytest.fixture(scope="module")
def sources(stores: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Source]]:
    """The two, and a server of a copy."""
    mlruns, database = stores
    folder = tmp_path_factory.mktemp("server")
    served = shutil.copyfile(database, folder / "mlflow.db")
    with mlflow_server(f"sqlite:///{served}", folder) as uri:
        yield {"files": FileSource(mlruns, str(mlruns)), "sql": SqlSource(database), "rest": RestSource(uri)}


@pytest.fixture(scope="module")
def extracts(sources: dict[str, Source]) -> dict[str, Extract]:
    found = {name: source.extract(None, quiet) for name, source in sources.items()}
    return {name: extract for name, extract in found.items() if extract is not None}


def test_a_server_gives_the_rows_of_its_database(extracts: dict[str, Extract]) -> None:
    assert rows(extracts["rest"]) == rows(extracts["sql"])


@pytest.mark.parametrize("table", SCHEMAS)
def test_a_file_store_gives_the_rows_of_a_database_with_the_same_content(
    extracts: dict[str, Extract], table: str
) -> None:
    assert _named(extracts["files"])[table] == _named(extracts["sql"])[table]


def test_every_dataset_input_is_there_with_what_was_logged_of_it(extracts: dict[str, Extract]) -> None:
    for extract in extracts.values():
        found = rows(extract)
        assert len(found["inputs"]) == 9
        assert ("숫자 digits", "f6d9e39f", "local", "{}", 540) in found["datasets"]
        assert {row[4] for row in found["datasets"]} == {540, 754, None}
        assert {row[3] for row in found["inputs"]} == {"test", "eval", "train", "Validation", ""}
        assert max(len(row[3]) for row in found["datasets"]) == 2_000


def test_nothing_is_left_out_of_any_of_them(extracts: dict[str, Extract]) -> None:
    for extract in extracts.values():
        assert not extract.warnings
        assert len(rows(extract)["runs"]) == 8
        assert {row[2] for row in rows(extract)["experiments"]} == {"active", "deleted"}


def test_histories_are_in_the_order_of_time_and_may_be_cut(
    sources: dict[str, Source], extracts: dict[str, Extract]
) -> None:
    found = []
    for name, source in sources.items():
        logged = {row[:2]: history(source, *row[:2]) for row in rows(extracts[name])["metrics"]}
        for (run_id, key), points in logged.items():
            assert [p.timestamp for p in points] == sorted(p.timestamp for p in points)
            assert source.series(run_id, key, 2).num_rows == min(2, len(points))
        assert source.series(run_id, "nobody", 10).num_rows == 0
        # A server orders values of one time by itself.
        found.append(sorted((key, repr(sorted(points, key=repr))) for (_, key), points in logged.items()))
    assert found[0] == found[1] == found[2]


def test_more_values_than_are_read_at_once_are_all_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mlflow.entities import Metric
    from mlflow.tracking import MlflowClient

    client = MlflowClient(f"sqlite:///{tmp_path}/mlflow.db")
    run_id = client.create_run(client.create_experiment("e")).info.run_id
    client.log_batch(run_id, [Metric("loss", k / 3, START, k) for k in range(25)])
    monkeypatch.setattr("assay.sources.sql._BATCH", 10)
    source = SqlSource(tmp_path / "mlflow.db")
    assert source.series(run_id, "loss", 1_000)["value"].to_pylist() == [k / 3 for k in range(25)]
    assert source.series(run_id, "loss", 17)["step"].to_pylist() == list(range(17))


def _log(client: "MlflowClient") -> None:
    from mlflow.entities import Metric, Param, RunTag

    odd = client.create_experiment("odd things: 실험/1")
    trashed = client.create_experiment("trashed")

    def run(experiment: str, name: str, number: int, parent: str = "") -> str:
        tags = {"mlflow.parentRunId": parent} if parent else {}
        made = client.create_run(experiment, start_time=START + number, run_name=name, tags=tags)
        return str(made.info.run_id)

    def end(run_id: str, status: str = "FINISHED") -> None:
        client.set_terminated(run_id, status, end_time=START + 1000)

    strange = run(odd, "strange", 1)
    values = [("nan", float("nan")), ("up", float("inf")), ("down", float("-inf")), ("tiny", 5e-324)]
    values += [("zero", 0.0), ("third", 1 / 3), *((key, 0.1) for key in ODD)]
    client.log_batch(
        strange,
        metrics=[Metric(key, value, START, 0) for key, value in values],
        params=[
            Param(key, value) for key, value in zip(ODD, ["None", "", "a\nb\r\nc\n", "  x ", "한국어 <b>"], strict=True)
        ],
        tags=[RunTag(key, "v\n'\"\\") for key in ODD],
    )
    end(strange)
    several = run(odd, "several at one step", 2)
    points = [(2.0, 5, 3), (9.0, 9, 1), (3.0, 5, 3), (2.5, 5, 3), (8.0, 4, 3)]
    client.log_batch(several, metrics=[Metric("loss", value, START + at, step) for value, at, step in points])
    end(several, "FAILED")
    end(run(odd, "child: 이름", 3, several), "KILLED")
    run(odd, "runs for ever", 4)
    deleted, restored = run(odd, "deleted", 5), run(odd, "restored", 6)
    for run_id in (deleted, restored):
        client.log_metric(run_id, "loss", -1.5, timestamp=START, step=-3)
        end(run_id)
    _log_inputs(client, strange, several, deleted)
    for run_id in (deleted, restored):
        client.delete_run(run_id)
    client.restore_run(restored)
    end(run(odd, "nameless", 7))
    end(run(trashed, "of a deleted experiment", 8))
    client.delete_experiment(trashed)


def _log_inputs(client: "MlflowClient", strange: str, several: str, deleted: str) -> None:
    """A run with several inputs of one context, one dataset of several runs, and all that may be missing."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    def given(name: str, digest: str, context: str | None, profile: str | None = None, source: str = "{}") -> Any:
        tags = [InputTag("unrelated", "x")] if context is None else [InputTag("mlflow.data.context", context)]
        return DatasetInput(Dataset(name, digest, "local", source, profile=profile), tags)

    shared = given("숫자 digits", "f6d9e39f", "test", '{"num_rows": 540, "num_elements": 3}')
    many = [
        shared,
        given("digits", "a91c04d2", "eval", '{"features_shape": [754, 64], "features_size": 48256}'),
        given("digits", "no context", None),
        given("digits", "", ""),
        given("", "nameless", "Validation", '{"num_rows": "many"}'),
        given("long", "1", "train", '{"num_rows": 1, "more": "' + "x" * 5000 + '"}', "s" * 60_000),
        given("odd", "2", "train", "no JSON", "a\nb'\"`<b>"),
    ]
    client.log_inputs(strange, many)
    client.log_inputs(several, [shared])
    client.log_inputs(deleted, [shared])


def _forget_name(mlruns: Path, database: Path) -> None:
    """Takes one run's name out of both stores, as runs of old MLflow versions have none."""
    [meta] = [path for path in mlruns.glob("*/*/meta.yaml") if "run_name: nameless" in path.read_text()]
    meta.write_text(yaml.safe_dump(yaml.safe_load(meta.read_text()) | {"run_name": ""}))
    (meta.parent / "tags" / "mlflow.runName").unlink()
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM tags WHERE key = 'mlflow.runName' AND value = 'nameless'")
        connection.execute("UPDATE runs SET name = '' WHERE name = 'nameless'")


def _named(extract: Extract) -> dict[str, list[Row]]:
    """Rows with names in place of the ids and places that differ between stores."""
    found = rows(extract)
    names: dict[Any, Any] = {row[0]: row[1] or "nameless" for row in found["runs"]}
    names |= {row[0]: row[1] for row in found["experiments"]}
    places = {"artifact_uri", "artifact_location"}
    return {
        table: sorted((_translated(table, row, names, places) for row in found[table]), key=repr) for table in found
    }


def _translated(table: str, row: Row, names: Mapping[Any, Any], places: set[str]) -> Row:
    if table in ("datasets", "inputs"):
        return (names.get(row[0], row[0]), *row[1:])
    columns = zip(SCHEMAS[table].names, row, strict=True)
    return tuple(names.get(value, value) for column, value in columns if column not in places)
