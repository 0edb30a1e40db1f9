"""What is known of one run?"""

from collections.abc import Callable
from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay import artifacts
from assay.analysis.nesting import below
from assay.analysis.replicates import trainings
from assay.cache import contents, reads
from assay.cache.connection import reading
from assay.errors import AssayError, SelectionError
from assay.model.evidence.files import CHANGES, FOLDER, LOGGED_BY
from assay.model.metric import LARGEST
from assay.model.runs.detail import Detail, Evidence, EvidenceState, Relative, Standing
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.name import Name
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import PARENT, Selection
from assay.model.runs.store import LifecycleStage, Run
from assay.model.sync import Snapshot
from assay.queries.runs.inventory import place
from assay.queries.runs.names import names_of
from assay.queries.runs.origin import origin
from assay.queries.runs.replicates import read
from assay.queries.values import latest_values
from assay.workspace import Workspace


def detail(work: Workspace, run_id: str) -> Detail:
    """The run `run_id`, deleted ones too; raises SelectionError when the store holds no such run."""
    with reading(work.snapshot):
        return _detail(work, run_id)


def _detail(work: Workspace, run_id: str) -> Detail:
    snapshot, policy = work.snapshot, work.policy
    run = reads.run(snapshot, run_id)
    if run is None:
        raise SelectionError(RunNote.UNKNOWN_RUN, run_id=run_id)
    within = Selection((run.experiment_id,), (), "", _deleted(run))
    runs, replicates = read(snapshot, policy, within)
    runs = runs.assign(excluded=replicates.excluded)
    siblings = _relatives(runs)
    own = siblings.get(run_id)
    used = runs[runs["configuration"].eq(own[1] if own else "") & runs["excluded"].eq("")]
    scores = latest_values(snapshot, policy, used["run_id"].tolist(), tuple(run.metrics))
    same = tuple(r for r, key, _ in siblings.values() if own and key == own[1])
    parent, spreads = siblings.get(run.tags.get(PARENT, "")), contents.spreads(snapshot, within)
    called = names_of(snapshot, policy, within)
    return Detail(
        run=run,
        seeds=policy.params.seeds_among(tuple(run.params)),
        replicates=same,
        parent=parent[0] if parent else None,
        children=tuple(r for r, _, above in siblings.values() if above == run_id),
        link=_link(work.settings.mlflow_url, run),
        place=place(work, run.experiment_id),
        siblings=len(runs),
        origin=origin(run),
        standings=_standings(snapshot, used, scores.values),
        spreads=spreads,
        called=called.get(own[1] if own else "", Name()),
        unknown=frozenset(key for key, value in run.metrics.items() if value in policy.metric(key).unknown),
        notes=scores.doubts(policy, np.ones(len(used), dtype=bool)),
    )


def _standings(snapshot: Snapshot, used: pd.DataFrame, values: pd.DataFrame) -> dict[str, Standing]:
    """Each metric over the trainings among the runs of one configuration that count, those of one seed averaged.

    Of a run and those nested below it, the one above counts.
    """
    values = values.where(values.abs() < LARGEST)
    if used["parent_run_id"].ne("").any():
        scored = values.notna().to_numpy(dtype=bool)
        ids, alike = used["run_id"].tolist(), used["configuration"].tolist()
        values = values.mask(scored & below(ids, reads.parents(snapshot), scored, alike))
    trained = values.groupby(trainings(used)).mean()
    return {str(key): _standing(column.dropna().to_numpy()) for key, column in trained.items() if column.notna().any()}


def _standing(values: npt.NDArray[np.float64]) -> Standing:
    std = float(values.std(ddof=1)) if len(values) > 1 else None
    return Standing(tuple(sorted(values.tolist())), float(values.mean()), std)


def evidence(work: Workspace, run_id: str) -> EvidenceState:
    """Which evidence the run logged, looked up in its artifacts now."""
    try:
        found = {artifact.path for artifact in artifacts.store(work.settings).artifacts(run_id, FOLDER)}
    except AssayError as error:
        return EvidenceState(_items(lambda _: None), error.note)
    return EvidenceState(_items(lambda path: path in found))


def _items(logged: Callable[[str], bool | None]) -> tuple[Evidence, ...]:
    """Those that a run may have; changes are listed where they were logged, for a clean tree has none."""
    asked = (path for path in LOGGED_BY if path != CHANGES or logged(path))
    return tuple(Evidence(path.removeprefix(f"{FOLDER}/"), logged(path), LOGGED_BY[path]) for path in asked)


def _deleted(run: Run) -> bool:
    return run.lifecycle_stage is LifecycleStage.DELETED


def _relatives(runs: pd.DataFrame) -> dict[str, tuple[Relative, str, str]]:
    """run_id → the run, its configuration and its parent's id."""
    columns = ("run_id", "name", "seed", "status", "configuration", "parent_run_id", "excluded")
    rows = zip(*(runs[column].tolist() for column in columns), strict=True)
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
