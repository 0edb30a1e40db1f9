"""Is the difference larger than the noise? Asked of real runs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.errors import FilterError, SelectionError
from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import UNPAIRED, Method, Question
from assay.model.metric import Direction, MetricUnit
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.queries.comparison.answer import compare, replanned
from assay.view.text.notes import words
from assay.workspace import Workspace
from noted import has, of, only
from saying import refused
from scored import A, B
from stores import Store

SVC, LOGREG, RIDGE = (f"params.model = '{name}'" for name in ("svc", "logreg", "ridge"))


def ask(work: Workspace, *candidates: str, metrics: tuple[str, ...] = ("accuracy",), **more: Any) -> Comparison:
    usual = {"baseline": LOGREG, "experiments": ("digits",)}
    return compare(work, Question(metrics, candidates=candidates, **(usual | more)))


def one(found: Comparison) -> Candidate:
    return found.first.candidates[0]


def test_a_clear_gain_over_paired_seeds_is_better(work: Workspace) -> None:
    found = ask(work, SVC)
    difference = one(found).difference
    assert (difference.verdict, difference.paired, difference.pairs) == (Verdict.BETTER, True, 5)
    assert difference.value == pytest.approx(0.0482)
    assert found.first.metric.unit is MetricUnit.SHARE
    assert found.first.metric.smallest_effect == 0.01
    assert found.over_seeds


def test_sides_are_called_by_the_params_that_differ(work: Workspace) -> None:
    found = ask(work, SVC, RIDGE)
    assert found.labels == ("logreg", "svc", "ridge")
    assert [(p.key, p.values) for p in found.setting.params] == [("model", ("logreg", "svc", "ridge"))]
    assert found.setting.equal_params == 1


def test_every_run_that_was_left_out_is_counted_with_its_reason(work: Workspace) -> None:
    sample = one(ask(work, SVC)).side.sample
    assert dict(sample.excluded) == {
        Exclusion.REPEAT: 1,
        Exclusion.NAN: 1,
        Exclusion.INFINITE: 1,
        Exclusion.NOT_LOGGED: 1,
        Exclusion.FAILED: 1,
        Exclusion.RUNNING: 1,
    }
    assert (len(sample.scores), sample.runs, len(sample.run_ids)) == (5, 6, 11)


def test_a_second_candidate_changes_no_number_of_the_first_but_its_adjusted_p(work: Workspace) -> None:
    alone, both = ask(work, SVC), ask(work, SVC, RIDGE)
    first, again = one(alone), one(both)
    assert first.side.value == again.side.value
    assert first.side.interval == again.side.interval
    assert first.difference.interval == again.difference.interval
    assert first.difference.p_value == again.difference.p_value
    assert first.difference.p_adjusted is not None
    assert again.difference.p_adjusted == pytest.approx(2 * first.difference.p_adjusted)
    assert both.comparisons == 2


@pytest.mark.parametrize("method", [Method.AUTO, Method.BCA, Method.BOOTSTRAP_T])
def test_the_order_of_candidates_changes_no_difference(work: Workspace, method: Method) -> None:
    asked: dict[str, Any] = {"metrics": ("accuracy", "loss"), "method": method, "resamples": 2_000}
    there, back = ask(work, SVC, RIDGE, "params.C = '1'", **asked), ask(work, "params.C = '1'", RIDGE, SVC, **asked)
    for ours, theirs in zip(there.metrics, back.metrics, strict=True):
        assert [c.difference for c in ours.candidates] == [c.difference for c in reversed(theirs.candidates)]
        assert [c.side for c in ours.candidates] == [c.side for c in reversed(theirs.candidates)]
        assert ours.baseline == theirs.baseline


def test_no_difference_is_not_shown(work: Workspace) -> None:
    assert one(ask(work, RIDGE)).difference.verdict is Verdict.NOT_SHOWN


def test_the_reviewer_may_turn_the_direction_and_then_it_says_so(work: Workspace) -> None:
    found = ask(work, SVC, direction=Direction.MINIMIZE)
    assert one(found).difference.verdict is Verdict.WORSE
    assert found.first.metric.direction_source == "option"


def test_pairs_may_be_refused_or_made_by_another_param(work: Workspace) -> None:
    unpaired = one(ask(work, SVC, pair_by=UNPAIRED)).difference
    assert not unpaired.paired
    assert unpaired.interval is not None
    assert "Welch" in unpaired.interval.method
    assert one(ask(work, SVC, pair_by="seed")).difference.pairs == 5
    with refused(SelectionError, "no param 'sead'.*'seed'"):
        ask(work, SVC, pair_by="sead")


def test_a_method_asked_for_by_name_is_served(work: Workspace) -> None:
    found = one(ask(work, SVC, method=Method.PERMUTATION))
    assert found.difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert found.difference.min_attainable_p == pytest.approx(0.0625)


def test_a_filter_that_finds_nothing_is_a_side_with_a_reason_and_the_rest_goes_on(work: Workspace) -> None:
    nothing, svc = ask(work, "params.model = 'gone'", SVC).first.candidates
    assert nothing.side.value is None
    assert nothing.side.reason == note(ComparisonNote.SIDE_EMPTY)
    assert nothing.difference.reason == note(ComparisonNote.NO_SCORE)
    assert nothing.difference.verdict is Verdict.TOO_FEW
    assert svc.difference.verdict is Verdict.BETTER


def test_a_link_to_runs_that_are_gone_counts_them(work: Workspace) -> None:
    kept = one(ask(work, SVC)).side.sample.used_ids[0]
    found = one(ask(work, f"run_id IN ('{kept}', 'gone1', 'gone2')")).side
    assert found.sample.excluded[Exclusion.VANISHED] == 2
    assert found.replicates == 1


def test_runs_on_both_sides_and_sides_of_several_configurations_are_warned_of(work: Workspace) -> None:
    notes = ask(work, "params.C = '1'").first.notes
    assert note(ComparisonNote.RUNS_SHARED, 1, n=5) in notes
    assert note(ComparisonNote.SEVERAL_CONFIGURATIONS, 1, n=3) in notes


def test_unknown_things_are_named_with_what_comes_close(work: Workspace) -> None:
    with refused(SelectionError, "no metric 'acuracy'.*'accuracy'"):
        ask(work, LOGREG, baseline=SVC, metrics=("acuracy",), experiments=())
    with refused(SelectionError, "no experiment 'digit'.*'digits'"):
        ask(work, LOGREG, baseline=SVC, experiments=("digit",))
    with pytest.raises(FilterError):
        ask(work, "params.model = svc")


def test_unlogged_seeds_make_no_pairs(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model, scores in {"a": [1.0, 2.0, 3.0], "b": [2.0, 3.1, 4.2]}.items():
        for score in scores:
            store.run("e", params={"model": model}, metrics={"reward": score})
    found = compare(work_of(store), Question(("reward",), A, (B,)))
    assert not one(found).difference.paired
    assert found.first.metric.direction_source == "name"


def test_several_metrics_share_names_and_one_family(work: Workspace) -> None:
    found = ask(work, SVC, RIDGE, metrics=("accuracy", "loss", "accuracy"), experiments=())
    accuracy, loss = found.metrics
    assert (accuracy.metric.name, loss.metric.name) == ("accuracy", "loss")
    assert found.question.metrics == ("accuracy", "loss")
    assert found.comparisons == 4
    assert loss.candidates[0].side.label == "svc"
    assert loss.metric.direction_source == "name"
    assert loss.candidates[1].difference.verdict is Verdict.TOO_FEW
    alone = ask(work, SVC, RIDGE)
    assert accuracy.candidates[0].difference.interval == one(alone).difference.interval


def test_a_direction_that_was_chosen_is_the_first_metrics(work: Workspace) -> None:
    found = ask(work, SVC, metrics=("accuracy", "loss"), direction=Direction.MINIMIZE, correction="none")
    accuracy, loss = found.metrics
    assert accuracy.metric.direction_source == "option"
    assert loss.metric.direction_source == "name"
    assert found.rules.correction == "none"
    assert one(found).difference.p_adjusted == one(found).difference.p_value


def test_every_metric_that_nobody_logged_is_named(work: Workspace) -> None:
    with refused(SelectionError, "no metric 'acuracy'"):
        ask(work, SVC, metrics=("accuracy", "acuracy"))


def test_sides_of_different_experiments_are_not_paired_and_it_is_said(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.configuration("one", {"model": "a"}, "reward", [1.0, 2.0, 3.0])
    store.configuration("two", {"model": "b"}, "reward", [2.0, 3.1, 4.2])
    found = compare(work_of(store), Question(("reward",), A, (B,)))
    assert not one(found).difference.paired
    elsewhere = of(only(found.first.notes, ComparisonNote.OTHER_EXPERIMENTS), ComparisonNote.OTHER_EXPERIMENTS)
    assert elsewhere == {"own": ("two (id 2)",), "baseline": ("one (id 1)",)}


def test_replicates_picked_by_their_score_are_missed(work: Workspace) -> None:
    some = ask(work, f"{SVC} and metrics.accuracy > 0.952").first
    assert some.candidates[0].side.replicates == 3
    missed = of(only(some.notes, ComparisonNote.REPLICATES_FILTERED_OUT), ComparisonNote.REPLICATES_FILTERED_OUT)
    assert missed["by_score"]
    assert not has(ask(work, SVC).first.notes, ComparisonNote.REPLICATES_FILTERED_OUT)


def test_a_side_compared_with_itself_still_has_names(work: Workspace) -> None:
    names = ask(work, LOGREG).labels
    assert len(set(names)) == 2
    assert "·" not in "".join(names)


def test_hyphens_in_names_stay_hyphens(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.configuration("e", {"model": "a-b"}, "loss", [1.0, 1.0, 1.1, 1.2, 9.0])
    store.configuration("e", {"model": "c-d"}, "loss", [1.0, 1.1, 1.2, 1.3, 1.4])
    found = compare(work_of(store), Question(("loss",), "params.model = 'c-d'", ("params.model = 'a-b'",)))
    skewed = only(found.first.notes, ComparisonNote.SKEWED)
    assert skewed.sides == (1,)
    assert words(skewed, found.labels).startswith("a-b: its scores are skewed")


def test_a_difference_that_the_reader_wants_to_see_is_planned_for_on_the_first_metric(work: Workspace) -> None:
    found = ask(work, RIDGE, metrics=("accuracy", "loss"))
    wanted = replanned(found, 0.002)
    before, after = one(found).plan, one(wanted).plan
    assert before is not None
    assert after is not None
    assert [need.effect for need in before.needs] == [0.01]
    assert [need.effect for need in after.needs] == [0.002, 0.01]
    assert (after.needed(0.01), wanted.metrics[1:]) == (before.needed(0.01), found.metrics[1:])
