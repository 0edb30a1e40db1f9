"""What components contribute, asked of real runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import factored
from assay.errors import FilterError, SelectionError
from assay.model.ablation.answer import AblationDesign, ComponentClass, Fate, PairCase
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import AblationQuestion
from assay.model.ablation.tags import HYPOTHESIS_TAG, QUESTION_TAG, STUDY_TAG
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question
from assay.model.metric import Direction
from assay.model.policy import MetricPolicy, Policy
from assay.model.runs.exclusion import Exclusion
from assay.queries.ablation.answer import ablation
from assay.queries.comparison.answer import compare
from assay.workspace import Workspace
from factored import FACTORIAL, FACTORS, arm, ask, asked, cells, contribution, interaction, log, pair, scored_on
from looking import looked_at
from noted import has, of, only
from stores import SEEDS, Store

WorkOf = Callable[[Store], Workspace]


@pytest.fixture(scope="module")
def apart(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return looked_at(factored.filled(tmp_path_factory.mktemp("ablations")), tmp_path_factory.mktemp("data"), policy)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.sqlite(tmp_path / "mlflow.db")


def scores(*on: str) -> np.ndarray:
    return np.array(FACTORIAL[tuple(name for name in FACTORS if name in on)])


def test_a_contribution_is_what_the_full_system_loses_without_a_component(apart: Workspace) -> None:
    found = ask(apart, "whole")
    assert (found.design, found.experiment, found.full.off) == (AblationDesign.FACTORIAL, "whole", ())
    lost = scores(*FACTORS) - scores("pca", "augmentation")
    expected = stats.ttest_1samp(lost, 0).confidence_interval()
    own = contribution(found, "scaling").gain
    assert own.value == pytest.approx(lost.mean())
    assert own.interval is not None
    assert (own.interval.low, own.interval.high) == pytest.approx((expected.low, expected.high))
    assert (own.paired, own.n, own.interval.method) == (True, 5, "paired t")
    classes = {one.component: one.importance for one in found.contributions}
    assert list(classes) == ["scaling", "augmentation", "pca"]
    assert classes["scaling"] is ComponentClass.CRITICAL
    assert classes["pca"] is ComponentClass.REMOVABLE


@pytest.mark.parametrize("without", FACTORS)
def test_every_arm_says_what_compare_says_of_it(apart: Workspace, without: str) -> None:
    found = ask(apart, "whole")
    singles = [one for one in found.arms if len(one.off) == 1]
    question = Question(("accuracy",), found.full.filter, tuple(one.filter for one in singles), ("whole",))
    compared = compare(apart, question).first
    place = [one.off[0] for one in singles].index(without)
    difference, own = compared.candidates[place].difference, contribution(found, without).gain
    assert own.value == -(difference.value or 0)
    assert own.interval is not None
    assert difference.interval is not None
    assert (own.interval.low, own.interval.high) == (-difference.interval.high, -difference.interval.low)
    assert (own.p_value, own.p_adjusted) == (difference.p_value, difference.p_adjusted)
    for one in found.arms:
        [side] = compare(apart, replace(question, baseline=one.filter, candidates=(one.filter,))).first.sides[:1]
        assert (side.value, side.std, side.replicates) == (one.side.value, one.side.std, one.side.replicates)


def test_filters_and_factors_answer_alike(apart: Workspace) -> None:
    by_factors = ask(apart, "single")
    filters = [(one.off[0], one.filter) for one in by_factors.arms if one.off]
    asking = AblationQuestion("accuracy", full=by_factors.full.filter, without=tuple(filters), experiments=("single",))
    by_filters = ablation(apart, asking)
    assert by_filters.design is by_factors.design is AblationDesign.LEAVE_ONE_OUT
    assert [one.gain for one in by_filters.contributions] == [one.gain for one in by_factors.contributions]
    assert [one.importance for one in by_filters.contributions] == [one.importance for one in by_factors.contributions]


def test_effects_of_all_cells_are_taken_within_each_seed(apart: Workspace) -> None:
    found = ask(apart, "whole")
    by_seed = [
        [FACTORIAL[(*(("scaling",) if a else ()), *(("pca",) if b else ()), *(("augmentation",) if c else ()))][seed]
         for a in (1, 0) for b in (1, 0) for c in (1, 0)]
        for seed in range(5)
    ]  # fmt: skip
    rows = np.array(by_seed).reshape(5, 2, 2, 2).mean(axis=3)
    effects = rows[:, 0, 0] - rows[:, 0, 1] - rows[:, 1, 0] + rows[:, 1, 1]
    own = interaction(found, "scaling", "pca")
    assert own.effect.value == pytest.approx(effects.mean())
    assert own.yates == pytest.approx(effects.mean() / 2)
    assert own.effect.p_value == pytest.approx(stats.ttest_1samp(effects, 0).pvalue)
    assert (own.averaged, own.missing, own.effect.paired) == (("augmentation",), (), True)
    shares = {one.component: one.shapley for one in found.contributions}
    assert sum(value or 0 for value in shares.values()) == pytest.approx(found.whole.value)
    assert found.whole.value == pytest.approx((scores(*FACTORS) - scores()).mean())


def test_a_component_that_only_stands_in_for_another_is_removable_and_has_a_share(apart: Workspace) -> None:
    found = ask(apart, "whole")
    pca = contribution(found, "pca")
    assert pca.importance is ComponentClass.REMOVABLE
    assert (pca.shapley or 0) > 0.05
    assert pca.alone.helps
    both = pair(found, "scaling", "pca")
    assert (both.case, both.winner, both.substitutes, both.arm.fate) == (
        PairCase.ONE_WINS,
        "scaling",
        True,
        Fate.NEEDED,
    )
    assert found.smallest is not None
    assert (found.smallest.kept, found.smallest.picked_from) == (("scaling",), 7)


@pytest.mark.parametrize("gone", list(FACTORIAL))
def test_without_a_cell_what_needs_it_is_not_estimable_and_the_rest_keeps_its_digits(
    apart: Workspace, store: Store, work_of: WorkOf, gone: tuple[str, ...]
) -> None:
    for on, values in FACTORIAL.items():
        if on != gone:
            log(store, "whole", on, values)
    before, found = ask(apart, "whole"), ask(work_of(store), "whole")
    off = tuple(name for name in FACTORS if name not in gone)
    assert found.together == ()
    assert all(one.shapley is None and one.yates is None for one in found.contributions)
    for name in FACTORS:
        known, own = contribution(before, name).gain, contribution(found, name).gain
        if gone == FACTORS or off == (name,):
            assert own.value is None
        else:
            assert replace(own, p_adjusted=None) == replace(known, p_adjusted=None)
    for one in found.interactions:
        needed = [{*one.components}, *({name} for name in one.components), set()]
        assert one.estimable is ({*off} not in needed)
        assert one.missing == (() if one.estimable else (off,))
        if one.estimable:
            assert one.effect.value == pair(before, *one.components).beyond.value
            assert one.averaged == ()
    for cell in found.arms:
        assert cell.side.value == (arm(before, *cell.off).side.value if cell.off != off else None)


def test_pairs_of_a_design_without_all_cells_are_those_whose_four_cells_exist(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS):
        if len(on) >= 2 or on == ("augmentation",):
            log(store, "some", on, FACTORIAL[on])
    found = ask(work_of(store), "some")
    assert [(one.components, one.estimable) for one in found.interactions] == [
        (("scaling", "pca"), True),
        (("scaling", "augmentation"), False),
        (("pca", "augmentation"), False),
    ]
    assert interaction(found, "scaling", "augmentation").missing == (("scaling", "augmentation"),)
    assert [one.components for one in found.pairs] == [("scaling", "pca")]


def test_components_that_were_never_off_together_are_held_on(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS):
        if "augmentation" in on or on == ("scaling", "pca"):
            log(store, "some", on, FACTORIAL[on])
    found = ask(work_of(store), "some")
    assert found.together == ("scaling", "pca")
    both = interaction(found, "scaling", "pca")
    assert both.averaged == ()
    lost = scores(*FACTORS) - scores("augmentation")
    assert found.whole.value == pytest.approx(lost.mean())
    assert contribution(found, "augmentation").shapley is None
    assert sum(contribution(found, name).shapley or 0 for name in ("scaling", "pca")) == pytest.approx(lost.mean())


def test_arms_of_other_seeds_are_compared_by_welch_and_each_cell_keeps_its_own_spread(
    store: Store, work_of: WorkOf
) -> None:
    rng = np.random.default_rng(3)
    drawn = {on: rng.normal(0.8, 0.01 if on else 0.2, 4 + len(on)) for on in cells(FACTORS[:2])}
    for place, (on, own) in enumerate(drawn.items()):
        by_seed: dict[object, float] = {100 * place + seed: score for seed, score in enumerate(own.tolist())}
        log(store, "apart", on, by_seed, factors=FACTORS[:2])
    found = ask(work_of(store), "apart", *FACTORS[:2])
    full, without = drawn[FACTORS[:2]], drawn["pca",]
    lost = contribution(found, "scaling").gain
    assert lost.p_value == pytest.approx(stats.ttest_ind(full, without, equal_var=False).pvalue)
    both = interaction(found, *FACTORS[:2]).effect
    shares = np.array([values.var(ddof=1) / values.size for values in drawn.values()])
    freedom = shares.sum() ** 2 / (shares**2 / [values.size - 1 for values in drawn.values()]).sum()
    value = full.mean() - without.mean() - drawn["scaling",].mean() + drawn[()].mean()
    assert both.value == pytest.approx(value)
    assert both.p_value == pytest.approx(2 * stats.t.sf(abs(value) / shares.sum() ** 0.5, freedom))
    assert both.interval is not None
    assert both.interval.method == "Satterthwaite t"
    assert has(found.notes, Says.SEEDS_DIFFER_BETWEEN)


def test_arms_that_were_scored_on_other_test_rows_are_not_paired(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS[:2]):
        log(
            store, "rows", on, FACTORIAL[(*on, "augmentation")], factors=FACTORS[:2], tags=scored_on("b" if on else "a")
        )
    found = ask(work_of(store), "rows", *FACTORS[:2])
    assert [one.gain.paired for one in found.contributions] == [True, True]
    assert not arm(found, *FACTORS[:2]).lost.paired
    assert not interaction(found, *FACTORS[:2]).effect.paired
    assert of(only(found.notes, Says.TEST_ROWS_DIFFER), Says.TEST_ROWS_DIFFER) == {"n": 1, "of": 3}


@pytest.mark.parametrize("seeds", [(None, None), (range(5), range(5, 10))], ids=["none", "others"])
def test_an_arm_on_other_test_rows_is_named_whatever_its_seeds(
    store: Store, work_of: WorkOf, seeds: tuple[range | None, range | None]
) -> None:
    for on, rows, own in (((*FACTORS,), "a", seeds[0]), (("pca", "augmentation"), "b", seeds[1])):
        for at, score in enumerate(FACTORIAL[on]):
            log(store, "rows", on, {None if own is None else own[at]: score}, tags=scored_on(rows))
    found = ask(work_of(store), "rows")
    assert not arm(found, "scaling").as_tested
    assert of(only(found.notes, Says.TEST_ROWS_DIFFER), Says.TEST_ROWS_DIFFER) == {"n": 1, "of": 1}


def test_arms_of_other_seeds_whose_splits_follow_the_seed_are_as_tested(store: Store, work_of: WorkOf) -> None:
    for on, start in ((FACTORS, 0), (("pca", "augmentation"), 5)):
        for seed, score in enumerate(FACTORIAL[on], start):
            log(store, "rows", on, {seed: score}, tags=scored_on(str(seed)))
    assert not has(ask(work_of(store), "rows").notes, Says.TEST_ROWS_DIFFER)


def test_what_changes_beside_what_a_filter_names_is_told(store: Store, work_of: WorkOf) -> None:
    """Without pca, runs had another learning rate too, and no number of components."""
    log(store, "beside", ("pca", "b"), FACTORIAL[FACTORS], factors=("pca", "b"), params={"lr": ".1", "k": "20"})
    log(store, "beside", ("b",), FACTORIAL[("scaling", "pca")], factors=("pca", "b"), params={"lr": ".3"})
    log(store, "beside", ("pca",), FACTORIAL[("scaling",)], factors=("pca", "b"), params={"lr": ".1", "k": "20"})
    full = "params.pca = 'on' and params.b = 'on'"
    arms = (("pca", "params.pca = 'off'"), ("b", "params.b = 'off'"), ("none", "params.pca = 'never'"))
    found = ablation(work_of(store), AblationQuestion("accuracy", full=full, without=arms, experiments=("beside",)))
    assert [{*one.follows} for one in found.components] == [{("k", "20", None), ("lr", ".1", ".3")}, set(), set()]
    assert of(only(found.notes, Says.FOLLOWS), Says.FOLLOWS) == {
        "param": "lr",
        "component": "pca",
        "on": ".1",
        "off": ".3",
    }


def test_of_errors_the_loss_is_what_they_rise_by(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS[:2]):
        errors = [1 - score for score in FACTORIAL[(*on, "augmentation")]]
        log(store, "errors", on, errors, factors=FACTORS[:2], metric="error_rate")
        log(store, "scores", on, FACTORIAL[(*on, "augmentation")], factors=FACTORS[:2])
    work = work_of(store)
    up = ask(work, "scores", *FACTORS[:2])
    down = ablation(work, replace(asked("errors", *FACTORS[:2]), metric="error_rate"))
    assert [one.component for one in up.contributions] == [one.component for one in down.contributions]
    for one, other in zip(up.contributions, down.contributions, strict=True):
        assert one.gain.value == pytest.approx(other.gain.value)
        assert one.importance is other.importance
        assert one.shapley == pytest.approx(other.shapley)
    assert up.whole.value == pytest.approx(down.whole.value)


def test_limits_of_what_is_no_share_are_multiples_of_the_smallest_effect(
    store: Store, policy: Policy, tmp_path: Path
) -> None:
    for on, millis in ((("cache",), [10.0, 10.2, 9.9]), ((), [17.0, 17.1, 16.8])):
        log(store, "speed", on, millis, factors=("cache",), metric="latency_ms")
    asking = replace(asked("speed", "cache"), metric="latency_ms")
    work = looked_at(store, tmp_path / "data", policy)
    bare = contribution(ablation(work, asking), "cache")
    assert bare.importance is None
    assert of(bare.reason, Says.NO_LIMITS) == {"metric": "latency_ms"}
    said = replace(policy, metrics=(MetricPolicy("latency_ms", smallest_effect=1.0), *policy.metrics))
    found = ablation(replace(work, policy=said), asking)
    assert found.limits is not None
    assert (found.limits.critical, found.limits.removable, found.limits.of_effect) == (5.0, 1.0, True)
    assert contribution(found, "cache").importance is ComponentClass.CRITICAL


def test_shares_logged_per_cent_have_limits_in_points(store: Store, work_of: WorkOf) -> None:
    for on in ((("a",), [78.0, 78.4, 78.2]), ((), [65.0, 65.4, 65.2])):
        log(store, "percent", *on, factors=("a",))
    found = ask(work_of(store), "percent", "a")
    assert found.limits is not None
    assert (found.limits.critical, found.limits.removable) == (5.0, 1.0)


def test_nobody_is_called_removable_where_nobody_said_which_way_is_better(store: Store, work_of: WorkOf) -> None:
    for on in ((("a",), [0.5, 0.51, 0.49]), ((), [0.5, 0.49, 0.51])):
        log(store, "odd", *on, factors=("a",), metric="blob")
    found = ablation(work_of(store), replace(asked("odd", "a"), metric="blob"))
    own = contribution(found, "a")
    assert own.importance is None
    assert of(own.reason, Says.NOBODY_SAID_BETTER) == {"metric": "blob"}
    told = ablation(work_of(store), replace(asked("odd", "a"), metric="blob", direction=Direction.MINIMIZE))
    assert not has([contribution(told, "a").reason], Says.NOBODY_SAID_BETTER)  # type: ignore[list-item]


def test_what_is_wrong_with_one_arm_leaves_the_others(store: Store, work_of: WorkOf) -> None:
    names = ("a", "b", "c", "d")
    log(store, "broken", names, [0.9, 0.91, 0.89, 0.9, 0.905], factors=names)
    log(store, "broken", ("b", "c", "d"), [0.8, 0.82, 0.79, 0.81, 0.8], factors=names)
    log(store, "broken", ("a", "c", "d"), [float("nan")] * 5, factors=names)
    log(store, "broken", ("a", "b", "d"), {42: 0.7}, factors=names)
    log(store, "broken", ("a", "b", "c"), {42: 0.7, 123: 0.69}, factors=names, status="FAILED")
    found = ask(work_of(store), "broken", *names)
    assert contribution(found, "a").importance is ComponentClass.CRITICAL
    for name in ("b", "c", "d"):
        assert contribution(found, name).importance is ComponentClass.UNDECIDED
        assert contribution(found, name).gain.interval is None
    assert arm(found, "b").side.sample.excluded == {Exclusion.NAN: 5}
    assert arm(found, "d").side.sample.excluded == {Exclusion.FAILED: 2}
    assert contribution(found, "c").gain.value == pytest.approx(0.9 + 0.001 - 0.7, abs=0.001)
    assert found.excluded == {Exclusion.NAN: 5, Exclusion.FAILED: 2}


def test_a_factor_that_never_varies_is_named_and_the_others_are_answered(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        log(store, "e", on, [0.9, 0.91, 0.89] if on else [0.8, 0.82, 0.79], factors=("a",), params={"b": "on"})
    found = ask(work_of(store), "e", "a", "b")
    assert of(only(found.notes, Says.ONE_LEVEL), Says.ONE_LEVEL) == {"param": "b", "level": "on"}
    assert contribution(found, "a").importance is ComponentClass.CRITICAL
    assert of(contribution(found, "b").gain.reason, Says.ARM_MISSING) == {"component": "b"}
    assert interaction(found, "a", "b").missing == (("b",), ("a", "b"))


def test_a_component_without_runs_says_so(store: Store, work_of: WorkOf) -> None:
    log(store, "lonely", ("a", "b"), [0.9, 0.91, 0.89], factors=("a", "b"))
    log(store, "lonely", (), [0.8, 0.82, 0.78], factors=("a", "b"))
    found = ask(work_of(store), "lonely", "a", "b")
    for name in ("a", "b"):
        assert of(contribution(found, name).gain.reason, Says.ARM_MISSING) == {"component": name}
    assert of(only(found.notes, Says.CHANGE_TOGETHER), Says.CHANGE_TOGETHER) == {"components": ("a", "b")}
    assert arm(found, "a", "b").lost.helps


def test_without_the_full_system_arms_are_listed_and_nothing_is_claimed(store: Store, work_of: WorkOf) -> None:
    for on in (("a",), ("b",), ()):
        log(store, "headless", on, [0.8, 0.81, 0.79], factors=("a", "b"))
    found = ask(work_of(store), "headless", "a", "b")
    assert found.full.side.value is None
    assert {one.gain.reason.code for one in found.contributions if one.gain.reason} == {Says.FULL_MISSING}


def test_one_run_an_arm_has_no_interval_and_no_class(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS):
        log(store, "ones", on, {42: FACTORIAL[on][0]})
    found = ask(work_of(store), "ones")
    assert all(one.gain.interval is None and one.gain.value is not None for one in found.contributions)
    assert {one.importance for one in found.contributions} == {ComponentClass.UNDECIDED}
    assert all(one.effect.interval is None and one.effect.value is not None for one in found.interactions)
    assert found.smallest is None
    assert {one.case for one in found.pairs} == {PairCase.UNKNOWN}


def test_scores_that_never_vary_support_no_claim(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS[:2]):
        log(store, "still", on, [0.5 + 0.1 * len(on)] * 5, factors=FACTORS[:2])
    found = ask(work_of(store), "still", *FACTORS[:2])
    assert {one.importance for one in found.contributions} == {ComponentClass.UNDECIDED}
    assert interaction(found, *FACTORS[:2]).effect.interval is None


def test_a_seed_that_was_run_twice_counts_once(store: Store, work_of: WorkOf) -> None:
    for on in (("a",), ()):
        log(store, "twice", on, [0.9, 0.8, 0.85] if on else [0.7, 0.6, 0.66], factors=("a",))
    log(store, "twice", ("a",), {42: 0.96}, factors=("a",))
    log(store, "twice", (), {42: 0.7}, factors=("a",))
    found = ask(work_of(store), "twice", "a")
    assert (found.full.side.replicates, arm(found, "a").side.replicates) == (3, 3)
    assert found.full.side.value == pytest.approx((0.93 + 0.8 + 0.85) / 3)
    assert found.excluded == {Exclusion.REPEAT: 1}


def test_the_plan_of_a_study_comes_with_its_runs(store: Store, work_of: WorkOf) -> None:
    plan = {HYPOTHESIS_TAG: "a carries it"}
    log(store, "planned", ("a",), [0.9, 0.91, 0.89], factors=("a",), tags=plan)
    log(store, "planned", (), [0.8, 0.81, 0.79], factors=("a",), tags={**plan, QUESTION_TAG: "what without it?"})
    found = ask(work_of(store), "planned", "a")
    assert (found.hypothesis, arm(found, "a").question, found.full.question) == (
        "a carries it", "what without it?", "",
    )  # fmt: skip
    log(store, "planned", ("a",), {1: 0.9}, factors=("a",), tags={HYPOTHESIS_TAG: "it is noise"})
    again = ask(work_of(store), "planned", "a")
    assert again.hypothesis == "a carries it"
    assert of(only(again.notes, Says.PLANS_DIFFER), Says.PLANS_DIFFER) == {"n": 2}


def test_runs_of_two_studies_are_no_replicates_of_each_other(store: Store, work_of: WorkOf) -> None:
    for study, more in (("v1", 0.0), ("v2", 0.01)):
        for on, base in ((("a",), 0.9), ((), 0.8)):
            log(store, "studies", on, [base + more, base, base - more], factors=("a",), tags={STUDY_TAG: study})
    with pytest.raises(SelectionError) as refusal:
        ask(work_of(store), "studies", "a")
    said = of(refusal.value.note, Says.SEVERAL_STUDIES)
    assert set(said["names"]) == {"v1", "v2"}
    assert ask(work_of(store), "studies", "a", within=said["filter"]).full.side.replicates == 3


def test_two_components_by_one_filter_are_named(apart: Workspace) -> None:
    full = "params.scaling = 'on' and params.pca = 'on'"
    off = "params.pca = 'off'"
    found = ablation(
        apart, AblationQuestion("accuracy", full=full, without=(("x", off), ("y", off)), experiments=("single",))
    )
    assert of(only(found.notes, Says.FILTERS_ALIKE), Says.FILTERS_ALIKE) == {"a": "x", "b": "y", "n": 5}
    same = ablation(apart, AblationQuestion("accuracy", full=off, without=(("x", off),), experiments=("single",)))
    assert has(same.notes, ComparisonNote.RUNS_SHARED)
    assert contribution(same, "x").importance is ComponentClass.UNDECIDED


def test_a_filter_that_finds_nothing_is_an_arm_without_runs(apart: Workspace) -> None:
    asking = AblationQuestion(
        "accuracy",
        full="params.pca = 'on'",
        without=(("pca", "params.pca = 'off'"), ("x", "params.pca = 'never'")),
        experiments=("single",),
    )
    found = ablation(apart, asking)
    assert contribution(found, "pca").gain.interval is not None
    assert (contribution(found, "x").gain.value, contribution(found, "x").importance) == (
        None, ComponentClass.UNDECIDED,
    )  # fmt: skip


def test_thirteen_components_tried_together_have_no_effects_of_all_orders(store: Store, work_of: WorkOf) -> None:
    names = tuple(f"c{place}" for place in range(13))
    log(store, "many", names, [0.9, 0.91, 0.89], factors=names)
    for off in names:
        log(store, "many", [name for name in names if name != off], [0.8, 0.82, 0.79], factors=names)
    log(store, "many", (), [0.1, 0.12, 0.11], factors=names)
    found = ask(work_of(store), "many", *names)
    assert len(found.contributions) == 13
    assert {one.importance for one in found.contributions} == {ComponentClass.CRITICAL}
    assert of(only(found.notes, Says.TOO_MANY_TOGETHER), Says.TOO_MANY_TOGETHER) == {"n": 13, "most": 12}


@pytest.mark.parametrize(
    ("asking", "code"),
    [
        (AblationQuestion("accuracy"), Says.NO_COMPONENT),
        (AblationQuestion("accuracy", ("pca",), without=(("x", "params.pca = 'off'"),)), Says.BOTH_WAYS),
        (AblationQuestion("accuracy", ("pca", "pca")), Says.FACTOR_TWICE),
        (AblationQuestion("accuracy", without=(("x", "params.pca = 'off'"),)), Says.FULL_NEEDED),
        (
            AblationQuestion("accuracy", full="params.pca = 'on'", without=(("x", "params.pca = 'off'"),) * 2),
            Says.COMPONENT_TWICE,
        ),
    ],
)
def test_a_question_without_sense_is_refused(apart: Workspace, asking: AblationQuestion, code: Says) -> None:
    with pytest.raises(SelectionError) as refusal:
        ablation(apart, asking)
    assert refusal.value.note.code is code


def test_unknown_names_and_filters_are_refused(apart: Workspace) -> None:
    for asking in (asked("whole", "scalin"), replace(asked("whole"), metric="accuray"), asked("nowhere")):
        with pytest.raises(SelectionError):
            ablation(apart, asking)
    with pytest.raises(FilterError):
        ablation(apart, asked("whole", within="params.x ="))


def test_a_factor_that_the_policy_takes_for_a_seed_makes_cells(store: Store, work_of: WorkOf) -> None:
    for device in ("on", "off"):
        for seed, score in zip(SEEDS, [0.9, 0.8, 0.85], strict=False):
            store.run("devices", params={"device": device, "seed": seed}, metrics={"accuracy": score})
    found = ask(work_of(store), "devices", "device")
    assert [one.side.replicates for one in found.arms] == [3, 3]
