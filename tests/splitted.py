"""Files of splits, written as training code writes them, and what pandas and plain sets find in them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assay.cache.splits import facts
from assay.model.evidence.splits import PairFacts, SplitFacts, SplitRole, role

TRAIN, VALIDATION, TEST = SplitRole

Row = dict[str, Any]


def written(path: Path, frame: pd.DataFrame) -> Path:
    frame.to_parquet(path, index=False)
    return path


def parted(train: int, test: int, **columns: Any) -> pd.DataFrame:
    """Examples x0, x1 …, those of training first; `columns`: a value for each."""
    n = train + test
    ids = [f"x{k}" for k in range(n)]
    return pd.DataFrame({"example_id": ids, "split": ["train"] * train + ["test"] * test, **columns})


def counted(path: Path, frame: pd.DataFrame) -> SplitFacts:
    return facts(written(path, frame))


def between(found: SplitFacts, train: SplitRole = TRAIN, held: SplitRole = TEST) -> PairFacts:
    """The facts of one pair of splits."""
    [pair] = [one for one in found.pairs if (one.train, one.held) == (train, held)]
    return pair


def folds_of(frame: pd.DataFrame) -> dict[str, list[Row]]:
    """Fold → its rows; rows without a fold are in every one."""
    rows: list[Row] = frame.astype(object).where(frame.notna(), None).to_dict("records")  # type: ignore[assignment]
    names = sorted({row["fold"] for row in rows if row.get("fold")}) or [""]
    return {name: [row for row in rows if not row.get("fold") or row["fold"] == name] for name in names}


def roles_of(frame: pd.DataFrame) -> Iterator[tuple[SplitRole, SplitRole]]:
    """Pairs of splits that stand side by side in a fold."""
    for a, b in combinations(SplitRole, 2):
        if any({a, b} <= {role(row["split"]) for row in rows} for rows in folds_of(frame).values()):
            yield a, b


def sides(rows: Iterable[Row], train: SplitRole, held: SplitRole) -> tuple[list[Row], list[Row]]:
    kept = list(rows)
    a, b = ([row for row in kept if role(row["split"]) is wanted] for wanted in (train, held))
    return a, b


def sharing(train: list[Row], held: list[Row], key: str) -> list[Row]:
    """Held-out rows that have something in common with a training row; nothing is nothing in common."""
    known = {row[key] for row in train if row[key]}
    return [row for row in held if row[key] in known]


def conflicting(train: list[Row], held: list[Row], key: str) -> list[Row]:
    """Those of them whose label is another one than that of such a training row."""
    return [
        row
        for row in held
        if row[key] and row["label"]
        and any(one[key] == row[key] and one["label"] and one["label"] != row["label"] for one in train)
    ]  # fmt: skip


def worst(
    frame: pd.DataFrame,
    pair: tuple[SplitRole, SplitRole],
    find: Callable[[list[Row], list[Row]], list[Row]],
    *keys: str,
) -> tuple[int, int, str, int]:
    """n, of, fold and number of folds; of rows that have all of `keys`, where a training row of their fold has too."""
    found = {}
    for name, rows in folds_of(frame).items():
        train, held = ([row for row in side if all(row[key] for key in keys)] for side in sides(rows, *pair))
        if train and held:
            found[name] = (len(find(train, held)), len(held))
    hit = {name: own for name, own in found.items() if own[0]}
    if not hit:
        return 0, max((of for _, of in found.values()), default=0), "", 0
    fold = max(sorted(hit), key=lambda name: hit[name][0] / hit[name][1])
    return *hit[fold], fold, len(hit)


def random_split(rng: np.random.Generator, n: int, share: float = 0.3) -> "np.ndarray[Any, np.dtype[np.str_]]":
    """An honest split: rows are drawn for the test split whatever they hold."""
    split = np.full(n, "train")
    split[rng.choice(n, round(share * n), replace=False)] = "test"
    return split
