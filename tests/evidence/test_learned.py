"""Two learned values are the same but for rounding, whatever they are made of."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csc_matrix, csr_matrix
from sklearn.linear_model import LinearRegression
from sklearn.tree import DecisionTreeClassifier

from assay.evidence.learned import alike, differing, learned

A = np.array([[1.0, np.nan], [-3.5, 0.0]])
TREE = DecisionTreeClassifier(random_state=0).fit([[0], [1], [2], [3]], [0, 0, 1, 1])
OTHER_TREE = DecisionTreeClassifier(random_state=0).fit([[0], [1], [2], [3]], [0, 1, 1, 1])

SAME: list[tuple[Any, Any]] = [
    (A, A * (1 + 1e-9)),
    (A.astype(np.float32), A),
    (1, 1.0),
    (np.float64(2), 2),
    ([A, "x", None], [A + 1e-13, "x", None]),
    ((1, 2), (1, 2)),
    ({"b": 1, "a": [2]}, {"a": [2], "b": 1}),
    ({"x", "y"}, {"y", "x"}),
    (np.array([None, "x", 0.5], dtype=object), np.array([None, "x", 0.5], dtype=object)),
    (np.array(["a", "bc"]), np.array(["a", "bc"])),
    (csr_matrix(np.nan_to_num(A)), csc_matrix(np.nan_to_num(A))),
    (pd.DataFrame({"x": [1.0]}), pd.DataFrame({"x": [1.0]})),
    (np.array([1 + 1j]), np.array([1 + 1j])),
    (np.random.RandomState(1), np.random.RandomState(2)),
    (len, max),
    (SimpleNamespace(t=A), SimpleNamespace(t=A)),
    (TREE, TREE),
    (np.random.default_rng(1).normal, np.random.default_rng(2).normal),
]
DIFFERENT: list[tuple[Any, Any]] = [
    (A, A * (1 + 1e-6)),
    (A, np.nan_to_num(A)),
    (A, A[0]),
    (A, [1.0]),
    (1, 2),
    (1, "1"),
    (None, 0),
    ([1, 2], [1]),
    ([1, 2], (1, 3)),
    ({"a": 1}, {"a": 1, "b": 1}),
    ({"a": 1}, {"a": 2}),
    ({"x"}, {"y"}),
    (np.array(["a"]), np.array(["b"])),
    (np.array(["1"]), np.array([1.0])),
    (csr_matrix([[0, 1]]), csr_matrix([[1, 0]])),
    (csr_matrix([[0, 1]]), csr_matrix([[0, 1, 0]])),
    (pd.DataFrame({"x": [1.0]}), pd.DataFrame({"y": [1.0]})),
    (pd.Series([1.0]), pd.Series([2.0])),
    (SimpleNamespace(t=A), SimpleNamespace(t=A + 1)),
    (TREE, OTHER_TREE),
    (TREE, LinearRegression()),
    (np.dtype("f4"), np.dtype("f8")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_but_for_rounding(one: Any, other: Any) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_not_the_same(one: Any, other: Any) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_what_lies_in_itself_has_an_end() -> None:
    one: list[Any] = []
    one.append(one)
    assert alike(one, one)


def test_an_attribute_that_only_one_has_differs() -> None:
    assert differing({"a_": 1, "b_": 2}, {"a_": 1, "c_": 3}) == ["b_", "c_"]


def test_what_fit_has_set_is_learned_and_what_was_given_is_not() -> None:
    assert {*learned(LinearRegression().fit([[1.0], [2.0]], [1.0, 2.0]))} == {
        "coef_", "intercept_", "rank_", "singular_",
    }  # fmt: skip
    assert learned(LinearRegression()) == {}
