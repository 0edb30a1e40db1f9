"""Medians, quantiles and trimmed means of example scores, asked of real runs with real evidence."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.errors import SelectionError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.question import Method, Statistic, Unit
from assay.model.note import note
from assay.view.objects.comparison import comparison as as_object
from noted import has
from saying import refused
from scored import A, B, C, Scored, filled, scores
from stores import Store

from .conftest import Ask, examined, one

MEDIAN = {"statistic": Statistic.MEDIAN, "resamples": 2_000}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return filled(tmp_path_factory.mktemp("scored"))


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
    found = asking(made)(**MEDIAN)
    medians = {model: np.median(table.mean(axis=0)) for model, table in runs.items()}
    baseline = found.first.baseline
    assert (baseline.value, one(found).side.value) == pytest.approx((medians["a"], medians["b"]))
    assert one(found).difference.value == pytest.approx(medians["b"] - medians["a"])
    assert baseline.interval is not None
    assert baseline.interval.low < medians["a"] < baseline.interval.high


def test_losses_stay_and_slices_are_said_to_be_of_means(ask: Ask) -> None:
    found, by_mean = ask("log_loss", **MEDIAN), ask("log_loss")
    assert (found.first.statistic, by_mean.first.statistic) == (Statistic.MEDIAN, Statistic.MEAN)
    assert examined(found).losses == examined(by_mean).losses
    assert (examined(found).slices, len(examined(by_mean).slices)) == ((), 3)
    assert examined(found).slice_columns == ("kind",)
    assert note(ExampleNote.SLICES_ARE_OF_MEANS, statistic="median") in found.first.notes
    assert not has(one(found).caveats, ExampleNote.SEEDS_AND_EXAMPLES)
    assert one(found).caveats == (note(ExampleNote.THESE_TRAININGS, baseline=4, candidate=4, statistic="median"),)


def test_right_and_wrong_still_flip_though_their_median_cannot_move(ask: Ask) -> None:
    single = {"baseline": f"{A} and params.seed = '0'", "candidates": (f"{B} and params.seed = '0'",)}
    found = ask("accuracy", **single, **MEDIAN)
    flips = examined(found).flips
    assert flips is not None
    assert flips.gained > flips.lost
    assert (one(found).difference.value, one(found).difference.verdict) == (0.0, Verdict.NOT_SHOWN)
    assert one(found).difference.reason == note(ExampleNote.SAME_DIFFERENCE, statistic="median")


def test_scores_that_are_no_number_are_left_out_and_the_rest_is_answered(
    asking: Callable[[Store], Ask], tmp_path: Path
) -> None:
    made, rng = Scored(tmp_path / "own"), np.random.default_rng(2)
    values = rng.exponential(size=60)
    logged(made, "a", values)
    logged(made, "b", np.where(np.arange(60) < 7, np.nan, values * rng.uniform(0.3, 0.6, size=60)))
    found = asking(made)(**MEDIAN)
    counts = one(found).side.examples
    assert counts is not None
    assert (examined(found).n, counts.undefined) == (53, 7)
    assert found.first.baseline.value == pytest.approx(np.median(values[7:]))


def test_four_examples_and_sides_apart_are_answered_as_for_means(
    asking: Callable[[Store], Ask], tmp_path: Path
) -> None:
    made, rng = Scored(tmp_path / "own"), np.random.default_rng(3)
    for model in "ab":
        logged(made, model, rng.exponential(size=4))
    found = one(asking(made)(**MEDIAN))
    assert found.difference.verdict is Verdict.TOO_FEW
    assert found.difference.reason == note(ExampleNote.FEW_EXAMPLES, n=4, needed=5)
    for model, factor in (("c", 1.0), ("d", 0.2)):
        frame = scores(rng, 0.8)
        frame = frame.assign(example_id=model + frame["example_id"], log_loss=frame["log_loss"] * factor)
        made.scored(frame, model=model, seed=0)
    apart = asking(made)("log_loss", baseline=C, candidates=("params.model = 'd'",), **MEDIAN)
    assert (examined(apart).n, one(apart).difference.paired) == (0, False)
    assert one(apart).difference.verdict is Verdict.BETTER


@pytest.mark.parametrize("statistic", [Statistic.P90, Statistic.P99])
def test_how_many_examples_a_tail_rests_on_is_said_and_warned_of_below_ten(ask: Ask, statistic: Statistic) -> None:
    found = ask("log_loss", statistic=statistic, resamples=2_000)
    if statistic is Statistic.P90:
        assert note(ExampleNote.BEYOND, n=240, statistic="p90", beyond=24, needed=10) in one(found).caveats
    else:
        assert note(ExampleNote.FEW_BEYOND, n=240, statistic="p99", beyond=2, needed=10) in found.first.notes


def test_a_method_for_means_is_replaced_in_a_warning(ask: Ask) -> None:
    found = ask("log_loss", method=Method.BCA, **MEDIAN)
    assert note(ExampleNote.PERCENTILE_INSTEAD, method="bca", statistic="median") in found.first.notes
    assert found.rules.method is Method.BCA


@pytest.mark.parametrize("unit", [Unit.BOTH, Unit.SEEDS])
def test_seeds_say_nothing_about_a_median(ask: Ask, unit: Unit) -> None:
    with refused(SelectionError, f"'median' needs the unit 'examples', not '{unit}'.*five seeds"):
        ask(unit=unit, **MEDIAN)


def test_several_metrics_and_candidates_are_one_family(ask: Ask) -> None:
    found = ask("log_loss", "accuracy", candidates=(B, C), **MEDIAN)
    assert (found.comparisons, found.slice_comparisons) == (4, 0)
    assert {one.statistic for one in found.metrics} == {Statistic.MEDIAN}
    told = as_object(found)
    assert (told["statistic"], told["slices"]) == ("median", [])
    assert '"mean"' not in str(told).replace("'", '"')
