"""The runs of one study in an MLflow store: which cells are done, who is at one, and a new attempt at it."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assay.errors import EvidenceError
from assay.evidence.ablation.processes import is_dead, this_process
from assay.model.ablation.tags import COMPONENTS_TAG, STUDY_TAG, TAG

if TYPE_CHECKING:
    from mlflow.entities import Run

CELL_TAG = f"{TAG}.cell"
"""Which cell with which seed a run is of, as its name says too."""

PROCESS_TAG = f"{TAG}.process"
"""The process that evaluates, so that a run whose process was killed is known."""

ERROR_TAG = f"{TAG}.error"
"""What the evaluator raised."""

METRICS_TAG = f"{TAG}.metrics"
"""The names of the metrics that the evaluator returned, as JSON; it may have logged others too."""

_MOST_FOUND = 10**7
_LONGEST = 1000
_PATIENCE = 10.0
"""Seconds that somebody who claimed a cell at the same moment is waited for."""
_BATCH = 100
_open: dict[str, int] = {}
"""Runs that this very process is at, and its id, which no child has that an evaluation forks."""


class LeftToOther(Exception):  # noqa: N818 - it says who goes on, not what went wrong
    """Another run has the cell: finished, or running in a process that lives."""

    def __init__(self, run: "Run") -> None:
        self.run = run


class EvaluationFailed(Exception):  # noqa: N818 - the evaluation did, and its run says so
    """What the evaluator raised or returned, in words."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Those of a study that is known by its name and its components' digest; of the active experiment without one."""

    experiment_id: str | None
    study: str
    digest: str

    def taken(self, cell: str = "") -> "dict[str, Run]":
        """The run of each cell, or of one, that is finished or going on; those whose process died become KILLED."""
        runs = sorted(self._standing(cell), key=lambda run: run.info.status == "FINISHED")
        return {run.data.tags[CELL_TAG]: run for run in runs}

    @contextmanager
    def begun(self, cell: str, params: Mapping[str, str], tags: Mapping[str, str]) -> "Iterator[str]":
        """A run of this cell, active inside: FAILED by an Exception there, KILLED by what else ends it.

        Raises LeftToOther where the cell is done or somebody is at it, and EvaluationFailed of an Exception.
        """
        import mlflow

        if cell in (there := self.taken(cell)):
            raise LeftToOther(there[cell])
        ours = {STUDY_TAG: self.study, COMPONENTS_TAG: self.digest, CELL_TAG: cell, PROCESS_TAG: this_process()}
        with _active(self.experiment_id, cell, {**tags, **ours}) as (run_id, ends_as):
            self._settle(run_id, cell, params)
            try:
                yield run_id
            except Exception as error:
                if _open[run_id] != os.getpid():
                    raise  # in a child: the evaluation goes on in its parent
                mlflow.MlflowClient().set_tag(run_id, ERROR_TAG, words(error))
                ends_as("FAILED")
                raise EvaluationFailed(words(error)) from error
            ends_as("FINISHED")

    def _settle(self, run_id: str, cell: str, params: Mapping[str, str]) -> None:
        """Makes the claim hold by logging its params, or raises LeftToOther.

        Everybody looks once their claim stands, so that of two who claim a cell at once one at least sees the other.
        The higher id gives way at once; the lower one waits until that one has given way, or has params and goes on.
        """
        import mlflow
        from mlflow.entities import Param

        late = time.monotonic() + _PATIENCE
        while others := [run for run in self._standing(cell) if run.info.run_id != run_id]:
            for run in others:
                if run.data.params or run.info.run_id < run_id or time.monotonic() > late:
                    raise LeftToOther(run)
            time.sleep(0.02)
        logged = [Param(key, value) for key, value in params.items()]
        for start in range(0, len(logged), _BATCH):
            mlflow.MlflowClient().log_batch(run_id, params=logged[start : start + _BATCH])

    def _standing(self, cell: str) -> "Iterator[Run]":
        import mlflow

        where = f"tags.`{COMPONENTS_TAG}` = '{self.digest}'" + (f" AND tags.`{CELL_TAG}` = '{cell}'" if cell else "")
        within = None if self.experiment_id is None else [self.experiment_id]
        for run in mlflow.search_runs(within, where, max_results=_MOST_FOUND, output_format="list"):
            if run.data.tags.get(STUDY_TAG) != self.study or CELL_TAG not in run.data.tags:
                continue
            if run.info.status == "RUNNING" and _is_lost(run):
                mlflow.MlflowClient().set_terminated(run.info.run_id, "KILLED")
            elif run.info.status == "RUNNING" or (run.info.status == "FINISHED" and METRICS_TAG in run.data.tags):
                yield run  # one that somebody else has ended has no metrics of its evaluation


