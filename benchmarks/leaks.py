"""What the checks on splits say where the truth is known: of five kinds of honest tables, and of planted leaks."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from benchmarks.tables import Cell, Table

from assay.analysis.evidence.splits import checks
from assay.cache import splits
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import OF_SPLITS, LeakageCheck
from assay.model.evidence.policy import LeakagePolicy

TRIALS = 1000
_FEW_TRIALS = 200
_FOLDS = 5
_SIZES = 200, 3000
_FAIL, _WARN = CheckStatus.FAIL, CheckStatus.WARN

Statuses = Mapping[LeakageCheck, CheckStatus]
Kind = Callable[[np.random.Generator, int], pd.DataFrame]
"""Rows with all that a split of theirs is logged with, and their `order`: those of one number go together."""


def honest() -> Table:
    """Fails and warns of each check: a quarter of the splits in five folds, half of the others with validation rows."""
    found = {name: _counted(kind, seed) for seed, (name, kind) in enumerate(KINDS.items())}
    rows: list[list[Cell]] = [
        [f"`{check}`", *(f"{own[check, _FAIL]:,} / {own[check, _WARN]:,}" for own in found.values())]
        for check in OF_SPLITS
    ]
    return Table(["check: fails / warns", *found], rows, TRIALS)


def _counted(kind: Kind, seed: int) -> Counter[tuple[LeakageCheck, CheckStatus]]:
    rng, found = np.random.default_rng([61, seed]), Counter[tuple[LeakageCheck, CheckStatus]]()
    for _ in range(TRIALS):
        n = int(np.exp(rng.uniform(*np.log(_SIZES))))
        found.update(_said(_split(rng, kind(rng, n))).items())
    return found


def _said(frame: pd.DataFrame) -> Statuses:
    """By the file, as a run would have logged it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "splits.parquet"
        frame.drop(columns="order").to_parquet(path, index=False)
        return {LeakageCheck(one.check): one.status for one in checks(splits.facts(path), LeakagePolicy())}


