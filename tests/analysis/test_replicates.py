"""Which runs are repeats, which are unfinished, and which cannot be told."""

import time

import numpy as np
import pandas as pd

from assay.analysis.replicates import replicates
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote

REPEAT = Exclusion.REPEAT
COLUMNS = ["run_id", "setup", "seed", "status", "start_time", "metric_signature", "metric_count"]


def runs(*rows: tuple[object, ...]) -> pd.DataFrame:
    """(run_id, setup, seed, status, start second, signature, metrics) per run."""
    table = pd.DataFrame(list(rows), columns=COLUMNS)
    table["start_time"] = pd.to_datetime(table["start_time"], unit="s", utc=True)
    return table


def marks(table: pd.DataFrame, **options: bool) -> list[str]:
    return list(replicates(table, **options).excluded)


def test_the_earliest_of_identical_runs_stays() -> None:
    table = runs(
        ("c", "svc", "42", "FINISHED", 3, "x", 2),
        ("a", "svc", "42", "FINISHED", 1, "x", 2),
        ("b", "svc", "42", "FINISHED", 2, "x", 2),
        ("d", "svc", "7", "FINISHED", 1, "x", 2),
        ("e", "rf", "42", "FINISHED", 0, "x", 2),
    )
    assert marks(table) == [REPEAT, "", REPEAT, "", ""]


def test_of_runs_that_started_together_the_smallest_id_stays_and_unknown_starts_come_last() -> None:
    table = runs(
        ("b", "svc", "1", "FINISHED", 1, "x", 1),
        ("a", "svc", "1", "FINISHED", 1, "x", 1),
        ("0", "svc", "1", "FINISHED", None, "x", 1),
    )
    assert marks(table) == [REPEAT, "", REPEAT]


def test_unfinished_runs_are_left_out_by_their_status_unless_the_filter_names_one() -> None:
    table = runs(
        ("a", "svc", "1", "FAILED", 1, "x", 1),
        ("b", "svc", "1", "FINISHED", 2, "x", 1),
        ("c", "svc", "2", "RUNNING", 1, "y", 1),
        ("d", "svc", "3", "KILLED", 1, "z", 1),
        ("e", "svc", "4", "SCHEDULED", 1, "w", 0),
    )
    assert marks(table) == [Exclusion.FAILED, "", Exclusion.RUNNING, Exclusion.KILLED, Exclusion.SCHEDULED]
    assert marks(table, any_status=True) == ["", REPEAT, "", "", ""]


def test_without_a_seed_two_equal_metrics_make_a_repeat_and_one_makes_a_doubt() -> None:
    two = runs(("a", "svc", None, "FINISHED", 1, "x", 2), ("b", "svc", None, "FINISHED", 2, "x", 2))
    assert marks(two) == ["", REPEAT]
    one = replicates(runs(("a", "svc", None, "FINISHED", 1, "x", 1), ("b", "svc", None, "FINISHED", 2, "x", 1)))
    assert list(one.excluded) == ["", ""]
    assert one.unclear == 1
    assert one.notes == (note(RunNote.MAY_REPEAT, n=1),)


def test_runs_without_metrics_repeat_nothing() -> None:
    table = runs(("a", "p", "1", "FINISHED", 1, "", 0), ("b", "p", "1", "FINISHED", 2, "", 0))
    found = replicates(table)
    assert list(found.excluded) == ["", ""]
    assert (found.unclear, found.clashing) == (0, 0)


def test_the_same_seed_with_other_digits_stays_with_a_warning() -> None:
    table = runs(
        ("a", "svc", "1", "FINISHED", 1, "x", 2),
        ("b", "svc", "1", "FINISHED", 2, "y", 2),
        ("c", "svc", "1", "FINISHED", 3, "y", 2),
        ("d", "svc", "2", "FAILED", 3, "z", 2),
        ("e", "svc", "2", "FINISHED", 4, "w", 2),
    )
    found = replicates(table)
    assert list(found.excluded) == ["", "", REPEAT, Exclusion.FAILED, ""]
    assert found.clashing == 1
    assert found.notes == (note(RunNote.SEED_CLASHES, n=1),)


def test_the_order_and_index_of_the_frame_do_not_matter() -> None:
    table = runs(*[(f"r{i:02d}", f"c{i % 3}", str(i % 4), "FINISHED", i % 5, f"s{i % 2}", 2) for i in range(40)])
    plain = replicates(table)
    mixed = table.sample(frac=1, random_state=3)
    mixed.index = pd.Index([7] * len(mixed))
    found = replicates(mixed)
    assert dict(zip(mixed["run_id"], found.excluded, strict=True)) == dict(
        zip(table["run_id"], plain.excluded, strict=True)
    )
    assert list(found.excluded.index) == [7] * len(mixed)


def test_an_empty_frame_is_fine() -> None:
    assert marks(runs()) == []


def test_a_hundred_thousand_runs_take_a_moment() -> None:
    n = 100_000
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "run_id": [f"{i:032x}" for i in rng.permutation(n)],
            "setup": np.repeat([f"c{i:030x}" for i in range(n // 5)], 5),
            "seed": ["42", "123", "456", "789", "789"] * (n // 5),
            "status": "FINISHED",
            "start_time": pd.to_datetime(rng.integers(0, 10**12, n), unit="ms", utc=True),
            "metric_signature": np.repeat(rng.integers(0, 2**60, n // 5), 5),
            "metric_count": 12,
        }
    )
    began = time.process_time()
    found = replicates(table)
    assert time.process_time() - began < 1.0
    assert int((found.excluded == REPEAT).sum()) == n // 5
