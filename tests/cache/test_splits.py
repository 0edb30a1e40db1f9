"""What two sides of a split share is what pandas and plain sets find, whatever is in the file."""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assay.cache.splits import facts, offending
from assay.model.evidence.check import MOST_NAMED
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.notes import SplitFiles
from assay.model.evidence.splits import PairFacts, Shared
from noted import of, only
from saying import said
from splitted import (
    TEST,
    TRAIN,
    VALIDATION,
    between,
    conflicting,
    counted,
    folds_of,
    parted,
    roles_of,
    sharing,
    sides,
    worst,
    written,
)

TEXT = "string"
NAMES = st.sampled_from(["train", "Training", "test", "hold-out", "val", "odd"])
SOME = st.sampled_from([None, "", "a", "b", "c"])
TIME = st.one_of(st.none(), st.integers(0, 6))
ROW = st.fixed_dictionaries(
    {
        "example_id": st.sampled_from([f"x{k}" for k in range(9)]),
        "split": NAMES,
        "content_hash": SOME,
        "group": SOME,
        "label": SOME,
        "time": TIME,
    }
)
FOLDED = st.builds(lambda row, fold: row | {"fold": fold}, ROW, st.sampled_from([None, "", "0", "1", "2"]))
TABLES = st.one_of(st.lists(ROW, min_size=1, max_size=25), st.lists(FOLDED, min_size=1, max_size=30))


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    texts = [name for name in frame if name != "time"]
    return frame.astype(dict.fromkeys(texts, TEXT) | {"time": "Int64"})


