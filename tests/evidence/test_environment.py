import hashlib
import json
import platform
import shlex
import sys
import warnings
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from assay import evidence
from assay.evidence import repository
from assay.evidence.environment import environment
from assay.model.evidence.files import COMMIT_TAG
from evidence.conftest import Run
from versioned import committed, git, written

CHANGES_TAG = "assay.evidence.changes"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return committed(tmp_path / "work", {"train.py": "print(1)\n", "notes.txt": "one\n"})


def test_the_record_holds_everything_a_review_asks_for(run: Run, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = {"seed": 42}
    monkeypatch.chdir(work)
    monkeypatch.setattr(sys, "orig_argv", ["/usr/bin/python3", f"{work}/train.py", "--note", "two words"])
    record = run.environment(seeds=seeds, code=work, image="trainer@sha256:abc")
    assert record["version"] == 2
    assert record["python"] == platform.python_version()
    assert record["packages"]["mlflow"]
    assert {"cuda", "cudnn", "gpus", "threads", "platform", "sources"} <= record.keys()
    assert record["cpu"]["logical"] >= record["cpu"]["usable"] >= 1
    assert record["ram_bytes"] > 2**28
    assert record["container"]["image"] == "trainer@sha256:abc"
    assert record["seeds"] == seeds
    assert record["git"] == {
        "commit": git(work, "rev-parse", "HEAD"), "branch": "main", "dirty": False, "remote": None, "folder": ".",
        "script": None, "submodules": 0,
    }  # fmt: skip
    assert record["argv"] == ["python3", "train.py", "--note", "two words"] == shlex.split(record["command"])
    assert run.tags[COMMIT_TAG] == record["git"]["commit"]


def test_the_seeds_are_those_last_set_unless_others_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "random")
    evidence.seed_everything(789)
    assert run.environment()["seeds"]["seed"] == 789
    assert run.environment(seeds={})["seeds"] == {}


def test_no_environment_variable_finds_its_way_into_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2-variable")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "hunter2-variable")
    assert "hunter2" not in json.dumps(environment(seeds={}))


def test_words_that_are_no_text_do_not_stop_the_record(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python", "train.py", "caf\udce9.csv"])
    assert run.environment()["argv"][2] == "caf?.csv"


def patched(run: Run, work: Path) -> Any:
    return run.environment(code=work, changes=True)["patch"]


def test_what_is_not_committed_is_logged_on_demand_alone(run: Run, work: Path) -> None:
    written(work, {"train.py": "print(2)\n", "untracked.txt": "mine"})
    assert run.environment(code=work)["patch"] is None
    assert CHANGES_TAG not in run.tags
    told = patched(run, work)
    content = (run.folder / "evidence" / "changes.patch").read_bytes()
    assert told == {"sha256": hashlib.sha256(content).hexdigest(), "lines": 7, "bytes": len(content)}
    assert run.tags[CHANGES_TAG] == told["sha256"]
    git(work, "stash", "-q")
    git(work, "apply", str(run.folder / "evidence" / "changes.patch"))
    assert (work / "train.py").read_text() == "print(2)\n"


def test_a_patch_of_an_earlier_call_does_not_stay(run: Run, work: Path, tmp_path: Path) -> None:
    for later in ("clean", "not asked", "outside"):
        written(work, {"train.py": f"print('{later}')\n"})
        assert patched(run, work)["lines"] == 7
        if later == "clean":
            git(work, "commit", "-q", "-am", later)
        with pytest.warns(UserWarning, match="No repository") if later == "outside" else nullcontext():
            record = run.environment(code=tmp_path if later == "outside" else work, changes=later != "not asked")
        assert record["patch"] is None
        assert CHANGES_TAG not in run.tags
        assert (COMMIT_TAG in run.tags) == (later != "outside")
        assert run.text("changes.patch") == ""


def test_a_patch_that_is_too_large_is_counted_and_warned_of(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(work, {"notes.txt": "x" * 99 + "\n"})
    size = patched(run, work)["bytes"]
    for limit, sha256 in ((size, run.tags[CHANGES_TAG]), (size - 1, None)):
        monkeypatch.setattr(repository, "MOST_BYTES", limit)
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            assert patched(run, work) == {"sha256": sha256, "lines": 7, "bytes": size}
        assert run.tags.get(CHANGES_TAG) == sha256
        assert [f"a patch of {size:,} bytes, more than " in str(one.message) for one in said] == [True] * (not sha256)
        assert all(one.filename.endswith("conftest.py") for one in said)  # where log_environment is called


def test_what_no_patch_can_hold_is_warned_of(run: Run, work: Path, tmp_path: Path) -> None:
    part = committed(tmp_path / "part", {"file.txt": "1\n"})
    git(work, "submodule", "add", "-q", str(part), "part")
    git(work, "commit", "-q", "-am", "second")
    written(work, {"part/file.txt": "2\n"})
    with pytest.warns(UserWarning, match="1 submodules have changes, which no patch holds"):
        assert patched(run, work) is None
    assert CHANGES_TAG not in run.tags


def test_a_repository_of_somebody_else_is_warned_of_and_the_rest_is_logged(
    run: Run, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a folder that a container has from its host: git refuses to speak of it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    written(work, {"train.py": "print(2)\n"})
    with pytest.warns(UserWarning, match="git does not say so, so no patch is logged"):
        record = run.environment(code=work, changes=True)
    assert (record["git"], record["patch"]) == (None, None)
    assert record["python"] == platform.python_version()
    assert not {COMMIT_TAG, CHANGES_TAG} & run.tags.keys()
