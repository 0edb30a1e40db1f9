import threading
from pathlib import Path

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
    first.write_text("whole")
    store.finish(first, path)
    assert path.read_text() == "whole"
    assert not first.exists()


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
        store.finish(tmp_path / "part", tmp_path / "mlflow.db")
