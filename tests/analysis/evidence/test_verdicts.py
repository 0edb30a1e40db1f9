"""What a check says of all runs at once is what it says of each."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from assay.analysis.evidence.logged import LoggedScores, ScorePair
from assay.analysis.evidence.looks import Looks
from assay.analysis.evidence.looks import test_looks as looks_of
from assay.analysis.evidence.scores import (
    fold_spread,
    suspicious_score,
    train_equals_test,
    train_test_gap,
)
from assay.analysis.evidence.scores import (
    test_better_than_train as better_than_train,
)
from assay.analysis.evidence.verdicts import Verdicts, status_of
from assay.model.evidence.policy import LeakagePolicy
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Direction

RULES = LeakagePolicy()
N = 60


def logged(*, empty: bool = False) -> LoggedScores:
    """Trainings of twelve configurations in per cent and as shares, a third of the values missing."""
    rng = np.random.default_rng(12)
    values = pd.DataFrame({name: rng.random(N) for name in ("train_a", "test_a", "train_b", "test_b", "std_test_b")})
    values.loc[:20, "test_a"] = values["train_a"]
    values["test_b"] = values["test_b"] * 100
    values = values.mask(rng.random(values.shape) < 1 / 3)
    scales = pd.DataFrame(1.0, values.index, values.columns).assign(test_b=100.0)
    pairs = tuple(ScorePair(f"train_{m}", f"test_{m}", SplitRole.TEST, Direction.MAXIMIZE) for m in "ab")
    every = LoggedScores(
        values, scales, np.arange(N) // 5, np.arange(N), np.ones(N, bool), pairs, ("test_a", "test_b"),
        ("std_test_b",), np.arange(N) % 5,
    )  # fmt: skip
    return replace(every, pairs=(), held=(), spreads=()) if empty else every


def verdicts(scores: LoggedScores) -> dict[str, Verdicts]:
    sets = [Looks("digits", 15, 3), Looks("wine", 2, 1)]
    return {
        "equal": train_equals_test(scores),
        "gap": train_test_gap(scores, RULES),
        "score": suspicious_score(scores, RULES),
        "better": better_than_train(scores, 0.95),
        "folds": fold_spread(scores, RULES),
        "looks": looks_of(sets, np.arange(N) % 3 - 1, RULES),
    }


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("which", ["equal", "gap", "score", "better", "folds", "looks"])
def test_statuses_and_values_of_all_runs_are_those_of_each(which: str, empty: bool) -> None:
    found = verdicts(logged(empty=empty))[which]
    told = [found.say(at) for at in range(N)]
    assert [one.status for one in told] == [status_of(place) for place in found.status]
    values = [np.nan if one.value is None else one.value for one in told]
    np.testing.assert_array_equal(found.values, values)
    assert bool(np.isfinite(found.values).any()) is (which == "looks" or not empty)


def test_some_runs_alone_are_said_as_among_all() -> None:
    found = verdicts(logged())["gap"]
    some = found.of(np.array([7, 3]))
    assert [some.say(at) for at in range(2)] == [found.say(7), found.say(3)]
    np.testing.assert_array_equal(some.values, found.values[[7, 3]])
