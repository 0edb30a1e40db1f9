"""REPRODUCE.md: what it says, and that no text of a run is run, leaves its block or acts, by really running bash."""

import os
import re
import stat
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from assay.model.evidence.environment import Changes, CodeState, Environment, PackageSource, Requirements
from assay.model.evidence.notes import RecordNote
from assay.model.evidence.reproduction import Expected, Reproduction
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import Quote, note
from assay.model.runs.data import Dataset
from assay.view.text.evidence.reproduce.file import reproduce
from fenced import blocks

COMMIT, SHA = "42d9398a" * 5, "77ab0200" * 8
REMOTE = "git@git.example:team/work.git"
ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE)
LATENCY = Metric("latency", Direction.MINIMIZE, "name", MetricUnit.MILLISECONDS)
RECORDS = """#!/bin/sh
[ "$1" != artifacts ] || (mkdir -p fetched/evidence && touch fetched/evidence/changes.patch)
printf '%s\\0' "$(basename "$0")" "$@" "HASH=$PYTHONHASHSEED" >> "$TOP/called"
"""
PYTHON = f"""{RECORDS}
[ "$2" != venv ] || (mkdir -p .venv/bin && cp "$0" .venv/bin/python)
"""
HOSTILE = (
    "$(touch canary)",
    "`touch canary`",
    "'; touch canary; '",
    '"; touch canary; "',
    "a\ntouch canary\nb",
    "```\n\n```sh\ntouch canary\n```\n",
    "````\n~~~\n\n    touch canary",
    "numpy==1\nPINS\ntouch canary",
    "numpy==1; touch canary",
    "-oProxyCommand=touch canary",
    "ext::sh -c touch% canary",
    "ssh://-oProxyCommand=touch${IFS}canary/x",
    "--upload-pack=touch canary",
    "EOF",
    "\x1b[31mred\x07",
    "\u202egnp.exe\u2066\u200b",
    "<script>touch canary</script> [x](javascript:x) ![x](http://evil.example/x.png)",
    "../../..",
    "\\$(touch canary)\\",
)


def made(**changes: Any) -> Reproduction:
    """A run with everything on record; `changes` of its environment or of itself."""
    environment = Environment(
        version=2,
        python="3.11.7",
        packages={"numpy": "2.1.0", "torch": "2.5.0+cu124", "mine": "0.1", "theirs": "1.0", "pip": "26.0"}
        | dict.fromkeys(("ours", "part", "away", "apart"), "2.0"),
        sources={
            "mine": PackageSource("file:///home/me/mine", editable=True),
            "theirs": PackageSource("https://git.example/theirs", COMMIT, subdirectory="python"),
            "ours": PackageSource("file:///home/me/work", editable=True, folder="."),
            "part": PackageSource("file:///home/me/work/libs/part", folder="libs/part"),
            "away": PackageSource("file:///home/me/$(touch canary)", folder="$(touch canary)"),
            "apart": PackageSource("ssh://git@git.example/apart", COMMIT),
        },
        code=CodeState(COMMIT, dirty=True, remote=REMOTE, folder="sub", script="sub/train.py", tracked=True),
        argv=("python3.11", "-u", "train.py", "--name", "it's a b"),
        seeds={"seed": "42", "pythonhashseed": "in force", "random": "set"},
        threads={"torch": 4},
        changes=Changes(SHA, 12, 400),
    )
    own = {name: changes.pop(name) for name in [*changes] if name in Environment.__slots__ and name != "image"}
    return replace(
        Reproduction(
            "4b1d07c2" * 4,
            "svc-rbf",
            "digits",
            "sqlite:////srv/it's/mlflow.db",
            (note(RecordNote.NO_CONTAINER, line=Quote("evidence.log_environment(…)")),),
            COMMIT,
            replace(environment, **own),
            datasets=(Dataset("digits", "9f3c1e07", "train", "http", "https://u:pw@data.example/d?token=x", 1797),),
            splits=SHA,
            seeds=(("seed", "42"),),
            expected=(Expected(ACCURACY, 0.9796, 0.0056), Expected(LATENCY, 3.0, None, measured=True)),
            repeats=2,
        ),
        **changes,
    )


