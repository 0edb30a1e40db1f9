"""What is known of one run?"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from assay import sources
from assay.analysis.replicates import replicates
from assay.cache import reads
from assay.errors import AssayError, SelectionError
from assay.model.evidence import FOLDER, LOGGED_BY
from assay.model.policy import Policy
from assay.model.runs import LifecycleStage, MetricPoint, Run
from assay.model.selection import Selection
from assay.model.sync import Snapshot
from assay.settings import Settings


@dataclass(frozen=True, slots=True)
class Relative:
    """A run that has to do with the one looked at; `excluded` says why no mean counts it ("" when one does)."""

    run_id: str
    name: str
    seed: str | None
    status: str
    excluded: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One run and its relatives.

    `replicates`: the runs of its configuration, itself among them. `seeds`: which of its params are seeds.
    `link`: the run in MLflow's own pages, "" when nobody said where these are.
    """

    run: Run
    seeds: tuple[str, ...]
    replicates: tuple[Relative, ...]
    parent: Relative | None
    children: tuple[Relative, ...]
    link: str


@dataclass(frozen=True, slots=True)
class History:
    """A metric's logged values by timestamp, then in the order of logging; empty with the reason why."""

    points: tuple[MetricPoint, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: whether the run logged it (None: cannot be told now) and the line that logs it."""

    name: str
    logged: bool | None
    how: str


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """Every kind of evidence, and the reason when the artifacts cannot be looked at."""

    items: tuple[Evidence, ...]
    reason: str | None = None


def detail(snapshot: Snapshot, policy: Policy, settings: Settings, run_id: str) -> Detail:
    """The run `run_id`, deleted ones too; raises SelectionError when the store holds no such run."""
    run = reads.run(snapshot, run_id)
    if run is None:
        raise SelectionError(f"There is no run {run_id!r} in this store; it may have been removed for good.")
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
        link=_link(settings.mlflow_url, run),
    )


def history(settings: Settings, run_id: str, key: str) -> History:
    """Every value of one metric, read from the store now; a store that is away is a reason, not an error."""
    try:
        return History(sources.open(settings.tracking_uri, settings.artifact_roots).history(run_id, key))
    except AssayError as error:
        return History((), str(error))


def evidence(settings: Settings, run_id: str) -> EvidenceState:
    """Which evidence the run logged, looked up in its artifacts now."""
    try:
        source = sources.open(settings.tracking_uri, settings.artifact_roots)
        found = {artifact.path for artifact in source.artifacts(run_id, FOLDER)}
    except AssayError as error:
        return EvidenceState(_items(lambda _: None), str(error))
    return EvidenceState(_items(lambda path: path in found))


def _items(logged: Callable[[str], bool | None]) -> tuple[Evidence, ...]:
    return tuple(Evidence(path.removeprefix(f"{FOLDER}/"), logged(path), how) for path, how in LOGGED_BY.items())


def _deleted(run: Run) -> bool:
    return run.lifecycle_stage is LifecycleStage.DELETED


def _relatives(snapshot: Snapshot, policy: Policy, within: Selection) -> dict[str, tuple[Relative, str, str]]:
    """run_id → the run, its configuration and its parent's id, for every run of the selection."""
    keys = reads.keys(snapshot, within).params
    seeds, ignored = policy.params.seeds_among(keys), policy.params.ignored_among(keys)
    runs = reads.runs(snapshot, within, seeds=seeds, ignored=ignored)
    marked = replicates(runs)
    columns = ("run_id", "name", "seed", "status", "configuration", "parent_run_id")
    rows = zip(*(runs[column].tolist() for column in columns), marked.excluded.tolist(), strict=True)
    return {
        run_id: (Relative(run_id, name, seed or None, status, excluded), configuration, parent)
        for run_id, name, seed, status, configuration, parent, excluded in rows
    }


def _link(mlflow_url: str, run: Run) -> str:
    # The ids are the store's: none may lead anywhere else.
    experiment, run_id = quote(run.experiment_id, safe=""), quote(run.run_id, safe="")
    return f"{mlflow_url}/#/experiments/{experiment}/runs/{run_id}" if mlflow_url else ""
