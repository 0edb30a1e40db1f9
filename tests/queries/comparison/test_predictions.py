"""F1 and AUC from logged predictions, asked of real runs and held against scikit-learn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from assay import evidence, settings
from assay.errors import SelectionError
from assay.model.comparison import Statistic, Verdict
from assay.model.examples import ExampleComparison
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries import objects
from assay.queries.comparison import example_metrics, examples
from assay.queries.comparison.seeds import Options
from scored import NAMES, PREDICTED, Predicting, classified
from stores import Store

A, B = (f"params.model = '{name}'" for name in "ab")
Ask = Callable[..., ExampleComparison]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Predicting, dict[str, list[pd.DataFrame]]]:
    store = Predicting(tmp_path_factory.mktemp("predicted"))
    return store, classified(store)


@pytest.fixture
def asking(snapshot_of: Callable[[Store], Snapshot], policy: Policy, tmp_path: Path) -> Callable[[Store], Ask]:
    def ask_of(store: Store) -> Ask:
        snapshot, own = snapshot_of(store), settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")

        def ask(metric: str = "f1_macro", **more: Any) -> ExampleComparison:
            asked = {"baseline": A, "candidate": B} | more
            return examples.compared(snapshot, policy, own, metric=metric, **asked)

        return ask

    return ask_of


@pytest.fixture
def store(tmp_path: Path) -> Predicting:
    return Predicting(tmp_path / "store")


def mean_over(frames: list[pd.DataFrame], score: Callable[[pd.DataFrame], float]) -> float:
    return float(np.mean([score(frame) for frame in frames]))


def test_macro_f1_agrees_with_what_the_runs_logged(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]], asking: Callable[[Store], Ask]
) -> None:
    store, frames = filled
    found = asking(store)()
    logged = {
        model: mean_over(own, lambda f: f1_score(f["label"], f["prediction"], average="macro"))
        for model, own in frames.items()
    }
    assert (found.statistic, found.column, found.examples) == (Statistic.MACRO_F1, "prediction", PREDICTED)
    assert (found.baseline.mean, found.candidate.mean) == pytest.approx((logged["a"], logged["b"]))
    assert found.difference.mean == pytest.approx(logged["b"] - logged["a"])
    assert found.difference.verdict is Verdict.BETTER
    assert found.difference.interval is not None
    assert found.difference.interval.low < logged["b"] - logged["a"] < found.difference.interval.high
    assert (found.baseline.runs, found.flips, found.losses, found.slices) == (3, None, (), ())
    text = " ".join(found.warnings)
    assert "f1_macro is computed from the scores' columns label and prediction" in text
    assert "their macro F1 averaged" in found.caveats[0]
    told = objects.examples([found])
    assert (told["statistic"], told["column"]) == ("macro-f1", "prediction")
    assert told["candidates"][0]["value"] == found.candidate.mean


def test_what_was_predicted_is_neither_metric_nor_slice_unless_asked_for(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]], asking: Callable[[Store], Ask]
) -> None:
    ask = asking(filled[0])
    found = ask("accuracy")
    assert (found.columns, found.slice_columns) == (("accuracy",), ("kind",))
    assert {row.column for row in found.slices} == {"kind"}
    assert {row.category for row in ask("accuracy", slice_by="label").slices} == set(NAMES)
    with pytest.raises(SelectionError, match="The example scores hold 'kind'"):
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
    for side, own in ((found.baseline, frames["a"]), (found.candidate, frames["b"])):
        expected = (
            mean_over(own, lambda f: f1_score(f["label"], f["prediction"]))
            if metric == "f1"
            else mean_over(own, lambda f: roc_auc_score(f["label"], f["probability"]))
        )
        assert side.mean == pytest.approx(expected)
    assert found.difference.verdict is Verdict.BETTER


def test_sides_that_share_no_example_are_drawn_apart(store: Predicting, asking: Callable[[Store], Ask]) -> None:
    rng = np.random.default_rng(3)
    label = NAMES[rng.integers(0, 3, PREDICTED)]
    store.logged("a", 0, label=label, prediction=rng.choice(NAMES, PREDICTED))
    store.logged("b", 0, label=label, prediction=label)
    frame = pd.DataFrame({"example_id": [f"z{k}" for k in range(PREDICTED)], "label": label, "prediction": label})
    run_id = store.run("e", params={"model": "c", "seed": 0}, metrics={"f1_macro": 1.0})
    evidence.log_scores(frame, run_id=run_id, client=store.client)
    found = asking(store)(candidate="params.model = 'c'")
    assert (found.examples, found.difference.paired, found.candidate.mean) == (0, False, 1.0)
    assert found.difference.verdict is Verdict.BETTER
    assert any("share no example id" in warning for warning in found.warnings)


def test_labels_that_disagree_or_are_written_otherwise_are_said(
    store: Predicting, asking: Callable[[Store], Ask]
) -> None:
    label = NAMES[np.arange(PREDICTED) % 3]
    store.logged("a", 0, label=label, prediction=np.roll(label, 1))
    store.logged("b", 0, label=np.append(label[1:2], label[1:]), prediction=[f"a {name}" for name in label])
    found = asking(store)()
    assert found.examples == PREDICTED - 1
    assert "1 example whose label differs between runs is left out." in found.warnings
    assert any("No prediction of one side is any of the labels" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("metric", "label", "more", "said"),
    [
        ("f1", NAMES[np.arange(9) % 3], {}, "f1 needs the labels 0 and 1, and they are cat, dog, owl; f1_macro takes"),
        ("auc", np.ones(9, dtype=int), {}, "auc needs both labels, 0 and 1"),
        ("f1", np.zeros(9, dtype=int), {}, "the F1 of these examples is undefined"),
        ("f1_macro", [0, 1, 0, 1], {}, "4 examples on both sides, fewer than the 5"),
        ("f1_macro", np.arange(9) % 2, {"unit": "both"}, "seeds × examples compares means, and f1_macro is none"),
        ("f1_macro", np.arange(9) % 2, {"options": Options(statistic=Statistic.P90)}, "so there is no p90 of it"),
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
    assert said in (found.difference.reason or "")
    assert found.difference.interval is None
    assert found.difference.verdict in {Verdict.TOO_FEW, Verdict.NOT_SHOWN}


def test_a_run_without_predictions_is_counted_with_the_line_that_logs_them(
    store: Predicting, asking: Callable[[Store], Ask]
) -> None:
    classified(store, runs=2)
    store.logged("a", 9, label=NAMES[np.arange(PREDICTED) % 3], accuracy=np.ones(PREDICTED))
    found = asking(store)()
    assert (found.baseline.runs, len(found.baseline.not_logged)) == (2, 1)
    assert "no column 'f1_macro'; they hold accuracy (metrics); " in found.baseline.not_logged[0].reason
    assert "with the columns label and prediction logs what it can be" in found.baseline.not_logged[0].reason
    none = asking(store)("auc")
    assert none.difference.mean is None
    assert "no column 'auc'" in (none.reason or "")
    assert "with the columns label and probability" in (none.reason or "")


def test_metrics_of_scores_and_of_predictions_are_one_family(
    filled: tuple[Predicting, dict[str, list[pd.DataFrame]]],
    snapshot_of: Callable[[Store], Snapshot],
    policy: Policy,
    tmp_path: Path,
) -> None:
    store, _ = filled
    own = settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")
    found = example_metrics.examined(
        snapshot_of(store), policy, own, metrics=["accuracy", "f1_macro"], baseline=A, candidates=[B]
    )
    assert [row[0].statistic for row in found.by_metric] == [Statistic.MEAN, Statistic.MACRO_F1]
    assert [row[0].comparisons for row in found.by_metric] == [2, 2]
    assert found.first[0].slices
