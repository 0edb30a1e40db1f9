"""Lists that lead with their best, asked of real runs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assay.errors import SelectionError
from assay.model.metric import Direction
from assay.model.runs.listing import ListQuestion, Order
from assay.queries.runs.listing import listing
from assay.workspace import Workspace
from saying import refused
from stores import Store

HIGHEST, LOWEST = (Order("accuracy", way) for way in (Direction.MAXIMIZE, Direction.MINIMIZE))
ASKED = ListQuestion(("e",), order=HIGHEST, folded=True)


@pytest.fixture
def searched(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Workspace:
    """Two replicated configurations, a search of six trials (one without a score) below a run, and a lone run."""
    store = Store.sqlite(tmp_path / "mlflow.db")
    for model, score in (("a", 0.8), ("b", 0.7)):
        for seed in range(3):
            store.run("e", params={"model": model, "seed": seed}, metrics={"accuracy": score + seed / 1e3})
    top = store.run("e", name="grid")
    for trial in range(6):
        metrics = {"accuracy": 0.9 + trial / 100} if trial else {}
        store.run("e", params={"model": "a", "C": trial + 1}, metrics=metrics, tags={"mlflow.parentRunId": top})
    store.run("e", params={"model": "c"}, metrics={"accuracy": 0.99})
    return work_of(store)


def test_configurations_of_enough_seeds_lead_and_trials_of_a_search_are_one_row(searched: Workspace) -> None:
    found = listing(searched, ASKED)
    assert found.rows["name"].tolist() == ["a", "b", "c", "grid"]
    grid = found.rows.iloc[3]
    assert (grid["trials"], grid["n"]) == (5, 1)  # of six, for one has no score
    assert found.mean["accuracy"].iloc[3] == pytest.approx(0.95)
    assert found.scores.iloc[3] == pytest.approx((0.91, 0.92, 0.93, 0.94, 0.95))
    assert (found.members == grid.name).sum() == 7
    assert found.found == 14


def test_the_lowest_may_lead_too_and_unfolded_every_trial_is_a_row(searched: Workspace) -> None:
    found = listing(searched, replace(ASKED, order=LOWEST, folded=False))
    assert found.rows["name"].tolist()[:2] == ["b", "a"]
    assert len(found.rows) == 10
    assert found.mean["accuracy"].iloc[2:-2].is_monotonic_increasing
    assert found.mean["accuracy"].iloc[-2:].isna().all()


def test_runs_are_ordered_one_by_one(searched: Workspace) -> None:
    found = listing(searched, replace(ASKED, group_by=None))
    assert found.mean["accuracy"].iloc[0] == 0.99
    assert found.mean["accuracy"].dropna().is_monotonic_decreasing


def test_the_metric_that_orders_is_the_first_column_and_has_to_exist(searched: Workspace) -> None:
    with refused(SelectionError, "There is no metric 'acuracy'"):
        listing(searched, replace(ASKED, order=Order("acuracy", Direction.MAXIMIZE)))


def test_a_folded_search_holds_the_test_data_of_every_trial(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    top = store.run("e", name="grid")
    for trial in range(6):
        below = {"mlflow.parentRunId": top}
        store.tested(
            store.run("e", params={"C": trial}, metrics={"accuracy": trial / 10}, tags=below), f"d{trial // 5}"
        )
    assert listing(work_of(store), ASKED).rows["data"].tolist() == [("digits d0", "digits d1")]


def test_searches_of_one_name_are_told_apart_whatever_the_filter_leaves(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    tops = [store.run("e", name=name) for name in ("sweep", "sweep", "grid")]
    tops.append("0123456789abcdef")  # nobody has it
    for place, top in enumerate(tops):
        for trial in range(5):
            params = {"C": trial + 10 * place, "kind": "trial"}
            store.run("e", params=params, metrics={"accuracy": 0.5}, tags={"mlflow.parentRunId": top})
    expected = {f"sweep, run={tops[0][:8]}", f"sweep, run={tops[1][:8]}", "grid", "01234567"}
    work = work_of(store)
    for filter in ("", "params.kind = 'trial'"):
        rows = listing(work, replace(ASKED, filter=filter)).rows
        assert set(rows["name"][rows["trials"] > 0]) == expected
