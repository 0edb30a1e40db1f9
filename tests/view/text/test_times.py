"""Times as people read them."""

from datetime import UTC, datetime, timedelta

import pytest

from assay.view.text.times import age, duration, moment

NOW = datetime(2026, 11, 20, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "just now"),
        (40, "40 s ago"),
        (180, "3 min ago"),
        (7_300, "2 h ago"),
        (86_400, "1 day ago"),
        (300_000, "3 days ago"),
        (70 * 86_400, "2 months ago"),
        (1_385 * 86_400, "3 years ago"),
        (-5, "just now"),
    ],
)
def test_ages(seconds: int, shown: str) -> None:
    assert age(NOW - timedelta(seconds=seconds), NOW) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.3, "0.3 s"), (42, "42 s"), (185, "3 min 5 s"), (7_800, "2 h 10 min"), (273_600, "3 days 4 h")],
)
def test_lengths(seconds: float, shown: str) -> None:
    assert duration(NOW, NOW + timedelta(seconds=seconds)) == shown


def test_a_run_that_has_not_ended_or_ended_before_it_began_has_no_length() -> None:
    assert duration(NOW, None) == "–"
    assert duration(NOW, NOW - timedelta(seconds=1)) == "–"
    assert age(None, NOW) == "–"


def test_moments_are_utc() -> None:
    assert moment(NOW) == "20 Nov 2026 07:12 UTC"
    assert moment(None) == "–"
