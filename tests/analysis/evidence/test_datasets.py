"""Data that were logged as training and as test data."""

import numpy as np
import pytest

from assay.analysis.evidence.datasets import LoggedData, same_dataset
from assay.model.evidence.check import MOST_NAMED, Check
from saying import said


def data(*runs: str) -> LoggedData:
    """Runs whose inputs are `train=name:digest test=name:digest …`."""
    pairs = [(run, one.partition("=")) for run, text in enumerate(runs) for one in text.split()]
    inputs = [(run, context, text) for run, (context, _, text) in pairs]
    known = sorted({text for _, _, text in inputs})
    names, digests = zip(*(text.split(":") for text in known), strict=True) if known else ((), ())
    return LoggedData(
        len(runs),
        np.array([run for run, _, _ in inputs], dtype=np.int64),
        np.array([known.index(text) for _, _, text in inputs], dtype=np.int64),
        np.array([context == "test" for _, context, _ in inputs], dtype=bool),
        names,
        digests,
    )


def check(run: str) -> Check:
    return same_dataset(data("train=x:9 test=y:8", run, "")).say(1)


@pytest.mark.parametrize(
    ("inputs", "status", "value"),
    [
        ("train=a:1 test=a:1", "warn", 1),
        ("train=a:1 test=b:1", "warn", 1),
        ("train=a:1 test=a:2", "pass", 0),
        ("train=a:1 train=b:2 test=c:3 test=d:2", "warn", 1),
        ("train=a:1 train=b:2 test=c:1 test=d:2 test=e:2", "warn", 2),
        ("train=a:1 train=b:2 test=c:3 test=d:4", "pass", 0),
        ("train=a: test=a:", "not_logged", None),
        ("train=a:1 test=b:", "not_logged", None),
        ("train=a:1 test=b:2 test=c:", "not_logged", None),
        ("train=a:1 test=b:1 test=c:", "warn", 1),
        ("train=a:1 train=b:1", "not_logged", None),
        ("test=a:1 test=b:1", "not_logged", None),
        ("", "not_logged", None),
    ],
)
def test_one_digest_on_both_sides_is_a_warning_and_what_is_unknown_no_pass(
    inputs: str, status: str, value: float | None
) -> None:
    found = check(inputs)
    assert (found.status.value, found.value) == (status, value)
    verdicts = same_dataset(data("", inputs, "train=x:1"))
    assert verdicts.say(1) == found
    assert verdicts.status[1] == found.status.severity
    assert np.isnan(verdicts.values[1]) == (value is None)
    assert {verdicts.say(place).status.value for place in (0, 2)} == {"not_logged"}


def test_what_is_said_claims_no_more_than_mlflow_looked_at() -> None:
    assert said(check("train=a:1 test=b:1 test=c:3").note) == (
        "Training data (a 1) and test data (b 1) have one digest: they are the same as far as MLflow looks, which is "
        "numbers and text of the first 10,000 rows of a table, or the first 10,000 numbers of an array."
    )
    assert check("train=a:1 test=b:1 test=c:3").sources == ("a 1", "b 1")
    assert "have 2 digests in common" in said(check("train=a:1 train=b:2 test=c:1 test=d:2").note)
    assert said(check("train=a:1 test=a:2").note) == "Training data (a 1) and test data (a 2) differ in every digest."
    assert "no training data; mlflow.log_input(dataset, context=" in said(check("test=a:1").note)
    assert said(check("train=a:1").note).endswith("equal ones need names of their own.")
    assert said(check("").note).startswith("Neither training nor test data are logged; mlflow.log_input(")
    assert said(check("train=a: test=b:").note) == (
        "a, b have no digest, so that nobody can tell training from test data."
    )


def test_of_a_thousand_data_sets_the_first_are_named() -> None:
    many = " ".join(f"train=a{number}:{number}" for number in range(1_000))
    found = check(f"{many} test=b:x")
    assert len(found.sources) == MOST_NAMED + 1
    assert len(said(found.note)) < 300


def test_runs_that_logged_nothing_at_all_are_each_not_logged() -> None:
    assert same_dataset(data("", "")).status.tolist() == [1, 1]
