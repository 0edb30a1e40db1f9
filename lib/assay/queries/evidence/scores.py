"""Which metrics of which runs tell of leakage?"""

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.logged import LoggedScores, ScorePair
from assay.analysis.replicates import trainings
from assay.cache import reads
from assay.model.evidence.splits import SplitRole
from assay.model.metric import LARGEST, MetricUnit, words_of
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot
from assay.queries.metrics import direction, measured_among
from assay.queries.values import latest_values

Named = dict[str, dict[SplitRole, list[str]]]
"""What is measured → of which rows → by which metrics, those that name their rows before a plain one."""

_WHOLE, _CRUMB = 100.0, 1e-3
_OVER_FOLDS = re.compile(r"^(std_(test|val|valid|validation|cv)_|cv_std)|_cv_std$")
_AMOUNTS = frozenset((
    "batch", "batches", "bytes", "co2", "cost", "count", "counts", "emissions", "energy", "epochs", "examples", "flops",
    "iterations", "macs", "memory", "n", "num", "number", "parameters", "params", "price", "rows", "samples", "size",
    "steps", "support", "tokens",
))  # fmt: skip
"""Words of what may be the same on both sides without saying anything of them."""
_LARGEST_SD = 0.5
"""Of a share; where nothing else tells whether it is one."""
_FOLD = re.compile(r"(^|[._/-])folds?([._/-]?(id|index|number|no|nr))?$", re.IGNORECASE)


def logged_scores(
    snapshot: Snapshot, policy: Policy, selection: Selection, keys: Keys, runs: pd.DataFrame
) -> LoggedScores:
    """Of the runs of `selection`, newest first; `runs` as `reads.runs` gives them, with `excluded`."""
    named = _named(policy, keys.metrics)
    pairs = tuple(_pairs(policy, named))
    held = tuple(name for name in keys.metrics if policy.leakage.is_suspicious_kind(name))
    spreads = tuple(name for name in keys.metrics if _OVER_FOLDS.search(name.lower()) and "time" not in name.lower())
    means = {name: _mean_of(name, keys.metrics) for name in spreads}
    named_too = [mean for mean in means.values() if mean]
    wanted = tuple(
        dict.fromkeys([*(n for pair in pairs for n in (pair.train, pair.held)), *held, *spreads, *named_too])
    )
    found = latest_values(snapshot, policy, selection, wanted).values
    values = found.where(found.abs() < LARGEST)
    plain = _without_rows(named, values)
    values = values.mask(plain)
    whose = pd.factorize(runs["experiment_id"])[0]
    shares = {name for name in wanted if name in {*held, *named_too} or policy.metric(name).unit is MetricUnit.SHARE}
    shares |= {name for pair in pairs for name in (pair.train, pair.held) if shares & {pair.train, pair.held}}
    scales = _scales(values, whose, shares.difference(spreads))
    for name, mean in means.items():
        small = (values[name].groupby(whose).transform("max") <= _LARGEST_SD).map({True: 1.0, False: np.nan})
        scales[name] = scales[mean] if mean else small
    return LoggedScores(
        values=values,
        scales=scales,
        setup=pd.factorize(runs["configuration"])[0].astype(np.int64),
        training=trainings(runs),
        counts=runs["excluded"].eq("").to_numpy(dtype=bool),
        pairs=pairs,
        held=held,
        spreads=spreads,
        folds=_folds(snapshot, policy, selection, keys, len(runs)),
    )


def _named(policy: Policy, metrics: Sequence[str]) -> Named:
    found: Named = defaultdict(lambda: defaultdict(list))
    for name in metrics:
        part = policy.leakage.parted(name)
        if part is not None:
            found[part[1]][part[0]].append(name)
    for own in found.values():
        for names in own.values():
            names.sort(key=lambda name: (name.lower() in found, name))
    return found


def _pairs(policy: Policy, named: Named) -> list[ScorePair]:
    """Every metric of training rows with all of the held-out ones that measure the same; scores alone have a way."""
    found = []
    for own in named.values():
        clocks = measured_among(policy, tuple(name for names in own.values() for name in names))
        for train in own.get(SplitRole.TRAIN, ()):
            way, source = direction(policy, train)
            if source == "assumed" or train in clocks or _AMOUNTS.intersection(words_of(train)):
                continue
            for role in (SplitRole.TEST, SplitRole.VALIDATION):
                found += [ScorePair(train, held, role, way) for held in own.get(role, ())]
    return found


def _without_rows(named: Named, values: pd.DataFrame) -> pd.DataFrame:
    """Where a plain name is no held-out score: in runs that say of another one that it is.

    Keras calls the training accuracy `accuracy` and the other one `val_accuracy`; who has a `train_accuracy` does not.
    """
    plain = pd.DataFrame(False, values.index, values.columns)
    for measured, own in named.items():
        told = [
            n for role in (SplitRole.TEST, SplitRole.VALIDATION) for n in own.get(role, ()) if n.lower() != measured
        ]
        told = [name for name in told if name in values]
        trained = [name for name in own.get(SplitRole.TRAIN, ()) if name in values]
        for name in own.get(SplitRole.TEST, ()):
            if name.lower() == measured and name in values and told:
                plain[name] = values[told].notna().any(axis=1) & ~values[trained].notna().any(axis=1)
    return plain


def _scales(values: pd.DataFrame, whose: npt.NDArray[np.intp], shares: set[str]) -> pd.DataFrame:
    """1 or 100 for shares by how an experiment logs them, NaN where that is neither, or the metric is no share.

    A value that no share has, such as −1 for nobody knows, says nothing of the others.
    """
    found = pd.DataFrame(np.nan, values.index, values.columns)
    for name in shares:
        sound = values[name].where(values[name].between(-_CRUMB, _WHOLE + _CRUMB))
        unit = sound.groupby(whose).transform("max") <= 1 + _CRUMB
        percent = sound.where(sound != 0).groupby(whose).transform("min") > 1 + _CRUMB
        found[name] = np.where(unit, 1.0, np.where(percent, _WHOLE, np.nan))
        found[name] = found[name].where(sound.notna())
    return found


def _mean_of(spread: str, metrics: Sequence[str]) -> str:
    """The metric whose sd over folds this is; "" where nobody logged it."""
    names = (spread.replace("std", "mean", 1), spread.replace("_std", "", 1), spread.replace("std_", "", 1))
    return next((name for name in names if name in metrics and name != spread), "")


def _folds(snapshot: Snapshot, policy: Policy, selection: Selection, keys: Keys, n: int) -> npt.NDArray[np.int64]:
    """The fold that each of `n` runs names in a param that is a seed by the policy, −1 for none."""
    named = next((name for name in policy.params.seeds_among(keys.params) if _FOLD.search(name)), None)
    if named is None:
        return np.full(n, -1, dtype=np.int64)
    return pd.factorize(reads.params(snapshot, selection, [named])[named])[0].astype(np.int64)
