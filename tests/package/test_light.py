"""`pip install assay` brings what training code needs to log evidence, and nothing of the dashboard."""

import json
import os
import re
import subprocess
from importlib.metadata import distributions
from pathlib import Path

import mlflow
import pytest

from assay.model.evidence.files import CHANGES, tag_of
from fenced import blocks
from package.installing import Environment, assembled, clean, installed
from versioned import committed, git, written

PACKAGES = 50
"""At most so many, of which mlflow-skinny asks for all but pandas, pyarrow and what these need; 46 in 2026-11."""
MEGABYTES = 550
"""On the disk, of which pyarrow, pandas and numpy are two thirds; about 430 in 2026-11."""
IMPORT_SECONDS = 8.0
"""Of the processor, to import `assay.evidence`, nearly all of it pandas; 0.4 on an idle machine in 2026-11."""

TRAINING = """
import json, os, sys, time
began = time.process_time()
from assay import evidence
seconds = time.process_time() - began
from assay.errors import EvidenceError as evidence_error
loaded = {name.partition(".")[0] for name in sys.modules}
import mlflow, pandas
mlflow.set_tracking_uri(sys.argv[1])
with mlflow.start_run() as run:
    evidence.seed_everything(42)
    evidence.log_environment()
    evidence.log_recipe({"model": "svc"})
    evidence.log_scores(pandas.DataFrame({"example_id": ["a", "b"], "correct": [1, 0]}))
    frame = pandas.DataFrame({"example_id": ["a", "b"], "split": ["train", "test"]})
    evidence.log_splits(frame, features=pandas.DataFrame({"x": [0.5, 1]}))
    evidence.log_feature_importance(pandas.Series({"x": 0.9, "y": 0.1}))
    try:
        evidence.log_preprocessing(None, [[1.0]], [[2.0]])
    except evidence_error as error:
        refused = str(error)
artifacts = mlflow.MlflowClient().list_artifacts(run.info.run_id, "evidence")
print(json.dumps({"seconds": seconds, "mlflow": "mlflow" in loaded, "logged": sorted(a.path for a in artifacts), "refused": refused}))
"""


