"""A cost of 0 that means that nobody knows is no score, wherever costs are averaged, and is counted."""

from pathlib import Path

import pandas as pd
import pytest
from mlflow.entities import Metric

from assay import policy as policies
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.question import Question, Unit
from assay.model.curves.notes import CurveNote
from assay.model.curves.question import CurvesQuestion
from assay.model.metric import Direction
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import ListQuestion, Order
from assay.model.runs.notes import RunNote
from assay.model.search import SearchQuestion
from assay.queries.comparison.answer import compare
from assay.queries.curves.answer import curves
from assay.queries.runs.detail import detail
from assay.queries.runs.listing import listing
from assay.queries.search import search
from assay.view.text.notes import words
from assay.view.text.notes.exclusions import excluded
from assay.workspace import Workspace
from looking import looked_at
from noted import has, of, only
from scored import Scored
from stores import Store

A, B, C = (f"params.model = '{name}'" for name in "abc")
COST = "cost_usd"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """`a` knows its cost in three seeds of four, `b` in all four, `c` in none; `b` costs nothing at first."""
    made = Store.sqlite(tmp_path_factory.mktemp("costs") / "mlflow.db")
    costs = {"a": (2.0, 3.0, 4.0, 0.0), "b": (5.0, 6.0, 7.0, 8.0), "c": (0.0, 0.0, 0.0, 0.0)}
    for model, values in costs.items():
        for seed, value in enumerate(values):
            accuracy = 0.9 + seed / 100
            run = made.run(
                "costs", params={"model": model, "seed": seed}, metrics={"accuracy": accuracy}, name=f"{model}{seed}"
            )
            points = [
                Metric(COST, at, 1_700_000_000_000 + step, step) for step, at in enumerate((0.0, value + 1, value))
            ]
            made.client.log_batch(run, metrics=points)
    return made


