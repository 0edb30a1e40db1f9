"""When the shape of scores makes t doubtful."""

import json

import numpy as np
import pytest
from benchmarks.simulations import SIMULATED

from assay.analysis.comparison.seeds import compared
from assay.analysis.comparison.shape import UNEVEN_ALARMS, steep
from assay.analysis.sample import moments
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Rules
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import Code
from seeded import sample

PLAIN = Metric("reward", Direction.MAXIMIZE)
SHARE = Metric("accuracy", Direction.MAXIMIZE, unit=MetricUnit.SHARE)
CALM = [5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9]


def said(metric: Metric, baseline: list[float], candidate: list[float], *, unpaired: bool = False) -> list[Code]:
    found = compared(metric, sample("base", baseline), [sample("own", candidate)], Rules(), unpaired=unpaired)
    return [one.code for one in found.notes]


def test_three_scores_can_be_called_skewed_and_normal_ones_seldom_are() -> None:
    rng = np.random.default_rng(1)
    share = np.mean([abs(moments(np.sort(rng.normal(size=3))).skew) > steep(3) for _ in range(4_000)])
    assert share == pytest.approx(0.1, abs=0.02)
    assert said(PLAIN, [1.0, 1.001, 9.0], CALM[:3]) == [Says.SKEWED]
    assert steep(10) == steep(30) == 1.0
    assert steep(3000) == pytest.approx(10.0)


def test_skew_that_the_mean_forgets_is_not_said() -> None:
    scores = np.random.default_rng(3).exponential(size=400).tolist()
    assert said(PLAIN, scores, [s + 0.1 for s in scores]) == []
    assert Says.SKEWED in said(PLAIN, scores[:20], [s + 0.1 for s in scores[:20]])


def test_a_share_within_two_deviations_of_its_end_is_said_in_per_cent_too() -> None:
    near, far = [0.98, 0.995, 0.999, 0.97, 0.992], [0.80, 0.81, 0.79, 0.805, 0.795]
    assert said(SHARE, far, near) == [Says.NEAR_END]
    assert said(SHARE, far, far[::-1]) == []
    percent = Metric("accuracy", Direction.MAXIMIZE, unit=MetricUnit.PERCENT)
    assert said(percent, [100 * v for v in far], [100 * v for v in near]) == [Says.NEAR_END]
    assert Says.NEAR_END not in said(PLAIN, far, near)


def test_welch_on_uneven_skewed_sides_is_warned_of() -> None:
    skewed = [1.0, 1.1, 1.2, 9.0]
    assert Says.WELCH_UNEVEN in said(PLAIN, skewed, CALM, unpaired=True)
    assert Says.WELCH_UNEVEN not in said(PLAIN, skewed, CALM[:4], unpaired=True)
    assert Says.WELCH_UNEVEN not in said(PLAIN, CALM[:4], CALM, unpaired=True)


def test_the_alarms_that_the_warning_quotes_are_the_measured_ones() -> None:
    rows = json.loads(SIMULATED.read_text(encoding="utf-8"))["welch-sides"]["rows"]
    uneven = [
        cell
        for name, _, *skewed in rows
        if "4 times" in name and name.startswith(("3 ", "5 ")) and not name.endswith("against 5")
        for cell in skewed
    ]
    assert (round(min(uneven), 2), round(max(uneven), 2)) == UNEVEN_ALARMS
