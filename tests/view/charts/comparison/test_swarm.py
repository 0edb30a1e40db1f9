"""Where single values stand beside each other."""

from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.view.charts.comparison import swarm

VALUES = st.lists(st.floats(0, 1) | st.sampled_from([0.25, 0.5]), min_size=1, max_size=60)


@given(VALUES)
def test_no_two_values_in_a_lane_are_closer_than_the_gap(values: list[float]) -> None:
    taken = swarm.lanes(values, 0.05)
    for lane in set(taken):
        inside = sorted(v for v, at in zip(values, taken, strict=True) if at == lane)
        assert all(b - a >= 0.05 for a, b in pairwise(inside))


@given(VALUES, st.sampled_from([-1, 1]), st.floats(1e-6, 1), st.floats(0.01, 1))
def test_a_swarm_starts_at_its_place_and_stays_in_its_lane(
    values: list[float], away: Literal[-1, 1], gap: float, step: float
) -> None:
    found = swarm.places(values, 1.0, away, gap, step)
    reach = [away * (x - 1.0) for x in found]
    assert min(reach) == 0
    assert max(reach) <= swarm.ROOM + 1e-9


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=2_000))
def test_what_is_drawn_is_evenly_chosen_with_both_ends(values: list[float]) -> None:
    drawn = swarm.chosen(values)
    assert len(drawn) == len(set(drawn)) == min(len(values), swarm.MOST)
    assert [values[i] for i in drawn] == sorted(values[i] for i in drawn)
    assert values[drawn[0]] == min(values)
    assert values[drawn[-1]] == max(values)


def test_the_choice_leaves_out_at_regular_distances() -> None:
    drawn = swarm.chosen([float(i) for i in range(1_978)])
    steps = {b - a for a, b in pairwise(drawn)}
    assert steps <= {6, 7}


@pytest.mark.parametrize("large", [9, 7, 6])
def test_more_dots_are_smaller_and_fainter(large: int) -> None:
    looks = [swarm.dots(n, large=large) for n in (5, 200, 2_000)]
    assert looks[0].size == large
    assert all(a.size >= b.size and a.opacity > b.opacity for a, b in pairwise(looks))
