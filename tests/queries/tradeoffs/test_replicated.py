"""Whose replicates vary together, asked of real runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from scipy import stats

from assay.model.criteria import Objective
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.front import front
from assay.workspace import Workspace
from stores import Store
from traded import BOTH, SEEDED, by_model


def test_paired_noise_is_what_the_probability_rests_on(serving: Workspace) -> None:
    answer = front(serving, FrontQuestion(BOTH[:1], ("serving",), filter="params.model LIKE '%l%'", draws=40_000))
    assert answer.draws == 40_000
    found = by_model(answer)
    assert front(serving, FrontQuestion(BOTH[:1], ("serving",))).draws == 4_000
    t = stats.ttest_rel(SEEDED["large"][0], SEEDED["close"][0]).statistic
    assert found["large"].probability == pytest.approx(stats.t.cdf(t, 4), abs=0.01)


def test_equal_seeds_of_two_experiments_are_no_pairs(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for seed, noise in enumerate((0.0, 0.02, -0.01, 0.03, -0.04)):
        for name, gain in (("a", 0.0), ("b", 0.001)):
            store.run("one", params={"model": name, "seed": seed}, metrics={"accuracy": 0.8 + gain + noise})
        store.run("two", params={"model": "c", "seed": seed}, metrics={"accuracy": 0.8 + noise})
    work, accuracy = work_of(store), (Objective("accuracy"),)
    paired = by_model(front(work, FrontQuestion(accuracy, ("one",))))
    assert (paired["a"].probability, paired["b"].probability) == (0.0, 1.0)
    apart = by_model(front(work, FrontQuestion(accuracy, filter="params.model != 'a'")))
    assert 0.3 < (apart["c"].probability or 0) < 0.7
