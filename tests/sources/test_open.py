import os
import re
import shutil
from pathlib import Path

import pytest

from assay import sources
from assay.errors import SourceError
from assay.sources.files import FileSource
from assay.sources.sql import SqlSource
from assay.uri import absolute
from saying import said


def test_a_sqlite_uri_opens_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for uri in ("sqlite:///mlflow.db", f"sqlite:///{tmp_path}/mlflow.db", "sqlite+pysqlite:///mlflow.db?timeout=9"):
        found = sources.open(uri)
        assert isinstance(found, SqlSource)
        assert found.path == tmp_path / "mlflow.db"


def test_a_percent_encoded_path_is_decoded_when_only_that_file_exists(tmp_path: Path) -> None:
    spaced = tmp_path / "a b.db"
    spaced.touch()
    uri = f"sqlite:///{tmp_path}/a%20b.db"
    found = sources.open(uri)
    assert isinstance(found, SqlSource)
    assert found.path == spaced
    (tmp_path / "a%20b.db").touch()
    found = sources.open(uri)
    assert isinstance(found, SqlSource)
    assert found.path.name == "a%20b.db"


def test_an_absolute_path_that_lacks_its_slash_is_suggested_where_its_file_is(
    logged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for path, way in ((logged, f"; {logged} is written sqlite:///{logged}."), (tmp_path / "none.db", "; check the")):
        with pytest.raises(SourceError) as error:
            sources.open(f"sqlite:///{path.relative_to('/')}").extract(None, lambda *_: None)
        assert f"There is no file {tmp_path}{path}" in said(error.value)
        assert f"relative paths start at {tmp_path})" in said(error.value)
        assert way in said(error.value)


def test_a_plain_path_is_a_folder_of_runs_or_an_sqlite_file(logged: Path, tmp_path: Path) -> None:
    copy = shutil.copyfile(logged, tmp_path / "store")
    assert isinstance(sources.open(str(copy)), SqlSource)
    assert isinstance(sources.open(f"file://{copy}"), SqlSource)
    assert isinstance(sources.open(os.path.relpath(copy)), SqlSource)
    assert isinstance(sources.open(str(tmp_path)), FileSource)
    assert isinstance(sources.open(f"file://{tmp_path}"), FileSource)


@pytest.mark.parametrize(
    ("uri", "sentence"),
    [
        ("", "is empty"),
        ("sqlite://", "names no file"),
        ("sqlite:mlflow.db", "names no file"),
        ("sqlite:///", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("postgresql://me:secret@db/mlflow", "PostgreSQL database, which Assay does not read yet"),
        ("postgresql+psycopg2://me:secret@db/mlflow", "PostgreSQL"),
        ("mysql://me:secret@db/mlflow", "no tracking URI that Assay reads; give sqlite:///"),
        ("databricks", "There is no folder"),
        ("databricks://profile", "no tracking URI that Assay reads"),
        ("s3://bucket/mlruns", "no tracking URI that Assay reads"),
        ("file://elsewhere/mlruns", "another machine"),
        (" http://me:secret@host", "no tracking URI that Assay reads"),
        ("http://me:s/ecret@127.0.0.1:1", "http://127.0.0.1:1 is no address of a tracking server"),
        ("http://me/secret@127.0.0.1:1", "http://127.0.0.1:1 is no address of a tracking server"),
        (f"/tmp/{'x' * 300}", "cannot be read (File name too long)"),
        ("sqlite:////tmp/" + "x" * 300, "cannot be looked at: File name too long."),
        ("/no/such/folder", "There is no folder /no/such/folder"),
        ("sqlite:////no/such/file.db", "There is no file /no/such/file.db"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_can(uri: str, sentence: str) -> None:
    with pytest.raises(SourceError) as error:
        sources.open(uri).extract(None, lambda *_: None)
    assert sentence in said(error.value)
    assert not {"secret", "ecret"} & set(re.split(r"\W", f"{said(error.value)} {error.value}"))


@pytest.mark.parametrize(
    ("uri", "sentence"),
    [
        ("sqlite:////no/such/file.db", "There is no file /no/such/file.db;"),
        ("sqlite:///file.db", "There is no file file.db;"),
        ("mlruns", "There is no folder mlruns;"),
        ("file:mlruns", "There is no folder mlruns;"),
    ],
)
def test_a_deleted_working_directory_is_no_riddle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uri: str, sentence: str
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(SourceError) as error:
        sources.open(absolute(uri)).extract(None, lambda *_: None)
    assert sentence in said(error.value)
