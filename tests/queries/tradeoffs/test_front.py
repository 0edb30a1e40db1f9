"""Which configurations nothing beats, asked of real runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.errors import FilterError, SelectionError
from assay.model.comparison.question import Statistic
from assay.model.criteria import Objective
from assay.model.metric import MetricUnit
from assay.model.policy import MetricPolicy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.model.tradeoffs.front import Place
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.front import front, standing
from assay.workspace import Workspace
from noted import has, of, only
from saying import refused
from stores import Store
from traded import BOTH, SEEDED, SERVING, ask, by_model, model


def test_the_front_is_that_of_the_means_of_whole_replicates(serving: Workspace) -> None:
    found = ask(serving)
    assert [model(p) for p in found.points] == ["large", "close", "small", "slow", "<b>fast</b>"]
    assert [model(p) for p in found.points if p.mean_on] == ["large", "small", "<b>fast</b>"]
    large = found.points[0]
    assert large.values == pytest.approx([np.mean(SEEDED["large"][0]), np.mean(SEEDED["large"][1])])
    assert (large.n, len(large.run_ids), large.label, large.experiment) == (5, 5, "large", "serving")
    assert large.filter == "params.model = 'large'"


def test_what_others_beat_on_average_may_be_on_the_front(serving: Workspace) -> None:
    found = by_model(ask(serving))
    assert (found["large"].place, found["small"].place) == (Place.ON_FRONT, Place.ON_FRONT)
    close = found["close"]
    assert (close.place, close.mean_on) == (Place.POSSIBLE, False)
    assert 0.05 < (close.probability or 0) < 0.95
    assert (found["slow"].place, found["slow"].probability) == (Place.BEATEN, 0.0)


def test_fewer_replicates_than_the_policy_asks_for_have_no_probability_and_that_is_said(serving: Workspace) -> None:
    found = ask(serving)
    fast = by_model(found)["<b>fast</b>"]
    assert (fast.n, fast.probability, fast.place) == (1, None, Place.ON_FRONT)
    assert of(only(found.notes, FrontNote.NO_PROBABILITY), FrontNote.NO_PROBABILITY) == {"n": 1, "of": 5, "needed": 3}


def test_values_that_mean_that_nobody_knows_are_no_scores(serving: Workspace) -> None:
    cheap = (BOTH[0], Objective.of("cost_usd:min"))
    naive = by_model(ask(serving, objectives=cheap))["small"]
    assert naive.n == 5
    assert naive.values[1] == pytest.approx(0.004)
    told = ask(serving, objectives=cheap, unknown=(("cost_usd", (0.0,)),))
    small = by_model(told)["small"]
    assert small.n == 2
    assert small.values == pytest.approx((0.9, 0.01))
    assert ("small", Exclusion.UNKNOWN, 3) in [(own.label, own.reason, len(own.run_ids)) for own in told.left_out]
    both = ask(serving, objectives=cheap, unknown=(("cost_usd", (0.0,)), ("cost_usd", (-1.0,))))
    assert by_model(both)["small"].n == 2
    assert "<b>fast</b>" not in by_model(both)
    by_policy = replace(serving.policy, metrics=(MetricPolicy("cost*", unknown=(0.0,)), *serving.policy.metrics))
    same = front(replace(serving, policy=by_policy), replace(SERVING, objectives=cheap))
    assert [point.values for point in same.points] == [point.values for point in told.points]


def test_single_runs_are_points_of_their_own(serving: Workspace) -> None:
    found = ask(serving, group_by=None)
    assert len(found.points) == 21
    assert all(point.n == 1 and point.probability is None for point in found.points)
    assert {point.key["seed"] for point in found.points} >= {"0", "4"}


def test_params_group_where_they_are_named(serving: Workspace) -> None:
    found = ask(serving, group_by=("seed",))
    assert of(only(found.notes, FrontNote.GROUPS_OF_SEVERAL), FrontNote.GROUPS_OF_SEVERAL) == {"n": 5, "of": 5}
    assert found.points[0].label.startswith("seed=")
    same = ask(serving, group_by=("model",))
    assert by_model(same).keys() == by_model(ask(serving)).keys()
    assert not has(same.notes, FrontNote.GROUPS_OF_SEVERAL)


def test_a_param_that_keeps_runs_from_being_replicates_is_named_where_all_params_group(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for at in range(4):
        store.run("e", params={"model": "ab"[at % 2], "note": f"n{at}"}, metrics={"accuracy": 0.9})
    work, asked = work_of(store), FrontQuestion((Objective("accuracy"),))
    said = only(front(work, asked).notes, RunNote.PARAM_ALWAYS_DIFFERS)
    assert of(said, RunNote.PARAM_ALWAYS_DIFFERS)["param"] == "note"
    assert not has(front(work, replace(asked, group_by=("model",))).notes, RunNote.PARAM_ALWAYS_DIFFERS)
    assert not has(front(work, replace(asked, ignore=("note",))).notes, RunNote.PARAM_ALWAYS_DIFFERS)


def test_medians_are_another_front(serving: Workspace) -> None:
    found = ask(serving, statistic=Statistic.MEDIAN, baseline="params.model = 'small'")
    assert by_model(found)["close"].values == (0.949, 20.5)
    assert has(found.notes, FrontNote.MEDIANS_UNTESTED)
    assert not has(ask(serving, statistic=Statistic.MEDIAN).notes, FrontNote.MEDIANS_UNTESTED)


def test_baseline_and_candidate_are_the_points_that_hold_their_runs(serving: Workspace) -> None:
    found = ask(serving, baseline="params.model = 'slow'", candidate="params.model = 'small'")
    assert (found.baseline, found.candidate) == (3, 2)
    assert set(found.seen) == {0, 1, 2, 3, 4}
    several = ask(serving, candidate="metrics.accuracy > 0.8 and params.seed != '0'")
    assert several.candidate is not None
    assert of(only(several.notes, FrontNote.SEVERAL_POINTS), FrontNote.SEVERAL_POINTS)["n"] == 4
    most = ask(serving, baseline="metrics.accuracy > 0.8 and metrics.accuracy < 0.9005")
    assert [most.points[at].label for at in (2, 3)] == ["small", "slow"]
    assert most.baseline == 3  # five of its runs, three of the other's
    nobody = ask(serving, baseline="params.model = 'mute'", candidate="params.model = 'smal'")
    assert (nobody.baseline, nobody.candidate) == (None, None)
    assert [dict(own.values)["runs"] for own in nobody.notes if own.code is FrontNote.NOT_A_POINT] == [0, 1]
    whys = [dict(own.values)["why"] for own in nobody.notes if own.code is FrontNote.NOT_A_POINT]
    assert whys == [(), (Exclusion.NOT_LOGGED,)]
    assert has(nobody.notes, RunNote.UNKNOWN_VALUE)


@pytest.mark.parametrize(
    "candidate", ["params.model = 'small'", "metrics.accuracy > 0.8 and params.seed != '0'", "params.model = 'mute'"]
)
def test_a_front_is_drawn_once_for_all_candidates_that_it_shows(serving: Workspace, candidate: str) -> None:
    whole = ask(serving, baseline="params.model = 'slow'")
    assert standing(serving, whole, candidate) == ask(serving, baseline="params.model = 'slow'", candidate=candidate)


def test_a_candidate_that_is_not_seen_has_to_be_asked_for(serving: Workspace) -> None:
    whole = ask(serving)
    place = next(at for at, own in enumerate(whole.points) if model(own) == "small")
    hidden = replace(whole, seen={at: own for at, own in whole.seen.items() if at != place})
    assert standing(serving, hidden, "params.model = 'small'") is None
    assert standing(serving, hidden, "params.model = 'large'") is not None


def test_the_volume_hangs_on_all_configurations_whatever_is_filtered(serving: Workspace) -> None:
    whole, part = ask(serving).hypervolume, ask(serving, filter="params.model = 'small'").hypervolume
    assert whole is not None
    assert part is not None
    assert (whole.reference, whole.ideal) == (part.reference, part.ideal)
    assert whole.ideal == pytest.approx((0.95, 2.0))
    assert whole.reference == pytest.approx((0.7 - 0.025, 40 + 3.8))
    assert 0 < part.value < whole.value < 1
    given = ask(serving, reference=(0.8, 30.0)).hypervolume
    assert given is not None
    assert given.reference == (0.8, 30.0)


def test_stairs_are_the_fronts_of_pairs(serving: Workspace) -> None:
    found = ask(serving, objectives=(*BOTH, Objective.of("cost_usd:min")))
    assert set(found.stairs) == {(0, 1), (0, 2), (1, 2)}
    assert [model(found.points[at]) for at in found.stairs[0, 1]] == ["large", "small", "<b>fast</b>"]
    assert [model(found.points[at]) for at in found.stairs[1, 2]] == ["<b>fast</b>"]


def test_ties_stay(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for name in ("a", "b"):
        for seed, value in enumerate((0.1, 0.1, 0.1) if name == "a" else (0.1, 0.1, 0.1, 0.1)):
            store.run("e", params={"p": name, "seed": seed}, metrics={"accuracy": value, "loss": 1.0 + value})
    found = front(work_of(store), FrontQuestion((Objective("accuracy"), Objective("loss"))))
    assert [point.mean_on for point in found.points] == [True, True]
    assert [point.probability for point in found.points] == [1.0, 1.0]
    assert found.hypervolume is None
    assert has(found.notes, FrontNote.NO_VOLUME)


def test_a_unit_is_known_by_all_scores_of_the_experiments_whatever_is_filtered(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.run("e", params={"model": "none"}, metrics={"accuracy": 0.0})
    store.run("e", params={"model": "good"}, metrics={"accuracy": 78.2})
    store.run("other", params={"model": "share"}, metrics={"accuracy": 0.9})
    work = work_of(store)
    asked = FrontQuestion((Objective("accuracy"),), ("e",), filter="params.model = 'none'")
    assert [one.unit for one in front(work, asked).metrics] == [MetricUnit.PERCENT]
    everywhere = front(work, replace(asked, experiments=()))
    assert [one.unit for one in everywhere.metrics] == [MetricUnit.NONE]


def test_points_of_several_experiments_are_told_apart(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for at, experiment in enumerate(("old", "<b>new</b>")):
        for seed in range(3):
            for name in "ab":
                store.run(experiment, params={"model": name, "seed": seed}, metrics={"loss": at + 0.01 * seed})
    store.run("old", params={"model": "c", "seed": 0}, metrics={"other": 1.0})
    work = work_of(store)
    found = front(work, FrontQuestion((Objective("loss"),)))
    assert {point.label for point in found.points} == {"a, old", "b, old", "a, <b>new</b>", "b, <b>new</b>"}
    assert [one.label for one in found.left_out] == ["c, old"]
    assert {point.label for point in front(work, FrontQuestion((Objective("loss"),), ("old",))).points} == {"a", "b"}


def test_objectives_that_nobody_carries_together_are_a_sentence(serving: Workspace) -> None:
    found = ask(serving, filter="params.model = 'mute'")
    assert found.points == ()
    assert found.hypervolume is not None
    assert found.hypervolume.value == 0.0
    assert of(only(found.notes, FrontNote.NO_POINT_HAS_ALL), FrontNote.NO_POINT_HAS_ALL)["runs"] == 1
    assert ask(serving, filter="params.model = 'nobody'").points == ()


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"objectives": ()}, "No objective is named"),
        ({"objectives": (Objective("acuracy"),)}, "no metric 'acuracy'.*'accuracy'"),
        ({"objectives": (Objective.of("accuracy:max"), Objective.of("accuracy:min"))}, "high and low at once"),
        ({"reference": (1.0,)}, "1 number.*accuracy, latency_ms"),
        ({"reference": (1.0, float("inf"))}, "one finite number"),
        ({"unknown": (("cots_usd", (0.0,)),)}, "no metric 'cots_usd'"),
        ({"group_by": ("modell",)}, "no param 'modell'"),
        ({"ignore": ("sed",)}, "no param 'sed'"),
        ({"experiments": ("servng",)}, "no experiment 'servng'"),
    ],
)
def test_what_cannot_be_asked_is_a_sentence(serving: Workspace, more: dict[str, object], match: str) -> None:
    with refused(SelectionError, match):
        ask(serving, **more)


def test_a_filter_that_cannot_be_read_is_refused(serving: Workspace) -> None:
    with refused(FilterError, "params"):
        ask(serving, filter="modell = 'x'")


def test_the_generators_seed_is_all_that_chance_hangs_on(serving: Workspace) -> None:
    assert ask(serving, seed=3) == ask(serving, seed=3)
    assert by_model(ask(serving, seed=3))["close"].probability != by_model(ask(serving))["close"].probability
