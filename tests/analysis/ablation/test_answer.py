"""A whole ablation: published and worked examples, laws, and what missing or meagre arms leave."""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.analysis.multiplicity import holm
from assay.model.ablation.answer import Ablation, AblationDesign, ComponentClass, Fate, PairCase
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Method, Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Direction, Metric, MetricUnit
from celled import ERRORS, POINTS, Z, added, alike, apart, drawn, effect, ends, of_samples, subsets, tried
from seeded import sample

A5 = {"": (78.2, 1.3), "d": (74.5, 1.3), "m": (66.2, 1.2), "dm": (65.9, 1.1)}
"""Mean and standard deviation of both, model only, dim only, and the baseline."""


def two_by_two() -> Ablation:
    """From five unpaired runs a cell."""
    return apart({off: (mean + std * Z).tolist() for off, (mean, std) in A5.items()}, "md", paired=False)


def standard(responses: list[float], names: str = "abc") -> dict[str, list[float]]:
    """Cells of one run in standard order: the first factor changes fastest, off before on."""
    return {
        "".join(name for at, name in enumerate(names) if not place >> at & 1): [own]
        for place, own in enumerate(responses)
    }


def numbers(value: object) -> Iterator[float]:
    """Every float of an answer."""
    if isinstance(value, float):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from numbers(getattr(value, one.name))
    elif isinstance(value, (tuple, list)):
        for own in value:
            yield from numbers(own)


def codes(found: Ablation) -> set[object]:
    return {one.code for one in found.notes}


def test_components_left_out_one_at_a_time_are_ranked_by_what_each_adds() -> None:
    found = apart({"": [78.2], "D": [77.8], "C": [65.2], "B": [76.9], "A": [71.5]})
    assert [one.component for one in found.contributions] == ["C", "A", "B", "D"]
    assert [one.gain.value for one in found.contributions] == pytest.approx([13.0, 6.7, 1.3, 0.4])
    assert found.design is AblationDesign.LEAVE_ONE_OUT
    assert {one.importance for one in found.contributions} == {ComponentClass.UNDECIDED}
    assert found.smallest is None


def test_the_same_with_five_runs_has_the_classes_of_the_example() -> None:
    means = {"": 78.2, "D": 77.8, "C": 65.2, "B": 76.9, "A": 71.5}
    found = apart({off: (mean + 0.2 * np.roll(Z, at)).tolist() for at, (off, mean) in enumerate(means.items())})
    assert {one.component: one.importance for one in found.contributions} == {
        "C": ComponentClass.CRITICAL, "A": ComponentClass.CRITICAL, "B": ComponentClass.OPTIONAL,
        "D": ComponentClass.REMOVABLE,
    }  # fmt: skip
    assert found.smallest is not None
    assert found.smallest.kept == ("A", "B", "C")


def test_a_two_by_two_tells_what_each_adds_alone_beside_the_other_and_beyond_both() -> None:
    found = two_by_two()
    model, dim = added(found, "m"), added(found, "d")
    assert [one.gain.value for one in (model, dim)] == pytest.approx([12.0, 3.7])
    assert [one.alone.value for one in (model, dim)] == pytest.approx([8.6, 0.3])
    assert [one.shapley for one in (model, dim)] == pytest.approx([10.3, 2.0])
    assert found.whole.value == pytest.approx(12.3)
    own = effect(found, "md")
    assert own.effect.value == pytest.approx(3.4)
    assert own.yates == pytest.approx(1.7)
    assert [round(end, 1) for end in ends(own.effect)] == [1.1, 5.7]
    only_dim = found.arm("m")
    assert only_dim is not None
    assert only_dim.above.p_value == pytest.approx(0.69, abs=0.005)
    assert tried(found, "md").case is PairCase.MORE_TOGETHER
    assert tried(found, "md").arm.fate is Fate.NEEDED


def test_the_handbooks_cells_of_one_run_have_effects_and_no_interval() -> None:
    found = apart(standard([1.70, 4.57, 0.55, 3.39, 1.51, 4.59, 0.67, 4.29]), "abc")
    assert added(found, "a").yates == pytest.approx(3.1025)
    assert added(found, "b").yates == pytest.approx(-0.8675)
    assert effect(found, "ab").yates == pytest.approx(0.1275)
    assert effect(found, "ab").effect.interval is None


def test_the_pilot_plants_effects_and_shares() -> None:
    found = apart(standard([60.0, 72.0, 54.0, 68.0, 52.0, 83.0, 45.0, 80.0], "tck"), "tck")
    assert [added(found, name).yates for name in "tck"] == pytest.approx([23.0, -5.0, 1.5])
    assert effect(found, "tk").yates == pytest.approx(10.0)
    assert [added(found, name).shapley for name in "tck"] == pytest.approx([139 / 6, -29 / 6, 5 / 3])