def experiment_id(name: str | None) -> str | None:
    """Of the experiment `name`, made where there is none; None stands for the active one.

    Inside an MLflow project, whose run is named by the environment, that one becomes the active run first.
    """
    import mlflow

    if os.environ.get("MLFLOW_RUN_ID") and mlflow.active_run() is None:
        mlflow.start_run()
    if name is None:
        return None
    client = mlflow.MlflowClient()
    found = client.get_experiment_by_name(name)
    if found is None:
        try:
            return str(client.create_experiment(name))
        except mlflow.MlflowException:
            found = client.get_experiment_by_name(name)  # somebody else was quicker
            if found is None:
                raise
    if found.lifecycle_stage != "active":
        raise EvidenceError(f"The experiment {name!r} is deleted; restore it, or name another one.")
    return str(found.experiment_id)


def log_metrics(run_id: str, metrics: Mapping[str, float]) -> None:
    """As the last value of each, whatever the evaluator has logged of the same name itself."""
    import mlflow
    from mlflow.entities import Metric, RunTag

    client, now = mlflow.MlflowClient(), int(time.time() * 1000)
    there = client.get_run(run_id).data.metrics
    steps = {
        name: max(one.step for one in client.get_metric_history(run_id, name)) for name in metrics if name in there
    }
    logged = [Metric(name, value, now, steps.get(name, -1) + 1) for name, value in metrics.items()]
    client.log_batch(run_id, metrics=logged, tags=[RunTag(METRICS_TAG, json.dumps([*metrics]))])


def metrics_of_run(run: "Run") -> dict[str, float]:
    """Those that the evaluator returned, as it did."""
    return {name: run.data.metrics[name] for name in json.loads(run.data.tags[METRICS_TAG])}


def words(error: Exception) -> str:
    """What it is and says, shortened."""
    text = ""
    with suppress(Exception):  # there are those that cannot say what they are
        text = str(error)
    said = text if isinstance(error, EvidenceError) else f"{type(error).__name__}: {text}".removesuffix(": ")
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def _is_lost(run: "Run") -> bool:
    """Whether nobody is at it any more: its process is gone, or is this one, which is at others."""
    process = run.data.tags.get(PROCESS_TAG, "")
    return is_dead(process) or (process == this_process() and run.info.run_id not in _open)


@contextmanager
def _active(
    experiment_id: str | None, name: str, tags: dict[str, str]
) -> "Iterator[tuple[str, Callable[[str], None]]]":
    """A new run, active inside, and what says how it ends: as KILLED while nothing is said; LeftToOther deletes it."""
    import mlflow

    outer = mlflow.active_run()
    run = mlflow.start_run(experiment_id=experiment_id, run_name=name, nested=True, tags=tags)
    run_id, status, unused = run.info.run_id, ["KILLED"], False
    _open[run_id] = os.getpid()
    try:
        yield run_id, status.append
    except LeftToOther:
        unused = True
        raise
    finally:
        if _open[run_id] == os.getpid():
            _end(run_id, outer.info.run_id if outer else None, status[-1])
            del _open[run_id]
            if unused:
                mlflow.MlflowClient().delete_run(run_id)


def _end(run_id: str, outer: str | None, status: str) -> None:
    """Ends what the evaluator has left open, then this run, even one that the evaluator has ended itself."""
    import mlflow

    ended = set()
    while (active := mlflow.active_run()) and active.info.run_id != outer:
        mlflow.end_run(status)
        ended.add(active.info.run_id)
    if run_id not in ended:
        mlflow.MlflowClient().set_terminated(run_id, status)
