"""Several tasks, asked of real runs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.errors import SelectionError
from assay.model.comparison.answer import Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote, TaskNote
from assay.model.comparison.question import Aim, Method, Normalisation, Question, Unit
from assay.model.comparison.tasks import Aggregate, OverTasks
from assay.model.metric import Direction
from assay.model.policy import Policy, TaskReference
from assay.model.runs.exclusion import Exclusion
from assay.queries.comparison.answer import compare
from assay.view.text.notes import words
from assay.workspace import Workspace
from looking import looked_at
from tasked import EVERYWHERE, SCORES, A, B, C, filled, logged

MINMAX, BASELINE, REFERENCE = Normalisation.MINMAX, Normalisation.BASELINE, Normalisation.REFERENCE


@pytest.fixture(scope="module")
def arcade(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Workspace:
    """Beside the agents an experiment for each odd case, with two agents of its own."""
    folder = tmp_path_factory.mktemp("arcade")
    store = filled(folder)
    for agent, shift in (("A", 0.0), ("B", 0.2)):
        for seed in range(3):
            about = {"agent": agent, "seed": seed}
            logged(store, about | {"env": "flat"}, 0.5, experiment="odd")
            logged(store, about | {"env": "two\nlines"}, seed / 10 + shift - 0.1, experiment="odd")
            store.run("one-step", params=about | {"env": "x"}, metrics={"score": seed + 0.5})
        for task in ("x", "y"):
            for seed in range(2):
                about = {"agent": agent, "device": task, "seed": seed}
                logged(store, about, 0.5 + seed / 10, experiment="ignored")
        for task in ("x", "y", "z"):
            for seed in range(3):
                about = {"agent": agent, "env": task, "seed": seed}
                store.run(
                    "two", params=about, metrics={"score": seed + shift} | ({} if task == "z" else {"pace": seed})
                )
    return looked_at(store, folder / "data", policy)


def ask(work: Workspace, *candidates: str, **more: Any) -> Comparison:
    usual = {"metrics": ("score",), "baseline": A, "candidates": candidates or (B,), "task_by": "env"}
    usual["experiments"] = ("arcade",)
    return compare(work, Question(**(usual | {"resamples": 2_000} | more)))


def over(found: Comparison) -> OverTasks:
    assert found.first.tasks is not None
    return found.first.tasks


def codes(found: Comparison) -> set[str]:
    return {note.code for note in found.first.notes}


def test_tasks_that_both_sides_have_are_compared_and_the_others_counted(arcade: Workspace) -> None:
    found = ask(arcade, normalise=MINMAX)
    assert over(found).tasks == EVERYWHERE
    reasons = {one.task: (one.reason.code, one.reason.sides) for one in over(found).left_out}
    assert reasons == {"duel": (TaskNote.TASK_OF_FEW_RUNS, (1,)), "maze": (TaskNote.TASK_ONLY_ELSEWHERE, (1,))}
    base, own = (side.sample for side in found.first.sides)
    assert dict(base.excluded) == {Exclusion.OTHER_TASK: 5}
    assert dict(own.excluded) == {Exclusion.NAN: 1, Exclusion.WITHOUT_TASK: 1, Exclusion.OTHER_TASK: 1}
    assert (len(base.replicates), len(own.replicates)) == (9, 9)


def test_minmax_takes_the_worst_and_best_of_all_runs_whoever_is_compared(arcade: Workspace) -> None:
    found = over(ask(arcade, normalise=MINMAX)).sides[0].aggregates[Aggregate.MEAN].value
    ranges = {"pong": (-20.0, 14.0), "qbert": (1000.0, 1600.0), "race": (10.0, 17.0)}
    expected = np.mean([(np.mean(SCORES["A"][t]) - low) / (high - low) for t, (low, high) in ranges.items()])
    assert found == pytest.approx(expected)
    with_itself = over(ask(arcade, B, A, normalise=MINMAX))
    assert with_itself.sides[0].aggregates[Aggregate.MEAN].value == pytest.approx(expected)
    assert with_itself.sides[2].aggregates[Aggregate.IQM].value == with_itself.sides[0].aggregates[Aggregate.IQM].value


def test_one_is_the_baselines_mean_even_where_that_is_negative(arcade: Workspace) -> None:
    found = over(ask(arcade, normalise=BASELINE))
    assert found.sides[0].aggregates[Aggregate.MEAN].value == pytest.approx(1.0)
    # Pong: from -19 to 12 is a gain of 31/19 of the baseline's size.
    gains = (31 / 19, 400 / 1100, 4 / 12)
    assert found.sides[1].aggregates[Aggregate.MEAN].value == pytest.approx(1 + np.mean(gains))
    assert found.sides[1].aggregates[Aggregate.MEDIAN].value == pytest.approx(1 + 400 / 1100)


def test_where_lower_is_better_the_scale_turns_it_round(arcade: Workspace) -> None:
    found = ask(arcade, normalise=MINMAX, direction=Direction.MINIMIZE)
    assert over(found).flipped
    assert found.first.metric.direction is Direction.MAXIMIZE
    assert found.first.logged.direction is Direction.MINIMIZE
    assert found.first.candidates[0].difference.verdict is Verdict.WORSE
    assert {row.difference.verdict for row in over(found).rows} <= {Verdict.WORSE, Verdict.NOT_SHOWN}
    better = over(ask(arcade, normalise=Normalisation.NONE, direction=Direction.MINIMIZE)).candidates[0].improvement
    assert better is not None
    assert better.value == 0.0


def test_the_policys_references_are_the_scale_where_it_has_them_for_every_task(arcade: Workspace) -> None:
    known = (TaskReference("*ong", -20.7, 14.6), TaskReference("*", 0.0, 100.0), TaskReference("qbert", 0.0, 2000.0))
    work = replace(arcade, policy=replace(arcade.policy, tasks=known))
    found = over(ask(work))
    assert found.scale is REFERENCE
    expected = np.mean([(-19 + 20.7) / 35.3, 1100 / 2000, 12 / 100])
    assert found.sides[0].aggregates[Aggregate.MEAN].value == pytest.approx(expected)


def test_a_task_without_its_reference_or_with_one_that_points_the_other_way_is_left_out(arcade: Workspace) -> None:
    known = (TaskReference("pong", -20.7, 14.6), TaskReference("race", 20.0, 0.0))
    work = replace(arcade, policy=replace(arcade.policy, tasks=known))
    assert over(ask(work)).scale is Normalisation.NONE
    lost = {one.task: one.reason.code for one in over(ask(work, normalise=REFERENCE)).left_out}
    assert (lost["qbert"], lost["race"]) == (TaskNote.NO_REFERENCE, TaskNote.REFERENCE_CONTRADICTS)


def test_scores_far_apart_get_no_verdict_unless_someone_says_that_they_are_on_one_scale(arcade: Workspace) -> None:
    found = ask(arcade)
    difference = found.first.candidates[0].difference
    assert TaskNote.SCALES_DIFFER in codes(found)
    assert (difference.verdict, difference.p_value, difference.interval) == (Verdict.NOT_SHOWN, None, None)
    assert words(difference.reason) == "scores of different tasks are too far apart to be averaged as they are"
    told = ask(arcade, normalise=Normalisation.NONE)
    assert told.first.candidates[0].difference.interval is not None
    assert over(told).target is None
    assert Aggregate.OPTIMALITY_GAP not in over(told).sides[0].aggregates


def test_a_candidate_on_no_task_is_a_side_with_a_reason_and_changes_nobody_elses_numbers(arcade: Workspace) -> None:
    alone, both = ask(arcade, normalise=MINMAX), ask(arcade, B, C, normalise=MINMAX)
    empty = both.first.candidates[1]
    assert empty.difference.reason is not None
    assert empty.difference.reason.code is TaskNote.NO_SHARED_TASK
    assert empty.side.sample.excluded == {Exclusion.WITHOUT_TASK: 2}
    assert both.first.candidates[0].difference.p_value == alone.first.candidates[0].difference.p_value
    assert over(both).sides[1] == over(alone).sides[1]


@pytest.mark.parametrize(("baseline", "candidate"), [(C, B), (B, C), ("params.agent = 'nobody'", B)])
def test_without_a_shared_task_there_is_a_reason_and_no_number(
    arcade: Workspace, baseline: str, candidate: str
) -> None:
    found = ask(arcade, candidate, baseline=baseline, normalise=MINMAX, over_steps=True)
    assert over(found).tasks == ()
    assert found.first.baseline.value is None
    reason = found.first.candidates[0].difference.reason
    assert words(reason) == "no value of env that both sides have two runs or more of"


def test_a_single_task_gets_numbers_and_no_verdict(arcade: Workspace) -> None:
    found = ask(arcade, within="params.env = 'qbert'", normalise=MINMAX)
    difference = found.first.candidates[0].difference
    assert difference.interval is not None
    assert (difference.verdict, difference.p_value) == (Verdict.TOO_FEW, None)
    assert difference.reason is not None
    assert difference.reason.code is TaskNote.ONE_TASK
    assert over(found).rows[0].difference.verdict is Verdict.BETTER


def test_runs_of_several_tasks_are_no_several_configurations(arcade: Workspace) -> None:
    assert ComparisonNote.SEVERAL_CONFIGURATIONS not in codes(ask(arcade))
    both = ask(arcade, B, baseline="params.env LIKE '%'", normalise=MINMAX)
    [note] = [n for n in both.first.notes if n.code is TaskNote.SEVERAL_CONFIGURATIONS_PER_TASK]
    assert note.sides == (0,)


def test_what_tasks_cannot_answer_is_refused(arcade: Workspace) -> None:
    with pytest.raises(SelectionError) as lost:
        ask(arcade, task_by="enw")
    assert "There is no param 'enw'" in words(lost.value.note)
    with pytest.raises(SelectionError) as unit:
        ask(arcade, unit=Unit.EXAMPLES)
    assert "must be 'seeds', not 'examples'" in words(unit.value.note)
    with pytest.raises(SelectionError) as scale:
        ask(arcade, task_by=None, normalise=MINMAX)
    assert "--task-by" in words(scale.value.note)


def test_a_task_param_that_the_policy_ignores_makes_no_repeats(arcade: Workspace) -> None:
    """Runs of two tasks with one score are two runs, though nothing else tells them apart."""
    ignoring = replace(arcade.policy, params=replace(arcade.policy.params, ignored=("device",)))
    found = ask(replace(arcade, policy=ignoring), task_by="device", experiments=("ignored",))
    assert [len(side.sample.replicates) for side in found.first.sides] == [4, 4]
    why = words(found.first.candidates[0].difference.reason)
    assert why == "2 runs per task are fewer than the 3 that a verdict may rest on"


def test_constant_tasks_a_baseline_at_zero_and_texts_of_several_lines_are_said(arcade: Workspace) -> None:
    minmax, baseline = (ask(arcade, normalise=scale, experiments=("odd",)) for scale in (MINMAX, BASELINE))
    assert [(one.task, one.reason.code) for one in over(minmax).left_out] == [("flat", TaskNote.TASK_WITHOUT_RANGE)]
    assert [(o.task, o.reason.code) for o in over(baseline).left_out] == [("two\nlines", TaskNote.BASELINE_AT_ZERO)]
    said = [words(note) for note in minmax.first.notes]
    assert "1 value of env is a text of several lines, shown on one." in said
    constant = ask(arcade, within="params.env = 'flat'", experiments=("odd",))
    assert constant.first.candidates[0].difference.value == 0.0


def test_over_steps_every_side_has_a_curve_that_ends_at_its_score(arcade: Workspace) -> None:
    found = over(ask(arcade, normalise=MINMAX, over_steps=True))
    reached = found.efficiency
    assert reached is not None
    assert (reached.steps, reached.runs, reached.values, reached.missing) == ((0, 10, 20), 18, 54, 0)
    for curve, side in zip(reached.curves, found.sides, strict=True):
        assert curve.values[-1] == pytest.approx(side.aggregates[Aggregate.IQM].value)
        assert curve.values[0] < curve.values[-1]
        assert all(low <= value <= high for low, value, high in zip(curve.low, curve.values, curve.high, strict=True))
    assert over(ask(arcade, normalise=MINMAX)).efficiency is None


def test_a_store_that_is_away_leaves_the_rest_standing(arcade: Workspace, tmp_path: Path) -> None:
    gone = replace(arcade.settings, tracking_uri=f"sqlite:///{tmp_path}/gone.db")
    found = ask(replace(arcade, settings=gone), normalise=MINMAX, over_steps=True)
    reached = over(found).efficiency
    assert reached is not None
    assert (reached.steps, reached.curves) == ((), ())
    assert reached.reason is not None
    assert found.first.candidates[0].difference.interval is not None
    assert found.keeps_seconds == 60


def test_a_history_of_one_step_is_none(arcade: Workspace) -> None:
    reached = over(ask(arcade, over_steps=True, experiments=("one-step",))).efficiency
    assert reached is not None
    assert reached.missing == 6
    assert words(reached.reason) == "no task on which two runs of every side logged score at several steps"


def test_a_method_that_is_not_for_tasks_makes_the_rows_and_is_said(arcade: Workspace) -> None:
    found = ask(arcade, normalise=MINMAX, method=Method.PERMUTATION)
    assert TaskNote.PERCENTILE_OVER_TASKS in codes(found)
    interval = found.first.candidates[0].difference.interval
    assert interval is not None
    assert interval.method == "percentile stratified bootstrap, 2,000 resamples"
    assert all("flip" in str(row.difference.p_method) for row in over(found).rows)


def test_every_metric_is_compared_over_its_tasks_in_one_family(arcade: Workspace) -> None:
    found = ask(arcade, metrics=("score", "pace"), normalise=MINMAX, experiments=("two",))
    assert found.comparisons == 2
    assert [one.tasks.tasks for one in found.metrics if one.tasks] == [("x", "y", "z"), ("x", "y")]
    first, second = (one.candidates[0].difference for one in found.metrics)
    assert first.p_value is not None
    assert first.p_adjusted == pytest.approx(min(1.0, 2 * first.p_value)) or first.p_adjusted == second.p_adjusted


def test_a_margin_is_asked_on_the_scale_of_the_tasks(arcade: Workspace) -> None:
    kept = ask(arcade, normalise=MINMAX, aim=Aim.NO_WORSE, margin=0.05).first.candidates[0].difference
    assert kept.verdict is Verdict.NO_WORSE
    turned = {"baseline": B, "normalise": MINMAX, "aim": Aim.NO_WORSE}
    lost = ask(arcade, A, **turned, margin=0.05).first.candidates[0].difference
    assert lost.verdict is Verdict.WORSE
    assert lost.p_value == pytest.approx(1.0, abs=0.01)
    far = ask(arcade, A, **turned, margin=0.99).first.candidates[0].difference
    assert far.interval is not None
    assert (far.verdict is Verdict.NO_WORSE) == (far.interval.low > -0.99)


def test_simultaneous_intervals_over_tasks_are_wider_by_the_family(arcade: Workspace) -> None:
    asked = {"metrics": ("score", "pace"), "normalise": MINMAX, "experiments": ("two",)}
    each, together = (
        [one.candidates[0].difference.interval for one in ask(arcade, **asked, simultaneous=own).metrics]
        for own in (False, True)
    )
    for alone, wide in zip(each, together, strict=True):
        assert alone is not None
        assert wide is not None
        assert (alone.over, wide.over) == (1, 2)
        assert wide.low <= alone.low <= alone.high <= wide.high
