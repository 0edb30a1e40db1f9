"""What a step was fitted on is found in what it has learned, on steps of every usual kind."""

import builtins
import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.feature_selection import SelectFromModel, SelectKBest
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    OneHotEncoder,
    PowerTransformer,
    SplineTransformer,
    StandardScaler,
    TargetEncoder,
)

from assay import evidence
from assay.errors import EvidenceError
from evidence.conftest import Run

RNG = np.random.default_rng(3)
X = RNG.normal(size=(300, 8)) * [1, 1e9, 1e-12, 1, 1, 1, 1, 1] + [0, 1.7e9, 0, 5, 0, 0, 0, 0]
Y = (X[:, 0] + RNG.normal(size=300) > 0).astype(int)
HOLES = np.where(RNG.random(X.shape) < 0.1, np.nan, X)
WORDS = [" ".join(RNG.choice([*"abcdefghijklmnopqrst"], 4).tolist() * 2) + f" {at // 10}0" for at in range(300)]
TRAIN, TEST, OTHER = slice(0, 200), slice(200, 270), slice(270, 300)
BOTH = slice(0, 270)

Logged = Callable[..., dict[str, Any]]


@pytest.fixture
def logged(run: Run) -> Logged:
    """Logs a step with all the rows of `rows`, and gives what stands in the file."""

    def log(step: Any, rows: Any = X, target: Any = None, *, others: bool = False, **options: Any) -> dict[str, Any]:
        targets = {} if target is None else {"train_target": target[TRAIN], "held_out_target": target[TEST]}
        if others:
            targets["others"] = rows[OTHER] if target is None else (rows[OTHER], target[OTHER])
        evidence.log_preprocessing(step, rows[TRAIN], rows[TEST], **targets, **options)
        (file,) = (run.folder / "evidence" / "preprocessing").iterdir()
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return found

    return log


FRAME = pd.DataFrame(HOLES, columns=[f"c{at}" for at in range(8)]).assign(
    colour=[("red", "green", "blue")[at % 3] if at < 290 else f"rare {at}" for at in range(300)]
)
STEPS: dict[str, tuple[Any, Any, Any]] = {
    "scaler": (StandardScaler(), X, None),
    "scaler of float32": (StandardScaler(), X[:, 3:].astype(np.float32), None),
    "scaler of sparse rows": (MaxAbsScaler(), csr_matrix(np.where(X > 0, X, 0)), None),
    "imputer": (SimpleImputer(strategy="median"), HOLES, None),
    "imputer by neighbours": (KNNImputer(), HOLES[:, 3:], None),
    "PCA": (PCA(3), X[:, 3:], None),
    "SVD of sparse rows": (TruncatedSVD(3, random_state=1), csr_matrix(np.where(X > 0, X, 0)[:, 3:]), None),
    "selection": (SelectKBest(k=3), X, Y),
    "selection by a forest": (SelectFromModel(RandomForestClassifier(5, random_state=1)), X, Y),
    "words": (TfidfVectorizer(), WORDS, None),
    "counts of words": (CountVectorizer(), WORDS, None),
    "splines": (SplineTransformer(), X[:, 3:], None),
    "power": (PowerTransformer(), X[:, 3:], None),
    "targets": (TargetEncoder(random_state=1), X[:, 3:4].round(), Y),
    "pipeline": (make_pipeline(SimpleImputer(), StandardScaler(), PCA(3)), HOLES[:, 3:], None),
    "pipeline with a model": (make_pipeline(StandardScaler(), LogisticRegression()), X[:, 3:], Y),
    "pipeline after encoded targets": (
        make_pipeline(TargetEncoder(random_state=1), StandardScaler()), X[:, 3:4].round(), Y,
    ),
    "columns": (
        make_column_transformer(
            (make_pipeline(SimpleImputer(), StandardScaler()), make_column_selector(dtype_include=float)),
            (OneHotEncoder(handle_unknown="ignore"), ["colour"]),
        ),
        FRAME,
        None,
    ),
    "union": (make_union(PCA(2), StandardScaler()), X[:, 3:], None),
}  # fmt: skip


def fitted(name: str, rows: slice) -> Any:
    step, features, target = STEPS[name]
    return clone(step).fit(features[rows]) if target is None else clone(step).fit(features[rows], target[rows])


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    ("rows", "fitted_on"),
    [(TRAIN, "train"), (BOTH, "all"), (slice(0, 300), "all"), (slice(0, 150), "neither"), (TEST, "neither")],
    ids=["train", "both", "all", "half", "test"],
)
def test_a_step_tells_what_it_was_fitted_on(logged: Logged, name: str, rows: slice, fitted_on: str) -> None:
    _, features, target = STEPS[name]
    record = logged(fitted(name, rows), features, target, others=True)
    assert record["fitted_on"] == fitted_on
    assert record["rows"] == {"train": 200, "held_out": 70, "others": 30}
    assert record["compared"]
    assert bool(record["differs"]["train"]) is (fitted_on != "train")
    assert bool(record["differs"]["all"]) is (fitted_on != "all")


