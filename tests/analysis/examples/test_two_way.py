"""Seeds × examples: by hand, by the paired t at its limits, and by how often it cries wolf."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from assay.analysis.examples.two_way import two_way
from assay.analysis.inference import two_sided


def test_mean_squares_by_hand() -> None:
    found = two_way(np.array([[1.0, 3.0], [2.0, 8.0]]))
    assert found is not None
    # Grand mean 3.5; seeds 2 and 5, examples 1.5 and 5.5; residuals ±1.
    # So the mean squares are 9, 16 and 4.
    assert found.estimate == 3.5
    assert found.error == pytest.approx((21 / 4) ** 0.5)
    assert found.freedom == pytest.approx(21**2 / (81 + 256 + 16))


def test_where_only_seeds_differ_it_is_the_t_test_over_seeds() -> None:
    by_seed = np.array([0.1, 0.4, -0.2, 0.3, 0.5])
    found = two_way(np.repeat(by_seed[:, None], 50, axis=1))
    assert found is not None
    assert two_sided(found) == pytest.approx(ttest_1samp(by_seed, 0).pvalue)


def test_where_only_examples_differ_it_is_the_t_test_over_examples() -> None:
    by_example = np.random.default_rng(0).normal(0.2, size=40)
    found = two_way(np.repeat(by_example[None, :], 3, axis=0))
    assert found is not None
    assert two_sided(found) == pytest.approx(ttest_1samp(by_example, 0).pvalue)


def test_examples_that_some_seed_lacks_are_left_out() -> None:
    table = np.random.default_rng(1).normal(size=(3, 10))
    table[1, 4] = np.nan
    table[2, 7] = np.inf
    found = two_way(table)
    assert found is not None
    assert found.estimate == pytest.approx(np.delete(table, [4, 7], axis=1).mean())


@pytest.mark.parametrize(
    "table",
    [np.ones((1, 9)), np.ones((9, 1)), np.full((3, 4), 0.7), np.full((3, 4), np.nan), np.empty((0, 0))],
)
def test_tables_that_cannot_tell_give_nothing(table: np.ndarray) -> None:
    assert two_way(table) is None


@pytest.mark.parametrize("spreads", [(0.3, 0.3), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)])
def test_false_alarms_stay_near_or_below_five_per_cent(spreads: tuple[float, float]) -> None:
    rng = np.random.default_rng(7)
    alarms = 0
    for _ in range(600):
        noise = rng.normal(size=(5, 60))
        table = noise + spreads[0] * rng.normal(size=(5, 1)) + spreads[1] * rng.normal(size=(1, 60))
        found = two_way(table)
        assert found is not None
        alarms += two_sided(found) < 0.05
    assert alarms / 600 < 0.085
