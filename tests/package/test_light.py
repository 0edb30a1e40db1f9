"""`pip install assay` brings what training code needs to log evidence, and nothing of the dashboard."""

import json
from importlib.metadata import distributions
from pathlib import Path

import pytest

from package.installing import Environment, installed

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
