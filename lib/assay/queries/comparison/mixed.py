"""Are the runs of a side replicates of one thing, or do they mix code and training data?"""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from assay.analysis.evidence.code import short
from assay.analysis.evidence.differences import drawn_by_seed
from assay.cache import datasets
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.note import Note, note
from assay.model.sync import Snapshot
from assay.queries.comparison.sides import Found
from assay.queries.runs.commits import commits

_MOST_NAMED = 3


def doubts(
    snapshot: Snapshot, found: Sequence[Found], of_data: Sequence[Note], *, over_tasks: bool
) -> tuple[Note, ...]:
    """On sides whose runs are of several commits, or were trained on several sets of data that the seed did not draw.

    Who logged none is no commit and no set more. `of_data`: where these say that test data vary, no more is said of
    data; nor where there are several tasks (`over_tasks`), which have data of their own.
    """
    told_of = {side for one in of_data if one.code is Says.TEST_DATA_VARY for side in one.sides}
    unique = list(dict.fromkeys(run_id for side in found for run_id in side.used["run_id"]))
    code, trained = commits(snapshot, unique), _trained(snapshot, unique)
    said = []
    for place, side in enumerate(found):
        own = side.used["run_id"]
        used = Counter(code.reindex(own).dropna())
        if len(used) > 1:
            names = tuple(map(short, sorted(used, key=lambda one: (-used[one], one))[:_MOST_NAMED]))
            told = {"n": len(used), "runs": len(own), "unlogged": len(own) - used.total()}
            said.append(note(Says.SEVERAL_COMMITS, place, names=names, **told))
        data = side.used[["run_id", "seed"]].assign(data=own.map(trained)).dropna(subset="data")
        sets, seeds = data["data"].nunique(), [None if pd.isna(seed) else str(seed) for seed in data["seed"]]
        if sets > 1 and not over_tasks and place not in told_of and not drawn_by_seed(data["data"].tolist(), seeds):
            said.append(note(Says.TRAINING_DATA_VARY, place, n=sets, runs=len(own)))
    return tuple(said)


def _trained(snapshot: Snapshot, run_ids: Sequence[str]) -> "pd.Series[str]":
    """The digests of each run's training data, as one text; runs without, or of which one has none, are left out."""
    used, known = datasets.sides(snapshot, run_ids)
    own = used[~used["tested"].astype(bool)]
    rows = own.assign(digest=own["dataset"].map(known["digest"]))[["run_id", "digest"]].drop_duplicates()
    rows = rows[~rows["run_id"].isin(rows.loc[rows["digest"].eq(""), "run_id"])].sort_values(["run_id", "digest"])
    # Most runs have one: only the others are joined.
    several = rows["run_id"].duplicated(keep=False)
    joined = rows[several].groupby("run_id")["digest"].agg(" ".join)
    every: pd.Series[str] = pd.concat([rows[~several].set_index("run_id")["digest"], joined])
    return every
