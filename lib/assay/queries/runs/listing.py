"""What has been run? Runs, or configurations with their replicates averaged."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.nesting import below
from assay.analysis.replicates import trainings
from assay.cache import contents, reads
from assay.cache.connection import reading
from assay.model.label import without_common_key
from assay.model.metric import LARGEST
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import RUN_NAME, RUN_PARENT, Listing, ListQuestion
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Selection
from assay.model.runs.store import LifecycleStage
from assay.model.sync import Snapshot
from assay.queries.metrics import measured_times, notable, unit
from assay.queries.runs import rows
from assay.queries.runs.distinctions import distinctions
from assay.queries.runs.labels import foremost, labels, spelled_out
from assay.queries.runs.replicates import marked
from assay.queries.runs.selection import counted, require, unknown_keys
from assay.queries.runs.selection import selection as selected
from assay.workspace import Workspace

MOST_METRICS = 3
MOST_PARAMS = 6
# From here on it is faster to read a param of every run than to look up those of some.
MOST_IDS = 20_000


def listing(work: Workspace, question: ListQuestion) -> Listing:
    """The runs that are asked for, grouped.

    Raises SelectionError for an unknown experiment and for a param to group by or to ignore, or a column, that no run
    carries, where there is any run at all; FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        return _listing(work.snapshot, work.policy.leaving_out(question.ignore), question)


def _listing(snapshot: Snapshot, policy: Policy, question: ListQuestion) -> Listing:
    selection = selected(snapshot, experiments=question.experiments, filter=question.filter, deleted=question.deleted)
    group_by, metrics, params = question.group_by, question.metrics, question.params
    keys = reads.keys(snapshot, selection)
    seeds, ignored = policy.params.seeds_among(keys.params), policy.params.ignored_among(keys.params)
    grouping, aside = tuple(group_by or ()) or None, measured_times(keys.metrics)
    runs = reads.runs(snapshot, selection, seeds=seeds, ignored=ignored, group_by=grouping)
    if len(runs):
        asked = [key for key in (*(group_by or ()), *(params or ())) if key not in (RUN_NAME, RUN_PARENT)]
        require("param", [*asked, *question.ignore], keys.params)
        require("metric", metrics or (), keys.metrics)
    replicates = marked(snapshot, runs, aside, any_status=selection.names_status)
    runs = runs.assign(excluded=replicates.excluded)
    shown = tuple(metrics) if metrics is not None else notable(policy, keys.metrics)[:MOST_METRICS]
    found = reads.metrics(snapshot, selection, shown)
    nested = _nested(snapshot, selection, runs, found.values)
    lost = (nested | ~found.logged.to_numpy(dtype=bool)).all(axis=1) & nested.any(axis=1)
    runs["excluded"] = runs["excluded"].mask(lost, Exclusion.NESTED.value)
    if group_by is None:
        answer = rows.single(runs, found.values)
    else:
        answer = rows.configurations(runs, found.values.mask(nested))
    configuring = policy.params.configuring_among(keys.params)
    by_all = group_by is not None and not group_by
    variety = contents.variety(snapshot, selection) if by_all or params is None else {}
    columns = tuple(params) if params is not None else _varying(variety, configuring)[:MOST_PARAMS]
    table, labelled = _described(snapshot, selection, answer.rows, columns, configuring, variety, group_by)
    if group_by:
        table = _mixed(snapshot, selection, table, answer.of)
    answer.rows["label"] = labelled
    answer.rows["name"] = _names(answer.rows)
    return Listing(
        grouped=group_by is not None,
        selection=selection,
        rows=answer.rows,
        mean=answer.mean,
        std=answer.std,
        count=answer.count,
        params=table[list(columns)],
        scores=answer.scores,
        members=pd.Series(answer.rows.index.to_numpy()[answer.of], index=runs["run_id"], name="row", dtype=object),
        metrics=shown,
        units=tuple(unit(policy, metric, _finite(answer.mean[metric])) for metric in shown),
        seeds=seeds,
        found=len(runs),
        hidden=_all_runs(snapshot, selection) - len(runs),
        excluded=counted(runs["excluded"]),
        notes=(
            *unknown_keys(snapshot, selection),
            *_picked(selection, group_by),
            *replicates.notes,
            *([] if group_by is None else _shared_seeds(runs, found.values)),
            *(distinctions(snapshot, policy, runs[runs["excluded"].eq("")], keys) if by_all else ()),
            *_not_finite(found, runs["excluded"].eq("").to_numpy()),
        ),
    )


def _nested(
    snapshot: Snapshot, selection: Selection, runs: pd.DataFrame, values: pd.DataFrame
) -> npt.NDArray[np.bool_]:
    """Whether a value is that of a run nested below one of its configuration which has its own; as `values`."""
    if selection.names_parent or runs["parent_run_id"].eq("").all():
        return np.zeros(values.shape, dtype=bool)
    scored = (values.abs() < LARGEST).to_numpy(dtype=bool) & runs["excluded"].eq("").to_numpy(dtype=bool)[:, None]
    parents = reads.parents(snapshot)
    return scored & below(runs["run_id"].tolist(), parents, scored, runs["configuration"].tolist())