def test_without_others_two_sets_of_rows_are_told_apart(logged: Logged) -> None:
    assert logged(fitted("scaler", BOTH))["fitted_on"] == "all"
    record = logged(fitted("scaler", slice(0, 300)))
    assert (record["fitted_on"], record["rows"]["others"]) == ("neither", 0)


@pytest.mark.parametrize("name", ["scaler", "scaler of float32", "imputer", "PCA", "selection", "pipeline", "columns"])
def test_rows_in_another_order_are_the_same_rows(logged: Logged, name: str) -> None:
    step, features, target = STEPS[name]
    order = np.random.default_rng(0).permutation(270)
    mixed = features.iloc[order] if isinstance(features, pd.DataFrame) else features[order]
    step = clone(step).fit(mixed) if target is None else clone(step).fit(mixed, target[order])
    assert logged(step, features, target)["fitted_on"] == "all"


def test_the_record_says_what_was_compared_and_what_differs(logged: Logged, run: Run) -> None:
    record = logged(fitted("scaler", BOTH), name="scaling")
    assert (record["step"], record["class"]) == ("scaling", "sklearn.preprocessing.StandardScaler")
    assert record["compared"] == ["mean_", "var_", "scale_"]
    assert record["differs"] == {"train": ["mean_", "var_", "scale_"], "all": []}
    assert record["library"].startswith("scikit-learn 1.")
    content = (run.folder / "evidence" / "preprocessing" / "scaling.json").read_bytes()
    assert run.tags == {"assay.evidence.preprocessing.scaling": hashlib.sha256(content).hexdigest()}


def test_what_learned_nothing_of_held_out_rows_was_fitted_on_training_rows(logged: Logged) -> None:
    """Train wins ties: fitted on all rows, it would not be any different."""
    for step in (SimpleImputer(strategy="constant", fill_value=0), FunctionTransformer(np.abs), StandardScaler()):
        same = np.ones((300, 2))
        assert logged(step.fit(same[BOTH]), same, name="step")["fitted_on"] == "train"


def test_a_count_of_rows_is_no_learned_number(logged: Logged) -> None:
    twice = StandardScaler().partial_fit(X[TRAIN]).partial_fit(X[TRAIN])
    assert logged(twice)["fitted_on"] == "train"


def test_a_leaky_selection_in_a_pipeline_is_found_though_the_scaler_is_honest(logged: Logged) -> None:
    selection = SelectKBest(k=2).fit(X[BOTH], Y[BOTH])
    scaler = StandardScaler().fit(selection.transform(X[TRAIN]))
    record = logged(make_pipeline(selection, scaler), X, Y)
    assert record["fitted_on"] == "all"
    assert record["differs"]["train"] == ["selectkbest.scores_", "selectkbest.pvalues_"]
    assert record["differs"]["all"] == ["standardscaler.mean_", "standardscaler.var_", "standardscaler.scale_"]


def test_a_scaler_fitted_on_all_rows_behind_an_honest_selection_is_found_too(logged: Logged) -> None:
    selection = SelectKBest(k=2).fit(X[TRAIN], Y[TRAIN])
    scaler = StandardScaler().fit(selection.transform(X[BOTH]))
    record = logged(make_pipeline(selection, "passthrough", scaler), X, Y)
    assert record["fitted_on"] == "all"
    assert {name.partition(".")[0] for name in record["differs"]["train"]} == {"standardscaler"}


def test_one_leaky_part_among_columns_is_found(logged: Logged) -> None:
    columns = make_column_transformer((StandardScaler(), ["c3"]), (SimpleImputer(), ["c4", "c5"]), ("drop", ["c6"]))
    columns.fit(FRAME[TRAIN])
    columns.transformers_[1] = ("simpleimputer", SimpleImputer().fit(FRAME.loc[:269, ["c4", "c5"]]), ["c4", "c5"])
    record = logged(columns, FRAME)
    assert record["fitted_on"] == "all"
    assert record["differs"]["train"] == ["simpleimputer.statistics_"]


def test_a_part_that_nobody_can_tell_leaves_the_whole_untold(logged: Logged) -> None:
    odd = make_pipeline(StandardScaler().fit(X[TRAIN, 3:]), PCA(2))
    odd.steps[1] = ("pca", PCA(2).fit(odd.steps[0][1].transform(X[:50, 3:])))
    assert logged(odd, X[:, 3:])["fitted_on"] == "neither"