@pytest.fixture(scope="module")
def policed(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    own = tmp_path_factory.mktemp("policy") / "own.yaml"
    own.write_text("metrics: {'cost*': {unknown: [0, -1]}}", encoding="utf-8")
    return looked_at(store, tmp_path_factory.mktemp("data"), policies.load(own))


@pytest.fixture(scope="module")
def trusting(policed: Workspace) -> Workspace:
    """The same runs under the shipped policy, to which a cost of 0 is a cost."""
    return Workspace(policed.settings, policies.load(), policed.snapshot)


def test_a_list_averages_what_is_known_and_says_what_is_not(policed: Workspace, trusting: Workspace) -> None:
    asked = ListQuestion(("costs",), group_by=(), order=Order(COST, Direction.MINIMIZE))
    found = listing(policed, asked)
    means = dict(zip(found.rows["name"], found.mean[COST], strict=True))
    assert means["a"] == 3.0
    assert means["b"] == 6.5
    assert means["c"] != means["c"], "nobody knows"
    assert found.rows["name"].tolist()[0] == "a", "what nobody knows is not the cheapest"
    noted = only(found.notes, RunNote.NOT_KNOWN)
    assert words(noted) == "5 logged as 0 or -1, which the policy takes for not known: in no mean of cost_usd."
    assert not has(listing(trusting, asked).notes, RunNote.NOT_KNOWN)
    assert not has(found.notes, RunNote.NOT_FINITE)


def test_a_list_of_runs_has_no_score_there_either(policed: Workspace) -> None:
    found = listing(policed, ListQuestion(("costs",), group_by=None, order=Order(COST, Direction.MINIMIZE)))
    assert found.rows["name"].iloc[0] == "a0"
    assert int(found.mean[COST].isna().sum()) == 5
    assert found.mean["accuracy"].notna().all()


def test_a_comparison_counts_them_with_that_reason_and_other_metrics_keep_the_runs(policed: Workspace) -> None:
    found = compare(policed, Question((COST, "accuracy"), B, (A, C), ("costs",)))
    cost, accuracy = found.metrics
    base, known, nothing = cost.sides
    assert (base.sample.scores, known.sample.scores, nothing.sample.scores) == ((5, 6, 7, 8), (2, 3, 4), ())
    assert (dict(known.sample.excluded), dict(nothing.sample.excluded)) == (
        {Exclusion.UNKNOWN: 1},
        {Exclusion.UNKNOWN: 4},
    )
    assert excluded(known.sample.excluded, COST) == "1 cost_usd not known"
    assert [len(side.sample.scores) for side in accuracy.sides] == [4, 4, 4]


def test_a_cost_that_nobody_knew_earlier_was_not_the_best(policed: Workspace, trusting: Workspace) -> None:
    asked = Question((COST,), B, (A,), ("costs",))
    assert has(compare(trusting, asked).first.notes, ComparisonNote.LATEST_NOT_BEST)
    assert not has(compare(policed, asked).first.notes, ComparisonNote.LATEST_NOT_BEST)


def test_a_search_has_no_trial_there(policed: Workspace, trusting: Workspace) -> None:
    found = search(policed, SearchQuestion(COST, "costs"))
    assert (len(found.trials), found.unscored, found.trials["score"].iloc[found.order[0]]) == (2, 1, 3.0)
    assert has(found.notes, RunNote.NOT_KNOWN)
    assert len(search(trusting, SearchQuestion(COST, "costs")).trials) == 3


def test_a_run_stands_among_those_whose_cost_is_known(policed: Workspace) -> None:
    rows = listing(policed, ListQuestion(("costs",), group_by=None)).rows
    ids = dict(zip(rows["name"], rows["run_id"], strict=True))
    found = detail(policed, ids["a3"])
    assert found.standings[COST].values == (2.0, 3.0, 4.0)
    assert (set(found.unknown), found.run.metrics[COST]) == ({COST}, 0.0)
    assert [of(one, RunNote.NOT_KNOWN)["n"] for one in found.notes] == [1]
    assert detail(policed, ids["a0"]).unknown == frozenset()
    assert COST not in detail(policed, ids["c0"]).standings


def test_a_curve_has_a_gap_there(policed: Workspace, trusting: Workspace) -> None:
    asked = CurvesQuestion(COST, B, (), ("costs",))
    [known] = curves(policed, asked).sides
    [taken] = curves(trusting, asked).sides
    assert (known.counts.gaps, taken.counts.gaps) == (4, 0)
    assert known.lows[0][1:] == taken.lows[0][1:] == (6.0, 5.0)
    assert (known.lows[0][0] == 0.0, taken.lows[0][0]) == (False, 0.0)
    assert has(curves(policed, asked).notes, CurveNote.GAPS)


def test_examples_whose_score_is_not_known_are_left_out_and_counted(tmp_path: Path) -> None:
    made = Scored(tmp_path / "store")
    for model, costs in (("a", [0.0, 1.0, 2.0, 3.0] * 10), ("b", [4.0, 4.0, 5.0, 6.0] * 10)):
        frame = pd.DataFrame({"example_id": [f"x{k}" for k in range(40)], "accuracy": 1.0, COST: costs})
        made.scored(frame, model=model)
    own = tmp_path / "own.yaml"
    own.write_text("metrics: {cost_usd: {unknown: 0}}", encoding="utf-8")
    work = looked_at(made, tmp_path / "data", policies.load(own))
    asked = Question((COST,), A, (B,), unit=Unit.EXAMPLES)
    known = compare(work, asked).first
    taken = compare(Workspace(work.settings, policies.load(), work.snapshot), asked).first
    assert [(one.baseline.value, one.candidates[0].difference.value) for one in (taken, known)] == [
        (1.5, 3.25),
        (2.0, 3.0),
    ]
    undefined = only(known.notes, ExampleNote.SCORES_UNDEFINED)
    assert undefined["n"] == 10
    assert not has(taken.notes, ExampleNote.SCORES_UNDEFINED)


def test_what_is_said_of_another_metric_changes_nothing(policed: Workspace, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("metrics: {accuracy: {unknown: -1}}", encoding="utf-8")
    work = Workspace(policed.settings, policies.load(own), policed.snapshot)
    run = listing(work, ListQuestion(("costs",), A, None)).rows["run_id"].iloc[0]
    found = detail(work, run)
    assert (found.notes, found.unknown) == ((), frozenset())