@given(st.integers(2, 4), st.integers(2, 5), st.booleans(), st.integers(0, 99))
@settings(max_examples=30)
def test_shares_sum_to_what_the_full_system_has_over_the_one_without_any(
    count: int, n: int, paired: bool, seed: int
) -> None:
    found = apart(drawn("abcd"[:count], n, seed), paired=paired)
    assert sum(one.shapley or 0.0 for one in found.contributions) == pytest.approx(found.whole.value)


def test_shares_sum_to_the_whole_where_some_seeds_are_lost() -> None:
    cells = {off: sample(off or "full", own) for off, own in drawn("ab").items()}
    cells["ab"] = replace(cells["ab"], replicates=cells["ab"].replicates[:4])
    found = of_samples(cells, ("a", "b"))
    assert found.full.above.paired
    assert not found.whole.paired
    assert sum(one.shapley or 0.0 for one in found.contributions) == pytest.approx(found.whole.value)
    assert Says.SEEDS_DIFFER_BETWEEN in codes(found)


@given(st.permutations("abc"), st.booleans(), st.integers(0, 99))
@settings(max_examples=20)
def test_neither_the_order_of_components_nor_that_of_runs_changes_a_figure(
    order: list[str], paired: bool, seed: int
) -> None:
    cells, rng = drawn("abc", 5, seed), np.random.default_rng(seed)
    places = {off: rng.permutation(5) for off in cells}
    seeds: dict[str, list[int] | None] = {off: list(own) if paired else None for off, own in places.items()}
    mixed = {off: sample(off or "full", np.array(cells[off])[places[off]], seeds[off]) for off in cells}
    one, other = apart(cells, "abc", paired=paired), of_samples(mixed, tuple(order))
    for name in "abc":
        a, b = added(one, name), added(other, name)
        assert a.gain.value == pytest.approx(b.gain.value)
        assert ends(a.gain) == pytest.approx(ends(b.gain))
        assert a.shapley == pytest.approx(b.shapley)
        assert a.importance is b.importance
    for pair in ("ab", "ac", "bc"):
        c, d = tried(one, pair), tried(other, pair)
        assert ends(c.beyond) == pytest.approx(ends(d.beyond))
        assert (c.case, c.winner, set(c.hurting), c.substitutes) == (d.case, d.winner, set(d.hurting), d.substitutes)


@given(st.booleans(), st.integers(0, 99))
@settings(max_examples=20)
def test_lower_is_better_is_higher_is_better_of_the_negated(paired: bool, seed: int) -> None:
    cells = drawn("abc", 4, seed)
    up = apart(cells, paired=paired)
    down = apart({off: [-score for score in own] for off, own in cells.items()}, paired=paired, metric=ERRORS)
    assert [one.component for one in up.contributions] == [one.component for one in down.contributions]
    for a, b in zip(up.contributions, down.contributions, strict=True):
        assert a.gain.value == pytest.approx(b.gain.value)
        assert ends(a.gain) == pytest.approx(ends(b.gain))
        assert a.shapley == pytest.approx(b.shapley)
        assert a.importance is b.importance
    for c, d in zip(up.interactions, down.interactions, strict=True):
        assert ends(c.effect) == pytest.approx(ends(d.effect))
    assert [one.case for one in up.pairs] == [one.case for one in down.pairs]
    assert (up.smallest and up.smallest.kept) == (down.smallest and down.smallest.kept)


@pytest.mark.parametrize("lost", subsets("abc"))
def test_any_cell_taken_out_takes_along_what_needs_it_and_the_rest_keeps_its_digits(lost: str) -> None:
    cells = drawn("abc")
    whole, found = apart(cells), apart({off: own for off, own in cells.items() if off != lost}, "abc")
    assert {one.component for one in found.contributions} == {*"abc"}
    for name in "abc":
        one, other = added(found, name), added(whole, name)
        assert (one.shapley, one.yates) == (None, None)
        if lost in {"", name}:
            assert one.gain.value is None
            assert one.gain.reason is not None
            assert one.gain.reason.code is (Says.ARM_MISSING if lost else Says.FULL_MISSING)
        else:
            assert alike(one.gain, other.gain)
    for pair in [] if not lost else ["ab", "ac", "bc"]:
        if lost == pair:
            assert all(set(one.components) != set(pair) for one in found.pairs)
            continue
        here, there = tried(found, pair), tried(whole, pair)
        assert alike(here.loss, there.loss)
        if lost in pair:
            assert here.beyond.value is None
            assert here.case is PairCase.UNKNOWN
            assert not here.substitutes
        else:
            assert alike(here.beyond, there.beyond)
    assert found.whole.value is None
    assert found.together == ()
    assert Says.NOT_ALL_TOGETHER in codes(found)


def test_nothing_but_the_full_system_has_an_answer_too() -> None:
    found = apart({"": [80.0, 81.0, 82.0]}, "ab")
    assert [one.gain.value for one in found.contributions] == [None, None]
    assert found.smallest is None
    assert found.pairs == ()


