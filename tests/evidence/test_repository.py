import os
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from assay.evidence import programs
from assay.evidence.repository import Repository, address, repository
from versioned import committed, git, written


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with one commit, a remote that holds a password, and an ignored folder."""
    files: dict[str, bytes | str] = {".gitignore": "venv/\n", "train.py": "print(1)\n", "src/[1] weiß.py": "print(2)\n"}
    folder = committed(tmp_path / "work", files)
    git(folder, "remote", "add", "origin", "https://ada:hunter2@example.org/team/models.git")
    written(folder, {"venv/notebook.py": "", "venv/tool": ""})
    return folder


def found(code: Path) -> Repository:
    known = repository(code)
    assert known is not None
    return known


def started_with(monkeypatch: pytest.MonkeyPatch, script: Path | None) -> None:
    main = ModuleType("__main__")
    if script is not None:
        main.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", main)


def test_a_changed_tracked_file_makes_the_code_dirty(work: Path) -> None:
    clean = found(work)
    assert (clean.commit, clean.branch, clean.dirty) == (git(work, "rev-parse", "HEAD"), "main", False)
    (work / "notes.txt").write_text("not tracked")
    assert found(work) == clean
    (work / "train.py").write_text("print(3)\n")
    assert found(work).dirty
    git(work, "checkout", "-q", "--detach")
    assert found(work).branch == "(detached)"


def test_the_remote_is_kept_without_its_password(work: Path) -> None:
    assert found(work).remote == "https://example.org/team/models.git"


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("git@example.org:team/models.git", "git@example.org:team/models.git"),
        ("ssh://git@example.org/team/models.git", "ssh://git@example.org/team/models.git"),
        ("ssh://git:hunter2@example.org/models.git", "ssh://example.org/models.git"),
        ("ssh://ada@example.org/models.git", "ssh://example.org/models.git"),
        ("https://oauth2:hunter2@example.org/models.git?token=x", "https://example.org/models.git"),
        ("/srv/git/models.git", "/srv/git/models.git"),
    ],
)
def test_an_address_leads_there_and_tells_no_secret(url: str, seen: str) -> None:
    assert address(url) == seen


def test_code_outside_a_repository_or_ignored_by_one_has_no_commit(
    work: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert repository(tmp_path_factory.mktemp("nowhere")) is None
    assert repository(work / "venv") is None
    assert repository(work / "no such folder") is None


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert repository(tmp_path) is None


def test_where_it_was_started_and_what_are_told_from_the_top(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started_with(monkeypatch, work / "src" / "[1] weiß.py")
    monkeypatch.chdir(work / "src")
    record = found(work).record()
    assert (record["folder"], record["script"]) == ("src", {"path": "src/[1] weiß.py", "tracked": True})
    assert record["submodules"] == 0
    monkeypatch.chdir(work)
    started_with(monkeypatch, work / "new.py")
    (work / "new.py").write_text("print(4)\n")
    record = found(work).record()
    assert (record["folder"], record["script"]) == (".", {"path": "new.py", "tracked": False})
    monkeypatch.chdir(work.parent)
    for other in (work / "venv" / "notebook.py", Path(__file__), work / "<stdin>", None):
        started_with(monkeypatch, other)
        record = found(work).record()
        assert (record["folder"], record["script"]) == (None, None)


def test_the_script_leads_to_the_code_and_else_the_working_directory_does(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started_with(monkeypatch, work / "train.py")
    monkeypatch.chdir(work.parent)
    assert (known := repository()) is not None
    assert known.top == work
    started_with(monkeypatch, work / "venv" / "tool")
    assert repository() is None
    monkeypatch.chdir(work / "src")
    assert (known := repository()) is not None
    assert known.top == work


def test_a_working_directory_that_was_deleted_is_nowhere(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    started_with(monkeypatch, None)
    assert repository() is None
    assert found(work).record()["folder"] is None


UGLY = {
    "diff.noprefix": "true", "diff.mnemonicPrefix": "true", "color.diff": "always", "color.ui": "always",
    "diff.renames": "copies", "diff.context": "0", "diff.external": "/bin/false", "diff.x.textconv": "rev",
}  # fmt: skip


def test_a_patch_gives_the_very_same_files_whatever_the_settings(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before: dict[str, bytes | str] = {
        ".gitattributes": "*.x diff=x\n",
        "weights.bin": bytes(range(256)) * 40,
        "crlf.txt": "one\r\ntwo\r\nthree\r\n",
        "old name.py": "".join(f"line {n}\n" for n in range(50)),
        "latin.x": "caf\xe9\n".encode("latin-1"),
        "gone.txt": "soon\n",
    }
    written(work, before)
    git(work, "add", ".")
    git(work, "commit", "-q", "-m", "second")
    other = work.parent / "other"
    git(work.parent, "clone", "-q", str(work), str(other))
    after: dict[str, bytes | str] = {
        "weights.bin": bytes(reversed(range(256))) * 40,
        "crlf.txt": "one\r\n2\r\nthree\r\nno end",
        "latin.x": "th\xe9\r".encode("latin-1"),
        "src/[1] weiß.py": "",
    }
    git(work, "mv", "old name.py", "new\tname.py")
    git(work, "rm", "-q", "gone.txt")
    written(work, after | {"staged.bin": b"\0\1\2", "untracked.txt": "stays here"})
    git(work, "add", "staged.bin")
    (work / "train.py").chmod(0o755)
    for key, value in UGLY.items():
        git(work, "config", key, value)
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=0")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "/bin/false")
    patch = found(work).changes()
    assert patch is not None
    assert patch.is_whole
    assert patch.lines == len(patch.content.splitlines()) == patch.content.count(b"\n")
    (other.parent / "changes.patch").write_bytes(patch.content)
    git(other, "apply", "../changes.patch")
    names = {*git(work, "ls-files", "-z").split("\0")} - {""}
    assert {*git(other, "ls-files", "-z", "--cached", "--others").split("\0")} - {
        "",
        "old name.py",
        "gone.txt",
    } == names
    assert all((other / name).read_bytes() == (work / name).read_bytes() for name in names)
    assert os.access(other / "train.py", os.X_OK)
    assert not (other / "gone.txt").exists()


def test_changes_of_a_submodule_are_counted_and_in_no_patch(work: Path, tmp_path: Path) -> None:
    part = committed(tmp_path / "part", {"file.txt": "1\n"})
    git(work, "submodule", "add", "-q", str(part), "part")
    git(work, "commit", "-q", "-am", "second")
    assert not found(work).dirty
    written(work, {"part/file.txt": "2\n"})
    known = found(work)
    assert (known.dirty, known.submodules) == (True, 1)
    git(work / "part", "commit", "-q", "-am", "moved")
    known = found(work)
    assert (known.dirty, known.submodules) == (True, 1)
    assert (patch := known.changes()) is not None
    assert patch.content == b""
    assert found(work / "part").top == work / "part"


def test_a_git_that_is_missing_fails_or_never_answers_is_soon_given_up(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = found(work)
    monkeypatch.setattr(programs, "PATIENCE", 0.3)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    for said in (None, "exit 128", "/bin/sleep 20; echo late", "/bin/sleep 20 & wait", "no program"):
        if said:
            written(tmp_path, {"bin/git": f"{said}\n" if said == "no program" else f"#!/bin/sh\n{said}\n"})
            (tmp_path / "bin" / "git").chmod(0o755)
        began = time.monotonic()
        assert repository(work) is None
        assert known.changes() is None
        assert time.monotonic() - began < 5