def _shared_seeds(runs: pd.DataFrame, values: pd.DataFrame) -> list[Note]:
    """The note on runs that are averaged because they share setup and seed."""
    scored = (values.abs() < LARGEST).any(axis=1).to_numpy(dtype=bool)
    _, sizes = np.unique(trainings(runs)[scored & runs["excluded"].eq("").to_numpy(dtype=bool)], return_counts=True)
    several = sizes[sizes > 1]
    return [note(RunNote.SEED_SHARED, runs=int(several.sum()), seeds=several.size)] if several.size else []


def _described(
    snapshot: Snapshot,
    selection: Selection,
    rows: pd.DataFrame,
    columns: Sequence[str],
    configuring: Sequence[str],
    variety: Mapping[str, int],
    group_by: Sequence[str] | None,
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """The params `columns` of each row's run, and what each row is called."""
    names, ids = rows.pop("name"), rows["run_id"].str[:8]
    if group_by is None:
        return _params(snapshot, selection, rows, columns), names.where(names != "", ids)
    if group_by:
        table = _params(snapshot, selection, rows, (*group_by, *columns))
        return table[list(columns)], spelled_out(table[list(group_by)])
    table = _params(snapshot, selection, rows, (*configuring, *columns))
    several = rows["found"] > 1
    everywhere = Selection(selection.experiments, deleted=selection.deleted)
    values = contents.variety(snapshot, everywhere) if selection.conditions else variety
    otherwise = ids.where(~several, foremost(table[list(configuring)], values))
    varying = list(_varying(variety, configuring))
    label = _labels(table[varying], names.where(~several, ""), otherwise, rows["experiment_id"])
    return table[list(columns)], label


def _params(snapshot: Snapshot, selection: Selection, rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The params `names` of each row's run, with the index of `rows`."""
    chosen = selection if len(rows) > MOST_IDS else rows["run_id"].tolist()
    return reads.params(snapshot, chosen, names).reindex(rows["run_id"]).set_axis(rows.index)


def _mixed(snapshot: Snapshot, selection: Selection, table: pd.DataFrame, of: rows.Codes) -> pd.DataFrame:
    """`table` with `3 values` where the runs of a row do not agree on a param."""
    every = reads.params(snapshot, selection, tuple(table.columns)).set_axis(of)
    counts = every.fillna("").groupby(level=0).nunique().set_axis(table.index)
    return table.where(counts <= 1, counts.astype(str) + " values")


def _finite(values: pd.Series) -> list[float]:
    return [float(value) for value in values[np.isfinite(values)]]


def _names(rows: pd.DataFrame) -> pd.Series:
    """Labels without a param that all of their experiment name."""
    labels = rows.groupby("experiment_id")["label"]
    return labels.transform(lambda own: without_common_key(own.tolist())).astype(object)


def _picked(selection: Selection, group_by: Sequence[str] | None) -> list[Note]:
    """The warning for means over runs that a filter picks by their score."""
    by = tuple(dict.fromkeys(c.key for c in selection.conditions if c.entity == "metric"))
    return [note(RunNote.PICKED_BY_SCORE, metrics=by)] if by and group_by is not None else []


def _labels(params: pd.DataFrame, names: pd.Series, otherwise: pd.Series, experiments: pd.Series) -> "pd.Series[str]":
    """A label a row, by what varies within its experiment."""
    parts = [labels(own, names[own.index], otherwise[own.index]) for _, own in params.groupby(experiments.to_numpy())]
    return pd.concat(parts).reindex(names.index) if parts else names


def _varying(variety: Mapping[str, int], keys: Sequence[str]) -> tuple[str, ...]:
    """The params of `keys` that tell configurations apart: more than one value, or not logged by all."""
    return tuple(key for key in keys if variety[key] > 1)


def _all_runs(snapshot: Snapshot, selection: Selection) -> int:
    """How many runs the experiments of `selection` hold, whatever its filter."""
    within = [
        e for e in reads.experiments(snapshot) if not selection.experiments or e.experiment_id in selection.experiments
    ]
    if selection.deleted:
        return sum(e.runs + e.deleted for e in within)
    return sum(e.runs for e in within if e.lifecycle_stage is LifecycleStage.ACTIVE)


def _not_finite(found: reads.Metrics, used: npt.NDArray[np.bool_]) -> list[Note]:
    """A note on each metric that some averaged runs logged as NaN, as infinite, or as too large a number."""
    odd = (found.logged & ~np.isfinite(found.values))[used].sum()
    large = (np.isfinite(found.values) & (found.values.abs() >= LARGEST))[used].sum()
    counts = ((RunNote.NOT_FINITE, odd), (RunNote.TOO_LARGE, large))
    return [note(code, metric=str(key), n=int(n)) for code, column in counts for key, n in column.items() if n]
