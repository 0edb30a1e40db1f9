"""Texts that name a component's filter or a param's level, as links and options have them."""

import pytest

from assay.errors import SelectionError
from assay.queries.ablation.notation import filter_written, filters_given, level_written, levels_given
from saying import refused


def test_a_filter_stands_behind_the_first_equals_sign() -> None:
    assert filters_given(["pca=params.pca = 'off'", " no scaling = run_id IN ('a')"]) == (
        ("pca", "params.pca = 'off'"),
        ("no scaling", "run_id IN ('a')"),
    )
    assert filters_given([filter_written("a", "params.b = 'c'")]) == (("a", "params.b = 'c'"),)
    assert filters_given([]) == ()


def test_a_level_that_is_not_logged_is_written_as_nothing() -> None:
    assert levels_given(["model=large", "lr=1e-3=x", "extra="]) == (
        ("model", "large"),
        ("lr", "1e-3=x"),
        ("extra", None),
    )
    assert levels_given([level_written("a", None), level_written("a", " b ")]) == (("a", None), ("a", " b "))


@pytest.mark.parametrize("text", ["pca", "=params.pca = 'off'", "pca=", "pca= ", "", " = ", "params.pca = 'off'"])
def test_a_text_without_a_name_or_a_filter_is_refused(text: str) -> None:
    with refused(SelectionError, "NAME=F"):
        filters_given(["a=params.b = 'c'", text])


@pytest.mark.parametrize("text", ["pca", "=on", " = on", "", "="])
def test_a_text_without_a_param_is_no_level(text: str) -> None:
    with refused(SelectionError, "PARAM=LEVEL"):
        levels_given(["pca=on", text])
