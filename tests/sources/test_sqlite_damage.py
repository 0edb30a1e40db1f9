import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from assay.errors import SourceError
from assay.sources import sqlite
from assay.sources.sql import SqlSource
from saying import said
from sources.rows import history

Untouched = Callable[[Path], AbstractContextManager[None]]


def silent(*_: int | None) -> None:
    """Progress that nobody watches."""


HTML = b"\n<!DOCTYPE html><html><body>Sign in</body></html>" * 50


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (HTML, "it is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        (b"PK\x03\x04 some other file", "starts with other bytes"),
        (sqlite.MAGIC, "only 16 bytes are left"),
        (sqlite.MAGIC + bytes(200), "damaged"),
    ],
)
def test_a_file_that_is_no_database_is_called_what_it_is(
    tmp_path: Path, untouched: Untouched, content: bytes, sentence: str
) -> None:
    path = tmp_path / "mlflow.db"
    path.write_bytes(content)
    refused(path, sentence, untouched)


@pytest.mark.parametrize("share", [0.001, 0.3, 0.9, 0.999])
def test_a_truncated_store_is_refused_with_both_sizes(store: Path, untouched: Untouched, share: float) -> None:
    whole = store.stat().st_size
    with store.open("r+b") as file:
        file.truncate(int(whole * share))
    refused(store, f"of {whole:,} bytes", untouched)


def test_a_page_of_rubbish_is_refused(store: Path, untouched: Untouched) -> None:
    with store.open("r+b") as file:
        for page in range(4, store.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)
    refused(store, "is damaged; restore it", untouched)


def test_a_database_of_another_program_is_refused_by_its_tables(tmp_path: Path, untouched: Untouched) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE trials (id)")
        database.commit()
    refused(path, "no MLflow store: it holds trials and lacks experiments, runs", untouched)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path, untouched: Untouched) -> None:
    refused(tmp_path, "is a folder", untouched)
    refused(tmp_path / "missing.db", "There is no file", untouched)


# Root may read everything, so that the one who reads becomes nobody when all is imported.
REFUSAL = """
import os, sys
from pathlib import Path
from assay.errors import SourceError
from assay.sources.sql import SqlSource
from assay.view.text.notes import words
if os.geteuid() == 0:
    os.setuid(65534)
try:
    SqlSource(Path(sys.argv[1])).series("r", "m", 9)
except SourceError as error:
    print(words(error.note))
"""


@pytest.mark.parametrize(("locked", "sentence"), [("mlflow.db", "may not be read by"), (".", "cannot be looked at")])
def test_what_this_user_may_not_read_is_refused(logged: Path, locked: str, sentence: str) -> None:
    # pytest's own folders are closed to others, so this one stands beside them.
    with tempfile.TemporaryDirectory() as folder:
        store = shutil.copyfile(logged, Path(folder) / "mlflow.db")
        Path(folder).chmod(0o755)
        (Path(folder) / locked).chmod(0)
        command = [sys.executable, "-c", REFUSAL, str(store)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        said = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        Path(folder).chmod(0o755)
    assert sentence in said.stdout, said.stderr


def test_more_stores_than_are_kept_open_are_read(logged: Path, tmp_path: Path) -> None:
    for number in range(80):
        store = shutil.copyfile(logged, tmp_path / f"{number}.db")
        assert history(SqlSource(store), "r", "m") == ()
    held = [link for link in Path("/proc/self/fd").iterdir() if str(tmp_path) in os.path.realpath(link)]
    assert len(held) <= 64


def refused(path: Path, sentence: str, untouched: Untouched) -> None:
    with untouched(path if path.is_dir() else path.parent):
        for read in (lambda: SqlSource(path).extract(None, silent), lambda: history(SqlSource(path), "r", "m")):
            with pytest.raises(SourceError) as error:
                read()
            assert sentence in said(error.value)
            assert said(error.value).endswith((".", ")."))
            assert "\n" not in said(error.value)
