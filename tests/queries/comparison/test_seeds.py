"""Is the difference larger than the noise? Asked of real runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import FilterError, SelectionError
from assay.model.comparison import Direction, Method, Verdict
from assay.model.policy import MetricUnit, Policy
from assay.model.sync import Snapshot
from assay.queries.comparison.seeds import Compared, Options, compared, compared_on
from stores import Store

SVC, LOGREG, RIDGE = (f"params.model = '{name}'" for name in ("svc", "logreg", "ridge"))


def ask(snapshot: Snapshot, policy: Policy, *candidates: str, baseline: str = LOGREG, **more: object) -> Compared:
    return compared(
        snapshot,
        policy,
        metric="accuracy",
        baseline=baseline,
        candidates=candidates,
        experiments=("digits",),
        **more,  # type: ignore[arg-type]
    )


def test_a_clear_gain_over_paired_seeds_is_better(snapshot: Snapshot, policy: Policy) -> None:
    found = ask(snapshot, policy, SVC)
    difference = found.comparison.candidates[0].difference
    assert (difference.verdict, difference.paired, difference.pairs) == (Verdict.BETTER, True, 5)
    assert difference.mean == pytest.approx(0.0482)
    assert found.unit is MetricUnit.SHARE
    assert found.smallest_effect == 0.01


def test_sides_are_called_by_the_params_that_differ(snapshot: Snapshot, policy: Policy) -> None:
    found = ask(snapshot, policy, SVC, RIDGE)
    sides = [found.comparison.baseline, *(c.side for c in found.comparison.candidates)]
    assert [side.sample.label for side in sides] == ["model=logreg", "model=svc", "model=ridge"]
    assert [(p.key, p.values) for p in found.params] == [("model", ("logreg", "svc", "ridge"))]
    assert found.equal_params == 1


def test_every_run_that_was_left_out_is_counted_with_its_reason(snapshot: Snapshot, policy: Policy) -> None:
    sample = ask(snapshot, policy, SVC).comparison.candidates[0].side.sample
    assert dict(sample.excluded) == {
        "repeat of identical digits": 1,
        "accuracy is NaN": 1,
        "accuracy is infinite": 1,
        "accuracy not logged": 1,
        "failed": 1,
        "running": 1,
    }
    assert (len(sample.scores), sample.runs, len(sample.run_ids)) == (5, 6, 11)


def test_a_second_candidate_changes_no_number_of_the_first_but_its_adjusted_p(
    snapshot: Snapshot, policy: Policy
) -> None:
    alone, both = ask(snapshot, policy, SVC), ask(snapshot, policy, SVC, RIDGE)
    one, two = alone.comparison.candidates[0], both.comparison.candidates[0]
    assert one.side.mean == two.side.mean
    assert one.side.interval == two.side.interval
    assert one.difference.interval == two.difference.interval
    assert one.difference.p_value == two.difference.p_value
    assert one.difference.p_adjusted is not None
    assert two.difference.p_adjusted == pytest.approx(2 * one.difference.p_adjusted)
    assert both.comparison.comparisons == 2


def test_no_difference_is_not_shown(snapshot: Snapshot, policy: Policy) -> None:
    assert ask(snapshot, policy, RIDGE).comparison.candidates[0].difference.verdict is Verdict.NOT_SHOWN


def test_the_reviewer_may_turn_the_direction_and_then_it_says_so(snapshot: Snapshot, policy: Policy) -> None:
    found = ask(snapshot, policy, SVC, options=Options(direction=Direction.MINIMIZE)).comparison
    assert found.candidates[0].difference.verdict is Verdict.WORSE
    assert found.direction_source == "option"


def test_pairs_may_be_refused_or_made_by_another_param(snapshot: Snapshot, policy: Policy) -> None:
    unpaired = ask(snapshot, policy, SVC, options=Options(pair_by="none")).comparison.candidates[0].difference
    assert not unpaired.paired
    assert unpaired.interval is not None
    assert "Welch" in unpaired.interval.method
    by_seed = ask(snapshot, policy, SVC, options=Options(pair_by="seed")).comparison.candidates[0].difference
    assert by_seed.pairs == 5
    with pytest.raises(SelectionError, match="no param 'sead'.*'seed'"):
        ask(snapshot, policy, SVC, options=Options(pair_by="sead"))


def test_a_method_asked_for_by_name_is_served(snapshot: Snapshot, policy: Policy) -> None:
    found = ask(snapshot, policy, SVC, options=Options(method=Method.PERMUTATION)).comparison.candidates[0]
    assert found.difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT
    assert found.difference.min_attainable_p == pytest.approx(0.0625)


def test_a_filter_that_finds_nothing_is_a_side_with_a_reason_and_the_rest_goes_on(
    snapshot: Snapshot, policy: Policy
) -> None:
    found = ask(snapshot, policy, "params.model = 'gone'", SVC).comparison
    nothing, svc = found.candidates
    assert nothing.side.mean is None
    assert nothing.side.reason
    assert nothing.difference.verdict is Verdict.TOO_FEW
    assert svc.difference.verdict is Verdict.BETTER


def test_a_link_to_runs_that_are_gone_counts_them(snapshot: Snapshot, policy: Policy) -> None:
    kept = ask(snapshot, policy, SVC).comparison.candidates[0].side.sample.scores[0].run_id
    found = ask(snapshot, policy, f"run_id IN ('{kept}', 'gone1', 'gone2')").comparison.candidates[0].side
    assert found.sample.excluded["deleted or not in the store"] == 2
    assert found.replicates == 1


def test_runs_on_both_sides_and_sides_of_several_configurations_are_warned_of(
    snapshot: Snapshot, policy: Policy
) -> None:
    warnings = " ".join(ask(snapshot, policy, "params.C = '1'").comparison.warnings)
    assert "5 runs of the baseline's stand here too" in warnings
    assert "belong to 3 configurations" in warnings


def test_unknown_things_are_named_with_what_comes_close(snapshot: Snapshot, policy: Policy) -> None:
    with pytest.raises(SelectionError, match="no metric 'acuracy'.*'accuracy'"):
        compared(snapshot, policy, metric="acuracy", baseline=SVC, candidates=[LOGREG])
    with pytest.raises(SelectionError, match="no experiment 'digit'.*'digits'"):
        compared(snapshot, policy, metric="accuracy", baseline=SVC, candidates=[LOGREG], experiments=["digit"])
    with pytest.raises(FilterError):
        ask(snapshot, policy, "params.model = svc")


def test_unlogged_seeds_make_no_pairs(tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model, scores in {"a": [1.0, 2.0, 3.0], "b": [2.0, 3.1, 4.2]}.items():
        for score in scores:
            store.run("e", params={"model": model}, metrics={"reward": score})
    found = compared(
        snapshot_of(store),
        policy,
        metric="reward",
        baseline="params.model = 'a'",
        candidates=["params.model = 'b'"],
    ).comparison
    assert not found.candidates[0].difference.paired
    assert found.direction_source == "name"


def test_several_metrics_share_names_and_one_family(snapshot: Snapshot, policy: Policy) -> None:
    accuracy, loss = compared_on(
        snapshot, policy, metrics=["accuracy", "loss", "accuracy"], baseline=LOGREG, candidates=[SVC, RIDGE]
    )
    assert (accuracy.comparison.metric, loss.comparison.metric) == ("accuracy", "loss")
    assert accuracy.comparison.comparisons == loss.comparison.comparisons == 4
    assert loss.comparison.candidates[0].side.sample.label == "model=svc"
    assert loss.comparison.direction_source == "name"
    assert loss.comparison.candidates[1].difference.verdict is Verdict.TOO_FEW
    alone = ask(snapshot, policy, SVC, RIDGE).comparison
    assert accuracy.comparison.candidates[0].difference.interval == alone.candidates[0].difference.interval


def test_a_direction_that_was_chosen_is_the_first_metrics(snapshot: Snapshot, policy: Policy) -> None:
    options = Options(direction=Direction.MINIMIZE, correction="none")
    accuracy, loss = compared_on(
        snapshot, policy, metrics=["accuracy", "loss"], baseline=LOGREG, candidates=[SVC], options=options
    )
    assert accuracy.comparison.direction_source == "option"
    assert loss.comparison.direction_source == "name"
    assert accuracy.comparison.correction == "none"


def test_every_metric_that_nobody_logged_is_named(snapshot: Snapshot, policy: Policy) -> None:
    with pytest.raises(SelectionError, match="no metric 'acuracy'"):
        compared_on(snapshot, policy, metrics=["accuracy", "acuracy"], baseline=LOGREG, candidates=[SVC])


def test_sides_of_different_experiments_are_not_paired_and_it_is_said(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.configuration("one", {"model": "a"}, "reward", [1.0, 2.0, 3.0])
    store.configuration("two", {"model": "b"}, "reward", [2.0, 3.1, 4.2])
    found = compared(
        snapshot_of(store), policy, metric="reward", baseline="params.model = 'a'", candidates=["params.model = 'b'"]
    ).comparison
    assert not found.candidates[0].difference.paired
    assert any("equal seeds make no pairs" in warning for warning in found.warnings)


def test_replicates_picked_by_their_score_are_missed(snapshot: Snapshot, policy: Policy) -> None:
    some = ask(snapshot, policy, f"{SVC} and metrics.accuracy > 0.952").comparison
    assert some.candidates[0].side.replicates == 3
    assert any("left out by its filter; runs picked by their score" in warning for warning in some.warnings)
    assert not any("left out by its filter" in warning for warning in ask(snapshot, policy, SVC).comparison.warnings)


def test_a_side_compared_with_itself_still_has_names(snapshot: Snapshot, policy: Policy) -> None:
    found = ask(snapshot, policy, LOGREG).comparison
    names = [found.baseline.sample.label, found.candidates[0].side.sample.label]
    assert len(set(names)) == 2
    assert "·" not in "".join(names)


def test_hyphens_in_names_stay_hyphens(
    tmp_path: Path, policy: Policy, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.configuration("e", {"model": "a-b"}, "loss", [1.0, 1.0, 1.1, 1.2, 9.0])
    store.configuration("e", {"model": "c-d"}, "loss", [1.0, 1.1, 1.2, 1.3, 1.4])
    found = compared(
        snapshot_of(store), policy, metric="loss", baseline="params.model = 'c-d'", candidates=["params.model = 'a-b'"]
    ).comparison
    assert any(warning.startswith("model=a-b: its scores are skewed") for warning in found.warnings)
