import pytest

from assay.errors import EvidenceError
from assay.evidence.ablation.cells import blocks, cell, label


def test_a_cell_names_what_is_gone_in_the_order_of_the_components() -> None:
    assert cell(["c", "a"], "abc") == ("a", "c")
    with pytest.raises(EvidenceError, match="no component 'd'; there are a, b, c"):
        cell(["d"], "abc")


@pytest.mark.parametrize(
    ("removed", "components", "said"),
    [
        ("", "abc", "full"),
        ("b", "abc", "without b"),
        ("ab", "abc", "only c"),
        ("abc", "abc", "none"),
        ("a", "a", "without a"),
        ("ba", "dcba", "without a, b"),
        ("cba", "edcba", "only d, e"),
    ],
)
def test_the_shorter_list_names_a_cell_in_whatever_order(removed: str, components: str, said: str) -> None:
    assert label(tuple(removed), components) == said


def test_what_compares_components_comes_first_and_asked_arms_with_it() -> None:
    assert blocks("leave-one-out", "abc", [("a", "b", "c"), ("b", "c"), ("b",)]) == [
        [(), ("a",), ("b",), ("c",), ("b", "c"), ("a", "b", "c")]
    ]
    assert blocks("factorial", "abc", [("b", "c")]) == [
        [(), ("a",), ("b",), ("c",), ("b", "c")],
        [("a", "b"), ("a", "c"), ("a", "b", "c")],
    ]


def test_twelve_factors_are_4096_cells_and_each_is_there_once() -> None:
    first, rest = blocks("factorial", "abcdefghijkl", [])
    assert len({*first, *rest}) == len(first) + len(rest) == 4096
    with pytest.raises(EvidenceError, match=r"2\^13"):
        blocks("factorial", "abcdefghijklm", [])
