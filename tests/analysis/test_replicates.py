"""Which runs are repeats, which are unfinished, and which cannot be told."""

import time

import numpy as np
import pandas as pd
import pytest

from assay.analysis.replicates import replicates, unseeded
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


def logged(**values: tuple[float, ...]) -> pd.DataFrame:
    """The metrics 0, 1 … of each run."""
    rows = [(run, metric, value) for run, own in values.items() for metric, value in enumerate(own)]
    made = pd.DataFrame(rows, columns=["run_id", "metric", "value"])
    return made.assign(witness=made["metric"])


def seedless(*rows: tuple[str, str]) -> pd.DataFrame:
    """(run_id, signature) of each run of one setup, in the order of their starts."""
    return runs(*[(run, "svc", None, "FINISHED", start, kind, 2) for start, (run, kind) in enumerate(rows)])


def marks(table: pd.DataFrame, metrics: pd.DataFrame | None = None, *, any_status: bool = False) -> list[str]:
    return list(replicates(table, metrics, any_status=any_status).excluded)


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


def test_without_a_seed_two_telling_metrics_make_a_repeat() -> None:
    table = seedless(("a", "x"), ("b", "x"), ("c", "y"))
    told = logged(a=(0.912345678, 0.34567891), b=(0.912345678, 0.34567891), c=(0.923456789, 0.32109876))
    assert marks(table, told) == ["", REPEAT, ""]
    assert unseeded(table).tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("values", "other"),
    [
        ((0.9, 0.34567891), (0.8, 0.32109876)),
        ((29 / 30, 0.34567891), (28 / 30, 0.32109876)),
        ((0.987654321, 0.34567891), (0.987654321, 0.32109876)),
        ((0.912345678, float("nan")), (0.923456789, 0.32109876)),
    ],
    ids=["few digits", "a share of few items", "constant in the setup", "NaN"],
)
def test_metrics_that_trainings_may_share_make_a_doubt_and_nothing_is_left_out(
    values: tuple[float, ...], other: tuple[float, ...]
) -> None:
    found = replicates(seedless(("a", "x"), ("b", "x"), ("c", "y")), logged(a=values, b=values, c=other))
    assert list(found.excluded) == ["", "", ""]
    assert found.notes == (note(RunNote.MAY_REPEAT, n=1),)


def test_where_all_runs_are_the_same_nothing_shows_that_other_digits_could_have_come_out() -> None:
    same = (0.912345678, 0.34567891)
    assert marks(seedless(("a", "x"), ("b", "x")), logged(a=same, b=same)) == ["", REPEAT]


def test_seeds_decide_without_a_look_at_digits_and_other_setups_are_not_asked_about() -> None:
    table = runs(("a", "svc", "1", "FINISHED", 1, "x", 1), ("b", "svc", "1", "FINISHED", 2, "x", 1))
    assert not unseeded(table).any()
    assert marks(table) == ["", REPEAT]


def test_runs_without_metrics_repeat_nothing() -> None:
    table = runs(("a", "p", "1", "FINISHED", 1, "", 0), ("b", "p", "1", "FINISHED", 2, "", 0))
    found = replicates(table)
    assert list(found.excluded) == ["", ""]
    assert found.unclear == 0


def test_the_same_seed_with_other_digits_stays() -> None:
    table = runs(
        ("a", "svc", "1", "FINISHED", 1, "x", 2),
        ("b", "svc", "1", "FINISHED", 2, "y", 2),
        ("c", "svc", "1", "FINISHED", 3, "y", 2),
        ("d", "svc", "2", "FAILED", 3, "z", 2),
        ("e", "svc", "2", "FINISHED", 4, "w", 2),
    )
    found = replicates(table)
    assert list(found.excluded) == ["", "", REPEAT, Exclusion.FAILED, ""]
    assert found.notes == ()


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


def test_metrics_of_the_same_counts_are_one_witness() -> None:
    values, other = (0.9912345678, 0.9812345678), (0.9712345678, 0.9612345678)
    told = logged(a=values, b=values, c=other)
    runs = seedless(("a", "x"), ("b", "x"), ("c", "y"))
    assert replicates(runs, told).excluded.ne("").sum() == 1
    assert replicates(runs, told.assign(witness="counts")).excluded.ne("").sum() == 0
