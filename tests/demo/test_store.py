import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assay import demo
from assay.demo import store
from assay.errors import SourceError
from saying import refused


def test_a_second_maker_waits_until_the_first_is_done(tmp_path: Path) -> None:
    entered = threading.Event()

    def second() -> None:
        with store.only_one(tmp_path):
            entered.set()

    with store.only_one(tmp_path):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(0.2)
    assert entered.wait(10)
    thread.join()


def test_an_artifacts_folder_with_files_of_others_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "artifacts").mkdir()
    (tmp_path / "artifacts" / "thesis.txt").write_text("years of work")
    with refused(SourceError, "holds files that are not the demo's"):
        store.cleared_artifacts(tmp_path / "mlflow.db")
    assert (tmp_path / "artifacts" / "thesis.txt").read_text() == "years of work"


def test_what_an_interrupted_making_left_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    folder = store.cleared_artifacts(path)
    (folder / "digits" / "run").mkdir(parents=True)
    part = store.unfinished(path)
    part.touch()
    part.with_name(f"{part.name}-journal").touch()
    assert store.cleared_artifacts(path) == folder
    assert [p.name for p in tmp_path.rglob("*")] == ["artifacts", ".assay-demo"]


def test_every_attempt_has_a_file_of_its_own_until_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    first, second = store.unfinished(path), store.unfinished(path)
    assert first != second
    filled(first, runs=3)
    store.finish(first, path, 7)
    assert store.counts(path) == (1, 3)
    assert store.is_of(path, 7)
    assert not store.is_of(path, 8)
    assert not first.exists()


def filled(path: Path, *, runs: int, source: str = store.SOURCE, models: int = 0, experiments: int = 1) -> None:
    """What a demo asks of an MLflow store, without the rest of it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("experiments (experiment_id)", "registered_models (name)", "tags (run_uuid, key, value)"):
            connection.execute(f"CREATE TABLE {table}")
        connection.execute("CREATE TABLE runs (run_uuid, experiment_id)")
        connection.executemany("INSERT INTO experiments VALUES (?)", [(at,) for at in range(experiments + 1)])
        connection.executemany("INSERT INTO runs VALUES (?, 1)", [(f"run-{at}",) for at in range(runs)])
        connection.executemany(
            "INSERT INTO tags VALUES (?, 'mlflow.source.name', ?)", [(f"run-{at}", source) for at in range(runs)]
        )
        connection.executemany("INSERT INTO registered_models VALUES (?)", [(f"model-{at}",) for at in range(models)])


@pytest.mark.parametrize(
    ("content", "foreign"),
    [
        ({"runs": 3}, 0),
        ({"runs": 0, "experiments": 0}, 0),
        ({"runs": 3, "source": "train.py"}, 3),
        ({"runs": 3, "models": 2}, 2),
        ({"runs": 3, "experiments": 2}, 1),
    ],
    ids=["a demo", "empty", "runs", "models", "an experiment"],
)
def test_what_others_logged_to_a_demo_is_counted(tmp_path: Path, content: dict[str, Any], foreign: int) -> None:
    filled(tmp_path / "mlflow.db", **content)
    assert store.foreign(tmp_path / "mlflow.db") == foreign


def test_who_reads_an_earlier_demo_goes_on_while_a_new_one_takes_its_place(tmp_path: Path) -> None:
    path, part = tmp_path / "mlflow.db", tmp_path / "part"
    filled(path, runs=2)
    filled(part, runs=5)
    with closing(sqlite3.connect(path)) as reader:
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (2,)
        store.finish(part, path, 7)
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (2,)
    assert store.counts(path) == (1, 5)
    assert [one.name for one in tmp_path.iterdir()] == ["mlflow.db"]


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_store_that_others_logged_to_while_the_new_demo_was_made_stays(tmp_path: Path, mode: str) -> None:
    path, part = tmp_path / "mlflow.db", tmp_path / "part"
    filled(path, runs=2, source="train.py")
    filled(part, runs=5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    store.finish(part, path, 7)
    assert store.counts(path) == (1, 2)
    assert not part.exists()


def test_a_version_is_of_recipes_and_code(tmp_path: Path) -> None:
    (tmp_path / "1-digits.yaml").write_text("experiment: digits")
    first = store.version(tmp_path)
    assert first == store.version(tmp_path)
    assert 0 < first < 2**31
    (tmp_path / "notes.txt").write_text("not a recipe")
    assert store.version(tmp_path) == first
    (tmp_path / "1-digits.yaml").write_text("experiment: letters")
    second = store.version(tmp_path)
    (tmp_path / "1-digits.yaml").rename(tmp_path / "2-digits.yaml")
    assert len({first, second, store.version(tmp_path)}) == 3


def test_artifacts_of_the_store_that_is_there_stay_and_others_go(tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    artifacts = store.cleared_artifacts(path)
    filled(path, runs=2)
    for place in ("old/run-0", "old/run-1", "old/run-9", "gone/run-8"):
        (artifacts / place / "artifacts").mkdir(parents=True)
    store.cleared_artifacts(path)
    assert sorted(str(one.relative_to(artifacts)) for one in artifacts.glob("*/*")) == ["old/run-0", "old/run-1"]
    assert not (artifacts / "gone").exists()


@pytest.mark.parametrize("taken", ["", ".lock"])
def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path: Path, taken: str) -> None:
    folder = tmp_path / "demo"
    if taken:
        (folder / taken).mkdir(parents=True)
    else:
        folder.write_text("in the way")
    with refused(SourceError, r"cannot be made in .*demo: .*; name a folder .* --data or ASSAY_DATA"):
        demo.make(folder / "mlflow.db")


def test_a_finished_store_that_has_no_place_to_go_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "artifacts").write_text("in the way")
    with refused(SourceError, "The demo cannot be made"):
        store.cleared_artifacts(tmp_path / "mlflow.db")
    (tmp_path / "mlflow.db" / "taken").mkdir(parents=True)
    (tmp_path / "part").touch()
    with refused(SourceError, "The demo cannot be made"):
        store.finish(tmp_path / "part", tmp_path / "mlflow.db", 7)
