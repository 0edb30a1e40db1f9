"""The five kinds of leakage: which checks look for each, and what only people can answer."""

from collections import Counter
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
            LeakageCheck.SAME_DATASET,
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
QUESTIONS = (
    "Questions are answered in a review: all five are open. Scores that are too good, better on test than on training "
    "rows, or far apart between folds are signs of every kind, not of the last alone."
)


def standing(found: Leakage, kind: LeakageKind) -> str:
    """`✕ 2 fail` fitted on train, `✓ pass` ids apart (1 not logged): what its checks found in view, Markdown."""
    counted = {check: Counter(row.cell(check).check.status for row in found.rows) for check in kind.checks}
    parts = []
    for status in STATUSES:
        own = {check: counts for check, counts in counted.items() if _foremost(counts) is status}
        if own:
            n = sum(counts[status] for counts in own.values())
            said = badge(status, n if status.is_finding else None)
            parts.append(f"{said} {', '.join(_named(check, counts, status) for check, counts in own.items())}")
    return " ".join(parts)


def _foremost(counts: Counter[CheckStatus]) -> CheckStatus:
    """The first status that any row has: a finding, else a pass, else nothing to look at."""
    return next(status for status in STATUSES if counts[status])


def _named(check: LeakageCheck, counts: Counter[CheckStatus], status: CheckStatus) -> str:
    """A check that passes with how many rows it could not look at."""
    blind = counts[CheckStatus.NOT_LOGGED] if status is CheckStatus.PASS else 0
    return f"{NAMES[check]} ({blind:,} not logged)" if blind else NAMES[check]


def table(found: Leakage) -> Mapping[str, Sequence[str]]:
    """The kinds as columns of Markdown."""
    return {
        "kind": [f"**{kind.name}**{kind.rest}" for kind in KINDS],
        "what its checks found": [standing(found, kind) for kind in KINDS],
        "question for people": [kind.question for kind in KINDS],
    }
