"""Laws of t ratios: finite where they should be, and the same ratio however it is drawn."""

import numpy as np
import pytest
from scipy.special import stdtrit

from assay.analysis.bootstrap.studentised import beta_t, plain_t


def test_plain_resampling_of_three_values_has_infinite_tails_and_beta_weights_have_none() -> None:
    x = np.array([0.81, 0.84, 0.85])
    plain, _ = plain_t((x,), 5_000, 0)
    beta, error = beta_t((x,), 5_000, 0)
    assert np.isinf(plain.lower(0.025))
    assert np.isfinite([beta.lower(0.025), beta.upper(0.025)]).all()
    assert error == pytest.approx(x.std() / 3**0.5)


def test_with_many_normal_values_both_are_near_student() -> None:
    x = np.random.default_rng(0).normal(size=80)
    for law, _ in (plain_t((x,), 20_000, 1), beta_t((x,), 20_000, 1)):
        assert law.upper(0.025) == pytest.approx(float(stdtrit(79, 0.975)), abs=0.2)
        assert law.at_most(0.0) == pytest.approx(0.5, abs=0.05)


def test_the_ratios_of_two_groups_swap_their_sign_with_the_groups() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.gamma(2, size=15), rng.gamma(3, size=20)
    here, there = beta_t((x, y), 20_000, 2)[0], beta_t((y, x), 20_000, 3)[0]
    assert here.upper(0.05) == pytest.approx(-there.lower(0.05), abs=0.1)


def test_a_resample_of_one_value_only_is_no_small_spread() -> None:
    x = np.array([1e6, 1e6 + 1, 1e6 + 2])
    law, _ = plain_t((x,), 2_000, 0)
    finite = law.values[np.isfinite(law.values)]
    assert np.abs(finite).max() < 10
