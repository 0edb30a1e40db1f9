"""Several metrics are one family: only what speaks of the correction changes."""

from dataclasses import replace

import pytest

from assay.analysis import planning
from assay.analysis.comparison.family import decided, replanned
from assay.analysis.multiplicity import holm
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.planning import Need, Plan
from assay.model.comparison.question import Rules
from assay.model.metric import Direction
from assay.model.note import note
from seeded import DOWN, UP, answered, asked, only, sample

BASE = (0.659, 0.670, 0.648, 0.652, 0.666)
HIGH = (0.701, 0.716, 0.690, 0.699, 0.712)
SLIGHTLY = (0.668, 0.672, 0.655, 0.661, 0.667)
HOLM, ALONE = Rules(), Rules(correction="none")


def made(name: str, *candidates: tuple[float, ...], way: Direction = UP) -> MetricComparison:
    sides = [sample(f"c{i}", values) for i, values in enumerate(candidates)]
    return asked(sample("base", BASE), *sides, way=way, name=name)


def test_p_is_corrected_over_metrics_and_candidates_together() -> None:
    alone = [made("f1", HIGH, SLIGHTLY), made("loss", SLIGHTLY, HIGH, way=DOWN)]
    joint = decided(alone, HOLM)
    raw = [c.difference.p_value for one in alone for c in one.candidates]
    assert [c.difference.p_adjusted for one in joint for c in one.candidates] == holm(raw)
    assert joint[0].candidates[0].difference.verdict is Verdict.BETTER
    assert joint[1].candidates[1].difference.verdict is Verdict.WORSE


def test_no_other_number_changes() -> None:
    found = [made("f1", HIGH, SLIGHTLY), made("loss", HIGH)]
    for before, after in zip(decided(found, ALONE), decided(found, HOLM), strict=True):
        assert after.baseline == before.baseline
        for old, new in zip(before.candidates, after.candidates, strict=True):
            assert new.side == old.side
            assert old.difference == replace(
                new.difference,
                p_adjusted=old.difference.p_adjusted,
                min_attainable_p=old.difference.min_attainable_p,
                verdict=old.difference.verdict,
            )


def test_a_difference_that_held_alone_may_not_hold_among_many() -> None:
    one = made("f1", SLIGHTLY)
    (alone,) = decided([one], HOLM)
    assert only(alone).difference.verdict is Verdict.BETTER
    assert [found.code for found in alone.notes] == [Says.RESTS_ON_NORMALITY]
    many = decided([replace(one, metric=replace(one.metric, name=f"m{i}")) for i in range(4)], HOLM)
    assert {only(m).difference.verdict for m in many} == {Verdict.NOT_SHOWN}
    (said,) = {found for m in many for found in m.notes}
    assert (said.code, said["family"], said["p"]) == (Says.UNADJUSTED, 4, only(many[0]).difference.p_adjusted)


def test_how_many_seeds_would_do_without_normality_counts_the_family() -> None:
    joint = decided([made("f1", HIGH), made("loss", HIGH, way=DOWN)], HOLM)
    said = note(Says.RESTS_ON_NORMALITY, 1, alpha=0.05, smallest_p=0.125, enough=7, paired=True)
    assert [one.notes for one in joint] == [(said,), (said,)]
    apart = decided([made("f1", HIGH), made("loss", HIGH, way=DOWN)], ALONE)
    assert [(one.notes[0]["enough"], one.notes[0]["smallest_p"]) for one in apart] == [(6, 0.0625)] * 2


def test_a_metric_without_a_p_counts_in_the_family_and_keeps_its_verdict() -> None:
    first, second = decided([made("f1", HIGH), made("f1", (0.7,))], HOLM)
    assert only(second).difference.verdict is Verdict.TOO_FEW
    raw = only(made("f1", HIGH)).difference.p_value
    assert raw is not None
    assert only(first).difference.p_adjusted == pytest.approx(2 * raw)


def test_a_plan_rests_on_the_upper_limit_of_the_spread_and_asks_for_what_was_seen() -> None:
    found = only(answered(sample("base", BASE), sample("c", SLIGHTLY)))
    difference, plan = found.difference, found.plan
    assert plan is not None
    assert difference.std is not None
    assert difference.value is not None
    assert (plan.n, plan.paired, plan.power, plan.permutation_n) == (5, True, 0.8, 6)
    assert plan.upper_std == planning.upper_std(difference.std, 5)
    assert plan.detectable == pytest.approx(1.682 * plan.upper_std, rel=1e-3)
    assert plan.needs == (Need(difference.value, planning.needed_for(difference.value, difference.std, 5)),)


def test_a_plan_is_for_what_matters_and_what_the_reader_wants_instead_of_what_was_seen() -> None:
    one = made("f1", HIGH, SLIGHTLY)
    found = decided([replace(one, metric=replace(one.metric, smallest_effect=0.01))], HOLM)
    assert [need.effect for need in plan_of(found[0]).needs] == [0.01]
    (wanted,) = replanned(found, HOLM, 0.002, 2)
    assert [need.effect for need in plan_of(wanted).needs] == [0.002, 0.01]
    assert plan_of(wanted).needed(0.01) == plan_of(found[0]).needed(0.01)
    assert plan_of(wanted).needed(0.5) is None
    assert plan_of(wanted).permutation_n == plan_of(found[0]).permutation_n == 7


def test_unpaired_sides_plan_with_their_pooled_spread() -> None:
    found = answered(sample("base", BASE, None), sample("c", HIGH[:4], None))
    stds = [side.std for side in found.sides if side.std is not None]
    pooled = ((stds[0] ** 2 + stds[1] ** 2) / 2) ** 0.5
    assert plan_of(found).n == 4
    assert plan_of(found).upper_std == pytest.approx(planning.upper_std(pooled, 4))


def test_without_a_spread_there_is_nothing_to_plan_with() -> None:
    checkpoints, constant = (answered(sample("b", [0.5] * n), sample("c", [0.9] * n)) for n in (1, 4))
    assert plan_of(checkpoints) == Plan(1, paired=False, reason=note(Says.PLAN_NEEDS_SPREAD))
    assert plan_of(constant) == Plan(4, paired=True, reason=note(Says.PLAN_WITHOUT_SPREAD))


def test_the_best_of_three_and_more_looks_too_good_and_of_two_nothing_is_said() -> None:
    (found,) = decided([made("f1", HIGH, SLIGHTLY, BASE[:4])], HOLM)
    assert found.luck == note(Says.BEST_OF_SEVERAL, candidates=3, n=4, excess=planning.optimism(3, 4))
    (few,) = decided([made("f1", HIGH, SLIGHTLY)], HOLM)
    assert few.luck is None


def plan_of(found: MetricComparison) -> Plan:
    """That of the first candidate."""
    plan = found.candidates[0].plan
    assert plan is not None
    return plan
