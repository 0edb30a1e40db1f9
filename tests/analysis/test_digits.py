"""Which numbers tell one training from another?"""

import math

import numpy as np
import pytest

from assay.analysis.digits import telling, witnessing


def told(value: float) -> bool:
    return bool(telling(np.array([value]))[0])


@pytest.mark.parametrize(
    "value",
    [0.0, 1.0, 0.9, 0.9333, 0.9666667, 96.66667, 29 / 30, 1 - 29 / 30, -29 / 30, 9_871 / 9_973, 1_234_567.0, 1e300],
)
def test_few_digits_shares_of_few_items_and_whole_numbers_tell_nothing(value: float) -> None:
    assert not told(value)


@pytest.mark.parametrize("value", [math.log(2), 0.693147, 0.912345678, 1234.56789, 1.23456e-8, -0.345678])
def test_a_number_of_six_digits_that_is_no_share_tells_trainings_apart(value: float) -> None:
    assert told(value)


@pytest.mark.parametrize("items", [30, 100, 872, 1_000, 8_192, 10_000])
def test_shares_that_went_through_32_bits_are_shares(items: int) -> None:
    counts = np.random.default_rng(0).integers(0, items + 1, 200)
    assert not telling((counts / items).astype(np.float32).astype(np.float64)).any()


def test_what_is_not_finite_tells_nothing_and_does_not_disturb_the_rest() -> None:
    assert telling(np.array([np.nan, math.e, np.inf, -np.inf, math.e])).tolist() == [False, True, False, False, True]
    assert telling(np.array([])).tolist() == []


def test_hardly_any_number_looks_like_a_share_by_chance() -> None:
    values = np.random.default_rng(1).random(5_000)
    assert telling(values).mean() > 0.999
    assert telling(values.astype(np.float32).astype(np.float64)).mean() > 0.85


@pytest.mark.parametrize(
    "value", [0.0, 1.0, 0.9, 0.85, 93.0, 17 / 20, 43 / 47, 99 / 100, 4_300 / 47, 63 / 64, np.nan, np.inf]
)
def test_two_digits_and_shares_of_up_to_a_hundred_items_are_no_witness(value: float) -> None:
    assert not witnessing(np.array([value]))[0]


@pytest.mark.parametrize("value", [0.905, 0.912, 93.17, 521 / 540, 181 / 200, 100 / 101, 0.9634012])
def test_three_digits_that_are_no_share_of_a_hundred_items_are_a_witness(value: float) -> None:
    assert witnessing(np.array([value]))[0]
