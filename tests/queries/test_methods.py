"""What the project says of the methods whose names results carry."""

from pathlib import Path

import pytest

from assay.model.comparison.procedure import Procedure, Technique
from assay.model.comparison.question import Statistic
from assay.queries.methods import page

T = Technique


@pytest.mark.parametrize(
    ("made", "name", "title"),
    [
        (Procedure(T.T), "t", "t"),
        (Procedure(T.PAIRED_T), "paired t", "t"),
        (Procedure(T.WELCH_T), "Welch t", "t"),
        (Procedure(T.TWO_WAY_T), "two-way t", "two-way"),
        (Procedure(T.PERCENTILE, "exact"), "percentile bootstrap, exact", "percentile"),
        (
            Procedure(T.PERCENTILE, "10,000 resamples", of=Statistic.P95, inverted=True),
            "percentile bootstrap of the p95, 10,000 resamples, inverted",
            "other statistics",
        ),
        (
            Procedure(T.BASIC, "10,000 resamples", of=Statistic.MEDIAN),
            "basic bootstrap of the median, 10,000 resamples",
            "other statistics",
        ),
        (
            Procedure(T.PERCENTILE, "convolution").as_test,
            "percentile bootstrap, convolution, inverted",
            "percentile",
        ),
        (Procedure(T.BASIC, "exact"), "basic bootstrap, exact", "basic"),
        (Procedure(T.BCA, "convolution"), "BCa bootstrap, convolution", "bca"),
        (Procedure(T.BOOTSTRAP_T, "10,000 resamples"), "beta bootstrap-t, 10,000 resamples", "bootstrap-t"),
        (Procedure(T.SIGN_FLIPS, prefix="exact"), "exact sign flips", "permutation"),
        (Procedure(T.PERMUTATION, prefix="exact"), "exact permutation", "permutation"),
        (Procedure(T.PAIRED_NEWCOMBE), "paired Newcombe", "proportions"),
        (Procedure(T.MCNEMAR, prefix="exact"), "exact McNemar", "proportions"),
    ],
)
def test_every_name_that_a_result_carries_has_its_page(made: Procedure, name: str, title: str) -> None:
    found = page(made)
    assert made.name == name
    assert found is not None
    assert found.title.lower().startswith(title)
    assert found.assumes
    assert found.distrust
    assert "](" not in found.computes + found.assumes + found.distrust


@pytest.mark.parametrize("technique", Technique)
def test_no_technique_is_without_a_page(technique: Technique) -> None:
    assert page(Procedure(technique)) is not None


def test_without_the_pages_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert page(Procedure(Technique.PAIRED_T), tmp_path) is None