MEAGRE = [[80.0], [80.0, 80.0, 80.0], [80.0, 80.5], [79.0, 80.0, 81.5], [0.1] * 5, [1e15, -1e15, 3.0]]


@given(
    st.lists(st.sampled_from(MEAGRE), min_size=8, max_size=8),
    st.sets(st.integers(0, 7), max_size=3),
    st.booleans(),
    st.sampled_from([POINTS, ERRORS]),
)
@settings(max_examples=40)
def test_however_meagre_the_cells_are_no_figure_is_not_a_number(
    scores: list[list[float]], lost: set[int], paired: bool, metric: Metric
) -> None:
    cells = {off: own for place, (off, own) in enumerate(zip(subsets("abc"), scores, strict=True)) if place not in lost}
    found = apart(cells, "abc", paired=paired, metric=metric)
    parts = (found.contributions, found.interactions, found.pairs, found.whole, [arm.lost for arm in found.arms])
    assert all(map(math.isfinite, numbers(parts)))
    for one in found.contributions:
        assert one.gain.interval is not None or one.gain.reason is not None


def test_contributions_arms_without_several_arms_above_none_interactions_and_pairs_are_a_family_each() -> None:
    found = apart(drawn("abc"))
    families = [
        [one.gain for one in found.contributions],
        [arm.lost for arm in found.arms if len(arm.off) > 1],
        [arm.above for arm in found.arms if len(arm.off) < 3],
        [one.effect for one in found.interactions],
        [one.beyond for one in found.pairs],
    ]
    assert [len(family) for family in families] == [3, 4, 7, 4, 3]
    for family in families:
        assert [one.p_adjusted for one in family] == pytest.approx(holm([one.p_value for one in family]))


def test_contributions_follow_the_method_of_the_policy_and_all_else_is_t() -> None:
    found = apart(drawn("ab"), rules=Rules(method=Method.PERCENTILE))
    assert found.contributions[0].gain.interval is not None
    assert "percentile" in found.contributions[0].gain.interval.method
    both = found.arm("a", "b")
    assert both is not None
    assert both.lost.interval is not None
    assert both.lost.interval.method == "paired t"


def test_a_bootstrap_that_the_policy_names_says_how_much_it_covers() -> None:
    served = apart(drawn("ab"), rules=Rules(method=Method.PERCENTILE))
    [one] = {own.values for own in served.notes if own.code is ComparisonNote.COVERAGE}
    low = dict(one)["low"]
    assert isinstance(low, float)
    assert low < 0.85
    assert ComparisonNote.COVERAGE not in codes(apart(drawn("ab")))


def test_without_limits_there_is_no_class_and_a_reason() -> None:
    found = apart(drawn("ab"), metric=Metric("nll", Direction.MINIMIZE))
    assert found.limits is None
    assert found.smallest is None
    assert found.pairs[0].arm.fate is None
    for one in found.contributions:
        assert one.importance is None
        assert one.reason is not None
        assert one.reason.code is Says.NO_LIMITS


def test_where_nobody_said_what_is_better_nothing_is_called_anything() -> None:
    metric = Metric("score", Direction.MAXIMIZE, "assumed", MetricUnit.PERCENT)
    flat = {off: (80.0 + 0.01 * np.roll(Z, len(off))).tolist() for off in subsets("ab")}
    found = apart(flat, metric=metric)
    assert found.smallest is None
    assert all(one.importance is None for one in found.contributions)
    [pair] = found.pairs
    assert (pair.arm.fate, pair.case, pair.substitutes, pair.hurting) == (None, PairCase.UNKNOWN, False, ())


@pytest.mark.parametrize(("count", "said"), [(3, False), (4, True)])
def test_a_smallest_system_picked_from_many_has_a_note(count: int, said: bool) -> None:
    rng = np.random.default_rng(0)
    flat = {off: (80.0 + 0.01 * rng.normal(size=5)).tolist() for off in subsets("abcd"[:count])}
    found = apart(flat)
    assert found.smallest is not None
    assert found.smallest.kept == ()
    assert found.smallest.picked_from == 2**count - 1
    notes = [one for one in found.notes if one.code is Says.MANY_SYSTEMS]
    assert [dict(one.values) for one in notes] == ([{"n": 15, "luck": pytest.approx(0.375)}] if said else [])


def test_arms_of_other_test_rows_which_have_no_seed_are_compared_unpaired() -> None:
    cells: dict[str, Sample] = {off: sample(off or "full", own) for off, own in drawn("ab").items()}
    cells["a"] = sample("a", cells["a"].scores, None)
    found = of_samples(cells, ("a", "b"))
    assert not added(found, "a").gain.paired
    assert added(found, "b").gain.paired
    assert not effect(found, "ab").effect.paired