def _split(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """By order: the last go to the test; what has times was ordered by them, all else by chance."""
    place = rows["order"].rank(method="max", pct=True).to_numpy()
    if rng.random() < 0.25:
        return pd.concat([_fold(rows, place, fold) for fold in range(_FOLDS)])
    tested = rng.uniform(0.1, 0.4)
    validated = rng.uniform(0.05, 0.2) if rng.random() < 0.5 else 0.0
    split = np.where(place > 1 - tested, "test", np.where(place > 1 - tested - validated, "validation", "train"))
    return rows.assign(split=split)


def _fold(rows: pd.DataFrame, place: np.ndarray, fold: int) -> pd.DataFrame:
    """One of five: every part once for the test, of a series with all that is earlier to train on."""
    if "time" in rows:
        low, high = (fold + 1) / (_FOLDS + 1), (fold + 2) / (_FOLDS + 1)
        used = place <= high
        return rows.assign(split=np.where(place > low, "test", "train"), fold=str(fold))[used]
    held = (place > fold / _FOLDS) & (place <= (fold + 1) / _FOLDS)
    return rows.assign(split=np.where(held, "test", "train"), fold=str(fold))


def _rows(rng: np.random.Generator, content: np.ndarray, noise: float = 0.05) -> pd.DataFrame:
    """A label for each content, and another one for a share of `noise`."""
    ids = [f"row-{place}" for place in range(len(content))]
    label = np.where(rng.random(len(content)) < noise, rng.integers(0, 5, len(content)), content % 5)
    hashed = pd.util.hash_array(content)
    order = rng.permutation(len(content))
    return pd.DataFrame({"example_id": ids, "content_hash": hashed, "label": label.astype(str), "order": order})


def _distinct(rng: np.random.Generator, n: int) -> pd.DataFrame:
    return _rows(rng, np.arange(n))


def _few(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Of 8 to n values, some of them far more frequent than others."""
    values = int(np.exp(rng.uniform(np.log(8), np.log(n))))
    frequency = rng.pareto(1.0, values) + 0.1
    return _rows(rng, rng.choice(values, n, p=frequency / frequency.sum()))


def _twice(rng: np.random.Generator, n: int) -> pd.DataFrame:
    return _rows(rng, np.repeat(np.arange(n // 2), 2))


def _grouped(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Groups of 1 to 40 rows, up to half of which equal others of their group."""
    group = np.repeat(np.arange(n), rng.integers(1, 40, n))[:n]
    alike = rng.random(n) < rng.uniform(0, 0.5)
    content = np.where(alike, group * 10 + rng.integers(0, 3, n), 10 * n + np.arange(n))
    order = rng.permutation(group.max() + 1)[group]
    return _rows(rng, content).assign(group=np.char.add("g", group.astype(str)), order=order)


def _series(rng: np.random.Generator, n: int) -> pd.DataFrame:
    """Several rows a day around a level that comes and goes, measured so coarsely that some of them are equal."""
    day = np.sort(rng.integers(0, max(10, n // 5), n))
    level = pd.Series(rng.normal(size=n)).ewm(halflife=20).mean().to_numpy()
    content = np.rint((level + rng.normal(size=n)) * 10 ** rng.uniform(0.5, 4)).astype(np.int64)
    time = pd.Timestamp("2025-01-01") + pd.to_timedelta(day, unit="D")
    return _rows(rng, content - content.min()).assign(time=time, order=np.arange(n))


KINDS: Mapping[str, Kind] = {
    "distinct rows": _distinct,
    "few distinct rows": _few,
    "every row twice": _twice,
    "groups kept apart": _grouped,
    "a series split by time": _series,
}


def planted() -> Table:
    """How often a leak fails that the check is for: 1,000 rows, 200 of them for the test."""
    rng, rows = np.random.default_rng(62), list[list[Cell]]()
    for what, (check, kind, leak) in _LEAKS.items():
        found = [_said(leak(rng, _cut(kind(rng, 1000))))[check] for _ in range(_FEW_TRIALS)]
        rows.append(
            [what, f"`{check}`", *(float(np.mean([one is status for one in found])) for status in (_FAIL, _WARN))]
        )
    return Table(["leak", "check", "fails", "warns"], rows, _FEW_TRIALS)


def _cut(rows: pd.DataFrame) -> pd.DataFrame:
    """The last fifth by order goes to the test."""
    place = rows["order"].rank(method="max", pct=True)
    return rows.assign(split=np.where(place > 0.8, "test", "train"))


def _logged_twice(_: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """One test row also among the training rows."""
    return pd.concat([rows, rows[rows["split"] == "test"].head(1).assign(split="train")])


def _one_astray(_: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """One row of a group of test rows goes to the training rows."""
    tested = rows[rows["split"] == "test"]
    several = tested[tested["group"].duplicated()]
    return rows.assign(split=rows["split"].mask(rows.index.isin(several.index[:1]), "train"))


def _at_random(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(split=rng.permutation(rows["split"]))


def _strayed(share: float) -> Callable[[np.random.Generator, pd.DataFrame], pd.DataFrame]:
    """Training rows from the time of the test: as many as make this share of all training rows."""

    def leak(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
        train, test = (rows.index[rows["split"] == split] for split in ("train", "test"))
        moved = rng.choice(test, round(share * len(train)), replace=False)
        return rows.assign(split=rows["split"].mask(rows.index.isin(moved), "train"))

    return leak


def _relabelled(rng: np.random.Generator, rows: pd.DataFrame) -> pd.DataFrame:
    """30 of the 200 test rows are copies of training rows, ten of them with another label."""
    train, test = (rows.index[rows["split"] == split] for split in ("train", "test"))
    copied, taken = test[:30], rng.choice(train, 30, replace=False)
    made = rows.copy()
    for column in ("content_hash", "label"):
        made.loc[copied, column] = rows.loc[taken, column].to_numpy()
    made.loc[copied[:10], "label"] = "another"
    return made


_LEAKS: Mapping[str, tuple[LeakageCheck, Kind, Callable[[np.random.Generator, pd.DataFrame], pd.DataFrame]]] = {
    "one id on both sides": (LeakageCheck.SHARED_IDS, _distinct, _logged_twice),
    "one row of a group on the other side": (LeakageCheck.GROUP_OVERLAP, _grouped, _one_astray),
    "groups split by row": (LeakageCheck.GROUP_OVERLAP, _grouped, _at_random),
    "a series split at random": (LeakageCheck.TEMPORAL_OVERLAP, _series, _at_random),
    "2 % of the training rows are from the time of the test": (LeakageCheck.TEMPORAL_OVERLAP, _series, _strayed(0.02)),
    "0.5 % of them are": (LeakageCheck.TEMPORAL_OVERLAP, _series, _strayed(0.005)),
    "30 copies, ten with another label": (LeakageCheck.LABEL_CONFLICTS, _distinct, _relabelled),
}
