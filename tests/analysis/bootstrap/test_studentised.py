"""Laws of t ratios: finite where they should be, and the same ratio whichever group comes first."""

import numpy as np
import pytest
from scipy.special import stdtrit

from assay.analysis.bootstrap.studentised import beta_t


def test_beta_weights_of_three_values_have_finite_tails() -> None:
    x = np.array([0.81, 0.84, 0.85])
    beta, error = beta_t((x,), 5_000, 0)
    assert np.isfinite(np.quantile(beta, [0.025, 0.975])).all()
    assert error == pytest.approx(x.std() / 3**0.5)


def test_with_many_normal_values_the_law_is_near_student() -> None:
    x = np.random.default_rng(0).normal(size=80)
    drawn, _ = beta_t((x,), 20_000, 1)
    assert np.quantile(drawn, 0.975) == pytest.approx(float(stdtrit(79, 0.975)), abs=0.2)
    assert (drawn <= 0.0).mean() == pytest.approx(0.5, abs=0.05)


def test_the_ratios_of_two_groups_swap_their_sign_with_the_groups() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.gamma(2, size=15), rng.gamma(3, size=20)
    here, there = beta_t((x, y), 20_000, 2)[0], beta_t((y, x), 20_000, 3)[0]
    assert np.quantile(here, 0.95) == pytest.approx(-np.quantile(there, 0.05), abs=0.1)
