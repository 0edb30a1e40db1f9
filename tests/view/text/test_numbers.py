"""Numbers as people read them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model.metric import MetricUnit
from assay.view.text.numbers import (
    MINUS,
    Scale,
    count,
    exact_p,
    number,
    p_phrase,
    p_value,
    percent,
    plain,
    scale,
)

SHARE = scale(MetricUnit.SHARE, [0.659, 0.782], [0.011, 0.013])


def test_a_share_is_written_in_per_cent_and_its_difference_in_points() -> None:
    assert SHARE.value(0.782) == "78.2 %"
    assert SHARE.spread(0.782, 0.013) == "78.2 ± 1.3"
    assert SHARE.spread_with_unit(0.782, 0.013) == "78.2 % ± 1.3 %"
    assert SHARE.difference(0.123) == "+12.3 points"
    assert SHARE.difference(-0.123) == f"{MINUS}12.3 points"
    assert SHARE.limits(-0.019, 0.025) == f"{MINUS}1.9 to +2.5"


def test_one_point_is_singular_and_a_policys_figure_keeps_the_digits_it_was_written_with() -> None:
    assert SHARE.limit(0.01) == "1 point"
    assert SHARE.limit(0.005) == "0.5 points"


@pytest.mark.parametrize(
    ("unit", "values", "spreads", "shown"),
    [
        (MetricUnit.SHARE, [0.782], [0.013], "78.2 ± 1.3"),
        (MetricUnit.SHARE, [0.9778], [0.0019], "97.78 ± 0.19"),
        (MetricUnit.MILLISECONDS, [182.4], [6.2], "182 ± 6"),
        (MetricUnit.MILLISECONDS, [0.1234], [0.0031], "0.1234 ± 0.0031"),
        (MetricUnit.USD, [0.18], [0.0123], "0.180 ± 0.012"),
        (MetricUnit.NONE, [0.5376], [0.0431], "0.538 ± 0.043"),
        (None, [56.3], [4.2], "56.3 ± 4.2"),
        (MetricUnit.COUNT, [1500.0], [40.0], "1,500 ± 40"),
        (MetricUnit.BYTES, [6_512_345.0], [0.0], "6.51 ± 0.00"),
    ],
)
def test_digits_follow_the_spread_and_the_unit(
    unit: MetricUnit | None, values: list[float], spreads: list[float], shown: str
) -> None:
    assert scale(unit, values, spreads).spread(values[0], spreads[0]) == shown


def test_a_tiny_loss_is_not_written_as_zero() -> None:
    written = scale(MetricUnit.NONE, [1.2e-9], [])
    assert written.scientific
    assert written.value(1.2e-9) == f"1.20e{MINUS}09"


def test_whole_numbers_stay_whole() -> None:
    assert scale(None, [30.0]).value(30.0) == "30"
    assert scale(MetricUnit.COUNT, [2.5]).value(2.5) == "2.5"


def test_bytes_choose_their_own_unit() -> None:
    assert scale(MetricUnit.BYTES, [6_512_345.0]).value(6_512_345.0) == "6.51 MB"
    assert scale(MetricUnit.BYTES, [12.0]).value(12.0) == "12.0 B"


def test_a_header_names_the_unit_once() -> None:
    assert SHARE.header("f1_score") == "f1_score, %"
    assert scale(MetricUnit.MILLISECONDS, [12.0]).header("latency_p95_ms") == "latency_p95_ms"
    assert scale(MetricUnit.NONE, [1.0]).header("loss") == "loss"


@given(st.floats(), st.integers(0, 6), st.booleans())
def test_no_number_is_minus_zero_or_has_a_hyphen(value: float, digits: int, signed: bool) -> None:
    text = number(value, digits, signed=signed)
    assert "-" not in text
    if text.startswith(MINUS):
        assert text.strip(f"{MINUS}0.,")


def test_what_is_not_finite_says_so() -> None:
    assert number(math.nan, 1) == "NaN"
    assert number(math.inf, 1) == "∞"
    assert number(-math.inf, 1) == f"{MINUS}∞"
    assert number(None, 1) == "–"


@pytest.mark.parametrize(
    ("p", "shown"),
    [
        (0.0, "< 0.001"),
        (0.00099, "< 0.001"),
        (0.0010, "0.001"),
        (0.033, "0.033"),
        (0.0497, "0.0497"),
        (0.0500000001, "just above 0.05"),
        (0.15, "0.15"),
        (0.999, "1.00"),
        (1.0, "1.00"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_p_is_never_zero(p: float | None, shown: str) -> None:
    assert p_value(p) == shown


@pytest.mark.parametrize("p", [0.0496, 0.04999, 0.0504])
def test_a_p_beside_0_05_never_looks_like_0_05(p: float) -> None:
    assert p_value(p) != "0.050"


@given(st.floats(0, 1))
def test_every_p_stands_on_its_side_of_0_05(p: float) -> None:
    text = p_value(p)
    if text[0].isdigit() and p != 0.05:
        assert (float(text) < 0.05) == (p < 0.05)


def test_p_in_a_sentence() -> None:
    assert p_phrase(0.0001) == "p < 0.001"
    assert p_phrase(0.15) == "p = 0.15"
    assert p_phrase(None) == "no p"
    assert exact_p(0.0625) == "0.0625"
    assert exact_p(0.25) == "0.25"


def test_counts_agree_with_their_noun() -> None:
    assert count(1, "run") == "1 run"
    assert count(4812, "run") == "4,812 runs"
    assert count(2, "metric history", "metric histories") == "2 metric histories"


def test_levels_lose_needless_digits() -> None:
    assert percent(0.95) == "95 %"
    assert percent(0.995) == "99.5 %"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (12.0, "12"), (0.5, "0.5"), (1234.567, "1,235"), (0.00001234, f"1.23e{MINUS}05"), (3e15, "3.00e+15")],
)
def test_numbers_without_a_unit_keep_four_digits(value: float, shown: str) -> None:
    assert plain(value) == shown


def test_a_missing_value_has_no_unit() -> None:
    assert Scale(unit="ms").value(None) == "–"


@pytest.mark.parametrize(
    ("value", "limit", "said"),
    [(0.00983, 0.01, "0.98 points"), (0.009999, 0.01, "0.9999 points"), (0.004, 0.01, "0.4 points")],
)
def test_a_distance_never_looks_like_the_limit_that_it_misses(value: float, limit: float, said: str) -> None:
    assert Scale(100.0, "%", "points", 1).apart(value, limit) == said


def test_differences_are_finer_than_values_where_they_need_it() -> None:
    written = scale(MetricUnit.SHARE, [0.9, 1e6], [0.1, 5e5], [0.00014])
    assert written.value(0.9) == "90.0 %"
    assert written.difference(-0.0005) == "−0.050 points"
    assert written.distance(-0.0005) == "0.050 points"


def test_an_interval_that_excludes_zero_never_ends_at_a_written_zero() -> None:
    written = scale(MetricUnit.SHARE, [0.9], [0.01])
    assert written.limits(0.0004, 0.012) == "+0.04 to +1.20"
    assert written.limits(-0.012, -0.0004) == "−1.20 to −0.04"
    assert written.limits(-0.0004, 0.012) == "0.0 to +1.2"


def test_an_interval_with_a_width_is_never_written_as_one_figure() -> None:
    written = scale(MetricUnit.SHARE, [0.9], [0.05])
    assert written.limits(0.10401, 0.10443) == "+10.40 to +10.44"
    assert written.limits(0.104, 0.104) == "+10.4 to +10.4"
