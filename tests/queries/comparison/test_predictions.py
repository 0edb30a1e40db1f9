"""F1 and AUC from logged predictions, asked of real runs and held against scikit-learn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from assay import evidence
from assay.errors import SelectionError
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ExampleNote
from assay.model.comparison.question import Question, Statistic, Unit
from assay.model.note import note
from assay.queries.comparison.answer import columns
from assay.view.objects.comparison import comparison as as_object
from assay.view.text.notes import words
from assay.workspace import Workspace
from noted import has
from saying import refused
from scored import NAMES, PREDICTED, A, B, C, Predicting, classified
from stores import Store

from .conftest import Ask, counts, examined, one

MACRO = "f1_macro"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Predicting, dict[str, list[pd.DataFrame]]]:
    store = Predicting(tmp_path_factory.mktemp("predicted"))
    return store, classified(store)


@pytest.fixture
def store(tmp_path: Path) -> Predicting:
    return Predicting(tmp_path / "store")


def mean_over(frames: list[pd.DataFrame], score: Callable[[pd.DataFrame], float]) -> float:
    return float(np.mean([score(frame) for frame in frames]))


def test_macro_f1_agrees_with_what_the_runs_logged(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]], asking: Callable[[Store], Ask]
) -> None:
    store, frames = filled
    found = asking(store)(MACRO)
    logged = {
        model: mean_over(own, lambda f: f1_score(f["label"], f["prediction"], average="macro"))
        for model, own in frames.items()
    }
    own, baseline, candidate = examined(found), found.first.baseline, one(found).side
    assert (found.first.statistic, own.column, own.n) == (Statistic.MACRO_F1, "prediction", PREDICTED)
    assert (baseline.value, candidate.value) == pytest.approx((logged["a"], logged["b"]))
    difference = one(found).difference
    assert difference.value == pytest.approx(logged["b"] - logged["a"])
    assert difference.verdict is Verdict.BETTER
    assert difference.interval is not None
    assert difference.interval.low < logged["b"] - logged["a"] < difference.interval.high
    assert (baseline.replicates, own.flips, own.losses, own.slices) == (3, None, (), ())
    assert found.first.notes == (note(ExampleNote.COMPUTED, metric=MACRO, column="prediction"),)
    assert "their macro F1 averaged" in words(one(found).caveats[0])
    told = as_object(found)
    assert (told["statistic"], told["column"]) == ("macro-f1", "prediction")
    assert told["candidates"][0]["value"] == candidate.value


def test_what_was_predicted_is_neither_metric_nor_slice_unless_asked_for(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]],
    asking: Callable[[Store], Ask],
    work_of: Callable[[Store], Workspace],
) -> None:
    ask = asking(filled[0])
    found = examined(ask("accuracy"))
    assert columns(work_of(filled[0]), Question((), A, (B,))).numbers == ("accuracy",)
    assert found.slice_columns == ("kind",)
    assert {row.column for row in found.slices} == {"kind"}
    assert {row.category for row in examined(ask("accuracy", slice_by="label")).slices} == set(NAMES)
    with refused(SelectionError, "The example scores hold 'kind'"):
        ask("accuracy", slice_by="colour")


@pytest.mark.parametrize("metric", ["f1", "auc"])
def test_f1_and_auc_of_two_classes_agree_with_scikit_learn(
    store: Predicting, asking: Callable[[Store], Ask], metric: str
) -> None:
    rng, label = np.random.default_rng(2), np.arange(PREDICTED) % 3 == 0
    frames: dict[str, list[pd.DataFrame]] = {"a": [], "b": []}
    for model, signal in (("a", 0.5), ("b", 2.0)):
        for seed in range(2):
            chance = 1 / (1 + np.exp(-rng.normal(size=PREDICTED) - signal * (label - 0.5)))
            said = {"label": label.astype(int), "probability": chance, "prediction": (chance > 0.5).astype(int)}
            frames[model].append(store.logged(model, seed, **said))
    found = asking(store)(metric)
    for side, own in ((found.first.baseline, frames["a"]), (one(found).side, frames["b"])):
        expected = (
            mean_over(own, lambda f: f1_score(f["label"], f["prediction"]))
            if metric == "f1"
            else mean_over(own, lambda f: roc_auc_score(f["label"], f["probability"]))
        )
        assert side.value == pytest.approx(expected)
    assert one(found).difference.verdict is Verdict.BETTER


def test_sides_that_share_no_example_are_drawn_apart(store: Predicting, asking: Callable[[Store], Ask]) -> None:
    rng = np.random.default_rng(3)
    label = NAMES[rng.integers(0, 3, PREDICTED)]
    store.logged("a", 0, label=label, prediction=rng.choice(NAMES, PREDICTED))
    store.logged("b", 0, label=label, prediction=label)
    frame = pd.DataFrame({"example_id": [f"z{k}" for k in range(PREDICTED)], "label": label, "prediction": label})
    run_id = store.run("e", params={"model": "c", "seed": 0}, metrics={"f1_macro": 1.0})
    evidence.log_scores(frame, run_id=run_id, client=store.client)
    found = asking(store)(MACRO, candidates=(C,))
    assert (examined(found).n, one(found).difference.paired, one(found).side.value) == (0, False, 1.0)
    assert one(found).difference.verdict is Verdict.BETTER
    assert has(found.first.notes, ExampleNote.UNPAIRED_EXAMPLES)


def test_labels_that_disagree_or_are_written_otherwise_are_said(
    store: Predicting, asking: Callable[[Store], Ask]
) -> None:
    label = NAMES[np.arange(PREDICTED) % 3]
    store.logged("a", 0, label=label, prediction=np.roll(label, 1))
    store.logged("b", 0, label=np.append(label[1:2], label[1:]), prediction=[f"a {name}" for name in label])
    found = asking(store)(MACRO)
    assert examined(found).n == PREDICTED - 1
    assert note(ExampleNote.LABELS_DIFFER, n=1) in found.first.notes
    assert note(ExampleNote.PREDICTIONS_ARE_NO_LABELS) in found.first.notes


@pytest.mark.parametrize(
    ("metric", "label", "more", "said"),
    [
        ("f1", NAMES[np.arange(9) % 3], {}, "f1 needs the labels 0 and 1, and they are cat, dog, owl; f1_macro takes"),
        ("auc", np.ones(9, dtype=int), {}, "auc needs both labels, 0 and 1"),
        ("f1", np.zeros(9, dtype=int), {}, "the F1 of these examples is undefined"),
        ("f1_macro", [0, 1, 0, 1], {}, "4 examples on both sides, fewer than the 5"),
        ("f1_macro", np.arange(9) % 2, {"unit": Unit.BOTH}, "seeds × examples compares means, and f1_macro is none"),
        ("f1_macro", np.arange(9) % 2, {"statistic": Statistic.P90}, "so there is no p90 of it"),
        ("f1_macro", np.arange(9) % 2, {}, "every resample gives the same difference of the macro F1"),
    ],
)
def test_what_cannot_be_computed_is_a_value_with_its_reason(
    store: Predicting, asking: Callable[[Store], Ask], metric: str, label: Any, more: dict[str, Any], said: str
) -> None:
    for model in "ab":
        for seed in range(2):
            store.logged(model, seed, label=label, prediction=label, probability=np.linspace(0, 1, len(label)))
    found = asking(store)(metric, **more)
    assert said in words(one(found).difference.reason, found.labels)
    assert one(found).difference.interval is None
    assert one(found).difference.verdict in {Verdict.TOO_FEW, Verdict.NOT_SHOWN}


def test_a_run_without_predictions_is_counted_with_the_line_that_logs_them(
    store: Predicting, asking: Callable[[Store], Ask]
) -> None:
    classified(store, runs=2)
    store.logged("a", 9, label=NAMES[np.arange(PREDICTED) % 3], accuracy=np.ones(PREDICTED))
    found = asking(store)(MACRO)
    [missing] = counts(found.first.baseline).not_logged
    assert found.first.baseline.replicates == 2
    assert "no column 'f1_macro'; they hold accuracy (metrics); " in words(missing.reason)
    assert "with the columns label and prediction logs what it can be" in words(missing.reason)
    none = asking(store)("auc")
    assert one(none).difference.value is None
    assert "no column 'auc'" in words(examined(none).reason, none.labels)
    assert "with the columns label and probability" in words(examined(none).reason, none.labels)


def test_metrics_of_scores_and_of_predictions_are_one_family(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]], asking: Callable[[Store], Ask]
) -> None:
    found = asking(filled[0])("accuracy", MACRO)
    assert [one.statistic for one in found.metrics] == [Statistic.MEAN, Statistic.MACRO_F1]
    assert found.comparisons == 2
    assert examined(found).slices
