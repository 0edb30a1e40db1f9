"""A run's files, looked up in real stores."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assay.errors import SourceError
from assay.model.runs.artifacts import MOST_LOADED_BYTES, MOST_SHOWN_BYTES, ArtifactAsked
from assay.model.runs.notes import ArtifactNote
from assay.model.runs.store import Artifact
from assay.queries.runs.artifacts import MOST_FILES, MOST_FOLDERS, listed, loaded, opened, unloadable
from assay.workspace import Workspace
from saying import refused, said
from scored import Scored
from sources.servers import Reply, Request, answering
from stores import Store

Look = Callable[[Store], Workspace]


@pytest.fixture
def store(tmp_path: Path) -> Scored:
    return Scored(tmp_path / "store")


def with_files(store: Scored, **files: bytes) -> tuple[str, Path]:
    """A run with these files, and the folder that they are in."""
    run_id = store.run("e", metrics={"accuracy": 0.5})
    top = store.folder / "artifacts" / run_id / "artifacts"
    top.mkdir(parents=True)
    for name, content in files.items():
        (top / f"{name}.txt").write_bytes(content)
    return run_id, top


def test_files_at_any_depth_are_listed_those_on_top_first(store: Scored, work_of: Look) -> None:
    run_id, top = with_files(store, z=b"123", a=b"1")
    (top / "model" / "deep").mkdir(parents=True)
    (top / "model" / "MLmodel").write_bytes(b"12")
    (top / "model" / "deep" / "x").write_bytes(b"")
    found = listed(work_of(store), run_id)
    assert [(f.path, f.size) for f in found.files] == [
        ("a.txt", 1),
        ("z.txt", 3),
        ("model/MLmodel", 2),
        ("model/deep/x", 0),
    ]
    assert (found.cut, found.reason) == (False, None)


def test_a_run_without_files_has_an_empty_list(store: Scored, work_of: Look) -> None:
    assert listed(work_of(store), store.run("e", metrics={"accuracy": 0.5})).files == ()


def test_a_name_or_folder_that_cannot_be_opened_is_left_out_alone(store: Scored, work_of: Look) -> None:
    run_id, top = with_files(store, a=b"1")
    (top / "back\\slash.txt").touch()
    (top / os.fsdecode(b"bad\xff.txt")).touch()
    found = listed(work_of(store), run_id)
    assert ([f.path for f in found.files], found.left_out, found.reason) == (["a.txt"], 2, None)


def test_a_folder_that_the_server_refuses_leaves_the_other_files(store: Scored, work_of: Look) -> None:
    def answer(request: Request) -> Reply:
        if "path=" in request.path:
            return Reply(400, b'{"error_code": "INVALID_PARAMETER_VALUE"}')
        names = [("a.txt", False), ("b\\c.txt", False), ("etc", True), ("..", True)]
        files = [{"path": path, "is_dir": is_folder} for path, is_folder in names]
        return Reply(200, json.dumps({"files": files}).encode())

    with answering(answer) as uri:
        work = work_of(store)
        found = listed(replace(work, settings=replace(work.settings, tracking_uri=uri)), "0" * 32)
    assert ([f.path for f in found.files], found.left_out, found.reason) == (["a.txt"], 3, None)


def test_a_folder_that_is_linked_is_listed_where_it_lies_only(store: Scored, work_of: Look) -> None:
    run_id, top = with_files(store, a=b"1")
    (top / "real").mkdir()
    (top / "real" / "x").touch()
    (top / "loop").symlink_to(".")
    (top / "again").symlink_to("real")
    (top / "file").symlink_to("a.txt")
    (top / "endless").symlink_to("endless")
    found = listed(work_of(store), run_id)
    assert ([f.path for f in found.files], found.cut) == (["a.txt", "file", "real/x"], False)


def test_of_thousands_of_files_and_folders_the_first_are_listed_and_the_others_open_by_their_path(
    store: Scored, work_of: Look
) -> None:
    run_id, top = with_files(store)
    for number in range(MOST_FILES + 1):
        (top / f"{number:05}").touch()
    work = work_of(store)
    found = listed(work, run_id)
    assert (len(found.files), found.cut) == (MOST_FILES, True)
    last = opened(work, ArtifactAsked(run_id, f"{MOST_FILES:05}"))
    assert (last.text, last.reason) == ("", None)

    run_id, top = with_files(store, first=b"1")
    for number in range(MOST_FOLDERS):
        (top / f"{number:05}").mkdir()
    found = listed(work_of(store), run_id)
    assert ([f.path for f in found.files], found.cut) == (["first.txt"], True)


def test_a_file_of_five_gigabytes_is_neither_read_nor_copied(store: Scored, work_of: Look) -> None:
    run_id, top = with_files(store)
    with (top / "huge.csv").open("wb") as file:
        file.truncate(5_000_000_000)
    work, asked = work_of(store), ArtifactAsked(run_id, "huge.csv")
    found = opened(work, asked)
    assert found.reason is not None
    assert (found.reason.code, found.size) == (ArtifactNote.TOO_LARGE_TO_LOAD, 5_000_000_000)
    assert "5 GB" in said(found.reason)
    with refused(SourceError, "handed out up to 200 MB"):
        loaded(work, asked)
    assert not (work.settings.data / "artifacts").exists()


def test_a_file_just_above_the_limit_is_told_to_the_byte() -> None:
    reason = unloadable(Artifact("a.bin", False, MOST_LOADED_BYTES + 63))
    assert said(reason).startswith("It is 200,000,063 bytes; files are handed out up to 200,000,000 bytes.")


def test_a_file_that_is_too_large_to_show_can_still_be_had_whole(store: Scored, work_of: Look) -> None:
    run_id, _ = with_files(store, big=b"x" * (MOST_SHOWN_BYTES + 1), small=b"x" * MOST_SHOWN_BYTES)
    work = work_of(store)
    found = opened(work, ArtifactAsked(run_id, "big.txt"))
    assert found.reason is not None
    assert found.reason.code is ArtifactNote.TOO_LARGE_TO_SHOW
    assert len(loaded(work, ArtifactAsked(run_id, "big.txt"))) == MOST_SHOWN_BYTES + 1
    assert opened(work, ArtifactAsked(run_id, "small.txt")).cut


def test_a_file_whose_size_nobody_says_is_not_fetched() -> None:
    reason = unloadable(Artifact("a.txt", False))
    assert reason is not None
    assert reason.code is ArtifactNote.SIZE_UNKNOWN
    assert unloadable(Artifact("a.txt", False, MOST_LOADED_BYTES)) is None


@pytest.mark.parametrize("path", ["gone.txt", "model", "../../secret", "/etc/passwd", "a\0b", "", "gone/x"])
def test_what_is_no_file_of_the_run_is_a_reason(store: Scored, work_of: Look, path: str) -> None:
    run_id, top = with_files(store, a=b"1")
    (top / "model").mkdir()
    work = work_of(store)
    found = opened(work, ArtifactAsked(run_id, path))
    assert said(found.reason)
    assert (found.text, found.size) == (None, None)
    with pytest.raises(SourceError):
        loaded(work, ArtifactAsked(run_id, path))


def test_what_was_opened_once_is_there_while_the_store_is_away(store: Scored, work_of: Look) -> None:
    run_id, _ = with_files(store, a=b"one", b=b"two")
    work = work_of(store)
    assert opened(work, ArtifactAsked(run_id, "a.txt")).text == "one"
    store.folder.rename(store.folder.with_name("away"))
    found = listed(work, run_id)
    assert [f.path for f in found.files] == ["a.txt"]
    assert "mlflow.db" in said(found.reason)
    assert found.keeps_seconds == 0
    assert opened(work, ArtifactAsked(run_id, "a.txt")).text == "one"
    assert loaded(work, ArtifactAsked(run_id, "a.txt")) == b"one"
    assert "mlflow.db" in said(opened(work, ArtifactAsked(run_id, "b.txt")).reason)


def test_a_file_that_is_logged_again_is_opened_again(store: Scored, work_of: Look) -> None:
    run_id, top = with_files(store, a=b"one")
    work, asked = work_of(store), ArtifactAsked(run_id, "a.txt")
    assert opened(work, asked).text == "one"
    (top / "a.txt").write_bytes(b"other")
    assert opened(work, asked).text == "other"


def test_artifacts_under_an_old_path_are_one_reason_for_all_runs(store: Scored, work_of: Look) -> None:
    first, _ = with_files(store, a=b"1")
    second, _ = with_files(store, a=b"1")
    work = work_of(store)
    (store.folder / "artifacts").rename(store.folder.parent / "artifacts")
    copy = store.folder.parent / "copy"
    store.folder.rename(copy)
    moved = Scored.__new__(Scored)
    Store.__init__(moved, f"sqlite:///{copy / 'mlflow.db'}")
    work = work_of(moved)
    reasons = {listed(work, run_id).reason for run_id in (first, second)}
    assert len(reasons) == 1
    assert "recorded under an old path" in said(reasons.pop())
    (store.folder.parent / "artifacts").rename(copy / "artifacts")
    assert [f.path for f in listed(work, first).files] == ["a.txt"]