@pytest.fixture(scope="module")
def light(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return installed(wheel, tmp_path_factory.mktemp("light") / "env")


def test_it_is_light(light: Environment) -> None:
    brought = {found.name.lower() for found in distributions(path=[str(light.packages)])}
    assert {"assay", "mlflow-skinny", "numpy", "pandas", "pyarrow", "pyyaml"} <= brought
    assert not brought & {"streamlit", "mlflow", "duckdb", "plotly", "scipy", "scikit-learn", "sqlalchemy", "filelock"}
    assert len(brought) <= PACKAGES
    size = sum(path.stat().st_size for path in light.packages.rglob("*") if path.is_file())
    assert size < MEGABYTES * 1e6


def test_training_code_logs_evidence_with_it(light: Environment, elsewhere: Path, tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(TRAINING)
    for _ in range(2):  # the first run compiles what is imported
        store = (tmp_path / "mlruns").as_uri()
        done = light.run("python", script, store, cwd=elsewhere, variables={"MLFLOW_ALLOW_FILE_STORE": "true"})
    told = json.loads(done.stdout.splitlines()[-1])
    names = ("environment.json", "feature_importance.parquet", "recipe.yaml", "scores.parquet", "splits.parquet")
    assert told["logged"] == [f"evidence/{name}" for name in names]
    assert told["seconds"] < IMPORT_SECONDS
    assert not told["mlflow"], "it is imported by the first call that logs"
    assert "needs scikit-learn, which is not installed" in told["refused"]


@pytest.mark.parametrize("words", [["assay"], ["assay", "serve"], ["python", "-m", "assay", "--version"]])
def test_the_command_says_which_extra_it_needs(light: Environment, tmp_path: Path, words: list[str]) -> None:
    done = light.run(*words, cwd=tmp_path, expected=2)
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("assay: the command needs more than training code does (")
    assert line.endswith(" is not installed): pip install 'assay[dashboard]'")


MODEL = """
import argparse
from pathlib import Path
import mlflow, numpy
from assay import evidence
asked = argparse.ArgumentParser()
asked.add_argument("--note")
asked.add_argument("--data", type=Path)
note, data = vars(asked.parse_args()).values()
RATE = 0.1
seeds = evidence.seed_everything(42)
x, y = numpy.loadtxt(data, delimiter=",").T
weight = numpy.random.normal(size=2)
for _ in range(50):
    error = weight[0] * x + weight[1] - y
    weight -= RATE * numpy.array([error @ x, error.sum()]) / len(x)
with mlflow.start_run():
    mlflow.log_metrics({"loss": float(error @ error), "slope": weight[0], "offset": weight[1]})
    mlflow.log_params({"note": ascii(note), "seed": seeds["seed"]})
    evidence.log_environment(changes=True)
"""
DATA = "0,1\r\n1,3\r\n2,5.25"
HARMLESS = """two  words; $(touch canary) `touch canary` 'it"s"' # \\ \n```\ntouch canary > canary"""


@pytest.fixture(scope="module")
def dashboard(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return assembled(wheel, "dashboard", tmp_path_factory.mktemp("dashboard") / "env")


def follow(text: str, folder: Path, programs: Environment) -> None:
    """Runs the blocks of REPRODUCE.md with these programs; the wheel, which no index has, is installed by hand."""
    folder.mkdir()
    path = f"{programs.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    variables = clean({"PATH": path, "MLFLOW_ALLOW_FILE_STORE": "true", "PIP_COMPILE": "0"})
    *before, train = blocks(text)
    [wheel] = re.findall(r"^assay==\S+ from (file:\S+\.whl)$", text, re.MULTILINE)
    for block in (*before, f".venv/bin/python -m pip install --no-deps {wheel}", train):
        words = ["bash", "-e", "-c", block]
        done = subprocess.run(
            words, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_it_logs_is_enough_for_somebody_else_to_get_the_same_digits(
    light: Environment, dashboard: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REPRODUCE.md is followed as it says, in an empty folder."""
    first: dict[str, bytes | str] = {"src/train.py": MODEL.replace("RATE = 0.1", "RATE = 0.2"), "points.csv": "0,1\n"}
    git(tmp_path, "clone", "-q", "--bare", str(committed(tmp_path / "first", first)), str(tmp_path / "origin.git"))
    git(tmp_path, "clone", "-q", (tmp_path / "origin.git").as_uri(), str(tmp_path / "mine"))
    written(tmp_path / "mine", {"src/train.py": MODEL, "points.csv": DATA})
    variables = {"MLFLOW_ALLOW_FILE_STORE": "true", "MLFLOW_TRACKING_URI": (tmp_path / "runs").as_uri()}
    words = ("train.py", "--note", HARMLESS, f"--data={tmp_path / 'mine' / 'points.csv'}")
    light.run("python", *words, cwd=tmp_path / "mine" / "src", variables=variables)
    (tmp_path / "mine").rename(tmp_path / "gone")
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    runs = mlflow.MlflowClient(variables["MLFLOW_TRACKING_URI"])
    [trained] = runs.search_runs(["0"])
    file = tmp_path / "REPRODUCE.md"
    asked = ("reproducibility", "--reproduce", trained.info.run_id, "-o", file)
    dashboard.run("assay", *asked, cwd=tmp_path, variables=variables | {"XDG_DATA_HOME": str(tmp_path / "share")})
    follow(file.read_text(), tmp_path / "empty", light)
    again, same = runs.search_runs(["0"], order_by=["start_time DESC"])
    assert same.info.run_id == trained.info.run_id
    assert again.data.metrics == trained.data.metrics
    assert again.data.params == trained.data.params == {"seed": "42", "note": ascii(HARMLESS)}
    assert again.data.tags[tag_of(CHANGES)] == trained.data.tags[tag_of(CHANGES)]
    assert not [*tmp_path.rglob("canary*")]
