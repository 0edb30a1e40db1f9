import shlex
import sys
from pathlib import Path

import pytest

from assay.evidence.command import argv, command


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (["/usr/bin/python3", "train.py", "--lr", "0.1"], "python3 train.py --lr 0.1"),
        (["python", "train.py", "--db-password", "hunter2"], "python train.py --db-password '***'"),
        (["python", "train.py", "--api-key=hunter2", "--C=1"], "python train.py '--api-key=***' --C=1"),
        (["python", "train.py", "HF_TOKEN=hunter2"], "python train.py 'HF_TOKEN=***'"),
        (["python", "t.py", "postgresql://ada:hunter2@db/x?k=v"], "python t.py postgresql://db/x"),
        (["python", "t.py", "--store=https://ada:hunter2@host/x"], "python t.py --store=https://host/x"),
        (["python", "-c", "login('hunter2')"], "python -c '***'"),
        (["python", "-X", "dev", "-W", "error", "-Bc", "login('hunter2')", "-c", "x"], "-Bc '***' -c x"),
        (["python", "-Iclogin('hunter2')"], "python '-Ic***'"),
        (["python", "t.py", "-c", "config.yaml"], "python t.py -c config.yaml"),
        (["python", "-m", "team.train", "-c", "config.yaml"], "python -m team.train -c config.yaml"),
        (["python", "t.py", "--header", "Authorization: Bearer hunter2"], "python t.py --header '***'"),
        (["python", "t.py", "--author", "ada"], "python t.py --author ada"),
        (["python", "t.py", "--max-tokens", "9", "--passes=3"], "python t.py --max-tokens 9 --passes=3"),
        (["python", "t.py", "--note", "it's `two`\nwords $HOME"], "--note 'it'\"'\"'s `two`\nwords $HOME'"),
        ([], ""),
    ],
)
def test_the_command_is_kept_without_what_it_should_not_tell(words: list[str], seen: str) -> None:
    assert command(argv(words)).endswith(seen)
    assert shlex.split(command(argv(words))) == argv(words)


def test_paths_of_the_repository_are_told_from_where_it_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "work"
    (top / "src").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (top / "linked").symlink_to(tmp_path / "data")
    (tmp_path / "home").symlink_to(top)
    words = [
        f"{top}/.venv/bin/python", f"{top}/src/train.py", f"--data={top}/linked/x.csv", f"out={tmp_path}/home/out",
        f"{tmp_path}/data/y.csv", "--lr=/", "src/train.py", "--seed", "1",
    ]  # fmt: skip
    others = [f"{tmp_path}/data/y.csv", "--lr=/", "src/train.py", "--seed", "1"]
    monkeypatch.chdir(top / "src")
    assert argv(words, top) == ["python", "train.py", "--data=../linked/x.csv", "out=../out", *others]
    monkeypatch.chdir(tmp_path)
    assert argv(words, top) == ["python", "src/train.py", "--data=linked/x.csv", "out=out", *others]
    monkeypatch.chdir(top)
    assert argv(words, None)[1:3] == ["src/train.py", "--data=linked/x.csv"]
    monkeypatch.chdir("/")
    assert argv(words, None) == ["python", *words[1:]]


def test_a_command_that_lies_beside_its_interpreter_has_its_own_name() -> None:
    installed = str(Path(sys.executable).parent / "assay")
    assert argv([sys.executable, installed, "demo", "-c", "x", "--token=y"]) == [
        "assay",
        "demo",
        "-c",
        "x",
        "--token=***",
    ]
