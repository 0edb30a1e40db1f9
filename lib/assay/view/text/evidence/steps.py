"""What to do about a finding: steps in plain words, each with the line of code that does or logs it."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import LeakageCheck


@dataclass(frozen=True, slots=True)
class Step:
    """Markdown, and the code that belongs to it."""

    text: str
    code: str = ""


def _splits(*columns: str, features: bool = False) -> str:
    """The line that logs these columns of the rows."""
    named = ", ".join(f'"{column}"' for column in ("example_id", "split", *columns))
    return f"evidence.log_splits(rows[[{named}]]{', features=rows[features]' if features else ''})"


_BOTH = 'mlflow.log_metrics({"train_accuracy": score(*train), "test_accuracy": score(*test)})'
_INPUTS = (
    'mlflow.log_input(mlflow.data.from_pandas(train, name="digits-train"), context="training")\n'
    'mlflow.log_input(mlflow.data.from_pandas(test, name="digits-test"), context="test")'
)
_IMPORT = "from assay import evidence\n"
_AGAIN = Step("Train again with the same seeds. The old runs stay in sight.")
_SEEN = "Log the splits of the new runs, so that this check can look at them:"

_MENDED: Mapping[str, tuple[Step, ...]] = {
    LeakageCheck.SHARED_IDS: (
        Step(
            "Split once, before anything else, so that each example is on one side:",
            "train, test = train_test_split(rows, test_size=0.15, random_state=0)",
        ),
        Step(_SEEN, _splits()),
        _AGAIN,
    ),
    LeakageCheck.GROUP_OVERLAP: (
        Step(
            "Split by group, so that each is on one side (`GroupKFold` where there are folds):",
            "parts = GroupShuffleSplit(1, test_size=0.15, random_state=0)\n"
            'train, test = next(parts.split(rows, groups=rows["group"]))',
        ),
        Step("Make copies, such as moved images or rephrasings, **after** the split, of training rows only."),
        Step(_SEEN, _splits("group")),
        _AGAIN,
    ),
    LeakageCheck.TEMPORAL_OVERLAP: (
        Step(
            "Split by time (`TimeSeriesSplit` where there are folds):",
            'rows = rows.sort_values("time")\ncut = int(len(rows) * 0.85)\ntrain, test = rows[:cut], rows[cut:]',
        ),
        Step(_SEEN, _splits("time")),
        _AGAIN,
    ),
    LeakageCheck.DUPLICATE_ROWS: (
        Step("Drop copies **before** the split:", "rows = rows.drop_duplicates(subset=features)"),
        Step(
            "Or leave them where equal rows are different examples, as with few coarse features: the finding says how "
            "many chance gives. Where no two rows can be equal, say so in the policy, and any copy fails:",
            "leakage:\n  rows: unique",
        ),
        Step("Oversample **after** the split, training rows only."),
        Step(_SEEN, _splits(features=True)),
    ),
    LeakageCheck.LABEL_CONFLICTS: (
        Step(
            "Look at the rows of the finding: equal features with two labels are a wrong label, a copy, or a feature "
            "too few.",
            'rows[rows.duplicated(features, keep=False)].sort_values(features)[["example_id", "label"]]',
        ),
        Step("Mend or drop them before the split, on both sides alike."),
        Step(
            _SEEN,
            _splits("label", features=True),
        ),
    ),
    LeakageCheck.SPLIT_SIZES: (
        Step(
            "Hold back enough: 70 % to train, 15 % to choose by, 15 % to test is usual.",
            "rest, test = train_test_split(rows, test_size=0.15, random_state=0)\n"
            "train, validation = train_test_split(rest, test_size=0.15 / 0.85, random_state=0)",
        ),
        Step("With few rows, cross-validate, and log each fold:", _splits("fold")),
    ),
    LeakageCheck.PREPROCESSING_FIT: (
        Step("Split first, and fit every step on training rows alone:", "step.fit(train)\ntest = step.transform(test)"),
        Step(
            "Within cross-validation put it into the model's pipeline, which fits it anew in each fold:",
            "model = make_pipeline(step, model)",
        ),
        Step("Log what it was fitted on:", "evidence.log_preprocessing(step, train, test)"),
        _AGAIN,
    ),
    LeakageCheck.FEATURE_NAMES: (
        Step("Ask of each named feature: is it known when the model predicts, and made without the target?"),
        Step(
            "Leave it out, train again, and compare: what the score loses is what the feature was worth.",
            "rows = rows.drop(columns=[feature])",
        ),
        Step("A feature that may be on top is named in the policy:", "leakage:\n  expected_features: [feature]"),
    ),
    LeakageCheck.TRAIN_EQUALS_TEST: (
        Step("Look where both numbers come from: often one set of rows is scored twice, or one number logged twice."),
        Step(
            "Score each side on its own rows:",
            _BOTH,
        ),
        Step("Log the splits, so that other checks can look whether rows are shared:", _splits()),
    ),
    LeakageCheck.TRAIN_TEST_GAP: (
        Step("This is overfitting and no leak: a leak makes the gap small. The test score can be right all the same."),
        Step("A simpler model, more regularisation or fewer features close it; the test score decides, not the gap."),
    ),
    LeakageCheck.SUSPICIOUS_SCORE: (
        Step(
            "An easy problem has such scores; ask how well something trivial does:",
            "DummyClassifier()",
        ),
        Step("Look at the most important features, and log them:", "evidence.log_feature_importance(importance)"),
        Step("Log the splits, so that other checks can look whether rows are shared:", _splits()),
    ),
    LeakageCheck.TEST_BETTER_THAN_TRAIN: (
        Step("Score training rows as test rows are scored: without dropout and augmentation.", "model.eval()"),
        Step("If it stays, the test rows are easier or known: log the splits and look at the other checks.", _splits()),
    ),
    LeakageCheck.FOLD_SPREAD: (
        Step("Look at the worst fold: a group or a stretch of time that is whole there may be split elsewhere."),
        Step("Log the folds with group and time:", _splits("fold", "group", "time")),
    ),
    LeakageCheck.TEST_LOOKS: (
        Step("Choose by validation rows; score the test rows once, for the configuration that was chosen."),
        Step(
            "Take fresh test rows for the final figure: on these the best looks too good by what is said here, or more."
        ),
    ),
    LeakageCheck.SAME_DATASET: (
        Step("Look what is handed to `log_input`: often one frame is logged twice, and the model was tested rightly."),
        Step("Split first, and log each side under a name of its own:", _INPUTS),
        Step("Log the splits, so that other checks can look whether rows are shared:", _splits()),
        _AGAIN,
    ),
}

_LOGGED: Mapping[str, str] = {
    LeakageCheck.SHARED_IDS: _splits(),
    LeakageCheck.GROUP_OVERLAP: _splits("group"),
    LeakageCheck.TEMPORAL_OVERLAP: _splits("time"),
    LeakageCheck.DUPLICATE_ROWS: _splits(features=True),
    LeakageCheck.LABEL_CONFLICTS: (_splits("label", features=True)),
    LeakageCheck.SPLIT_SIZES: _splits(),
    LeakageCheck.PREPROCESSING_FIT: "evidence.log_preprocessing(step, train, test)",
    LeakageCheck.FEATURE_NAMES: "evidence.log_feature_importance(importance)",
    LeakageCheck.TRAIN_EQUALS_TEST: _BOTH,
    LeakageCheck.TRAIN_TEST_GAP: _BOTH,
    LeakageCheck.SUSPICIOUS_SCORE: 'mlflow.log_metric("test_accuracy", score(*test))',
    LeakageCheck.TEST_BETTER_THAN_TRAIN: _BOTH,
    LeakageCheck.FOLD_SPREAD: 'mlflow.log_metric("std_test_score", scores.std(ddof=1))',
    LeakageCheck.TEST_LOOKS: _splits(),
    LeakageCheck.SAME_DATASET: _INPUTS,
}
FIRST = f"{_IMPORT}{_splits('group', 'time', 'label', features=True)}"
"""What to log first: it lets most checks look."""


def steps(check: str, status: CheckStatus) -> tuple[Step, ...]:
    """What to do about it, in order; of a pass that there is nothing, and what it does not show."""
    if status is CheckStatus.NOT_LOGGED:
        line = _LOGGED[check]
        imported = f"{_IMPORT}{line}" if line.startswith("evidence.") else line
        ended = Step("A run that has ended takes evidence too, with `run_id=`.") if imported != line else None
        return (Step("Log what this check looks at:", imported), *((ended,) if ended else ()))
    return () if status is CheckStatus.PASS else _MENDED[check]
