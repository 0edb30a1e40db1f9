"""What data runs used, as a snapshot holds it."""

import pytest

from assay.cache import contents, datasets, reads
from assay.model.runs.data import Dataset, Use
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot

from .conftest import Publish, a_run, store

DIGITS, OTHER, BARE = (
    ("x", "digits", "f6d9", "local", "{}", 540),
    ("y", "a", "1", "", "", None),
    ("z", "", "", "", "", None),
)


@pytest.fixture
def mixed(publish: Publish) -> Snapshot:
    """Four runs: two of one test set, one of several inputs, one without any."""
    inputs = [("a", "x", "test"), ("b", "x", "test"), ("c", "y", "Eval "), ("c", "x", "validation"), ("c", "z", "")]
    runs = [a_run(name, start=number) for number, name in enumerate("abcd")]
    return publish(store(runs=runs, datasets=[DIGITS, OTHER, BARE], inputs=inputs)).snapshot


def test_a_run_has_its_datasets_by_name_and_digest(mixed: Snapshot) -> None:
    run = reads.run(mixed, "c")
    assert run is not None
    assert run.datasets == (
        Dataset("", "", ""),
        Dataset("a", "1", "Eval "),
        Dataset("digits", "f6d9", "validation", "local", "{}", 540),
    )
    assert [one.use for one in run.datasets] == [Use.OTHER, Use.TEST, Use.TEST]
    assert [run.datasets for run in contents.runs(mixed, ["d"])] == [()]


def test_different_sets_are_counted_with_the_runs_that_used_them(mixed: Snapshot) -> None:
    found = datasets.used(mixed, Selection())
    assert [(len(given), runs) for given, runs in found] == [(1, 2), (3, 1), (0, 1)]
    assert datasets.used(mixed, ["a", "d", "unknown"]) == ((found[0][0], 1), ((), 1))


def test_test_data_of_many_runs_are_one_text_each(mixed: Snapshot) -> None:
    assert datasets.test_data(mixed, Selection()).to_dict() == {
        "a": "digits f6d9",
        "b": "digits f6d9",
        "c": "a 1 | digits f6d9",
    }
    assert datasets.test_data(mixed, ["b"]).to_dict() == {"b": "digits f6d9"}
