"""Which params name a configuration, and how short their values may be written."""

import numpy as np
import pytest

from assay.analysis.naming import shortened, telling

MODELS = np.array([[0, -1, -1, -1], [1, -1, -1, -1], [2, 0, 0, 0], [2, 1, 1, 1], [2, 2, 0, 0]])


def test_a_leading_column_comes_first_and_only_those_that_share_it_get_another() -> None:
    found = telling(MODELS, leading=[0])
    assert found.parts.tolist() == [[0, -1], [0, -1], [0, 1], [0, 1], [0, 1]]
    assert found.more.tolist() == [0, 0, 0, 2, 0]


def test_without_a_leading_column_the_one_that_parts_furthest_comes_first() -> None:
    rows = np.array([[0, 0], [0, 1], [0, 2], [1, 3]])
    found = telling(rows)
    assert found.parts.tolist() == [[1]] * 4
    assert found.more.tolist() == [0, 0, 0, 1]


def test_two_rows_are_each_unlike_the_other() -> None:
    assert telling(np.array([[0, 0, 5], [1, 1, 5]])).more.tolist() == [1, 1]


@pytest.mark.parametrize("shape", [(1, 3), (3, 0), (0, 2)])
def test_what_nothing_parts_has_no_parts(shape: tuple[int, int]) -> None:
    found = telling(np.zeros(shape, dtype=np.int64))
    assert found.parts.shape == (shape[0], 0)
    assert found.more.tolist() == [0] * shape[0]


def test_equal_rows_share_their_parts_and_every_other_is_told_apart() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(-1, 4, (300, 5))
    rows[1] = rows[0]
    found = telling(rows)
    names = [tuple((k, rows[i, k]) for k in own if k >= 0) for i, own in enumerate(found.parts.tolist())]
    assert len(set(names)) == len(np.unique(rows, axis=0))


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["0.1", "0.10"], ["0.1", "0.10"]),
        (["0.1234567890123", "5"], ["0.1235", "5"]),
        (["0.1234567890123", "0.1234567990123"], ["0.12345679", "0.1234568"]),
        (["0.12345678901234567", "0.12345678901234568"], ["0.12345678901234567", "0.12345678901234568"]),
        (["1.2.3-release", "two\nlines"], ["1.2.3-release", "two lines"]),
        (["a b", "a  b", "a\tb", " a b", "a\r\nb"], ["a b", "a␣␣b", "a⇥b", "␣a␣b", "a\\u000d↵b"]),
        (["", " "], ["", "␣"]),
        (["a" * 50, "b"], ["a" * 31 + "…", "b"]),
        (["a" * 50 + "1", "a" * 50 + "2"], ["…" + "a" * 30 + "1", "…" + "a" * 30 + "2"]),
        (["a" * 40 + "1" + "b" * 40, "a" * 40 + "2" + "b" * 40], ["…aaaa1bbbb…", "…aaaa2bbbb…"]),
        (["nan.0000000", "inf.0000000"], ["nan.0000000", "inf.0000000"]),
        ([], []),
    ],
)
def test_texts_are_shortened_as_far_as_they_stay_apart(texts: list[str], shown: list[str]) -> None:
    assert shortened(texts) == shown


def test_texts_of_any_length_stay_apart() -> None:
    rng = np.random.default_rng(2)
    texts = ["x" * 60 + "".join(rng.choice(list("ab.1"), 30)) + "y" * rng.integers(0, 50) for _ in range(60)]
    assert len(set(shortened(texts))) == len(set(texts))
