"""In which order does a list lead, and which trials of one search stand as a single row?"""

from dataclasses import replace
from operator import attrgetter

import numpy as np
import pandas as pd

from assay.model.metric import Direction
from assay.model.runs.listing import Listing, Order
from assay.model.runs.name import Name
from assay.model.sync import Snapshot
from assay.queries.runs.names import searches

_FEWEST_TRIALS = 5


def ordered(found: Listing, order: Order, fewest: int) -> Listing:
    """Best first within each experiment, experiments newest first.

    Among configurations those of at least `fewest` replicates lead: the best of many single runs is best by luck.
    """
    rows = found.rows
    values = found.mean[order.metric].to_numpy(dtype=float)
    values = -values if order.direction is Direction.MAXIMIZE else values
    places = {name: place for place, name in enumerate(rows["experiment_id"].unique())}
    few = (rows["replicates"] < fewest).to_numpy() & found.grouped
    unknown = ~np.isfinite(values)
    keys = (np.where(unknown, 0.0, values), unknown, few, rows["experiment_id"].map(places).to_numpy())
    return _picked(found, rows.index[np.lexsort(keys)])


def folded(snapshot: Snapshot, found: Listing, runs: pd.DataFrame, order: Order) -> Listing:
    """Trials of a search as one row with the values of the best of them: runs of their own below one parent.

    runs: as `reads.runs` gives them, every run found. A row is a trial when it is one run; five of them make a search.
    Its row keeps the key of its best trial, is called like the run above, gets how many `trials` have a score, and the
    scores of all; a run above them that has no score is part of it.
    """
    rows, about = found.rows, runs.set_index("run_id")
    above = rows["run_id"].map(about["parent_run_id"]).where(rows["found"] == 1, "").fillna("")
    sizes = above[above != ""].value_counts()
    sign = -1.0 if order.direction is Direction.MAXIMIZE else 1.0
    values = np.nan_to_num(sign * found.mean[order.metric].to_numpy(dtype=float), nan=np.inf)
    scores, last, data = found.scores.tolist(), rows["last_run"].tolist(), rows["data"].tolist()
    trials, search, best_of = [0] * len(rows), [""] * len(rows), dict[object, object]()
    called, tops = rows["called"].tolist(), sizes.index[sizes >= _FEWEST_TRIALS]
    named = searches(snapshot) if len(tops) else {}
    for name in tops:
        own = np.flatnonzero((above == name).to_numpy())
        best = int(own[values[own].argmin()])
        scores[best] = tuple(sorted(score for place in own for score in scores[place]))
        data[best] = tuple(sorted({text for place in own for text in data[place]}))
        scored = max(1, int(np.isfinite(values[own]).sum()))
        last[best], trials[best], search[best] = max(last[place] for place in own), scored, str(name)
        called[best] = named.get(name) or Name(otherwise=name[:8])
        best_of |= dict.fromkeys(rows.index[own], rows.index[best])
        top = np.flatnonzero((rows["run_id"] == name).to_numpy() & (rows["found"] == 1).to_numpy() & np.isinf(values))
        best_of |= dict.fromkeys(rows.index[top], rows.index[best])
    newest = pd.Series(last, rows.index, rows["last_run"].dtype)
    names = pd.Series(called, rows.index, dtype=object)
    tested = pd.Series(data, rows.index, dtype=object)
    kept = rows.assign(
        trials=trials, search=search, last_run=newest, data=tested, called=names, name=names.map(attrgetter("text"))
    )
    answer = replace(
        found,
        rows=kept,
        members=found.members.map(lambda row: best_of.get(row, row)),
        scores=pd.Series(scores, rows.index, dtype=object),
    )
    return _picked(answer, rows.index[[best_of.get(row, row) == row for row in rows.index]])


def _picked(found: Listing, index: pd.Index) -> Listing:
    """The rows of `index`, in its order."""
    frames = {name: getattr(found, name).loc[index] for name in ("rows", "mean", "std", "count", "params", "scores")}
    return replace(found, **frames)