def told(shared: Shared | None) -> tuple[int, int, str, int]:
    assert shared is not None
    return shared.n, shared.of, shared.fold, shared.folds


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(rows=TABLES)
def test_counts_are_those_of_plain_sets(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    frame = table(rows)
    found = counted(tmp_path / "splits.parquet", frame)
    assert found.rows == len(frame)
    assert [(one.train, one.held) for one in found.pairs] == list(roles_of(frame))
    for pair in found.pairs:
        asked = frame, (pair.train, pair.held)
        assert told(pair.ids) == worst(*asked, lambda a, b: sharing(a, b, "example_id"))
        assert told(pair.groups) == worst(*asked, lambda a, b: sharing(a, b, "group"), "group")
        assert pair.copies is not None
        assert told(pair.copies.held) == worst(*asked, lambda a, b: sharing(a, b, "content_hash"), "content_hash")
        by_id = worst(*asked, lambda a, b: conflicting(a, b, "example_id"), "example_id", "label")
        by_hash = worst(*asked, lambda a, b: conflicting(a, b, "content_hash"), "content_hash", "label")
        assert told(pair.conflicts) == (by_id if by_id[0] >= by_hash[0] else by_hash)
        assert pair.same_id == by_id[0]
        order_is_that_of_plain_sets(frame, pair)
        repeats_are_those_of_plain_sets(frame, pair)


def order_is_that_of_plain_sets(frame: pd.DataFrame, pair: PairFacts) -> None:
    shares = []
    for own in folds_of(frame).values():
        a, b = ([row["time"] for row in side if row["time"] is not None] for side in sides(own, pair.train, pair.held))
        if a and b:
            before, after = sum(t < max(a) for t in b), sum(t > min(b) for t in a)
            shares.append(min(before / len(b), after / len(a)))
    assert pair.order is not None
    assert pair.order.share == max(shares, default=0.0)
    assert pair.order.before.folds == sum(share > 0 for share in shares)


def repeats_are_those_of_plain_sets(frame: pd.DataFrame, pair: PairFacts) -> None:
    copies = pair.copies
    assert copies is not None
    if not copies.held.n:
        assert copies.multiplicities == ()
        return
    a, b = sides(folds_of(frame)[copies.held.fold], pair.train, pair.held)
    own = [row["content_hash"] for row in a if row["content_hash"]]
    both = pd.Series(own + [row["content_hash"] for row in b if row["content_hash"]]).value_counts()
    assert (copies.among, copies.repeats) == (len(own), sum(own.count(one) > 1 for one in own))
    assert dict(copies.multiplicities) == both.value_counts().to_dict()
    assert sum(m * c for m, c in copies.multiplicities) == copies.held.of + copies.among


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(rows=TABLES)
def test_offending_examples_are_those_of_any_fold(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    frame = table(rows)
    path = written(tmp_path / "splits.parquet", frame)
    by_fold = [sides(own, TRAIN, TEST) for own in folds_of(frame).values()]
    early = {
        row["example_id"]
        for a, b in by_fold
        for row in b
        if row["time"] is not None and any(one["time"] is not None and one["time"] > row["time"] for one in a)
    }
    contradicting = [
        row for a, b in by_fold for key in ("example_id", "content_hash") for row in conflicting(a, b, key)
    ]
    expected = {
        LeakageCheck.SHARED_IDS: [row for a, b in by_fold for row in sharing(a, b, "example_id")],
        LeakageCheck.GROUP_OVERLAP: [row for a, b in by_fold for row in sharing(a, b, "group")],
        LeakageCheck.DUPLICATE_ROWS: [row for a, b in by_fold for row in sharing(a, b, "content_hash")],
        LeakageCheck.LABEL_CONFLICTS: contradicting,
    }
    for check, named in expected.items():
        assert offending(path, check, TRAIN, TEST) == {row["example_id"] for row in named}, check
    assert offending(path, LeakageCheck.TEMPORAL_OVERLAP, TRAIN, TEST) == early


def test_a_row_without_a_group_shares_it_with_nobody(tmp_path: Path) -> None:
    frame = parted(3, 3, group=["x", None, None, "y", None, ""])
    found = counted(tmp_path / "s.parquet", frame)
    assert told(between(found).groups) == (0, 1, "", 0)
    assert found.missing == {"group": 4}


def test_what_has_no_value_on_one_side_was_not_looked_at(tmp_path: Path) -> None:
    frame = parted(2, 2, group=[None, None, "a", "b"], label=["1", "1", None, None], content_hash=["q", None, "q", "r"])
    pair = between(counted(tmp_path / "s.parquet", frame))
    assert pair.groups is not None
    assert pair.conflicts is not None
    assert (pair.groups.of, pair.conflicts.of) == (0, 0)


def test_an_example_in_several_folds_is_how_cross_validation_works(tmp_path: Path) -> None:
    ids = [f"x{k}" for k in range(6)]
    rows = [
        {"example_id": i, "split": "test" if k % 3 == fold else "train", "fold": fold}
        for fold in range(3)
        for k, i in enumerate(ids)
    ]
    found = counted(tmp_path / "s.parquet", pd.DataFrame(rows))
    assert between(found).ids.n == 0
    assert [(one.fold, one.train, one.test) for one in found.sizes] == [("0", 4, 2), ("1", 4, 2), ("2", 4, 2)]
    rows.append({"example_id": "x0", "split": "train", "fold": 0})
    found = counted(tmp_path / "s.parquet", pd.DataFrame(rows))
    assert told(between(found).ids) == (1, 2, "0", 1)
    assert [one.example_id for one in between(found).ids.named] == ["x0"]


def test_rows_without_a_fold_are_in_every_one(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "example_id": ["a", "b", "t"],
            "split": ["train", "train", "test"],
            "fold": ["0", "1", None],
            "group": list("gxg"),
        }
    )
    found = counted(tmp_path / "s.parquet", frame)
    assert [(one.train, one.test) for one in found.sizes] == [(1, 1), (1, 1)]
    assert told(between(found).groups) == (1, 1, "0", 1)


def test_a_column_of_folds_with_one_name_or_none_is_no_fold(tmp_path: Path) -> None:
    frame = parted(2, 1, fold=["0", None, "0"], group=["a", "b", "b"])
    found = counted(tmp_path / "s.parquet", frame)
    assert (len(found.sizes), between(found).groups.n) == (1, 1)  # type: ignore[union-attr]
    nameless = counted(tmp_path / "s.parquet", frame.assign(fold=pd.Series([None] * 3, dtype="string")))
    assert [one.fold for one in nameless.sizes] == [""]


def test_splits_in_different_folds_are_no_pair(tmp_path: Path) -> None:
    frame = pd.DataFrame({"example_id": ["a", "a"], "split": ["train", "test"], "fold": ["0", "1"]})
    found = counted(tmp_path / "s.parquet", frame)
    assert found.pairs == ()
    assert [(one.train, one.test) for one in found.sizes] == [(1, 0), (0, 1)]


def test_of_more_folds_than_anybody_looks_at_the_first_are_looked_at(tmp_path: Path) -> None:
    n = 1_005
    rows = [(f"x{k}", "test", f"{k:04}") for k in range(n)] + [
        (f"x{(k + 1) % n}", "train", f"{k:04}") for k in range(n)
    ]
    found = counted(tmp_path / "s.parquet", pd.DataFrame(rows, columns=["example_id", "split", "fold"]))
    assert of(only(found.notes, SplitFiles.FOLDS_TOO_MANY), SplitFiles.FOLDS_TOO_MANY) == {"n": n, "most": 1_000}
    assert said(only(found.notes, SplitFiles.FOLDS_TOO_MANY)) == (
        "The splits name 1,005 folds; the first 1,000 of them are looked at."
    )
    assert len(found.sizes) == 1_000
    assert between(found).ids.n == 0


def test_rows_of_every_fold_do_not_grow_beyond_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.cache.split_files._MOST_ROWS", 10)
    frame = pd.DataFrame(
        {
            "example_id": [f"x{k}" for k in range(9)],
            "split": ["test"] * 4 + ["train"] * 5,
            "fold": [None] * 4 + list("abcde"),
        }
    )
    found = counted(tmp_path / "s.parquet", frame)
    assert [(one.fold, one.train, one.test) for one in found.sizes] == [("a", 1, 4), ("b", 1, 4)]
    assert of(only(found.notes, SplitFiles.FOLDS_TOO_MANY), SplitFiles.FOLDS_TOO_MANY) == {"n": 5, "most": 2}
    monkeypatch.setattr("assay.cache.split_files._MOST_ROWS", 1)
    assert [one.fold for one in counted(tmp_path / "s.parquet", frame).sizes] == ["a"]


def test_the_first_hundred_offenders_are_named_and_all_are_counted(tmp_path: Path) -> None:
    n = 240
    frame = parted(n, n, group=[f"g{k % 7}" for k in range(2 * n)])
    groups = between(counted(tmp_path / "s.parquet", frame)).groups
    assert groups is not None
    assert (groups.n, groups.of, groups.values, len(groups.named)) == (n, n, 7, MOST_NAMED)
    assert [one.example_id for one in groups.named] == sorted(frame["example_id"][n:])[:MOST_NAMED]
    sizes = frame["group"][:n].value_counts()
    group = dict(zip(frame["example_id"], frame["group"], strict=True))
    assert all((one.shared, one.others) == (group[one.example_id], sizes[one.shared]) for one in groups.named)
    assert len(offending(tmp_path / "s.parquet", LeakageCheck.GROUP_OVERLAP, TRAIN, TEST)) == n


def test_offenders_carry_what_their_own_row_says(tmp_path: Path) -> None:
    rows = [("a", "train", "cat", "g1"), ("b", "train", "cat", "g2"), ("a", "test", "dog", "g2")]
    frame = pd.DataFrame(rows, columns=["example_id", "split", "label", "group"])
    for table_ in (frame, frame[::-1]):
        pair = between(counted(tmp_path / "s.parquet", table_))
        assert [one.shared for one in pair.conflicts.named] == ["dog"]  # type: ignore[union-attr]
        assert [one.shared for one in pair.groups.named] == ["g2"]  # type: ignore[union-attr]
        assert [one.shared for one in pair.ids.named] == ["train"]


def test_a_label_that_one_of_several_training_rows_contradicts_is_in_conflict(tmp_path: Path) -> None:
    for label in (0, 1):
        frame = parted(3, 2, content_hash=["h", "h", "q", "h", "q"], label=[0, 1, 5, label, 5])
        pair = between(counted(tmp_path / "s.parquet", frame))
        assert told(pair.conflicts) == (1, 2, "", 1)
        assert (pair.same_id, pair.conflicts.named[0].example_id) == (0, "x3")  # type: ignore[union-attr]


def test_ties_at_the_border_are_on_no_wrong_side(tmp_path: Path) -> None:
    day = pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03"])
    order = between(counted(tmp_path / "s.parquet", parted(2, 2, time=day))).order
    assert order is not None
    assert (order.share, order.before.n, order.after) == (0.0, 0, 0)
    assert (order.last, order.first, order.constant) == ("2026-01-02", "2026-01-02", False)


def test_equal_times_tell_no_order(tmp_path: Path) -> None:
    order = between(counted(tmp_path / "s.parquet", parted(2, 2, time=[7, 7, 7, 7]))).order
    assert order is not None
    assert (order.constant, order.share, order.last) == (True, 0.0, "7")


def test_a_straggler_on_one_side_makes_no_large_share(tmp_path: Path) -> None:
    """One training row from the future puts all test rows before the last training row."""
    times = [*range(99), 1_000, *range(100, 200)]
    order = between(counted(tmp_path / "s.parquet", parted(100, 100, time=times))).order
    assert order is not None
    assert (order.before.n, order.after, order.share) == (100, 1, 0.01)


def test_the_earliest_test_rows_on_the_wrong_side_are_named(tmp_path: Path) -> None:
    times = pd.to_datetime(["2026-01-05", "2026-01-09", "2026-01-08 12:00", "2026-01-07", ""], format="mixed")
    pair = between(counted(tmp_path / "s.parquet", parted(2, 3, time=times)))
    assert pair.order is not None
    assert [(one.example_id, one.shared) for one in pair.order.before.named] == [
        ("x3", "2026-01-07"),
        ("x2", "2026-01-08 12:00"),
    ]
    assert (pair.order.before.of, pair.order.among, pair.order.after) == (2, 2, 1)


def test_validation_rows_are_pairs_of_their_own(tmp_path: Path) -> None:
    frame = pd.DataFrame({"example_id": ["a", "a", "a"], "split": ["train", "dev", "test"]})
    found = counted(tmp_path / "s.parquet", frame)
    assert [(one.train, one.held, one.ids.n) for one in found.pairs] == [
        (TRAIN, VALIDATION, 1),
        (TRAIN, TEST, 1),
        (VALIDATION, TEST, 1),
    ]


def test_the_order_of_rows_is_irrelevant(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    n = 400
    frame = parted(300, 100, group=rng.integers(0, 150, n), content_hash=rng.integers(0, 300, n), time=rng.random(n))
    frame = frame.assign(label=rng.integers(0, 3, n), fold=rng.integers(0, 3, n))
    assert counted(tmp_path / "a.parquet", frame) == counted(
        tmp_path / "b.parquet", frame.sample(frac=1, random_state=1)
    )


def test_a_million_groups_are_counted_in_seconds(tmp_path: Path) -> None:
    n = 1_000_000
    frame = parted(800_000, 200_000, group=np.arange(n) % (n - 10))
    path = written(tmp_path / "s.parquet", frame)
    began = time.perf_counter()
    groups = between(facts(path)).groups
    assert time.perf_counter() - began < 20  # one second, on a machine with nothing else to do
    assert told(groups) == (10, 200_000, "", 1)
