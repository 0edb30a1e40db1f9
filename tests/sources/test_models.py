"""The models that a run logged in MLflow 3, whose files lie beside those of the run."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from mlflow.tracking import MlflowClient

from assay.errors import SourceError
from assay.model.runs.store import MODELS
from assay.sources.files import FileSource
from assay.sources.rest import RestSource
from assay.sources.source import Source
from assay.sources.sql import SqlSource
from modelled import modelled
from saying import refused
from sources.conftest import Untouched
from sources.servers import Reply, Request, answering
from stores import Store

OLD, NEW = ["numpy==1.26.4"], ["numpy==2.1.0", "scipy"]


class Logged(NamedTuple):
    """A store as the real client made it, with one run that logged two models."""

    path: Path
    run: str
    models: list[str]

    def copied(self, folder: Path) -> "Logged":
        """A store of its own for a test that harms it."""
        shutil.copytree(self.path.parent, folder / "copied")
        return self._replace(path=folder / "copied" / self.path.name)

    @property
    def uri(self) -> str:
        return self.path.as_uri() if self.path.is_dir() else f"sqlite:///{self.path}"

    @property
    def source(self) -> Source:
        return FileSource(self.path, str(self.path)) if self.path.is_dir() else SqlSource(self.path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Logged]:
    """A database and a file store; nobody may write to them: copy them."""
    top = tmp_path_factory.mktemp("modelled")
    database, files = top / "sql" / "mlflow.db", top / "files" / "mlruns"
    Store.sqlite(database)
    files.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
        return {
            "sql": Logged(
                database, *modelled(f"sqlite:///{database}", OLD, NEW, place=str(database.parent / "mlruns/1"))
            ),
            "files": Logged(files, *modelled(files.as_uri(), OLD, NEW)),
        }


@pytest.fixture(params=["sql", "files"])
def store(request: pytest.FixtureRequest, made: dict[str, Logged]) -> Logged:
    return made[request.param]


@pytest.fixture
def database(made: dict[str, Logged], tmp_path: Path) -> Logged:
    return made["sql"].copied(tmp_path)


@pytest.fixture
def files(made: dict[str, Logged], tmp_path: Path) -> Logged:
    return made["files"].copied(tmp_path)


def folder(model: str) -> str:
    return f"{MODELS}/{model}"


def listed(source: Source, run: str) -> list[str]:
    return [one.path for one in source.artifacts(run, MODELS) if one.is_folder]


def test_models_and_their_files_are_among_the_artifacts_of_their_run_for_who_asks(
    store: Logged, tmp_path: Path, untouched: Untouched
) -> None:
    old, new = store.models
    with untouched(store.path.parent):
        source = store.source
        assert source.artifacts(store.run) == ()
        assert listed(source, store.run) == [folder(new), folder(old)]
        files = {one.path: one.size for one in source.artifacts(store.run, folder(old))}
        path = f"{folder(old)}/requirements.txt"
        assert {f"{folder(old)}/{name}" for name in ("MLmodel", "conda.yaml", "requirements.txt")} <= files.keys()
        found = source.artifact(store.run, path, tmp_path)
    assert found.read_text().splitlines()[1:] == OLD
    assert found.stat().st_size == files[path]


@pytest.mark.parametrize("path", ["..", "../../x", "m-x/../../../x", "m-x/a\\..\\x", "m-x/a\0", "m x/a", ""])
def test_paths_that_lead_elsewhere_are_refused(store: Logged, tmp_path: Path, path: str) -> None:
    own = path.replace("m-x", store.models[0])
    with refused(SourceError, "no path of an artifact|no artifact file"):
        store.source.artifact(store.run, f"{MODELS}/{own}", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_moved_keeps_its_models_but_for_one_that_was_deleted(
    store: Logged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    (tmp_path / "away").mkdir()
    moved = store.copied(tmp_path / "away")
    [own] = [one for one in moved.path.parent.rglob(store.models[1]) if (one / "artifacts").is_dir()]
    (own / "artifacts" / "requirements.txt").write_text("moved")
    path = f"{folder(store.models[1])}/requirements.txt"
    if moved.path.is_dir():
        assert moved.source.artifact(store.run, path, tmp_path / "into").read_text() == "moved"
    MlflowClient(moved.uri).delete_logged_model(store.models[1])
    assert listed(moved.source, store.run) == [folder(store.models[0])]


def test_links_and_names_that_lead_out_of_a_folder_of_files_are_not_followed(files: Logged, tmp_path: Path) -> None:
    old, new = files.models
    run = next(files.path.glob(f"*/{files.run}"))
    (run / "outputs" / new / "meta.yaml").write_text("step: [")
    (run / "outputs" / "a b").mkdir()
    assert listed(files.source, files.run) == [folder(one) for one in sorted(files.models)]
    (run.parent / "models" / new).rename(tmp_path / "away")
    (run.parent / "models" / new).symlink_to(tmp_path / "away")
    assert listed(files.source, files.run) == [folder(old)]
    with refused(SourceError, "leads out"):
        files.source.artifacts(files.run, folder(new))
    (run / "outputs").rename(tmp_path / "outputs")
    (run / "outputs").symlink_to(tmp_path / "outputs")
    assert listed(files.source, files.run) == []


def test_places_and_ids_that_a_database_should_not_hold_are_refused(database: Logged, tmp_path: Path) -> None:
    old, new = database.models
    secret = tmp_path / "secret" / new / "artifacts"
    secret.mkdir(parents=True)
    (secret / "key").write_text("secret")
    with closing(sqlite3.connect(database.path)) as open_file, open_file:
        open_file.execute("UPDATE logged_models SET artifact_location = ? WHERE model_id = ?", (str(secret), new))
        open_file.execute("UPDATE logged_models SET model_id = '../x' WHERE model_id = ?", (old,))
        open_file.execute("UPDATE inputs SET destination_id = '../x' WHERE destination_id = ?", (old,))
    source = database.source
    assert listed(source, database.run) == [folder(new)]
    names = [one.path for one in source.artifacts(database.run, folder(new))]
    assert f"{folder(new)}/MLmodel" in names, "the store's own folder is taken"
    shutil.rmtree(next(database.path.parent.rglob(new)))
    with refused(SourceError, "outside the folders of this store"):
        database.source.artifacts(database.run, folder(new))
    with closing(sqlite3.connect(database.path)) as open_file, open_file:
        open_file.execute("UPDATE logged_models SET artifact_location = 's3://bucket/x' WHERE model_id = ?", (new,))
    with refused(SourceError, "lie at s3:…"):
        database.source.artifacts(database.run, folder(new))


@pytest.mark.parametrize("change", ["DROP TABLE logged_models", "ALTER TABLE inputs DROP COLUMN step"])
def test_a_schema_that_is_older_than_logged_models_has_none(
    database: Logged, untouched: Untouched, change: str
) -> None:
    with closing(sqlite3.connect(database.path)) as open_file, open_file:
        open_file.execute(change)
    with untouched(database.path.parent):
        assert listed(database.source, database.run) == []


@pytest.mark.parametrize(
    ("run", "named"),
    [
        ({"info": {}}, []),
        ({"outputs": {"model_outputs": [{"model_id": "../../x"}, {"model_id": "m-1", "step": "no"}]}}, ["m-1"]),
        ({"outputs": {"model_outputs": ["m-1"]}}, None),
        ({"outputs": []}, None),
        (None, None),
    ],
)
def test_a_server_that_is_older_or_answers_in_another_form(run: object, named: list[str] | None) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.path)
        return Reply(200, json.dumps({"run": run} if "runs/get" in request.path else {"files": [7]}).encode())

    with answering(answer) as uri:
        source = RestSource(uri)
        if named is not None:
            assert listed(source, "r") == [folder(model) for model in named]
        else:
            with refused(SourceError, "JSON of another form"):
                source.artifacts("r", MODELS)
        with refused(SourceError, "JSON of another form"):
            source.artifacts("r", folder("m-1"))
        with refused(SourceError, "no path of an artifact"):
            source.artifacts("r", f"{MODELS}/../runs")
    assert not [path for path in asked if ".." in path]
