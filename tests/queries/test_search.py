"""What did a search find? Asked of real stores."""

import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import searched
from assay.errors import SelectionError
from assay.model.metric import Direction
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import ListQuestion
from assay.model.search import Search, SearchNote, SearchQuestion
from assay.queries.runs.listing import listing
from assay.queries.search import narrowed, search
from assay.workspace import Workspace
from looking import looked_at
from noted import of
from saying import refused
from stores import Store


@pytest.fixture(scope="module")
def work(searches: Store, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return looked_at(searches, tmp_path_factory.mktemp("searched"), policy)


def ask(work: Workspace, experiment: str = "search", metric: str = "accuracy", **more: Any) -> Search:
    return search(work, SearchQuestion(metric, experiment, **more))


def kept(work: Workspace, found: Search, filter: str | Note) -> set[int]:
    """The numbers of the trials that a filter leaves."""
    assert isinstance(filter, str)
    return set(ask(work, found.question.experiment, filter=filter).trials["number"])


def test_every_configuration_with_a_score_is_a_trial_and_the_rest_is_counted(work: Workspace) -> None:
    found = ask(work)
    assert len(found.trials) == 61
    assert found.trials["number"].tolist() == list(range(1, 62))
    assert (found.unscored, dict(found.excluded)) == (3, {Exclusion.FAILED: 1})
    assert found.trials["score"].iloc[found.order[0]] == found.trials["score"].max() == found.best[-1]


def test_noise_comes_from_the_seeds_of_the_experiment_and_the_best_are_within_it(work: Workspace) -> None:
    found = ask(work)
    seeds = np.array([0.951, 0.955, 0.948, 0.957, 0.949])
    assert found.noise is not None
    assert found.noise.std == pytest.approx(seeds.std(ddof=1))
    apart = found.trials["score"].max() - found.trials["score"]
    single = found.trials["n"] == 1
    assert (found.trials["close"] == (apart <= found.noise.width))[single].all()
    assert 1 < found.close < len(found.trials)
    assert found.luck == pytest.approx(2.3 * found.noise.std, rel=0.03)


def test_without_a_second_seed_the_noise_is_not_known_and_nothing_is_close(work: Workspace) -> None:
    found = ask(work, "unknown")
    assert (found.noise, found.luck, found.close) == (None, None, 0)


def test_a_filter_changes_neither_the_noise_nor_the_number_of_a_trial(work: Workspace) -> None:
    whole, part = ask(work), ask(work, filter="params.booster = 'dart'")
    assert part.noise == whole.noise
    assert len(part.trials) < len(whole.trials)
    assert part.trials["number"].equals(whole.trials["number"].loc[part.trials.index])
    assert part.hidden == 60 + 5 + 3 - len(part.trials)


def test_a_filter_that_hides_contenders_makes_no_winner_clear_and_no_luck_smaller(work: Workspace) -> None:
    whole = ask(work)
    shown = np.zeros(len(whole.trials), dtype=bool)
    shown[whole.order[[0, *range(whole.close, whole.close + 3)]]] = True
    part = ask(work, filter=narrowed(whole, shown))
    assert (part.close, len(part.trials)) == (1, 4)
    assert (part.clear, part.rivals, part.total) == (False, whole.close - 1, len(whole.trials))
    assert part.luck == whole.luck


def test_the_param_that_decides_leads_and_those_that_do_nothing_are_not_said_to(work: Workspace) -> None:
    found = ask(work)
    assert found.deciding is not None
    assert found.deciding.name == found.varying[0] == found.axes[0].name == "learning_rate"
    assert set(found.varying) == {
        *("learning_rate", "num_leaves", "feature_fraction", "max_features", "booster", "drop_rate")
    }
    assert len(found.axes) == 5


def test_params_are_chosen_by_name_and_unknown_ones_are_named(work: Workspace) -> None:
    assert {axis.name for axis in ask(work, params=("drop_rate", "booster")).axes} == {"booster", "drop_rate"}
    constant = ask(work, params=("seed",), filter="params.booster = 'dart'").axes[0]
    assert (constant.texts, constant.explained) == (("1",), None)
    with refused(SelectionError, "learning_rate"):
        ask(work, params=("learning_rat",))


def test_the_direction_is_the_readers_else_the_policys(work: Workspace) -> None:
    assert ask(work).metric.direction is Direction.MAXIMIZE
    lower = ask(work, direction=Direction.MINIMIZE)
    assert lower.trials["score"].iloc[lower.order[0]] == lower.trials["score"].min() == lower.best[-1]


def test_what_no_other_param_exceeds_hangs_on_all_that_vary_not_on_those_shown(work: Workspace) -> None:
    every = ask(work, params=tuple(ask(work).varying))
    most = max(axis.explained or 0.0 for axis in every.axes[1:])
    least = every.axes[-1].name
    assert (every.axes[-1].explained or 0.0) < most
    assert ask(work, params=("learning_rate", least)).following == every.following == most


def test_a_param_that_some_did_not_log_is_on_its_axis_all_the_same(work: Workspace) -> None:
    axis = ask(work, params=("drop_rate",)).axes[0]
    assert axis.absent
    assert len(axis.places) == 61
    assert np.isfinite(axis.places).all()


def test_of_several_experiments_one_has_to_be_chosen(work: Workspace) -> None:
    with refused(SelectionError, "choose which"):
        search(work, SearchQuestion("accuracy"))


def test_without_a_metric_in_the_link_it_is_the_one_that_matters(work: Workspace) -> None:
    assert ask(work, metric="").metric.name == "accuracy"


def test_a_text_is_narrowed_to_by_its_value(work: Workspace) -> None:
    found = ask(work)
    dart = found.params["booster"].eq("dart").to_numpy()
    assert narrowed(found, dart, "booster") == "params.booster = 'dart'"
    assert kept(work, found, narrowed(found, dart, "booster")) == set(found.trials["number"][dart])


def test_several_texts_are_narrowed_to_by_what_they_are_not(work: Workspace) -> None:
    found = ask(work)
    trees = found.params["booster"].isin(["dart", "gbtree"]).to_numpy()
    assert narrowed(found, trees, "booster") == "params.booster != 'linear'"
    assert kept(work, found, narrowed(found, trees, "booster")) == set(found.trials["number"][trees])


def test_what_was_not_logged_is_narrowed_to_by_that(work: Workspace) -> None:
    found = ask(work, params=("drop_rate",))
    without = found.params["drop_rate"].isna().to_numpy()
    assert narrowed(found, without, "drop_rate") == "params.drop_rate IS NULL"
    assert kept(work, found, narrowed(found, without, "drop_rate")) == set(found.trials["number"][without])


def test_a_range_of_numbers_is_narrowed_to_by_its_runs_which_replace_those_named_before(work: Workspace) -> None:
    found = ask(work)
    best = found.trials["close"].to_numpy(dtype=bool)
    first = narrowed(found, best, "learning_rate")
    assert kept(work, found, first) == set(found.trials["number"][best])
    assert isinstance(first, str)
    again = ask(work, filter=first)
    half = np.arange(len(again.trials)) < 3
    second = narrowed(again, half, "learning_rate")
    assert isinstance(second, str)
    assert second.count("run_id IN") == 1
    assert kept(work, again, second) == set(again.trials["number"][half])


def test_a_filter_that_says_more_is_kept(work: Workspace) -> None:
    found = ask(work, filter="params.booster = 'dart'")
    half = np.arange(len(found.trials)) < 4
    text = narrowed(found, half)
    assert isinstance(text, str)
    assert text.startswith("params.booster = 'dart' and run_id IN (")


@pytest.fixture
def copied(searches: Store, tmp_path: Path) -> Store:
    """The shared store again, for tests that add to it."""
    shutil.copy(searches.uri.removeprefix("sqlite:///"), tmp_path / "mlflow.db")
    return Store(f"sqlite:///{tmp_path / 'mlflow.db'}")


def test_a_run_that_sums_up_the_trials_below_it_is_none_and_a_mean_over_folds_is_one(
    tmp_path: Path, policy: Policy
) -> None:
    store = Store.sqlite(tmp_path / "store" / "mlflow.db")

    def below(experiment: str, above: str, *trials: dict[str, Any]) -> None:
        for params, metrics, _ in rows(*trials):
            store.run(experiment, params=params, metrics=metrics, tags={"mlflow.parentRunId": above})

    for experiment, params in (("tuned", {"best_lr": "0.1"}), ("bare", {})):
        above = store.run(experiment, params=params, metrics={"accuracy": 0.9}, start=1)
        below(experiment, above, *({"lr": k / 10, "score": 0.5 + k / 10} for k in (1, 2)))
    for rate in (0.1, 0.2):
        above = store.run("folds", params={"lr": rate}, metrics={"accuracy": 0.9})
        below("folds", above, *({"lr": rate, "part": k, "score": 0.5 + k / 10} for k in (1, 2)))
    work = looked_at(store, tmp_path / "data", policy)
    for experiment in ("tuned", "bare"):
        found = ask(work, experiment)
        assert (found.trials["score"].tolist(), found.above, found.unscored) == ([0.6, 0.7], 1, 0)
        assert found.trials["number"].tolist() == [1, 2]
        assert "best_lr" not in found.varying
    assert (len(ask(work, "folds").trials), ask(work, "folds").above) == (6, 0)


def rows(*trials: dict[str, Any]) -> list[searched.Row]:
    return [({k: v for k, v in one.items() if k != "score"}, {"accuracy": one["score"]}, "FINISHED") for one in trials]


def test_hostile_params_and_scores_are_shown_or_counted(copied: Store, tmp_path: Path, policy: Policy) -> None:
    store = copied
    many = [
        {**{f"p{i:02d}": (i * k) % 7 for i in range(40)}, "long": "x" * 6_000 + str(k), "same": 1, "score": k / 100}
        for k in range(1, 30)
    ]
    searched.write(store, "many", rows(*many))
    searched.write(store, "one", rows({"p": 1, "score": 0.5}))
    searched.write(store, "nan", rows({"p": 1, "score": float("nan")}, {"p": 2, "score": float("nan")}))
    searched.write(store, "equal", rows(*({"p": k, "score": 0.5} for k in range(20))))
    work = looked_at(store, tmp_path / "data", policy)
    found = ask(work, "many")
    assert len(found.axes) == 5
    assert "long" in found.varying
    assert "same" not in found.varying
    one = ask(work, "one")
    assert (len(one.trials), one.axes, one.close) == (1, (), 0)
    nothing = ask(work, "nan")
    assert (len(nothing.trials), nothing.unscored) == (0, 2)
    equal = ask(work, "equal")
    assert equal.deciding is None
    assert equal.order[0] == 0


def test_four_thousand_trials_take_no_longer_than_their_list_and_a_second(
    copied: Store, tmp_path: Path, policy: Policy
) -> None:
    searched.write(copied, "large", searched.searched(4_000))
    work = looked_at(copied, tmp_path / "data", policy)
    began = time.perf_counter()
    listing(work, ListQuestion(("large",)))
    listed = time.perf_counter() - began
    found = ask(work, "large")
    assert len(found.trials) == 4_000
    assert time.perf_counter() - began - listed < 2 * listed + 1.0
    refusal = narrowed(found, np.arange(4_000) >= 100, "learning_rate")
    assert isinstance(refusal, Note)
    assert of(refusal, SearchNote.TOO_MANY_TO_NAME) == {"n": 3_900, "most": 1_000}
