"""Findings of leakage made by hand, for tests of how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assay.model.evidence.check import Check, CheckStatus, Offender, Offenders
from assay.model.evidence.files import SPLITS
from assay.model.evidence.leakage import (
    WITH_EXAMPLES,
    Finding,
    FindingQuestion,
    Leakage,
    LeakageCheck,
    LeakageQuestion,
    OffenderRow,
    ScoreMean,
    Twin,
    Worth,
)
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.notes import SplitNote
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import note

PASS, WARN, FAIL, NOT_LOGGED = CheckStatus.PASS, CheckStatus.WARN, CheckStatus.FAIL, CheckStatus.NOT_LOGGED
ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
LEAKY: Mapping[str, Mapping[LeakageCheck, CheckStatus]] = {
    "moved-before-split": {LeakageCheck.GROUP_OVERLAP: FAIL, LeakageCheck.DUPLICATE_ROWS: WARN},
    "moved-after-split": {},
    "split-by-visit": {LeakageCheck.GROUP_OVERLAP: FAIL, LeakageCheck.FEATURE_NAMES: NOT_LOGGED},
    "selection-before-split": {LeakageCheck.PREPROCESSING_FIT: FAIL, LeakageCheck.GROUP_OVERLAP: NOT_LOGGED},
    "split-at-random": {LeakageCheck.TEMPORAL_OVERLAP: FAIL, LeakageCheck.TRAIN_TEST_GAP: WARN},
}
SAID = note(SplitNote.NO_VALUES, column="group")
"""Stands in for whatever a check says."""


def offended(n: int, of: int, names: Sequence[str] = ()) -> Offenders:
    """The first of `n` offenders, by name where names are given."""
    named = names or [f"img-{place:04d}-m{place % 4}" for place in range(min(n, 100))]
    return Offenders(tuple(Offender(name, name.rpartition("-")[0], 3) for name in named), n, of)


def cell(check: LeakageCheck, status: CheckStatus = PASS, runs: Sequence[str] = ("a",), **more: Any) -> CheckCell:
    """What `check` says of these runs."""
    own = Check(check, status, SAID, sources=() if status is NOT_LOGGED else (SPLITS,))
    if status is FAIL and check in WITH_EXAMPLES:
        own = replace(own, value=142 / 360, limit=0.0, offenders=offended(142, 360))
    return CheckCell(replace(own, **more), runs[0], tuple(runs))


def row(
    label: str, statuses: Mapping[LeakageCheck, CheckStatus], *, experiment: str = "leak-images", n: int = 5
) -> CheckRow:
    """A configuration of `n` runs that passes all other checks."""
    runs = tuple(f"{label}-{seed}" for seed in range(n))
    cells = tuple(cell(check, statuses.get(check, PASS), runs) for check in LeakageCheck)
    return CheckRow(label, experiment, runs[0], runs, cells, f"params.variant = '{label}'")


def leaked(
    rows: Mapping[str, Mapping[LeakageCheck, CheckStatus]] = LEAKY, *, question: LeakageQuestion | None = None, n: int = 5,
    **more: Any,
) -> Leakage:  # fmt: skip
    """These rows, all of them in view."""
    made = tuple(row(label, statuses, n=n) for label, statuses in rows.items())
    summary: dict[str, Mapping[CheckStatus, int]] = {
        check: {status: sum(n for one in made if one.cell(check).check.status is status) for status in CheckStatus}
        for check in LeakageCheck
    }
    asked = question or LeakageQuestion()
    runs = n * len(made)
    found = Leakage(question=asked, rows=made, total=len(made), runs=runs, read=runs, summary=summary)
    return replace(found, **more)


def nowhere(status: CheckStatus) -> Mapping[LeakageCheck, CheckStatus]:
    """A row all of whose cells say `status`."""
    return dict.fromkeys(LeakageCheck, status)


WORTH = Worth(
    ACCURACY, ScoreMean(0.966, 360, (0.960, 0.972)), ScoreMean(0.945, 218, (0.935, 0.955)), 0.021, (0.014, 0.028), 5,
    over_seeds=True, lost=(142, 142), level=0.95,
)  # fmt: skip
TWIN = Twin(
    "moved-after-split",
    "t",
    "params.variant = 'moved-after-split'",
    ("variant",),
    ScoreMean(0.946, 360, (0.94, 0.953)),
    5,
)


def found(worth: Worth | None = WORTH, twin: Twin | None = TWIN, **more: Any) -> Finding:
    """The evidence behind groups on both sides."""
    asked = FindingQuestion(("a",), LeakageCheck.GROUP_OVERLAP)
    rows = tuple(OffenderRow(one, "8", "3") for one in offended(142, 360).named)
    return replace(Finding(asked, rows, worth, None if worth else SAID, twin), **more)