def followed(text: str, folder: Path) -> list[list[str]]:
    """What the blocks call, run in order in an empty folder with programs that only note how they are called."""
    programs = folder / "programs"
    programs.mkdir(parents=True)
    for name in ("git", "mlflow", "sha256sum", "python3.11", "python3", "docker"):
        file = programs / name
        file.write_text(PYTHON if name.startswith("python") else RECORDS)
        file.chmod(file.stat().st_mode | stat.S_IEXEC)
    top = folder / "top"
    (top / "work" / "sub").mkdir(parents=True)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    for block in blocks(text):
        known = {"PATH": path, "TOP": str(top)}
        subprocess.run(["bash", "-e", "-c", block], cwd=top, env=known, check=True, capture_output=True, timeout=20)
    calls = (top / "called").read_bytes().decode("utf-8", "surrogateescape").split("\0")
    named = {"python", "torchrun", *(file.name for file in programs.iterdir())}
    starts = [place for place, one in enumerate(calls) if one in named]
    return [calls[start:stop] for start, stop in zip(starts, [*starts[1:], len(calls) - 1], strict=True)]


def test_what_is_missing_stands_first_and_the_blocks_follow_in_order(tmp_path: Path) -> None:
    text = reproduce(made())
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == [
        "What is missing", "Code", "Changes that were not committed", "Python and packages", "Machine", "Data",
        "Seeds", "Command", "What to expect",
    ]  # fmt: skip
    clone, checkout, download, check, apply, venv, install, ours, train = followed(text, tmp_path)
    assert clone[:-1] == ["git", "clone", "--quiet", "--", REMOTE, "work"]
    assert checkout[:-1] == ["git", "-C", "work", "checkout", "--quiet", "--detach", COMMIT]
    assert download[1:-1] == [
        "artifacts", "download", f"--run-id={'4b1d07c2' * 4}", "--artifact-path=evidence/changes.patch",
        "--dst-path=fetched",
    ]  # fmt: skip
    assert check[:3] == ["sha256sum", "-c", "-"]
    patch = str(tmp_path / "top" / "fetched" / "evidence" / "changes.patch")
    assert apply[:-1] == ["git", "-C", "work", "apply", "--whitespace=nowarn", patch]
    assert venv[:-1] == ["python3.11", "-m", "venv", ".venv"]
    assert install[:-1] == ["python", "-m", "pip", "install", "--quiet", "--no-deps", "-r", "requirements.txt"]
    assert ours[:-1] == [*install[:6], "-e", "./work", "./work/libs/part"]
    assert train == ["python", "-u", "train.py", "--name", "it's a b", "HASH=42"]
    assert (tmp_path / "top" / "requirements.txt").read_text().splitlines() == [
        "--extra-index-url https://download.pytorch.org/whl/cu124",
        "numpy==2.1.0",
        "torch==2.5.0+cu124",
        f"theirs @ git+https://git.example/theirs@{COMMIT}#subdirectory=python",
        f"apart @ git+ssh://git@git.example/apart@{COMMIT}",
    ]
    assert "mine==0.1 from file:///home/me/mine" in blocks(text, "text")[0]
    assert "away==2.0 from" in blocks(text, "text")[0]
    assert f'echo "{SHA}  $patch" | sha256sum -c -' in text
    assert "- `accuracy` `0.9796`: within 0.6 points of it; 2 runs of this setup and seed are that far apart" in text
    assert "- `latency` `3.0`: not compared" in text
    assert "- `digits` (`train`), 1,797 rows, digest `9f3c1e07`, from `http: https://data.example/d`" in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_run_is_run_or_leaves_its_block(hostile: str, tmp_path: Path) -> None:
    found = made(
        label=hostile,
        experiment=hostile,
        missing=(note(RecordNote.COMMAND_HIDDEN, n=1, command=Quote(hostile)),),
        python=hostile,
        implementation=hostile,
        platform=hostile,
        packages={hostile: "1", "numpy": hostile, "theirs": "1"},
        sources={"theirs": PackageSource(hostile, hostile, subdirectory=hostile, folder=hostile)},
        gpus=(hostile,),
        cpu=hostile,
        image=f"{hostile}@sha256:{SHA}",
        code=CodeState(hostile, remote=hostile, folder="sub", script=hostile),
        argv=("python", "train.py", hostile),
        seeds={"seed": hostile, "pythonhashseed": "in force", hostile: hostile},
        threads={hostile: 1},
        commit=hostile,
        changes=Changes(hostile, 1, 1),
        datasets=(Dataset(hostile, hostile, hostile, hostile, hostile),),
        splits=hostile,
        recipe=hostile,
        expected=(Expected(replace(ACCURACY, name=hostile), float("nan")),),
    )
    text = reproduce(found)
    seen = {unicodedata.category(letter) for letter in text if letter != "\n"}
    assert not seen & {"Cc", "Cs", "Zl", "Zp"}
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & {*text}
    venv, *_, train = followed(text, tmp_path)
    assert venv[:-1] == ["python3", "-m", "venv", ".venv"]
    assert train == ["python", "train.py", hostile, "HASH="]
    assert not [*tmp_path.rglob("canary*")]
    whole = reproduce(replace(found, environment=replace(found.environment, argv=(hostile, hostile))))
    assert not [call for call in followed(whole, tmp_path / "again") if call[1] == "train.py"]
    assert not [*tmp_path.rglob("canary*")]


