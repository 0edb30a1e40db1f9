"""What is known of one run?"""

from collections.abc import Callable
from urllib.parse import quote

from assay import artifacts
from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import AssayError, SelectionError
from assay.model.evidence import FOLDER, LOGGED_BY
from assay.model.policy import Policy
from assay.model.runs.detail import Detail, Evidence, EvidenceState, History, Relative
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Selection
from assay.model.runs.store import LifecycleStage, Run
from assay.model.sync import Snapshot
from assay.queries.runs.replicates import read
from assay.workspace import Workspace


def detail(work: Workspace, run_id: str) -> Detail:
    """The run `run_id`, deleted ones too; raises SelectionError when the store holds no such run."""
    with reading(work.snapshot):
        return _detail(work.snapshot, work.policy, work.settings.mlflow_url, run_id)


def _detail(snapshot: Snapshot, policy: Policy, mlflow_url: str, run_id: str) -> Detail:
    run = reads.run(snapshot, run_id)
    if run is None:
        raise SelectionError(RunNote.UNKNOWN_RUN, run_id=run_id)
    siblings = _relatives(snapshot, policy, Selection((run.experiment_id,), (), "", _deleted(run)))
    own = siblings.get(run_id)
    same = tuple(r for r, key, _ in siblings.values() if own and key == own[1])
    parent = siblings.get(run.tags.get("mlflow.parentRunId", ""))
    return Detail(
        run=run,
        seeds=policy.params.seeds_among(tuple(run.params)),
        replicates=same,
        parent=parent[0] if parent else None,
        children=tuple(r for r, _, above in siblings.values() if above == run_id),
        link=_link(mlflow_url, run),
    )


def history(work: Workspace, logged: tuple[str, str]) -> History:
    """Every value of a metric (run id, key), read from the store now; a store that is away is a reason, no error."""
    try:
        return History(artifacts.store(work.settings).history(*logged))
    except AssayError as error:
        return History((), error.note)


def evidence(work: Workspace, run_id: str) -> EvidenceState:
    """Which evidence the run logged, looked up in its artifacts now."""
    try:
        found = {artifact.path for artifact in artifacts.store(work.settings).artifacts(run_id, FOLDER)}
    except AssayError as error:
        return EvidenceState(_items(lambda _: None), error.note)
    return EvidenceState(_items(lambda path: path in found))


def _items(logged: Callable[[str], bool | None]) -> tuple[Evidence, ...]:
    return tuple(Evidence(path.removeprefix(f"{FOLDER}/"), logged(path), how) for path, how in LOGGED_BY.items())


def _deleted(run: Run) -> bool:
    return run.lifecycle_stage is LifecycleStage.DELETED


def _relatives(snapshot: Snapshot, policy: Policy, within: Selection) -> dict[str, tuple[Relative, str, str]]:
    """run_id → the run, its configuration and its parent's id, for every run of the selection."""
    runs, replicates = read(snapshot, policy, within)
    columns = ("run_id", "name", "seed", "status", "configuration", "parent_run_id")
    rows = zip(*(runs[column].tolist() for column in columns), replicates.excluded.tolist(), strict=True)
    return {
        run_id: (
            Relative(run_id, name, seed or None, status, Exclusion(excluded) if excluded else None),
            configuration,
            parent,
        )
        for run_id, name, seed, status, configuration, parent, excluded in rows
    }


def _link(mlflow_url: str, run: Run) -> str:
    # The ids are the store's: none may lead anywhere else.
    experiment, run_id = quote(run.experiment_id, safe=""), quote(run.run_id, safe="")
    return f"{mlflow_url}/#/experiments/{experiment}/runs/{run_id}" if mlflow_url else ""
