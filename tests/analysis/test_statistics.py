"""Statistics of many resamples at once, against numpy and scipy on the rows that each resample drew."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import trim_mean

from assay.analysis import statistics
from assay.analysis.sample import Array
from assay.analysis.statistics import Counted, Counts

RNG = np.random.default_rng(0)


def drawn(n: int) -> tuple[Counts, np.ndarray]:
    """Counts of twenty resamples, and the rows that they stand for."""
    picked = RNG.integers(0, n, (20, n))
    return np.stack([np.bincount(row, minlength=n) for row in picked]), picked


@pytest.mark.parametrize("n", [2, 5, 12, 13, 101])
@pytest.mark.parametrize(
    ("counted", "plain"),
    [
        (statistics.median, np.median),
        (lambda v: statistics.quantile(v, 0.9), lambda v: np.quantile(v, 0.9)),
        (lambda v: statistics.quantile(v, 0.99), lambda v: np.quantile(v, 0.99)),
        (lambda v: statistics.quantile(v, 1.0), np.max),
        (statistics.iqm, lambda v: trim_mean(v, 0.25)),
        (lambda v: statistics.trimmed_mean(v, 0.1), lambda v: trim_mean(v, 0.1)),
        (lambda v: statistics.trimmed_mean(v, 0.0), np.mean),
    ],
)
def test_each_resample_gets_its_own_answer(
    counted: Callable[[Array], Counted], plain: Callable[[Array], float], n: int
) -> None:
    for values in (RNG.normal(size=n), np.round(RNG.normal(size=n)), np.zeros(n)):
        counts, picked = drawn(n)
        assert counted(values).of(counts) == pytest.approx([plain(values[row]) for row in picked])
        assert counted(values).observed == pytest.approx(plain(values))


def test_a_trimmed_mean_does_not_see_what_it_cuts_off() -> None:
    values = np.append(np.arange(20.0), [1e59, -1e59])
    assert statistics.trimmed_mean(values, 0.1).observed == pytest.approx(trim_mean(values, 0.1))


@pytest.mark.parametrize("share", [-0.1, 0.5, 1.0])
def test_trimming_everything_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match=str(share)):
        statistics.trimmed_mean(np.arange(4.0), share)
