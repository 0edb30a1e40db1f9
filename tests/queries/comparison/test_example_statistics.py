"""Medians, quantiles and trimmed means of example scores, asked of real runs with real evidence."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay import settings
from assay.errors import SelectionError
from assay.model.comparison import Method, Statistic, Verdict
from assay.model.examples import ExampleComparison
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries import objects
from assay.queries.comparison import example_metrics, examples
from assay.queries.comparison import seeds as comparing
from assay.queries.comparison.seeds import Options
from scored import Scored, filled, scores
from stores import Store

A, B, C = (f"params.model = '{name}'" for name in "abc")
MEDIAN = Options(statistic=Statistic.MEDIAN, resamples=2_000)
Ask = Callable[..., ExampleComparison]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


@pytest.fixture
def asking(snapshot_of: Callable[[Store], Snapshot], policy: Policy, tmp_path: Path) -> Callable[[Store], Ask]:
    def ask_of(store: Store) -> Ask:
        snapshot, own = snapshot_of(store), settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")

        def ask(metric: str = "log_loss", options: Options = MEDIAN, **more: str) -> ExampleComparison:
            sides = {"baseline": A, "candidate": B} | more
            return examples.compared(snapshot, policy, own, metric=metric, options=options, **sides)  # type: ignore[arg-type]

        return ask

    return ask_of


@pytest.fixture
def ask(store: Scored, asking: Callable[[Store], Ask]) -> Ask:
    return asking(store)


def logged(store: Scored, model: str, values: np.ndarray, seed: int = 0) -> None:
    ids = [f"x{k}" for k in range(len(values))]
    store.scored(pd.DataFrame({"example_id": ids, "accuracy": values}), model=model, seed=seed)


def test_the_difference_is_that_of_the_medians_over_runs_means(asking: Callable[[Store], Ask], tmp_path: Path) -> None:
    made, rng = Scored(tmp_path / "own"), np.random.default_rng(1)
    runs = {model: rng.exponential(size=(3, 80)) * factor for model, factor in (("a", 1.0), ("b", 0.5))}
    for model, table in runs.items():
        for seed, row in enumerate(table):
            logged(made, model, row, seed)
    found = asking(made)("accuracy")
    medians = {model: np.median(table.mean(axis=0)) for model, table in runs.items()}
    assert (found.baseline.mean, found.candidate.mean) == pytest.approx((medians["a"], medians["b"]))
    assert found.difference.mean == pytest.approx(medians["b"] - medians["a"])
    assert found.baseline.interval is not None
    assert found.baseline.interval.low < medians["a"] < found.baseline.interval.high


def test_losses_stay_and_slices_are_said_to_be_of_means(ask: Ask) -> None:
    found, by_mean = ask(), ask(options=Options())
    assert (found.statistic, by_mean.statistic) == (Statistic.MEDIAN, Statistic.MEAN)
    assert found.losses == by_mean.losses
    assert (found.slices, len(by_mean.slices)) == ((), 3)
    assert found.slice_columns == ("kind",)
    assert "Slices compare means: by the median there are none." in found.warnings
    assert "seeds × examples" not in " ".join(found.caveats)


def test_right_and_wrong_still_flip_though_their_median_cannot_move(ask: Ask) -> None:
    found = ask("accuracy", baseline=f"{A} and params.seed = '0'", candidate=f"{B} and params.seed = '0'")
    assert found.flips is not None
    assert found.flips.gained > found.flips.lost
    assert (found.difference.mean, found.difference.verdict) == (0.0, Verdict.NOT_SHOWN)
    assert "every resample gives the same difference of the median" in (found.difference.reason or "")


def test_scores_that_are_no_number_are_left_out_and_the_rest_is_answered(
    asking: Callable[[Store], Ask], tmp_path: Path
) -> None:
    made, rng = Scored(tmp_path / "own"), np.random.default_rng(2)
    values = rng.exponential(size=60)
    logged(made, "a", values)
    logged(made, "b", np.where(np.arange(60) < 7, np.nan, values * rng.uniform(0.3, 0.6, size=60)))
    found = asking(made)("accuracy")
    assert (found.examples, found.candidate.undefined) == (53, 7)
    assert found.baseline.mean == pytest.approx(np.median(values[7:]))


def test_four_examples_and_sides_apart_are_answered_as_for_means(
    asking: Callable[[Store], Ask], tmp_path: Path
) -> None:
    made, rng = Scored(tmp_path / "own"), np.random.default_rng(3)
    for model in "ab":
        logged(made, model, rng.exponential(size=4))
    found = asking(made)("accuracy")
    assert found.difference.verdict is Verdict.TOO_FEW
    assert "4 examples on both sides" in (found.difference.reason or "")
    for model, factor in (("c", 1.0), ("d", 0.2)):
        frame = scores(rng, 0.8)
        frame = frame.assign(example_id=model + frame["example_id"], log_loss=frame["log_loss"] * factor)
        made.scored(frame, model=model, seed=0)
    apart = asking(made)(baseline=C, candidate="params.model = 'd'")
    assert (apart.examples, apart.difference.paired) == (0, False)
    assert apart.difference.verdict is Verdict.BETTER


@pytest.mark.parametrize("statistic", [Statistic.P90, Statistic.P99])
def test_how_many_examples_a_tail_rests_on_is_said_and_warned_of_below_ten(ask: Ask, statistic: Statistic) -> None:
    found = ask(options=replace(MEDIAN, statistic=statistic))
    if statistic is Statistic.P90:
        assert "With 240 examples the p90 rests on about 24." in found.caveats
    else:
        said = "With 240 examples the p99 rests on about 2, fewer than 10: its interval covers less than it says."
        assert said in found.warnings


def test_a_method_for_means_is_replaced_in_a_warning(ask: Ask) -> None:
    found = ask(options=replace(MEDIAN, method=Method.BCA))
    assert "bca was asked for but is made for means; for the median percentile is used." in found.warnings
    assert found.method is Method.BCA


def test_seeds_say_nothing_about_a_median(
    ask: Ask, store: Scored, policy: Policy, tmp_path: Path, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    with pytest.raises(SelectionError, match="'median' needs the unit 'examples', not 'both'.*five seeds"):
        ask(unit="both")
    with pytest.raises(SelectionError, match="'median' needs the unit 'examples', not 'seeds'.*five seeds"):
        comparing.compared(snapshot_of(store), policy, metric="accuracy", baseline=A, candidates=[B], options=MEDIAN)


def test_several_metrics_and_candidates_are_one_family(
    store: Scored, policy: Policy, tmp_path: Path, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    own = settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")
    found = example_metrics.examined(
        snapshot_of(store), policy, own, metrics=["log_loss", "accuracy"], baseline=A, candidates=[B, C], options=MEDIAN
    )
    assert {one.comparisons for row in found.by_metric for one in row} == {4}
    assert {one.statistic for row in found.by_metric for one in row} == {Statistic.MEDIAN}
    told = objects.examples(found.first)
    assert (told["statistic"], told["slices"]) == ("median", [])
    assert '"mean"' not in str(told).replace("'", '"')
