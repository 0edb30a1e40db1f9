"""What counts as a replicate on a side: seeds, levels, chance ties, and what may be ignored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from assay.errors import SelectionError
from assay.model.comparison.answer import Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question, Unit
from assay.model.note import note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.notes import RunNote
from assay.queries.comparison.answer import compare
from assay.view.objects.comparison import comparison
from assay.view.tables.comparison.sides import runs as run_table
from assay.view.text.comparison.scale import scale_of
from assay.workspace import Workspace
from noted import has, of, only
from saying import refused
from scored import A, B, Scored

Ask = Callable[..., Comparison]


@pytest.fixture
def store(tmp_path: Path) -> Scored:
    return Scored(tmp_path / "store")


@pytest.fixture
def ask(store: Scored, work_of: Callable[[Scored], Workspace]) -> Ask:
    """What compares b with a in the store as it is at the first question."""
    made: list[Workspace] = []

    def asked(*, baseline: str = A, candidate: str = B, metric: str = "accuracy", **more: Any) -> Comparison:
        made.extend([] if made else [work_of(store)])
        return compare(made[0], Question((metric,), baseline, (candidate,), **more))

    return asked


def test_a_constant_metric_makes_no_repeats_of_chance_ties(store: Scored, ask: Ask) -> None:
    scores = {"a": [27, 28, 28, 27, 29, 27, 28, 26, 27, 29], "b": [30, 30, 29, 30, 30, 29, 30, 29, 30, 29]}
    for model, right in scores.items():
        for count in right:
            store.run("e", params={"model": model}, metrics={"accuracy": count / 30, "train_acc": 0.987654321})
    found = ask()
    sides = found.first.sides
    assert [(side.replicates, round(side.value or 0.0, 3)) for side in sides] == [(10, 0.92), (10, 0.987)]
    assert found.first.candidates[0].difference.verdict is Verdict.BETTER
    assert note(RunNote.MAY_REPEAT, 0, n=6) in found.first.notes
    assert note(RunNote.MAY_REPEAT, 1, n=8) in found.first.notes


def test_runs_of_one_seed_are_one_training(store: Scored, ask: Ask) -> None:
    for model, level in (("a", 0.8), ("b", 0.9)):
        for run in range(5):
            store.run("e", params={"model": model, "seed": 42}, metrics={"accuracy": level + run / 1000})
    found = ask()
    candidate = found.first.candidates[0]
    assert (candidate.side.replicates, candidate.side.sample.runs) == (1, 5)
    assert candidate.side.value == pytest.approx(0.902)
    assert (candidate.difference.p_value, candidate.difference.verdict) == (None, Verdict.TOO_FEW)
    averaged = of(next(n for n in found.first.notes if n.sides == (1,)), ComparisonNote.SEED_AVERAGED)
    assert averaged == {"runs": 5, "seeds": 1, "sd": pytest.approx(np.std([0, 1, 2, 3, 4], ddof=1) / 1000)}


def test_seeds_pair_by_the_means_of_their_runs_and_every_run_keeps_its_link(store: Scored, ask: Ask) -> None:
    for model, level in (("a", 0.8), ("b", 0.9)):
        for seed in (1, 2, 3):
            for again in range(1 + (seed == 3)):
                score = level + seed / 100 + again / 50
                store.run("e", params={"model": model, "seed": seed}, metrics={"accuracy": score})
    found = ask()
    difference = found.first.candidates[0].difference
    assert (difference.paired, difference.pairs) == (True, 3)
    assert dict(difference.values) == pytest.approx({"1": 0.1, "2": 0.1, "3": 0.1})
    *single, double = comparison(found)["candidates"][0]["scores"]
    assert [("run_id" in one, len(one["run_ids"])) for one in (*single, double)] == [(True, 1), (True, 1), (False, 2)]
    assert double["value"] == pytest.approx(0.94)
    assert len(run_table(found, scale_of(found.first)).frame) == 8


def test_a_seed_that_stands_for_two_configurations_still_cannot_pair(store: Scored, ask: Ask) -> None:
    for seed in (1, 2, 3):
        store.run("e", params={"model": "a", "seed": seed}, metrics={"accuracy": 0.8 + seed / 100})
        for lr in (0.1, 0.2):
            store.run("e", params={"model": "b", "lr": lr, "seed": seed}, metrics={"accuracy": lr + seed / 90})
    found = ask()
    assert (found.first.candidates[0].side.replicates, found.first.candidates[0].difference.paired) == (6, False)
    assert note(ComparisonNote.SEED_REPEATED, 1, seeds=("1", "2", "3")) in found.first.notes


def test_runs_nested_below_one_with_the_metric_are_left_out_and_counted(store: Scored, ask: Ask) -> None:
    def run(parent: str | None, **metrics: float) -> str:
        tags = {"mlflow.parentRunId": parent} if parent else {}
        return store.run("e", params={"model": "b"}, metrics=metrics, tags=tags)

    store.run("e", params={"model": "a"}, metrics={"accuracy": 0.8})
    parent = run(None, accuracy=0.9)
    middle = run(parent, loss=1.0)
    run(middle, accuracy=0.1)
    store.run("e", params={"model": "b"}, metrics={"accuracy": 0.2}, tags={"mlflow.parentRunId": "gone"})
    side = ask().first.candidates[0].side
    assert sorted(side.sample.scores) == [0.2, 0.9]
    assert side.sample.excluded == {Exclusion.NESTED: 1, Exclusion.NOT_LOGGED: 1}
    assert ask(metric="loss").first.candidates[0].side.sample.scores == (1.0,)
    named = ask(candidate=f"tags.`mlflow.parentRunId` = '{middle}'").first.candidates[0].side
    assert named.sample.scores == (0.1,)


def test_an_ignored_param_makes_no_configurations_and_is_no_difference(store: Scored, ask: Ask) -> None:
    for model, level in (("a", 0.8), ("b", 0.9)):
        for number in range(3):
            params = {"model": model, "note": f"{model} {number}"}
            store.run("e", params=params, metrics={"accuracy": level + number / 100})
    plain, ignoring = ask(), ask(ignore=("note",))
    named = [one for one in plain.first.notes if one.code is RunNote.PARAM_ALWAYS_DIFFERS]
    assert [(one.sides, one["param"]) for one in named] == [((0,), "note"), ((1,), "note")]
    assert has(plain.first.notes, ComparisonNote.SEVERAL_CONFIGURATIONS)
    assert not has(ignoring.first.notes, ComparisonNote.SEVERAL_CONFIGURATIONS)
    assert [param.key for param in ignoring.setting.params] == ["model"]
    with refused(SelectionError, "no param 'nota'"):
        ask(ignore=("nota",))


def test_examples_are_averaged_within_a_seed_and_then_over_seeds(store: Scored, ask: Ask) -> None:
    ids = [f"x{k}" for k in range(40)]

    def log(model: str, seed: int, level: float) -> None:
        scores = level + np.arange(40) / 1000
        store.scored(pd.DataFrame({"example_id": ids, "accuracy": scores}), model=model, seed=seed)

    for seed, level in ((1, 0.1), (2, 0.2), (3, 0.3)):
        log("a", seed, level)
    for seed, level in ((1, 0.3), (1, 0.4), (1, 0.5), (2, 0.6), (3, 0.8)):
        log("b", seed, level)
    over = ask(unit=Unit.EXAMPLES).first.candidates[0]
    assert over.side.value == pytest.approx((0.4 + 0.6 + 0.8) / 3 + 0.0195)
    assert (over.side.replicates, over.side.sample.runs) == (3, 5)
    both = ask(unit=Unit.BOTH)
    assert both.first.candidates[0].difference.value == pytest.approx(0.4)
    averaged = only(both.first.notes, ComparisonNote.SEED_AVERAGED)
    assert (averaged.sides, averaged["sd"]) == ((1,), None)


def test_a_run_without_example_scores_hides_nobody_below_it(store: Scored, ask: Ask) -> None:
    frame = pd.DataFrame({"example_id": [f"x{k}" for k in range(20)], "accuracy": np.arange(20) / 20})
    store.scored(frame, model="a")
    parent = store.scored(None, model="b")
    child = store.scored(frame, model="b")
    store.client.set_tag(child, "mlflow.parentRunId", parent)
    assert ask(unit=Unit.EXAMPLES).first.candidates[0].side.sample.used_ids == (child,)