@pytest.mark.parametrize(
    ("argv", "why"),
    [
        (("python", "-c", "import os"), "code that was given with `-c`"),
        (("python", "-uc", "import os"), "code that was given with `-uc`"),
        (("python", "-m", "timeit", "import os"), "`timeit` is no module that trains"),
        (("python", "-"), "code that was given with `-`"),
        (("python",), "it starts nothing"),
        (("python", "/home/me/train.py"), "outside of the repository"),
        (("python", "../../train.py"), "outside of the repository"),
        (("bash", "-c", "touch canary"), "`bash` is no Python"),
        (("torchrun", "--no_py", "bash"), "told to start another program"),
        (("torchrun", "--nproc", "2", "/tmp/other.py"), "outside of the repository"),
        (("pytest", "../../other.py::test_it"), "outside of the repository"),
        (("torchrun", "-m", "timeit", "import os"), "told to start another program"),
        (("accelerate", "launch", "--module", "timeit", "import os"), "told to start another program"),
        (("python", "-m", "torch.distributed.run", "-m", "timeit", "x"), "told to start another program"),
        (("python", "-m", "IPython", "-c", "import os"), "`IPython` is no module that trains"),
        (("pytest", "--basetemp", "/home"), "told to empty a folder"),
        (("python", "train.py", "--password", "pw@x"), "may hold a secret"),
        (("python", "train.py", "--token", "***"), "looked like secrets"),
        (("python", "train.py", "--db", "postgresql://me:pw@host/x"), "may hold a secret"),
    ],
)
def test_what_is_no_code_of_the_repository_is_text_with_a_reason(argv: tuple[str, ...], why: str) -> None:
    text = reproduce(made(argv=argv))
    assert len(blocks(text)) == 3
    command = text.partition("## Command")[2]
    assert why in command
    assert "pw@" not in text
    assert len(blocks(command, "text")) == 1


