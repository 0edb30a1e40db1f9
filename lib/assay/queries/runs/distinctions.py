"""What tells runs apart that should be replicates, and what ties them together?"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from assay.analysis.replicates import rivals
from assay.cache import reads
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.listing import RUN_NAME, RUN_PARENT
from assay.model.runs.notes import RunNote
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot

_TRAINING = ["setup", "seed"]
# What MLflow calls a run that nobody named.
_UNNAMED = r"^[a-z]+-[a-z]+-\d+$"
_SIZES = (("n_train", "n_test"), ("n_train", "n_val"), ("train_size", "test_size"), ("num_train", "num_test"))


def distinctions(snapshot: Snapshot, policy: Policy, runs: pd.DataFrame, keys: Keys, *sides: int) -> tuple[Note, ...]:
    """On usable `runs` as `reads.runs` gives them, grouped by all params; `sides`: where they stand in a comparison."""
    said = [_by_name(runs, sides), _by_one_param(snapshot, policy, runs, keys, sides)]
    said += _folds(snapshot, policy, runs, keys, sides)
    return tuple(one for one in said if one)


def _by_name(runs: pd.DataFrame, sides: Sequence[int]) -> Note | None:
    """Where params and seeds are equal, but parents or names that people gave are not."""
    close = runs[rivals(runs)]
    alike = close[close.duplicated(_TRAINING, keep=False)]
    if alike.empty:
        return None
    own = alike["name"].mask(alike["name"].str.match(_UNNAMED), "")
    for by, values in ((RUN_PARENT, alike["parent_run_id"]), (RUN_NAME, own)):
        kinds = values.groupby([alike["setup"], alike["seed"]], dropna=False).transform("nunique")
        if (kinds > 1).any():
            return note(RunNote.TOLD_APART, *sides, n=int((kinds > 1).sum()), by=by)
    return None


def _by_one_param(
    snapshot: Snapshot, policy: Policy, runs: pd.DataFrame, keys: Keys, sides: Sequence[int]
) -> Note | None:
    """Where no configuration has two runs because of a single param, which is another one in every run."""
    if len(runs) < 2 or runs["configuration"].duplicated().any():
        return None
    ids, names = runs["run_id"].tolist(), policy.params.configuring_among(keys.params)
    everywhere = [name for name in names if keys.counts["params"][name] >= len(ids)]
    alone = [
        name for name, own in reads.params(snapshot, ids, everywhere).items() if own.notna().all() and own.is_unique
    ]
    if len(alone) != 1:
        return None
    rest = reads.params(snapshot, ids, [name for name in names if name != alone[0]])
    merged = not rest.shape[1] or rest.fillna("").assign(of=runs["experiment_id"].to_numpy()).duplicated().any()
    return note(RunNote.PARAM_ALWAYS_DIFFERS, *sides, param=str(alone[0]), n=len(ids)) if merged else None


def _folds(snapshot: Snapshot, policy: Policy, runs: pd.DataFrame, keys: Keys, sides: Sequence[int]) -> list[Note]:
    """Where replicates are folds; with how much wider intervals should be, where the sizes of splits are logged."""
    said = []
    for name in policy.params.seeds_among(keys.params):
        if "fold" not in re.split("[^a-z]+", name.lower()):
            continue
        found = reads.params(snapshot, runs["run_id"].tolist(), [name, *dict.fromkeys(np.ravel(_SIZES).tolist())])
        folds = int(found[name].groupby(runs["configuration"].to_numpy()).nunique().max()) if len(found) else 0
        if folds > 1:
            widening = _widening(found, folds)
            said.append(note(RunNote.FOLDS_DEPEND, *sides, param=name, folds=folds, widening=widening))
    return said


def _widening(found: pd.DataFrame, folds: int) -> float | None:
    """√(1 + k n₂/n₁), of Nadeau and Bengio's variance (1/k + n₂/n₁) s² to the usual s²/k."""
    for train, test in _SIZES:
        ratio = (pd.to_numeric(found[test], errors="coerce") / pd.to_numeric(found[train], errors="coerce")).median()
        if np.isfinite(ratio) and ratio > 0:
            return float(np.sqrt(1.0 + folds * ratio))
    return None
