"""Corrections against published figures and statsmodels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from assay.analysis.multiplicity import benjamini_hochberg, holm

PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
p_values = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def claims(adjusted: list[float | None]) -> int:
    return sum(p is not None and p < 0.05 for p in adjusted)


def test_benjamini_and_hochbergs_example_keeps_three_by_holm_and_four_by_theirs() -> None:
    assert claims(holm(PUBLISHED)) == 3
    assert claims(benjamini_hochberg(PUBLISHED)) == 4


# Few of them: statsmodels collects garbage at every call.
@settings(max_examples=6, deadline=None)
@given(p_values)
def test_both_agree_with_statsmodels(p: list[float]) -> None:
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def test_a_comparison_without_p_still_counts() -> None:
    assert holm([0.01, None]) == [pytest.approx(0.02), None]
    assert benjamini_hochberg([None, 0.01]) == [None, pytest.approx(0.02)]


def test_no_comparisons_give_no_p_values() -> None:
    assert holm([]) == []
    assert benjamini_hochberg([]) == []
