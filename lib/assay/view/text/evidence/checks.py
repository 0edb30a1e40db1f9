"""What each leakage check is called and looks for, in which unit it measures, and how what it says is marked."""

from collections.abc import Callable, Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import LeakageCheck
from assay.model.evidence.matrix import CheckCell
from assay.view.text.numbers import percent, plain
from assay.view.text.verdicts import Mark

Namer = Callable[[str], str]

STATUSES: Mapping[CheckStatus, Mark] = {
    CheckStatus.FAIL: Mark("✕", "fail", "red"),
    CheckStatus.WARN: Mark("!", "warn", "orange"),
    CheckStatus.PASS: Mark("✓", "pass", "green"),
    CheckStatus.NOT_LOGGED: Mark("–", "not logged", "gray"),
}
"""In the order in which they are counted."""

NAMES: Mapping[str, str] = {
    LeakageCheck.SHARED_IDS: "ids apart",
    LeakageCheck.GROUP_OVERLAP: "groups apart",
    LeakageCheck.TEMPORAL_OVERLAP: "time order",
    LeakageCheck.DUPLICATE_ROWS: "duplicates",
    LeakageCheck.LABEL_CONFLICTS: "labels agree",
    LeakageCheck.SPLIT_SIZES: "split sizes",
    LeakageCheck.PREPROCESSING_FIT: "fitted on train",
    LeakageCheck.FEATURE_NAMES: "top features",
    LeakageCheck.TRAIN_EQUALS_TEST: "train = test",
    LeakageCheck.TRAIN_TEST_GAP: "train–test gap",
    LeakageCheck.SUSPICIOUS_SCORE: "too good",
    LeakageCheck.TEST_BETTER_THAN_TRAIN: "test above train",
    LeakageCheck.FOLD_SPREAD: "fold spread",
    LeakageCheck.TEST_LOOKS: "test looks",
    LeakageCheck.SAME_DATASET: "data apart",
}
LOOKS_FOR: Mapping[str, str] = {
    LeakageCheck.SHARED_IDS: "An example that is on both sides of the split.",
    LeakageCheck.GROUP_OVERLAP: "A group, such as a patient, with examples on both sides.",
    LeakageCheck.TEMPORAL_OVERLAP: "Test rows from before training ended, training rows from after the test began.",
    LeakageCheck.DUPLICATE_ROWS: "Test rows whose features equal those of a training row, beyond what chance gives.",
    LeakageCheck.LABEL_CONFLICTS: "Equal features with different labels on the two sides.",
    LeakageCheck.SPLIT_SIZES: "An empty split, or too few test rows.",
    LeakageCheck.PREPROCESSING_FIT: "A step, such as a scaler, that learned from held-out rows.",
    LeakageCheck.FEATURE_NAMES: "An identifier or the target among the most important features, or one above all.",
    LeakageCheck.TRAIN_EQUALS_TEST: "The same number logged as train and as test score.",
    LeakageCheck.TRAIN_TEST_GAP: "A train score far above the test score: overfitting, which a leak would hide.",
    LeakageCheck.SUSPICIOUS_SCORE: "A held-out score near its ceiling.",
    LeakageCheck.TEST_BETTER_THAN_TRAIN: "A test score above the train score over several replicates.",
    LeakageCheck.FOLD_SPREAD: "Folds whose scores lie far apart.",
    LeakageCheck.TEST_LOOKS: "How many configurations were judged by the same test rows.",
    LeakageCheck.SAME_DATASET: "Dataset inputs with one digest that were logged as training and as test data.",
}
_SHARES = {
    LeakageCheck.GROUP_OVERLAP,
    LeakageCheck.TEMPORAL_OVERLAP,
    LeakageCheck.DUPLICATE_ROWS,
    LeakageCheck.FEATURE_NAMES,
}
_POINTS = {LeakageCheck.TRAIN_TEST_GAP, LeakageCheck.FOLD_SPREAD}
_COUNTED: Mapping[str, tuple[str, str]] = {
    LeakageCheck.SHARED_IDS: ("row", "rows"),
    LeakageCheck.LABEL_CONFLICTS: ("row", "rows"),
    LeakageCheck.SPLIT_SIZES: ("row", "rows"),
    LeakageCheck.PREPROCESSING_FIT: ("step", "steps"),
    LeakageCheck.TRAIN_EQUALS_TEST: ("pair of metrics", "pairs of metrics"),
    LeakageCheck.TEST_LOOKS: ("configuration", "configurations"),
    LeakageCheck.SAME_DATASET: ("digest", "digests"),
}
"""What a count counts; held-out rows are of test or validation, as the sentence says."""


def badge(status: CheckStatus, n: int | None = None) -> str:
    """`✕ 2 fail` as a Markdown badge; without a number `✕ fail`."""
    mark = STATUSES[status]
    said = mark.label if n is None else f"{mark.glyph} {n:,} {mark.word}"
    return f":{mark.colour}-badge[{said}]"


def measured(cell: CheckCell) -> str:
    """`Value 39 %, mean of 5 runs 38 %, limit 5 %.`

    Nothing where the check measures nothing, or warns of something else than its size.
    """
    check, limit = cell.check, cell.check.limit
    if check.value is None or (
        check.check == LeakageCheck.FEATURE_NAMES and limit is not None and check.value <= limit
    ):
        return ""
    parts = [f"Value {_written(check.check, check.value)}"]
    if cell.mean is not None and len(cell.alike) > 1:
        mean = _written(check.check, cell.mean)
        parts += [f"mean of {len(cell.alike):,} runs {mean}"] if f"Value {mean}" != parts[0] else []
    if limit is not None:
        parts.append(f"limit {plain(limit) if check.check in _COUNTED else _written(check.check, limit)}")
    return f"{', '.join(parts)}."


def _written(check: str, value: float) -> str:
    if check in _SHARES:
        return percent(value)
    if check in _POINTS:
        return f"{plain(round(value * 100, 1))} points"
    return f"{plain(value)} {_COUNTED[check][value != 1]}" if check in _COUNTED else plain(value)
