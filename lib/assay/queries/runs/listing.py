"""What has been run? Runs, or configurations with their replicates averaged."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

import numpy as np
import pandas as pd

from assay.analysis.replicates import trainings
from assay.cache import contents, datasets, reads
from assay.cache.connection import reading
from assay.model.metric import LARGEST
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.listing import RUN_NAME, RUN_PARENT, Listing, ListQuestion
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Selection
from assay.model.runs.store import LifecycleStage
from assay.model.sync import Snapshot
from assay.queries.metrics import notable, unit
from assay.queries.runs import rows
from assay.queries.runs.counting import counted_runs
from assay.queries.runs.distinctions import distinctions
from assay.queries.runs.names import names_of, run_names, spelled_out
from assay.queries.runs.order import folded, ordered
from assay.queries.runs.selection import counted, require, unknown_keys, unknown_values
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
    selection = selected(
        snapshot,
        experiments=question.experiments,
        filter=question.filter,
        deleted=question.deleted,
        text=question.text,
    )
    group_by, metrics, params = question.group_by, question.metrics, question.params
    keys = reads.keys(snapshot, selection)
    shown = tuple(metrics) if metrics is not None else notable(policy, keys.metrics)[:MOST_METRICS]
    if question.order is not None:
        shown = (question.order.metric, *(name for name in shown if name != question.order.metric))
    counting = counted_runs(snapshot, policy, selection, keys, shown, tuple(group_by or ()) or None)
    runs, found = counting.runs, counting.found
    if len(runs):
        asked = [key for key in (*(group_by or ()), *(params or ())) if key not in (RUN_NAME, RUN_PARENT)]
        require("param", [*asked, *question.ignore], keys.params)
        require("metric", [*(metrics or ()), *([question.order.metric] if question.order else [])], keys.metrics)
    if group_by is None:
        answer = rows.single(runs, found.values)
    else:
        answer = rows.configurations(runs, found.values.mask(counting.nested))
    configuring = policy.params.configuring_among(keys.params)
    by_all = group_by is not None and not group_by
    variety = contents.variety(snapshot, selection) if params is None else {}
    columns = tuple(params) if params is not None else _varying(variety, configuring)[:MOST_PARAMS]
    table = _params(snapshot, selection, answer.rows, (*(group_by or ()), *columns))
    if group_by is None:
        answer.rows["name"] = run_names(answer.rows)
    elif group_by:
        answer.rows["name"] = spelled_out(table[list(group_by)])
        table = _mixed(snapshot, selection, table, answer.of)
    else:
        answer.rows["called"] = answer.rows.index.map(names_of(snapshot, policy, selection))
        answer.rows["name"] = answer.rows["called"].map(attrgetter("text"))
    answer.rows["data"] = _tested(snapshot, selection, runs, answer.of)
    made = Listing(
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
        seeds=counting.seeds,
        found=len(runs),
        hidden=_all_runs(snapshot, selection) - len(runs),
        excluded=counted(runs["excluded"]),
        notes=(
            *unknown_keys(snapshot, selection),
            *(_picked(selection, group_by) if len(runs) else unknown_values(snapshot, selection)),
            *counting.notes,
            *([] if group_by is None else _shared_seeds(runs, found.values)),
            *(distinctions(snapshot, policy, runs[runs["excluded"].eq("")], keys) if by_all else ()),
            *found.doubts(policy, counting.counts),
        ),
    )
    if question.order is None:
        return made
    if question.folded and by_all:
        made = folded(snapshot, made, runs, question.order)
    return ordered(made, question.order, policy.statistics.minimum_runs)


def _tested(snapshot: Snapshot, selection: Selection, runs: pd.DataFrame, of: rows.Codes) -> list[tuple[str, ...]]:
    """Of each row the different test data of its runs, of those that count where some do."""
    chosen = selection if len(runs) > MOST_IDS else runs["run_id"].tolist()
    tested = datasets.test_data(snapshot, chosen).reindex(runs["run_id"]).fillna("")
    used = runs["excluded"].eq("").to_numpy(dtype=bool)
    telling = used | ~np.isin(of, of[used])
    own = pd.DataFrame({"row": of, "data": tested.to_numpy()})[telling].drop_duplicates().sort_values(["row", "data"])
    found: list[tuple[str, ...]] = [()] * (int(of.max(initial=-1)) + 1)
    for row, text in zip(own["row"].tolist(), own["data"].tolist(), strict=True):
        found[row] = (*found[row], text)
    return found


def _shared_seeds(runs: pd.DataFrame, values: pd.DataFrame) -> list[Note]:
    """The note on runs that are averaged because they share setup and seed."""
    scored = (values.abs() < LARGEST).any(axis=1).to_numpy(dtype=bool)
    _, sizes = np.unique(trainings(runs)[scored & runs["excluded"].eq("").to_numpy(dtype=bool)], return_counts=True)
    several = sizes[sizes > 1]
    return [note(RunNote.SEED_SHARED, runs=int(several.sum()), seeds=several.size)] if several.size else []


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


def _picked(selection: Selection, group_by: Sequence[str] | None) -> list[Note]:
    """The warning for means over runs that a filter picks by their score."""
    by = tuple(dict.fromkeys(c.key for c in selection.conditions if c.entity == "metric"))
    return [note(RunNote.PICKED_BY_SCORE, metrics=by)] if by and group_by is not None else []


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