@pytest.mark.parametrize(
    ("argv", "started"),
    [
        (("python", "-m", "package.train", "-x"), ' "$top/.venv/bin/python" -m package.train -x)'),
        (("python", "-X", "dev", "../train.py"), "/python\" -X dev ../train.py)"),
        (("python3", "/home/me/.venv/bin/torchrun", "--nproc", "2", "train.py"), "/torchrun\" --nproc 2 train.py)"),
        (("python", "-m", "torch.distributed.run", "train.py"), "/python\" -m torch.distributed.run train.py)"),
    ],
)  # fmt: skip
def test_modules_and_launchers_are_started_as_they_were(argv: tuple[str, ...], started: str) -> None:
    assert started in blocks(reproduce(made(argv=argv)))[-1]


@pytest.mark.parametrize(
    ("remote", "known"),
    [
        ("https://me:pw@git.example/a b.git", False),
        ("https://me:pw@git.example/team/work.git", True),
        ("ssh://git.example:22/work.git", True),
        ("ssh://git@git.example:22/work.git", True),
        ("ssh://git:pw@git.example/work.git", True),
        ("ssh://git@pw/x@git.example/work.git", True),
        ("ssh://-oProxy@git.example/work.git", True),
        ("file:///srv/git/work.git", True),
        ("/srv/it's/work.git", True),
        ("git@-oProxy:work", False),
        ("http://git.example/work", False),
        ("ftp://git.example/work", False),
        ("../work", False),
        ("-u", False),
    ],
)
def test_only_addresses_of_repositories_are_cloned(remote: str, known: bool) -> None:
    text = reproduce(made(code=CodeState(COMMIT, remote=remote)))
    assert ("git clone" in text) is known
    assert ("git clone --quiet -- ssh://git@" in text) is remote.startswith("ssh://git@git")
    assert ("is none to fetch from" in text) is not known
    assert "pw" not in text


def test_what_is_not_on_record_is_said_and_the_rest_goes_on() -> None:
    bare = Reproduction("a" * 32, "", "e", "https://…", (), None, Environment())
    text = reproduce(bare)
    assert [block.splitlines()[0] for block in blocks(text)] == ["python3 -m venv .venv"]
    for said in (
        "Which commit it was is not on record",
        "No dataset",
        "No seed",
        "command is not on record",
        "no metric",
    ):
        assert said in text
    asked = Requirements("model/requirements.txt", ("numpy == 2.1", "scipy>=1", "# x", "-r /etc/passwd"), "3.12.1")
    text = reproduce(replace(bare, requirements=asked, environment=Environment(command="python train.py --x 'a")))
    assert blocks(text)[0].splitlines() == [
        "python3.12 -m venv .venv", "cat > requirements.txt <<'PINS'", "numpy==2.1", "PINS",
        ".venv/bin/python -m pip install --quiet -r requirements.txt",
    ]  # fmt: skip
    assert blocks(text, "text") == ["scipy>=1\n-r /etc/passwd", "python train.py --x 'a"]
    large = reproduce(made(changes=Changes(None, 5_000, 2_000_000)))
    assert "Not committed, and not kept: 5,000 lines." in large


def test_secrets_of_requirements_are_hidden_and_long_words_take_no_time() -> None:
    asked = Requirements("r.txt", ("--index-url https://me:hunter2@git.example/simple", "a" * 9_999))
    began = monotonic()
    text = reproduce(made(packages={}, requirements=asked, recipe="pass" * 20_000 + "a" * 20_000, sources={}))
    assert monotonic() - began < 3  # it took minutes
    assert "hunter2" not in text
    assert "--index-url https://git.example/simple" in text


def test_secrets_of_a_recipe_and_five_thousand_packages_do_no_harm() -> None:
    many = {f"package-{k}": f"{k}.0" for k in range(5_000)}
    text = reproduce(made(recipe="lr: 0.1\napi_key: hunter2\nmax_tokens: 5\n", packages=many, sources={}))
    assert "hunter2" not in text
    assert "max_tokens: 5" in text
    assert "5,000 pins: everything that was installed." in text
