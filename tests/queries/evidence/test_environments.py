"""What a run's environment says, and in its place the model that it logged."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mlflow.entities import LoggedModelOutput

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import ReproducibilityQuestion
from assay.model.runs.store import MODELS
from assay.queries.evidence.environments import environments
from assay.queries.evidence.reproducibility import reproducibility
from assay.queries.evidence.reproduction import reproduction
from assay.workspace import Workspace
from evidenced import Evidenced
from modelled import modelled
from stores import Store

WorkOf = Callable[[Store], Workspace]


@pytest.fixture
def store(tmp_path: Path) -> Evidenced:
    return Evidenced(tmp_path)


def test_what_a_model_of_mlflow_3_asks_for_counts_where_no_packages_are_on_record(
    store: Evidenced, work_of: WorkOf, tmp_path: Path
) -> None:
    place = str(tmp_path / "mlruns" / "m")
    asking, models = modelled(store.uri, ["numpy==1.26.4"], ["scipy==1.14.1"], place=place)
    partly, whole = store.run("m", params={"a": 1}), store.run("m", params={"a": 2})
    # A model that another run made is an output too; of a run whose packages are on record nobody asks for one.
    for run_id, packages in ((partly, {}), (whole, {"numpy": "2.1"})):
        store.environment(run_id, {"version": 2, "python": "3.11.7", "packages": packages})
        store.client.log_outputs(run_id, [LoggedModelOutput(models[0], 0)])
    older = store.run("m", tags={"mlflow.log-model.history": '[{"artifact_path": "model"}]'})
    store.log(older, "requirements.txt", b"pandas==2.2.2\n", "model")
    bare = store.run("m", params={"a": 3})
    runs = (asking, partly, whole, older, bare)

    def lists(work: Workspace) -> list[tuple[str, ...] | None]:
        found = environments(work, runs)
        needed = [found[run_id].requirements for run_id in runs]
        return [None if one is None else one.lines[-1:] for one in needed]

    wanted = [("scipy==1.14.1",), ("numpy==1.26.4",), None, ("pandas==2.2.2",), None]
    work = work_of(store)
    assert lists(work) == wanted
    found = reproducibility(work, ReproducibilityQuestion(single=True))
    cells = {row.run_id: row.cell(RecordCheck.PACKAGES).check for row in found.rows}
    assert cells[asking].status is CheckStatus.PASS
    assert cells[asking].sources == (f"{MODELS}/{models[1]}/requirements.txt",)
    assert cells[bare].status is CheckStatus.NOT_LOGGED
    assert reproduction(work, asking).requirements is not None
    shutil.rmtree(tmp_path / "mlruns")
    (tmp_path / "mlflow.db").rename(tmp_path / "away.db")
    assert lists(work) == wanted


def test_a_training_that_logs_a_model_an_epoch_is_asked_for_the_last_ones_only(
    store: Evidenced, work_of: WorkOf, tmp_path: Path
) -> None:
    run_id, models = modelled(store.uri, *([f"numpy==1.{n}"] for n in range(5)), place=str(tmp_path / "mlruns" / "m"))
    for model in models[2:]:
        for name in ("requirements.txt", "conda.yaml"):
            next((tmp_path / "mlruns").rglob(f"{model}/artifacts/{name}")).unlink()
    assert environments(work_of(store), [run_id])[run_id].requirements is None