@pytest.mark.parametrize("state", [None, "generator"])
def test_what_is_drawn_anew_at_every_fit_is_never_taken_for_all(logged: Logged, state: object) -> None:
    noise = np.random.default_rng(0).normal(size=(300, 120))
    drawn = np.random.RandomState(1) if state else None
    randomised = PCA(5, svd_solver="randomized", iterated_power=0, n_oversamples=1, random_state=drawn)
    assert logged(clone(randomised).fit(noise[TRAIN]), noise)["fitted_on"] == "neither"
    assert logged(clone(randomised).fit(noise[BOTH]), noise)["fitted_on"] == "neither"


def test_the_step_the_rows_and_the_generators_are_left_as_they_were(logged: Logged) -> None:
    step = PCA(3, svd_solver="randomized", copy=False).fit(X[TRAIN, 3:].copy())
    rows, before = X[:, 3:].copy(), {name: np.copy(value) for name, value in vars(step).items()}
    np.random.seed(7)
    random.seed(7)
    drawn = state_of_generators()
    logged(step, rows)
    assert state_of_generators() == drawn
    assert np.array_equal(rows, X[:, 3:])
    assert all(np.array_equal(before[name], value) for name, value in vars(step).items())
    pipeline = make_pipeline(StandardScaler(copy=False), PCA(2, copy=False)).fit(X[:150, 3:].copy())
    assert logged(pipeline, rows, name="PCA")["fitted_on"] == "neither"
    assert np.array_equal(rows, X[:, 3:])


def state_of_generators() -> tuple[object, ...]:
    numpy = np.random.get_state(legacy=False)["state"]
    return numpy["key"].tolist(), numpy["pos"], random.getstate()


class Centred(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A team's own, which has never heard of names that end in `_`."""

    def __init__(self, factor: float = 1.0) -> None:
        self.factor = factor

    def fit(self, rows: Any, _target: Any = None) -> "Centred":
        self.centre = np.median(rows, axis=0)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "centre")

    def transform(self, rows: Any) -> Any:
        return (rows - self.centre) * self.factor


def test_a_step_of_ones_own_is_judged_by_whatever_it_learned(logged: Logged) -> None:
    assert logged(Centred().fit(X[TRAIN]))["fitted_on"] == "train"
    record = logged(Centred().fit(X[BOTH]))
    assert (record["fitted_on"], record["compared"]) == ("all", ["centre"])
    assert record["class"].endswith("test_preprocessing.Centred")


def test_tiny_and_huge_columns_are_told_apart_side_by_side(logged: Logged) -> None:
    """The third is in units of 1e-12, beside one of 1e9 that is the same everywhere."""
    rows = np.column_stack([X[:, 2], np.full(300, 1.7e9)])
    assert logged(StandardScaler(with_std=False).fit(rows[BOTH, :1]), rows[:, :1])["fitted_on"] == "all"
    assert logged(StandardScaler().fit(rows[BOTH]), rows)["fitted_on"] == "all"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("scaler", "scaler"), ("../../etc/passwd", "etc-passwd"), ("숫자 크기", "숫자-크기"), ("...", "StandardScaler"),
        ("v1.2: first", "v1.2-first"), ("x" * 300, "x" * 100), (None, "StandardScaler"),
    ],
)  # fmt: skip
def test_any_name_makes_a_file_below_the_evidence(run: Run, logged: Logged, name: str | None, file: str) -> None:
    record = logged(fitted("scaler", TRAIN), name=name)
    assert record["step"] == (name or "StandardScaler")
    assert (run.folder / "evidence" / "preprocessing" / f"{file}.json").exists()
    assert {*run.tags} == {f"assay.evidence.preprocessing.{file}"}


def test_steps_of_other_names_stand_beside_each_other(run: Run) -> None:
    for name in ("first", "second", "second"):
        evidence.log_preprocessing(fitted("scaler", TRAIN), X[TRAIN], X[TEST], name=name)
    assert sorted(path.stem for path in (run.folder / "evidence" / "preprocessing").iterdir()) == ["first", "second"]


SCALER = StandardScaler().fit(X[TRAIN])
SELECTION = SelectKBest(k=2).fit(X[TRAIN], Y[TRAIN])


