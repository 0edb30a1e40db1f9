"""Estimates as gains: Student's t, what too few or too still scores leave out, and families."""

import numpy as np
import pytest
from scipy import stats

from assay.analysis.ablation.estimates import judged, of_cell, over_seeds, shown, squared_error, together
from assay.analysis.student import satterthwaite
from assay.model.ablation.answer import Gain
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from celled import BY_RULE, ends


def test_a_row_of_seeds_is_judged_as_scipy_does() -> None:
    values = np.random.default_rng(0).normal(1.0, size=(3, 6))
    for row, found in zip(values, over_seeds(values, 1.0, BY_RULE), strict=True):
        oracle = stats.ttest_1samp(row, 0.0)
        assert found.value == pytest.approx(row.mean())
        assert found.p_value == pytest.approx(oracle.pvalue)
        assert ends(found) == pytest.approx(tuple(oracle.confidence_interval()))
        assert (found.paired, found.n) == (True, 6)


def test_seeds_that_differ_by_rounding_alone_show_no_variation() -> None:
    rows = np.array([[0.3, 0.1 + 0.2, 0.3], [0.3, 0.4, 0.2]])
    still, moving = over_seeds(rows, 1.0, BY_RULE)
    assert still.interval is None
    assert still.p_value is None
    assert still.reason is not None
    assert still.reason.code is Says.CELLS_WITHOUT_VARIATION
    assert moving.interval is not None


def test_each_row_has_its_own_scale_so_that_one_diverged_arm_stills_no_other() -> None:
    rows = np.array([[0.1, 0.2, 0.3], [1e15, 1.1e15, 1.2e15]])
    assert all(one.interval for one in over_seeds(rows, np.array([1.0, 1e15]), BY_RULE))


def test_one_seed_has_a_value_and_no_interval() -> None:
    [found] = over_seeds(np.array([[2.0]]), 2.0, BY_RULE)
    assert (found.value, found.interval, found.p_value, found.n) == (2.0, None, None, 1)
    assert found.reason is not None
    assert found.reason.code is Says.CELL_OF_ONE


@pytest.mark.parametrize(("n", "minimum"), [(2, 3), (4, 5)])
def test_fewer_than_the_policy_asks_for_have_an_interval_and_no_p(n: int, minimum: int) -> None:
    [found] = over_seeds(np.arange(float(n))[None], 1.0, Rules(minimum_runs=minimum))
    assert found.interval is not None
    assert found.p_value is None
    assert found.reason is not None
    assert found.reason.values == (("n", n), ("needed", minimum))


def test_the_level_of_the_rules_is_the_intervals() -> None:
    [wide], [narrow] = (over_seeds(np.array([[1.0, 2.0, 4.0]]), 4.0, Rules(level=level)) for level in (0.99, 0.5))
    assert ends(wide)[0] < ends(narrow)[0] < ends(narrow)[1] < ends(wide)[1]


def test_satterthwaite_of_two_shares_is_welchs() -> None:
    a, b = np.array([1.0, 2.0, 4.0]), np.array([1.0, 5.0, 9.0, 2.0, 7.0])
    shares = [own.var(ddof=1) / own.size for own in (a, b)]
    assert satterthwaite(shares, [2.0, 4.0]) == pytest.approx(stats.ttest_ind(a, b, equal_var=False).df)


def test_satterthwaite_of_equal_shares_adds_and_of_one_alone_is_its_own() -> None:
    assert satterthwaite([2.0] * 4, [4.0] * 4) == pytest.approx(16.0)
    assert satterthwaite([3.0, 0.0, 0.0], [2.0, 9.0, 9.0]) == pytest.approx(2.0)
    assert satterthwaite([1e-120, 1e-120], [4.0, 4.0]) == pytest.approx(8.0)


@pytest.mark.parametrize("value", [0.1, 0.7, 81.3, 1e-9, 3e30])
def test_equal_scores_have_no_variance_however_they_are_summed(value: float) -> None:
    for n in range(2, 30):
        assert squared_error(of_cell((value,) * n)) == 0.0
    assert np.isnan(squared_error(of_cell((value,))))


def test_a_family_is_corrected_by_holm_and_keeps_its_order() -> None:
    gains = [Gain(1.0, p_value=p) for p in (0.03, 0.01, None, 0.04)]
    assert [one.p_adjusted for one in together(gains, BY_RULE)] == pytest.approx([0.09, 0.04, None, 0.09])
    assert [shown(one, BY_RULE) for one in together(gains, BY_RULE)] == [False, True, False, False]
    assert [one.p_adjusted for one in together(gains, Rules(correction="none"))] == [0.03, 0.01, None, 0.04]


def test_an_estimate_says_what_it_was_judged_by() -> None:
    found = judged(1.0, 0.5, 7.5, 5, BY_RULE, Technique.SATTERTHWAITE_T)
    assert found.test is not None
    assert found.test.technique is Technique.SATTERTHWAITE_T
    assert found.p_value == pytest.approx(2 * stats.t.sf(2.0, 7.5))
    assert not found.paired
