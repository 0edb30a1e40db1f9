"""What the project says of the methods whose names results carry."""

from pathlib import Path

import pytest

from assay.queries.methods import page


@pytest.mark.parametrize(
    ("method", "title"),
    [
        ("paired t", "t"),
        ("Welch t", "t"),
        ("two-way t", "two-way"),
        ("percentile bootstrap, exact", "percentile"),
        ("percentile bootstrap of the p95, 10,000 resamples, inverted", "other statistics"),
        ("basic bootstrap of the median, 10,000 resamples", "other statistics"),
        ("percentile bootstrap, convolution, inverted", "percentile"),
        ("basic bootstrap, exact", "basic"),
        ("BCa bootstrap, saddlepoint", "bca"),
        ("beta bootstrap-t, 10,000 resamples", "bootstrap-t"),
        ("exact sign flips", "permutation"),
        ("exact permutation", "permutation"),
        ("paired Newcombe", "proportions"),
        ("exact McNemar", "proportions"),
    ],
)
def test_every_name_that_a_result_carries_has_its_page(method: str, title: str) -> None:
    found = page(method)
    assert found is not None
    assert found.title.lower().startswith(title)
    assert found.assumes
    assert found.distrust
    assert "](" not in found.computes + found.assumes + found.distrust


def test_without_the_pages_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert page("paired t", tmp_path) is None
    assert page("magic") is None
