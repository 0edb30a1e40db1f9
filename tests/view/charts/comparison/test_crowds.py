"""The comparison figure with few and many replicates, ties and extremes: every dot in its own column's lane."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

import seeded
from assay.analysis.comparison import family, seeds
from assay.model.comparison.answer import Comparison
from assay.model.comparison.question import Method, Question, Rules
from assay.model.metric import Direction, Metric, MetricUnit
from assay.view.charts.comparison.picture import picture
from assay.view.charts.comparison.swarm import MOST, MOST_LINED, ROOM
from assay.view.charts.picture import BASELINE, Picture
from assay.view.text.numbers import Scale, scale

SIZES = (2, 5, 20, MOST_LINED, 40, 2_000)
SHARE = scale(MetricUnit.SHARE, [0.9], [0.01])


def lattice(n: int, shift: float = 0.0) -> list[float]:
    """Accuracies that only a test set of 400 gives: many ties."""
    return [round(400 * (0.9 + shift + 0.02 * math.sin(i * i))) / 400 for i in range(n)]


def drawn(baseline: Sequence[float], *candidates: Sequence[float], numbers: Scale = SHARE) -> Picture:
    rules = Rules(method=Method.T)
    sides = [seeded.sample(f"candidate-{i}", values) for i, values in enumerate(candidates)]
    asked = Metric("accuracy", Direction.MAXIMIZE, smallest_effect=0.01)
    one = seeds.compared(asked, seeded.sample("baseline", baseline), sides, rules)
    found = picture(Comparison(Question(("accuracy",), "", ()), rules, family.decided([one], rules)), numbers)
    assert found is not None
    return found


def dots(picture: Picture) -> list[Any]:
    """The traces of single values: baseline, candidates, then the pairs' differences."""
    return [t for t in picture.figure.data if t.mode == "markers" and t.marker.opacity]


def lines(picture: Picture) -> list[Any]:
    return [t for t in picture.figure.data if t.mode == "lines" and t.line.width == 1]


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("make", [lattice, lambda n, shift=0.0: [0.9 + shift] * n], ids=["lattice", "equal"])
def test_the_dots_of_a_pair_stay_between_their_mean_and_the_neighbour(n: int, make: Any) -> None:
    left, right, differences = dots(drawn(make(n), make(n, 0.01)))
    assert min(left.x) == 0
    assert max(left.x) <= ROOM
    assert max(right.x) == 1
    assert min(right.x) >= 1 - ROOM - 1e-9 > max(left.x)
    assert 1.2 < min(differences.x) <= max(differences.x) < 2


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("several", [2, 4, 6])
def test_the_dots_of_several_candidates_do_not_meet(n: int, several: int) -> None:
    picture = drawn(lattice(n), *(lattice(n, 0.005 * i) for i in range(several)))
    columns = dots(picture)
    assert len(columns) == several + 1
    marks = [t for t in picture.figure.data if t.mode == "markers" and not t.marker.opacity]
    bars = [t for t in picture.figure.data if t.mode == "lines"]
    for column, trace in enumerate(columns):
        assert all(abs(x - column) <= 0.5 + 1e-9 for x in trace.x)
        for other in (*marks, *bars):
            assert not min(trace.x) <= other.x[0] <= max(trace.x)
    for left, right in pairwise(columns):
        assert max(left.x) < min(right.x)


@pytest.mark.parametrize("n", SIZES)
def test_no_more_dots_than_the_eye_can_use_lowest_and_highest_among_them(n: int) -> None:
    scores = lattice(n)
    left, _, differences = dots(drawn(scores, lattice(n, 0.01)))
    assert len(left.x) == len(differences.x) == min(n, MOST)
    assert min(left.y) == pytest.approx(100 * min(scores))
    assert max(left.y) == pytest.approx(100 * max(scores))


@pytest.mark.parametrize("n", SIZES)
def test_lines_join_seeds_up_to_a_limit_and_the_caption_says_so(n: int) -> None:
    picture = drawn(lattice(n), lattice(n, 0.01))
    assert len(lines(picture)) == (1 if n <= MOST_LINED else 0)
    assert ("lines join the same seed" in picture.caption) is (n <= MOST_LINED)
    assert (f"drawn up to {MOST_LINED} seeds a side only" in picture.caption) is (n > MOST_LINED)


def test_a_larger_side_takes_the_lines_from_the_smaller() -> None:
    picture = drawn(lattice(10), lattice(40, 0.01))
    assert not lines(picture)
    assert "Dots are seeds. Lines between the same seeds" in picture.caption


def test_the_caption_counts_what_is_drawn_and_the_axis_keeps_the_true_n() -> None:
    picture = drawn(lattice(1_978), lattice(1_978, 0.01))
    assert picture.caption.startswith(
        "Dots: 300 of 1,978 seeds a side and 300 of 1,978 pairs, evenly over their order, lowest and highest among them."
    )
    assert "n = 1,978" in picture.figure.layout.xaxis.ticktext[0]
    uneven = drawn(lattice(400), lattice(1_978, 0.01), lattice(5))
    assert uneven.caption.startswith("Dots: 300 of 400 or 1,978 seeds a side, evenly over their order")
    assert "Lines" not in uneven.caption


def test_the_order_of_runs_is_irrelevant() -> None:
    scores, other = lattice(500), lattice(500, 0.01)
    forth, back = drawn(scores, other), drawn(scores[::-1], other[::-1])
    assert [(tuple(t.x), tuple(t.y)) for t in dots(forth)[:2]] == [(tuple(t.x), tuple(t.y)) for t in dots(back)[:2]]


def test_one_replicate_beside_forty_is_a_grey_dot() -> None:
    left, right = dots(drawn([0.9], lattice(40)))
    assert (len(left.x), len(right.x)) == (1, 40)
    assert {left.marker.color, right.marker.color} == {BASELINE}
    assert left.marker.size > right.marker.size


@pytest.mark.parametrize(
    ("baseline", "candidate"),
    [([0.9] * 9 + [45.0], [0.91] * 10), ([-3.1, -2.9, -3.3], [-2.5, -2.6, -2.9]), ([0.0] * 5, [0.0] * 5)],
    ids=["outlier", "negative", "zero"],
)
def test_extremes_lie_inside_the_axis(baseline: list[float], candidate: list[float]) -> None:
    picture = drawn(baseline, candidate)
    low, high = picture.figure.layout.yaxis.range
    for trace in dots(picture)[:2]:
        assert low < min(trace.y) <= max(trace.y) < high


def test_names_of_a_crowded_picture_stand_on_two_levels() -> None:
    few, many = drawn(lattice(5), *[lattice(5)] * 3), drawn(lattice(5), *[lattice(5)] * 6)
    assert not any(text.startswith("<br>") for text in few.figure.layout.xaxis.ticktext)
    assert [text.startswith("<br>") for text in many.figure.layout.xaxis.ticktext] == [i % 2 == 1 for i in range(7)]
    assert many.figure.layout.height > few.figure.layout.height


def test_a_label_too_long_beside_the_differences_has_its_std_on_a_second_line() -> None:
    scores, other = [0.9, 0.91, 0.92], [0.95, 0.97, 0.96]
    fine = scale(None, [0.9], [0.0001])

    def label(numbers: Scale) -> str:
        texts = [str(a.text) for a in drawn(scores, other, numbers=numbers).figure.layout.annotations]
        return next(text for text in texts if text.startswith(f"<b>{numbers.bare(0.96)}"))

    assert label(SHARE) == "<b>96.0</b> ± 1.0"
    assert label(fine) == "<b>0.96000</b><br>± 0.01000"
