"""Student and Welch against scipy, far tails included."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_ind

from assay.analysis.inference import two_sided
from assay.analysis.student import one_mean, welch
from assay.model.comparison.procedure import Technique

SLEEP_1 = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
SLEEP_2 = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def test_the_sleep_data() -> None:
    paired, unpaired = one_mean(SLEEP_1 - SLEEP_2, Technique.PAIRED_T), welch(SLEEP_1, SLEEP_2)
    assert paired.estimate / paired.error == pytest.approx(-4.0621, abs=5e-5)
    assert unpaired.estimate / unpaired.error == pytest.approx(-1.8608, abs=5e-5)
    assert unpaired.freedom == pytest.approx(17.776, abs=5e-4)
    assert [made.procedure.name for made in (paired, unpaired, one_mean(SLEEP_1))] == ["paired t", "Welch t", "t"]


@pytest.mark.parametrize("sizes", [(2, 2), (3, 9), (40, 7)])
def test_both_agree_with_scipy(sizes: tuple[int, int]) -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(1, 2, sizes[0]), rng.normal(0, 0.1, sizes[1])
    expected = ttest_ind(x, y, equal_var=False)
    found = welch(x, y)
    assert two_sided(found) == pytest.approx(expected.pvalue)
    interval, theirs = found.interval(0.9), expected.confidence_interval(0.9)
    assert (interval.low, interval.high) == pytest.approx((theirs.low, theirs.high))
    assert two_sided(one_mean(x)) == pytest.approx(ttest_1samp(x, 0).pvalue)


def test_p_is_never_zero() -> None:
    assert two_sided(one_mean(np.linspace(1e9, 1e9 + 1, 2000))) > 0


def test_tiny_spreads_do_not_underflow() -> None:
    x = np.array([1.0, 2.0, 4.0]) * 1e-55
    assert welch(x, 2 * x).freedom == pytest.approx(welch(x * 1e55, 2e55 * x).freedom)
