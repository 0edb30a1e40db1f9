"""What must be known beside a front, asked of real runs."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assay.model.comparison.notes import ComparisonNote
from assay.model.criteria import Objective
from assay.model.policy import Policy
from assay.model.tradeoffs.front import Place
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.tradeoffs.front import front
from assay.workspace import Workspace
from looking import looked_at
from noted import has, of, only
from saying import said
from stores import Store
from traded import ask


def test_of_many_alike_the_best_may_be_on_the_front_and_that_they_are_alike_is_said(
    work_of: Callable[[Store], Workspace], tmp_path: Path
) -> None:
    store, rng = Store.sqlite(tmp_path / "mlflow.db"), np.random.default_rng(7)
    for at in range(24):
        for seed in range(3):
            store.run("e", params={"p": at, "seed": seed}, metrics={"accuracy": 0.9 + 0.01 * rng.normal()})
    work = work_of(store)
    found = front(work, FrontQuestion((Objective("accuracy"),)))
    best, *others = found.points
    assert best.probability is not None
    assert best.probability < 0.5
    assert (best.mean_on, best.place) == (True, Place.POSSIBLE)
    assert any(one.place is Place.BEATEN for one in others)
    assert found.hopeful == tuple(at for at, one in enumerate(found.points) if one.place is not Place.BEATEN)
    assert 0 in found.seen
    assert of(only(found.notes, FrontNote.TOO_ALIKE), FrontNote.TOO_ALIKE) == {"n": 24}
    few = front(work, FrontQuestion((Objective("accuracy"),), filter="params.p LIKE '2%'"))
    assert not has(few.notes, FrontNote.TOO_ALIKE)


def test_a_reference_that_leaves_no_room_is_said(serving: Workspace) -> None:
    one = only(ask(serving, reference=(0.99, 100.0)).notes, FrontNote.REFERENCE_UNBEATEN)
    assert said(one) == "The hypervolume is 0: in accuracy the reference point is as good as the best, or better."
    apart = ask(serving, filter="params.model = 'small'", reference=(0.9, 100.0))
    assert said(only(apart.notes, FrontNote.REFERENCE_UNBEATEN)) == (
        "The hypervolume is 0: nothing is better than the reference point in every objective."
    )
    assert not has(ask(serving, reference=(0.5, 100.0)).notes, FrontNote.REFERENCE_UNBEATEN)


def test_where_a_direction_comes_from_is_known_and_said(serving: Workspace) -> None:
    found = ask(serving, objectives=(Objective("accuracy"), Objective.of("latency_ms:max"), Objective("cost_usd")))
    assert [(m.direction, m.direction_source) for m in found.metrics][:2] == [
        ("maximize", "policy"),
        ("maximize", "option"),
    ]
    assert found.metrics[2].direction == "minimize"
    for told in (
        (Objective("accuracy"), Objective.of("accuracy:min")),
        (Objective.of("accuracy:min"), Objective("accuracy")),
    ):
        twice = ask(serving, objectives=told)
        assert [(m.name, m.direction) for m in twice.metrics] == [("accuracy", "minimize")]


def test_a_single_objective_is_a_ranking_and_negative_costs_are_said(serving: Workspace) -> None:
    found = ask(serving, objectives=(Objective.of("cost_usd:min"),))
    assert has(found.notes, FrontNote.ONE_OBJECTIVE)
    assert of(only(found.notes, FrontNote.NEGATIVE_VALUES), FrontNote.NEGATIVE_VALUES)["n"] == 1
    assert [point.mean_on for point in found.points] == [True, False, False, False, False]


def test_below_zero_is_odd_of_what_is_measured_alone(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.run("e", params={"model": "a"}, metrics={"reward": -2.0, "latency_ms": -1.0})
    found = front(work_of(store), FrontQuestion((Objective("reward"), Objective("latency_ms"))))
    assert of(only(found.notes, FrontNote.NEGATIVE_VALUES), FrontNote.NEGATIVE_VALUES)["metric"] == "latency_ms"


def test_a_parent_that_leads_its_own_children_is_said(work_of: Callable[[Store], Workspace], tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    parent = store.run("e", name="search", params={"trials": "2"}, metrics={"accuracy": 0.9})
    for seed, score in enumerate((0.8, 0.9)):
        store.run("e", params={"alpha": seed}, metrics={"accuracy": score - 0.05}, tags={"mlflow.parentRunId": parent})
    found = front(work_of(store), FrontQuestion((Objective("accuracy"),)))
    assert of(only(found.notes, FrontNote.PARENT_OF_OTHERS), FrontNote.PARENT_OF_OTHERS)["n"] == 1
    trials = front(work_of(store), FrontQuestion((Objective("accuracy"),), filter="params.alpha != ''"))
    assert not has(trials.notes, FrontNote.PARENT_OF_OTHERS)


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Workspace:
    folder = tmp_path_factory.mktemp("uneven")
    store = Store.sqlite(folder / "mlflow.db")
    for own, seeds, scale in (("a", (0, 1, 2, 3), 1.0), ("b", (0, 1, 2), 100.0), ("c", (0, 1, 2, 3), 1.0)):
        for seed in seeds:
            run = store.run(
                "e", params={"model": own, "seed": seed, "dataset": "easy" if own == "a" else "hard"},
                metrics={"accuracy": scale * (0.8 + seed / 100), "ms": 5.0 + seed, "usd": 1.0 + seed, "mb": 9.0},
            )  # fmt: skip
            store.tested(run, "d1" if own == "a" else "d2")
    return looked_at(store, folder / "data", policy)


def test_seeds_data_tasks_and_scales_that_differ_deserve_a_look(uneven: Workspace) -> None:
    found = front(uneven, FrontQuestion((Objective("accuracy"), Objective.of("ms:min"))))
    assert of(only(found.notes, FrontNote.SEEDS_DIFFER), FrontNote.SEEDS_DIFFER) == {"n": 1, "of": 3}
    assert of(only(found.notes, FrontNote.TEST_DATA_DIFFER_HERE), FrontNote.TEST_DATA_DIFFER_HERE)["n"] == 2
    assert of(only(found.notes, FrontNote.SEVERAL_TASKS), FrontNote.SEVERAL_TASKS)["params"] == ("dataset",)
    assert of(only(found.notes, ComparisonNote.OFF_SCALE), ComparisonNote.OFF_SCALE)["metric"] == "accuracy"
    assert not has(found.notes, FrontNote.MANY_OBJECTIVES)
    alone = front(uneven, FrontQuestion((Objective("accuracy"),), filter="params.model = 'c'"))
    codes = {own.code for own in alone.notes}
    assert codes.isdisjoint({FrontNote.SEEDS_DIFFER, FrontNote.TEST_DATA_DIFFER_HERE, FrontNote.SEVERAL_TASKS})


def test_over_many_objectives_the_front_says_little(uneven: Workspace) -> None:
    four = tuple(Objective.of(text) for text in ("accuracy", "ms:min", "usd:min", "mb:min"))
    assert has(front(uneven, FrontQuestion(four)).notes, FrontNote.MANY_OBJECTIVES)
