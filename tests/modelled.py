"""Runs that log models as MLflow 3 does: beside their own artifacts."""

import warnings
from collections.abc import Sequence

import mlflow
from mlflow.pyfunc.model import PythonModel


class Constant(PythonModel):
    """A model that is small, and asks for what it is told to."""

    def predict(self, context: object, model_input: object, params: object = None) -> list[int]:  # noqa: ARG002
        return [0]


def modelled(uri: str, *pins: Sequence[str], place: str | None = None) -> tuple[str, list[str]]:
    """A run with a model for each list of requirements, a step after the last one's; the ids of run and models.

    `place`: where the experiment keeps artifacts, if not where the store would.
    """
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(uri)
    try:
        experiment = mlflow.create_experiment(f"models at {place}", artifact_location=place)
        with mlflow.start_run(experiment_id=experiment) as run, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = [
                mlflow.pyfunc.log_model(name="m", python_model=Constant(), pip_requirements=[*own], step=step)
                for step, own in enumerate(pins)
            ]
    finally:
        mlflow.set_tracking_uri(before)
    return str(run.info.run_id), [str(one.model_id) for one in made]
