from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import pytest

from assay.errors import EvidenceError
from assay.evidence.ablation.evaluator import chosen, metrics_of, takes_seed

COMPONENTS: Mapping[str, Any] = {"a": True, "b": 2}


class _Unsigned:
    """Called, but without a signature that can be read, as some that are written in C."""

    __signature__ = "none"

    def __call__(self, **left: Any) -> float:
        return float(len(left))


def test_who_names_a_seed_takes_one() -> None:
    def named(seed: int, a: bool = False, b: int = 0) -> float:
        return 0.0

    def keyword(*, seed: int = 1, **left: Any) -> float:
        return 0.0

    def anything(**left: Any) -> float:
        return 0.0

    def by_place(seed: int = 0, /, **left: Any) -> float:
        return 0.0

    assert takes_seed(named, COMPONENTS)
    assert takes_seed(keyword, COMPONENTS)
    assert takes_seed(partial(named, seed=3), COMPONENTS)
    assert not takes_seed(anything, COMPONENTS)
    assert not takes_seed(by_place, COMPONENTS)
    assert not takes_seed(_Unsigned(), COMPONENTS)


def test_who_cannot_be_called_with_or_without_a_component_is_refused() -> None:
    def lacks_one(a: bool = False) -> float:
        return 0.0

    def needs_one(b: int, a: bool = False) -> float:
        return 0.0

    def needs_more(data: object, **left: Any) -> float:
        return 0.0

    with pytest.raises(EvidenceError, match="called with all components: got an unexpected keyword argument 'b'"):
        takes_seed(lacks_one, COMPONENTS)
    with pytest.raises(EvidenceError, match="every component left out: missing a required argument: 'b'"):
        takes_seed(needs_one, COMPONENTS)
    with pytest.raises(EvidenceError, match="missing a required argument: 'data'"):
        takes_seed(needs_more, COMPONENTS)
    with pytest.raises(EvidenceError, match="evaluator is 3"):
        takes_seed(3, COMPONENTS)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [0.5, np.float32(0.5), np.array(0.5), Decimal("0.5")])
def test_any_number_is_one(number: object) -> None:
    assert metrics_of(number, None) == {"score": 0.5}
    assert metrics_of(number, "f1") == {"f1": 0.5}
    assert metrics_of({"auc": number, "n": 3}, "auc") == {"auc": 0.5, "n": 3.0}


@pytest.mark.parametrize("value", [None, True, np.True_, "0.5", [0.5], np.array([0.5]), 1j, float("nan"), np.inf, {}])
def test_anything_else_is_none(value: object) -> None:
    with pytest.raises(EvidenceError, match="The evaluator returned"):
        metrics_of(value, None)


def test_a_metric_is_called_by_a_text_and_the_one_that_is_asked_for_is_there() -> None:
    with pytest.raises(EvidenceError, match="metric called 3"):
        metrics_of({3: 0.5}, None)
    with pytest.raises(EvidenceError, match="returned f1 and no 'auc'"):
        metrics_of({"f1": 0.5}, "auc")
    assert chosen({"f1": 0.5}, None) == 0.5
    with pytest.raises(EvidenceError, match="returned f1, auc; say which"):
        chosen({"f1": 0.5, "auc": 0.6}, None)
