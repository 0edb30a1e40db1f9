"""What logged splits say of leakage: tables made by hand, read as any other file is, and judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay.analysis.evidence.copies import excess
from assay.analysis.evidence.splits import checks, not_logged
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.leakage import OF_SPLITS, LeakageCheck
from assay.model.evidence.notes import SplitNote
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import Copies, Shared
from noted import of
from saying import said
from splitted import counted, parted, random_split

PASS, NOT_LOGGED, WARN, FAIL = CheckStatus
Found = dict[LeakageCheck, Check]
Judge = Callable[..., Found]


@pytest.fixture
def judged(tmp_path: Path) -> Judge:
    """The checks on a table; more: what the policy says otherwise."""

    def judge(frame: pd.DataFrame, **rules: Any) -> Found:
        found = checks(counted(tmp_path / "splits.parquet", frame), LeakagePolicy(**rules))
        return {LeakageCheck(one.check): one for one in found}

    return judge


def worse_than_pass(found: Found) -> dict[LeakageCheck, CheckStatus]:
    return {name: one.status for name, one in found.items() if one.status in (WARN, FAIL)}


def test_checks_come_in_their_order(judged: Judge) -> None:
    assert tuple(judged(parted(40, 40))) == OF_SPLITS
    assert [one.check for one in not_logged()] == [*OF_SPLITS]


def test_one_id_on_both_sides_fails(judged: Judge) -> None:
    frame = parted(60, 40)
    frame.loc[99, "example_id"] = "x0"
    found = judged(frame)[LeakageCheck.SHARED_IDS]
    assert (found.status, found.value, found.limit, found.offenders.ids) == (FAIL, 1, 0, ("x0",))
    assert said(found.note) == "1 of 40 test rows (2.5 %) stands among the training rows too."


def test_pairs_with_validation_rows_only_warn(judged: Judge) -> None:
    frame = parted(60, 80, group="g", content_hash="h", label=[0, 1] * 70)
    frame = frame.assign(split=["train"] * 60 + ["val"] * 40 + ["test"] * 40, group=["g"] * 100 + ["t"] * 40)
    frame = frame.assign(example_id=[*frame["example_id"][:60], *frame["example_id"][:40], *frame["example_id"][100:]])
    found = judged(frame, rows="unique")
    assert {found[name].status for name in (LeakageCheck.SHARED_IDS, LeakageCheck.GROUP_OVERLAP)} == {WARN}
    assert said(found[LeakageCheck.GROUP_OVERLAP].note).startswith("40 of 40 validation rows (100 %)")
    assert found[LeakageCheck.DUPLICATE_ROWS].status is FAIL  # of train and test


def test_validation_against_test_warns_as_well(judged: Judge) -> None:
    frame = parted(60, 80, group=["a"] * 60 + ["b"] * 80).assign(split=["train"] * 60 + ["val"] * 40 + ["test"] * 40)
    found = judged(frame)[LeakageCheck.GROUP_OVERLAP]
    assert (found.status, found.note["train"], found.note["held"]) == (WARN, "validation", "test")


def test_copied_rows_fail(judged: Judge) -> None:
    """30 of 200 test rows are training rows."""
    hashes = np.arange(1_000)
    hashes[970:] = np.arange(30)
    found = judged(parted(800, 200, content_hash=hashes))[LeakageCheck.DUPLICATE_ROWS]
    assert (found.status, found.value, found.limit, found.offenders.n) == (FAIL, 0.15, 0.05, 30)
    assert said(found.note) == "30 of 200 test rows (15 %) equal a training row; 10 would in a split at random."


def test_three_coins_repeat_as_often_as_three_coins_do(judged: Judge) -> None:
    rng = np.random.default_rng(0)
    found = judged(parted(600, 200, content_hash=rng.integers(0, 8, 800)))[LeakageCheck.DUPLICATE_ROWS]
    assert (found.status, found.note["n"], found.note["expected"]) == (WARN, 200, 200)
    assert said(found.note) == (
        "200 of 200 test rows (100 %) equal a training row; 200 would in a split at random, and 600 of 600 training rows "
        "equal another one: such rows repeat, which need not be a leak."
    )


def test_rows_that_were_logged_twice_warn_and_fail_where_rows_are_unique(judged: Judge) -> None:
    rng = np.random.default_rng(0)
    frame = parted(840, 360, content_hash=np.repeat(np.arange(600), 2)).assign(split=random_split(rng, 1_200))
    assert judged(frame)[LeakageCheck.DUPLICATE_ROWS].status is WARN
    unique = judged(frame, rows="unique")[LeakageCheck.DUPLICATE_ROWS]
    assert (unique.status, unique.limit) == (FAIL, 0)


def test_a_few_copies_warn_below_the_share_and_fail_where_rows_are_unique(judged: Judge) -> None:
    hashes = np.arange(1_000)
    hashes[990:] = np.arange(10)
    frame = parted(800, 200, content_hash=hashes)
    found = judged(frame)[LeakageCheck.DUPLICATE_ROWS]
    assert (found.status, found.value) == (WARN, 0.05)
    assert judged(frame, rows="unique")[LeakageCheck.DUPLICATE_ROWS].status is FAIL
    assert judged(frame, duplicate_rows=0.04)[LeakageCheck.DUPLICATE_ROWS].status is FAIL


def test_groups_split_by_row_without_equal_rows_are_seen_by_their_groups_alone(judged: Judge) -> None:
    rng = np.random.default_rng(0)
    frame = parted(420, 180, group=np.arange(600) // 3, content_hash=np.arange(600), label=np.arange(600) % 2)
    found = judged(frame.assign(split=random_split(rng, 600)))
    assert worse_than_pass(found) == {LeakageCheck.GROUP_OVERLAP: FAIL}
    assert found[LeakageCheck.GROUP_OVERLAP].value == found[LeakageCheck.GROUP_OVERLAP].offenders.n / 180


def test_one_shared_group_fails_and_rows_without_one_are_counted(judged: Judge) -> None:
    groups: list[object] = [f"g{k}" for k in range(100)]
    groups[1:4], groups[97:] = [None] * 3, ["g0", None, ""]
    found = judged(parted(60, 40, group=groups))[LeakageCheck.GROUP_OVERLAP]
    assert found.status is FAIL
    assert said(found.note) == (
        "1 of 38 test rows (2.6 %) has its group among the training rows too: 1 group. "
        "5 rows without a group are taken for no other's."
    )


def test_the_smaller_share_in_time_is_held_against_its_limit(judged: Judge) -> None:
    times = np.arange(200.0)
    on_the_limit = times.copy()
    on_the_limit[[99, 100]] = on_the_limit[[100, 99]]  # one of 100 on either side
    found = judged(parted(100, 100, time=on_the_limit))[LeakageCheck.TEMPORAL_OVERLAP]
    assert (found.status, found.value, found.limit) == (WARN, 0.01, 0.01)
    crossing = times.copy()
    crossing[[98, 99, 100, 101]] = crossing[[101, 100, 99, 98]]
    found = judged(parted(100, 100, time=crossing))[LeakageCheck.TEMPORAL_OVERLAP]
    assert (found.status, found.value, found.offenders.ids) == (FAIL, 0.02, ("x101", "x100"))
    assert judged(parted(100, 100, time=times))[LeakageCheck.TEMPORAL_OVERLAP].status is PASS


def test_a_straggler_of_many_warns_and_is_told_of(judged: Judge) -> None:
    times = np.arange(2_000)
    times[0] = 9_999
    found = judged(parted(1_000, 1_000, time=times))[LeakageCheck.TEMPORAL_OVERLAP]
    assert (found.status, found.value, found.offenders.n) == (WARN, 0.001, 1_000)
    assert "1 of 1,000 training rows (0.1 %) is from after the first test row" in said(found.note)


def test_a_split_by_time_says_where_it_was_cut(judged: Judge) -> None:
    days = pd.date_range("2026-01-01", periods=100)
    found = judged(parted(60, 40, time=days))[LeakageCheck.TEMPORAL_OVERLAP]
    assert (found.status, found.value) == (PASS, 0)
    assert said(found.note) == (
        "The training rows end 2026-03-01, the test rows begin 2026-03-02: none of them is from before the other side's."
    )


def test_equal_times_are_no_pass(judged: Judge) -> None:
    found = judged(parted(60, 40, time=7))[LeakageCheck.TEMPORAL_OVERLAP]
    assert found.status is NOT_LOGGED
    assert said(found.note) == "All times are 7, so they tell no order."


def test_an_example_with_two_labels_fails_and_equal_rows_with_two_warn_where_rows_repeat(judged: Judge) -> None:
    rng = np.random.default_rng(0)
    coins = parted(600, 200, content_hash=rng.integers(0, 8, 800), label=rng.integers(0, 2, 800))
    found = judged(coins)[LeakageCheck.LABEL_CONFLICTS]
    assert (found.status, found.note.code) == (WARN, SplitNote.LABELS_OPEN)
    assert judged(coins, rows="unique")[LeakageCheck.LABEL_CONFLICTS].status is FAIL
    twice = parted(60, 40, label="cat")
    twice.loc[99, ["example_id", "label"]] = ["x0", "dog"]
    found = judged(twice)[LeakageCheck.LABEL_CONFLICTS]
    assert (found.status, found.offenders.ids, found.offenders.named[0].shared) == (FAIL, ("x0",), "dog")
    assert said(found.note) == (
        "1 of 40 test rows (2.5 %) has another label than a training row that is the same, 1 by its own id."
    )
    same = twice.assign(label="cat")
    assert judged(same)[LeakageCheck.LABEL_CONFLICTS].status is PASS


def test_copied_rows_with_another_label_fail(judged: Judge) -> None:
    hashes, labels = np.arange(1_000), np.zeros(1_000, int)
    hashes[940:], labels[995:] = np.arange(60), 1
    found = judged(parted(800, 200, content_hash=hashes, label=labels))[LeakageCheck.LABEL_CONFLICTS]
    assert (found.status, found.offenders.n, found.offenders.of) == (FAIL, 5, 200)


@pytest.mark.parametrize(
    ("column", "check"),
    [
        ("group", LeakageCheck.GROUP_OVERLAP),
        ("time", LeakageCheck.TEMPORAL_OVERLAP),
        ("content_hash", LeakageCheck.DUPLICATE_ROWS),
        ("label", LeakageCheck.LABEL_CONFLICTS),
    ],
)
def test_what_was_not_logged_on_both_sides_is_no_pass(judged: Judge, column: str, check: LeakageCheck) -> None:
    found = judged(parted(40, 40))[check]
    assert (found.status, found.note.code) == (NOT_LOGGED, SplitNote.SPLITS_WITHOUT)
    assert f"no column {column}" in said(found.note)
    for side in (slice(0, 40), slice(40, 80), slice(0, 80)):
        values = [1.0 * k for k in range(80)]
        values[side] = [float("nan")] * len(values[side])
        found = judged(parted(40, 40, **{column: values}))[check]
        assert (found.status, found.note.code) == (NOT_LOGGED, SplitNote.NO_VALUES), side
    whole = judged(parted(40, 40, **{column: [1.0 * k for k in range(80)]}))[check]
    assert whole.status is PASS


def test_columns_that_cannot_be_used_say_why(judged: Judge) -> None:
    frame = parted(40, 40, time="soon", content_hash=2.0**60)
    found = judged(frame)
    assert "neither a moment nor a number" in said(found[LeakageCheck.TEMPORAL_OVERLAP].note)
    assert "have lost digits" in said(found[LeakageCheck.DUPLICATE_ROWS].note)
    assert found[LeakageCheck.SHARED_IDS].status is PASS


def test_one_split_is_nothing_to_compare_and_has_no_training_rows(judged: Judge) -> None:
    found = judged(parted(0, 40))
    assert found[LeakageCheck.SHARED_IDS].status is NOT_LOGGED
    assert said(found[LeakageCheck.SHARED_IDS].note) == (
        "There is nothing to hold against each other, for no two of training, validation and test rows stand side by "
        "side: the split is called test."
    )
    assert (found[LeakageCheck.SPLIT_SIZES].status, found[LeakageCheck.SPLIT_SIZES].note["role"]) == (FAIL, "train")
    strange = judged(parted(40, 40).assign(split=["a"] * 40 + ["b"] * 40))
    assert "the splits are called a and b" in said(strange[LeakageCheck.GROUP_OVERLAP].note)
    assert strange[LeakageCheck.SPLIT_SIZES].status is FAIL


def test_few_test_rows_warn_and_sizes_stand_beside_the_usual_ones(judged: Judge) -> None:
    small = judged(parted(71, 29))[LeakageCheck.SPLIT_SIZES]
    assert (small.status, small.value, small.limit) == (WARN, 29, 30)
    assert said(small.note) == (
        "29 test rows are fewer than 30: scores on them are coarse. 71 training, 0 validation and 29 test rows "
        "(71/0/29; a common split is 70/15/15)."
    )
    enough = judged(parted(70, 30))[LeakageCheck.SPLIT_SIZES]
    assert (enough.status, enough.value) == (PASS, 30)


def test_without_test_rows_the_validation_rows_are_told_of(judged: Judge) -> None:
    found = judged(parted(70, 20).assign(split=["train"] * 70 + ["val"] * 20))[LeakageCheck.SPLIT_SIZES]
    assert (found.status, found.value) == (WARN, 20)
    assert said(found.note).startswith("20 validation rows are fewer than 30")


def test_a_split_whose_name_says_nothing_is_no_empty_split(judged: Judge) -> None:
    frame = parted(140, 60, group="g")
    found = judged(frame.assign(split=["train"] * 140 + ["oof"] * 60))
    assert {one.status for one in found.values()} == {NOT_LOGGED}
    sizes = found[LeakageCheck.SPLIT_SIZES].note
    assert said(sizes).startswith("60 rows of the splits 'oof' are neither training, validation nor test")
    found = judged(frame.assign(split="train"))
    assert found[LeakageCheck.SPLIT_SIZES].status is FAIL


def test_a_fold_without_test_rows_fails(judged: Judge) -> None:
    frame = parted(80, 40, fold=["0"] * 40 + ["1"] * 40 + ["0"] * 40)
    found = judged(frame)[LeakageCheck.SPLIT_SIZES]
    assert (found.status, found.value) == (FAIL, 0)
    assert said(found.note).startswith("There is no test row in fold 1. 80 training, 0 validation and 40 test rows")


def test_the_worst_fold_is_told_of(judged: Judge) -> None:
    groups = [f"g{k}" for k in range(160)]
    groups[40:50], groups[120:121] = ["g0"] * 10, ["g80"]
    frame = parted(0, 0, group=[]).reindex(range(160)).assign(
        example_id=[f"x{k}" for k in range(160)],
        split=(["train"] * 40 + ["test"] * 40) * 2,
        fold=["first"] * 80 + ["second"] * 80,
        group=groups,
    )  # fmt: skip
    found = judged(frame)[LeakageCheck.GROUP_OVERLAP]
    assert (found.status, found.offenders.n) == (FAIL, 10)
    assert "in fold first, the worst of 2 of 2 folds" in said(found.note)


def test_names_of_splits_and_folds_stay_on_their_line(judged: Judge) -> None:
    long, odd = "x" * 500, "fold\n\x1b[31m 1"
    frame = parted(40, 40, group="g", fold=[odd, long] * 40)
    words = said(judged(frame)[LeakageCheck.GROUP_OVERLAP].note)
    assert len(words) < 200
    assert words.isprintable()
    named = judged(parted(1, 1).assign(split=[long, odd]))[LeakageCheck.SHARED_IDS]
    assert len(said(named.note)) < 250
    assert said(named.note).isprintable()


def test_every_word_of_a_finding_has_its_figures(judged: Judge) -> None:
    """Words are made of each finding, so none lacks a value."""
    for frame in (parted(1, 1), parted(0, 5), parted(40, 40, group="g", time=1, label="l", content_hash="h", fold="f")):
        for rules in ({}, {"rows": "unique"}):
            assert all(said(one.note).endswith(".") for one in judged(frame, **rules).values())


def distinct(rng: np.random.Generator) -> "np.ndarray[Any, np.dtype[np.int64]]":
    return np.arange(400)


def few(rng: np.random.Generator) -> "np.ndarray[Any, np.dtype[np.int64]]":
    return rng.integers(0, 40, 400)


def twice(rng: np.random.Generator) -> "np.ndarray[Any, np.dtype[np.int64]]":
    return np.repeat(np.arange(200), 2)


def skewed(rng: np.random.Generator) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """A few rows stand very often, many once."""
    return rng.geometric(0.02, 400) * rng.integers(0, 2, 400)


@pytest.mark.parametrize("kind", [distinct, few, twice, skewed])
def test_a_thousand_honest_splits_hold_no_surplus_of_copies(kind: Callable[..., Any]) -> None:
    rng, alarms = np.random.default_rng(7), 0
    for _ in range(1_000):
        rows = kind(rng)
        test = random_split(rng, len(rows)) == "test"
        found = int(np.isin(rows[test], rows[~test]).sum())
        _, often = np.unique(rows[~test], return_counts=True)
        _, both = np.unique(rows, return_counts=True)
        m, c = np.unique(both, return_counts=True)
        counts = tuple(zip(m.tolist(), c.tolist(), strict=True))
        held = Shared(found, int(test.sum()))
        alarms += bool(found) and excess(Copies(held, int(often[often > 1].sum()), int((~test).sum()), counts))
    assert alarms <= 1


def honest(kind: int, seed: int) -> pd.DataFrame:
    """Distinct rows, few distinct ones, every row twice, groups split by group, a series split by time."""
    rng, n = np.random.default_rng(seed), 400
    rows = (np.arange(n), rng.integers(0, 8, n), np.repeat(np.arange(n // 2), 2), np.arange(n), np.arange(n))[kind]
    frame = parted(n, 0, content_hash=rows, label=np.asarray(rows) % 2).assign(split=random_split(rng, n))
    if kind == 3:
        groups = rng.integers(0, 60, n)
        return frame.assign(group=groups, split=np.where(np.isin(groups, rng.permutation(60)[:18]), "test", "train"))
    if kind == 4:
        times = np.sort(rng.integers(0, 90, n))  # with ties, some of them at the border
        return frame.assign(time=times, split=np.where(times >= times[280], "test", "train"))
    return frame


@pytest.mark.parametrize("kind", range(5))
def test_honest_splits_fail_no_check(judged: Judge, kind: int) -> None:
    for seed in range(8):
        found = judged(honest(kind, seed))
        assert FAIL not in {one.status for one in found.values()}, seed
        usual = {LeakageCheck.DUPLICATE_ROWS: WARN} if kind in (1, 2) else {}
        assert worse_than_pass(found) == usual, seed


def test_why_nothing_is_known_is_said_of_every_check() -> None:
    plain = not_logged()
    assert {said(one.note) for one in plain} == {"No splits are logged; evidence.log_splits(frame) logs them."}
    assert {one.status for one in plain} == {NOT_LOGGED}
    assert of(plain[0].note, SplitNote.NO_SPLITS)["line"] == "evidence.log_splits(frame)"
