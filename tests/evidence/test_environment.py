import json
import platform
import subprocess
from pathlib import Path

import pytest

from assay import evidence
from assay.evidence.environment import command, environment, git
from evidence.conftest import Run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit, a remote that holds a password, and an ignored folder."""
    for words in (
        ["init", "-q", "-b", "main"],
        ["remote", "add", "origin", "https://ada:hunter2@example.org/team/models.git"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("venv/\n")
    (tmp_path / "train.py").write_text("print(1)\n")
    (tmp_path / "venv").mkdir()
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    subprocess.run(["git", *who, "commit", "-q", "-m", "first"], cwd=tmp_path, check=True)
    return tmp_path


def test_the_record_holds_everything_a_review_asks_for(run: Run, repository: Path) -> None:
    seeds = {"seed": 42}
    record = run.environment(seeds=seeds, code=repository, image="trainer@sha256:abc")
    assert record["python"] == platform.python_version()
    assert record["packages"]["mlflow"]
    assert {"cuda", "cudnn", "gpus", "threads", "platform"} <= record.keys()
    assert record["cpu"]["logical"] >= record["cpu"]["usable"] >= 1
    assert record["ram_bytes"] > 2**28
    assert record["container"]["image"] == "trainer@sha256:abc"
    assert record["seeds"] == seeds
    assert len(record["git"]["commit"]) == 40
    assert record["command"]


def test_the_seeds_are_those_last_set_unless_others_are_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "random")
    evidence.seed_everything(789)
    assert run.environment()["seeds"]["seed"] == 789
    assert run.environment(seeds={})["seeds"] == {}


def test_a_changed_tracked_file_makes_the_code_dirty(repository: Path) -> None:
    clean = git(repository)
    (repository / "notes.txt").write_text("not tracked")
    assert clean is not None
    assert clean["dirty"] is False
    assert git(repository) == clean
    (repository / "train.py").write_text("print(2)\n")
    changed = git(repository)
    assert changed is not None
    assert changed["dirty"] is True
    assert changed["branch"] == "main"


def test_the_remote_is_kept_without_its_password(repository: Path) -> None:
    found = git(repository)
    assert found is not None
    assert found["remote"] == "https://example.org/team/models.git"


def test_code_outside_a_repository_or_ignored_by_one_has_no_commit(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert git(tmp_path_factory.mktemp("nowhere")) is None
    assert git(repository / "venv") is None


def test_a_repository_without_a_commit_has_none(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert git(tmp_path) is None


def test_no_environment_variable_finds_its_way_into_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2-variable")
    monkeypatch.setenv("MLFLOW_TRACKING_PASSWORD", "hunter2-variable")
    assert "hunter2" not in json.dumps(environment(seeds={}))


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["/usr/bin/python3", "train.py", "--lr", "0.1"], "python3 train.py --lr 0.1"),
        (["python", "train.py", "--db-password", "hunter2"], "python train.py --db-password ***"),
        (["python", "train.py", "--api-key=hunter2", "--C=1"], "python train.py --api-key=*** --C=1"),
        (["python", "train.py", "HF_TOKEN=hunter2"], "python train.py HF_TOKEN=***"),
        (["python", "t.py", "postgresql://ada:hunter2@db/x?k=v"], "python t.py postgresql://db/x"),
        (["python", "t.py", "--store=https://ada:hunter2@host/x"], "python t.py --store=https://host/x"),
        (["python", "-c", "login('hunter2')"], "python -c ***"),
        (["python", "t.py", "--header", "Authorization: Bearer hunter2"], "python t.py --header ***"),
        (["python", "t.py", "--author", "ada"], "python t.py --author ada"),
        (["python", "t.py", "--max-tokens", "9", "--passes=3"], "python t.py --max-tokens 9 --passes=3"),
        ([], ""),
    ],
)
def test_the_command_is_kept_without_what_it_should_not_tell(words: list[str], seen: str) -> None:
    assert command(words) == seen
