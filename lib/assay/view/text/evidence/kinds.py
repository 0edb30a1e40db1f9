"""The five kinds of leakage: which checks look for each, and what only people can answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import Leakage, LeakageCheck
from assay.view.text.evidence.checks import NAMES, STATUSES, badge


@dataclass(frozen=True, slots=True)
class LeakageKind:
    """One kind with its checks and the question that no check answers."""

    name: str
    rest: str
    checks: tuple[LeakageCheck, ...]
    question: str


KINDS: Sequence[LeakageKind] = (
    LeakageKind(
        "Train–test contamination",
        "",
        (
            LeakageCheck.SHARED_IDS,
            LeakageCheck.PREPROCESSING_FIT,
            LeakageCheck.SPLIT_SIZES,
            LeakageCheck.TRAIN_EQUALS_TEST,
            LeakageCheck.TEST_LOOKS,
        ),
        "Was anything chosen or tuned by the test score?",
    ),
    LeakageKind(
        "Groups",
        " on both sides",
        (LeakageCheck.GROUP_OVERLAP,),
        "Is the logged group the unit that the model must generalise to?",
    ),
    LeakageKind("Time", "", (LeakageCheck.TEMPORAL_OVERLAP,), "Was each feature known at prediction time?"),
    LeakageKind(
        "Duplicates",
        "",
        (LeakageCheck.DUPLICATE_ROWS, LeakageCheck.LABEL_CONFLICTS),
        "Are crops, rephrasings or near copies on two sides?",
    ),
    LeakageKind(
        "Target",
        " in features",
        (
            LeakageCheck.FEATURE_NAMES,
            LeakageCheck.SUSPICIOUS_SCORE,
            LeakageCheck.TRAIN_TEST_GAP,
            LeakageCheck.TEST_BETTER_THAN_TRAIN,
            LeakageCheck.FOLD_SPREAD,
        ),
        "Is a feature made from, or after, the target?",
    ),
)
QUESTIONS = "Questions are answered in a review: all five are open. The last three checks are signs of every kind."


def standing(found: Leakage, kind: LeakageKind) -> str:
    """`✕ 2 fail` fitted on train, `✓ pass` ids apart: its checks by their worst status in view, Markdown."""
    worst = {check: _worst(found, check) for check in kind.checks}
    parts = []
    for status in STATUSES:
        names = [check for check, own in worst.items() if own is status]
        if names:
            n = sum(row.cell(check).check.status is status for row in found.rows for check in names)
            said = badge(status, n if status in (CheckStatus.FAIL, CheckStatus.WARN) else None)
            parts.append(f"{said} {', '.join(NAMES[check] for check in names)}")
    return " ".join(parts)


def _worst(found: Leakage, check: LeakageCheck) -> CheckStatus:
    return max((row.cell(check).check.status for row in found.rows), key=lambda one: one.severity)


def table(found: Leakage) -> Mapping[str, Sequence[str]]:
    """The kinds as columns of Markdown."""
    return {
        "kind": [f"**{kind.name}**{kind.rest}" for kind in KINDS],
        "its checks, by the worst in view": [standing(found, kind) for kind in KINDS],
        "question for people": [kind.question for kind in KINDS],
    }