@pytest.mark.parametrize(
    ("step", "arguments", "options", "message"),
    [
        (StandardScaler(), (X[TRAIN], X[TEST]), {}, "The StandardScaler is not fitted; log it after fit"),
        (make_pipeline(StandardScaler()), (X[TRAIN], X[TEST]), {}, "The Pipeline is not fitted"),
        (np.mean, (X[TRAIN], X[TEST]), {}, "not a fitted scikit-learn transformer, so it cannot be cloned"),
        (StandardScaler, (X[TRAIN], X[TEST]), {}, "not a fitted scikit-learn transformer"),
        (SELECTION, (X[TRAIN], X[TEST]), {}, "cannot be fitted anew: .*needs train_target and held_out_target"),
        (SELECTION, (X[TRAIN], X[TEST]), {"train_target": Y[TRAIN]}, "Only one of train_target and held_out_target"),
        (
            SELECTION, (X[TRAIN], X[TEST]), {"train_target": Y[TRAIN], "held_out_target": Y[TRAIN]},
            "70 held-out rows and 200 targets",
        ),
        (
            SELECTION, (X[TRAIN], X[TEST]),
            {"train_target": Y[TRAIN], "held_out_target": Y[TEST], "others": X[OTHER]}, "a pair of rows and their target",
        ),
        (SCALER, (X[TRAIN], X[TEST]), {"others": (X[OTHER], Y[OTHER])}, "a pair of rows and their target"),
        (SCALER, (X[TRAIN], X[:0]), {}, "The held-out rows are none"),
        (SCALER, (X[TRAIN], []), {}, "The held-out rows are none"),
        (SCALER, (X[TRAIN], None), {}, "The held-out rows are a NoneType; pass a DataFrame, an array"),
        (SCALER, (X[TRAIN], "test.csv"), {}, "The held-out rows are a str"),
        (SCALER, (X[TRAIN], X[TEST, :2]), {}, "cannot be put together: .*pass all of them as the step takes them"),
        (SCALER, (X[TRAIN], pd.DataFrame(X[TEST])), {}, "an array and a DataFrame"),
        (SCALER, (FRAME[["c1", "c2"]], FRAME[["c1"]]), {}, "their columns differ"),
        (SCALER, (["some", "words"], ["more"]), {}, "The StandardScaler cannot be fitted anew"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_words(
    run: Run, step: Any, arguments: tuple[Any, ...], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(EvidenceError, match=message):
        evidence.log_preprocessing(step, *arguments, **options)
    assert not (run.folder / "evidence").exists()


def test_without_scikit_learn_it_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def absent(name: str, *rest: Any, **options: Any) -> Any:
        if name.partition(".")[0] == "sklearn":
            raise ModuleNotFoundError(name)
        return usual(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(EvidenceError, match="needs scikit-learn, which is not installed"):
        evidence.log_preprocessing(SCALER, X[TRAIN], X[TEST])


class Scaling(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Learns a mean, and is the worse for what its children do."""

    mean_: Any

    def fit(self, rows: Any, target: Any = None) -> Any:  # noqa: ARG002
        self.mean_ = np.asarray(rows).mean(axis=0)
        return self


class Handing(Scaling):
    def fit(self, rows: Any, target: Any = None) -> Any:
        super().fit(rows, target)
        return 7


class Circling(Scaling):
    def fit(self, rows: Any, target: Any = None) -> Any:
        self.circle_ = self
        return super().fit(rows, target)


class Dividing(Scaling):
    @property
    def share_(self) -> float:
        raise ZeroDivisionError("no row")


class Lying(Scaling):
    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002
        raise ZeroDivisionError("no param")


def test_what_fit_hands_back_is_not_what_was_fitted(logged: Logged) -> None:
    step = Handing()
    step.fit(X[TRAIN])
    assert logged(step)["fitted_on"] == "train"


@pytest.mark.parametrize("kind", [Circling, Dividing, Lying])
def test_a_step_that_breaks_when_it_is_looked_into_does_not_break_the_training(run: Run, kind: type[Scaling]) -> None:
    step = kind().fit(X[TRAIN])
    with pytest.raises(EvidenceError, match=f"The {kind.__name__} cannot be looked into: .*; leave this step out"):
        evidence.log_preprocessing(step, X[TRAIN], X[TEST])
    assert not run.tags


@pytest.mark.parametrize(("name", "file"), [("가" * 100, "가" * 33), ("a\ud800b", "a-b"), ("../../x\0", "x")])
def test_any_name_makes_a_file(run: Run, name: str, file: str) -> None:
    evidence.log_preprocessing(StandardScaler().fit(X[TRAIN]), X[TRAIN], X[TEST], name=name)
    [kept] = (run.folder / "evidence" / "preprocessing").iterdir()
    assert kept.name == f"{file}.json"
    assert list(run.tags) == [f"assay.evidence.preprocessing.{file}"]
