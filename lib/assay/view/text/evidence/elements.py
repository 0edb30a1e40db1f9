"""The five elements that a record is summed up as: on record in how many rows, and in a line what is not."""

from collections.abc import Mapping

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.notes import RecordNote as Says
from assay.model.evidence.record import ELEMENTS, RecordCheck
from assay.model.evidence.reproducibility import ElementCount, Reproducibility, on_record
from assay.model.note import Code
from assay.view.text.escape import code, short
from assay.view.text.evidence.checks import STATUSES
from assay.view.text.evidence.records import NAMES
from assay.view.text.evidence.rows import rows

_SHORT: Mapping[Code, str] = {
    Says.NO_COMMIT: "no commit",
    Says.COMMIT_NO_HASH: "a commit that is no hash",
    Says.COMMITS_VARY: "several commits",
    Says.NO_TREE: "nobody knows whether all was committed",
    Says.TREE_DIRTY: "changes that nobody kept",
    Says.TREE_TOO_LARGE: "changes too large to keep",
    Says.SCRIPT_UNTRACKED: "a script outside of the repository",
    Says.NO_DATA_SOURCE: "no source",
    Says.DATA_FROM_UNKNOWN_CODE: "made by code of an unknown commit",
    Says.DATA_LOCAL: "a path without an address",
    Says.NO_DATA_VERSION: "no digest",
    Says.DIGESTS_LACK: "a dataset without digest",
    Says.DATA_VARIES: "several versions of the data under one name",
    Says.NO_SEEDS: "no seeds",
    Says.SEEDS_PARTLY: "some seeds only",
    Says.SEED_PARAM: "a seed param, no levels",
    Says.NO_ENVIRONMENT: "no environment",
    Says.ENVIRONMENT_PARTLY: "half an environment",
    Says.ENVIRONMENT_DAMAGED: "a damaged environment",
    Says.NO_PACKAGES: "no packages",
    Says.PACKAGES_LOCAL: "packages from a folder",
    Says.REQUIREMENTS_LOOSE: "packages without version",
    Says.NO_HARDWARE: "no hardware",
    Says.HARDWARE_PARTLY: "half of the hardware",
    Says.NO_COMMAND: "no command",
    Says.COMMAND_HIDDEN: "a command with hidden values",
    Says.COMMAND_SOURCE: "a script without arguments",
    Says.NO_PIPELINE: "no recipe",
    Says.NOTHING_LOGGED: "neither params nor metrics",
    Says.LOGGED_METRICS: "metrics only",
    Says.LOGGED_PARAMS: "params only",
}
_MOST, _LONGEST = 2, 30


def badge(own: ElementCount) -> str:
    """`✓ 7 of 8` as a Markdown badge; of what is not on record anywhere the dash."""
    sign = STATUSES[CheckStatus.PASS if own.rows == own.of else own.worst]
    return f":{sign.colour}-badge[{sign.glyph} {own.rows:,} of {own.of:,}]"


def line(found: Reproducibility, own: ElementCount) -> str:
    """What is not on record in which row, the worst first, or what is in all; Markdown."""
    checks = [check for check in ELEMENTS[own.element] if check is not RecordCheck.CONTAINER]
    lacking: dict[tuple[int, str], list[CheckRow]] = {}
    for row in found.rows:
        for check in checks:
            cell = row.cell(check)
            if not on_record(row, check):
                lacking.setdefault((-cell.check.status.severity, _said(cell)), []).append(row)
    if not lacking:
        return _whole(found, own)
    told = sorted(lacking.items(), key=lambda one: (one[0][0], -len(one[1])))
    parts = [f"{what}{_of(found, of)}" for (_, what), of in told[:_MOST]]
    rest = len(told) - len(parts)
    return "; ".join(parts) + (f"; and {rest} more" if rest else "")


def _said(cell: CheckCell) -> str:
    return _SHORT.get(cell.check.note.code, f"{NAMES[cell.check.check]} {STATUSES[cell.check.status].word}")


def _of(found: Reproducibility, of: list[CheckRow]) -> str:
    """` in svc-rbf`, ` in both runs`, ` in all 8 configurations`; nothing where there is one row."""
    if len(found.rows) == 1:
        return ""
    if len(of) == len(found.rows):
        return f" in {rows(found, 2).replace('2', 'both')}" if len(of) == 2 else f" in all {rows(found, len(of))}"
    return f" in {code(short(of[0].label, _LONGEST)) if len(of) == 1 else rows(found, len(of))}"


def _whole(found: Reproducibility, own: ElementCount) -> str:
    """Of code the commit where all rows are of one; else what it is made of."""
    checks = [NAMES[check] for check in ELEMENTS[own.element] if check is not RecordCheck.CONTAINER]
    notes = {row.cell(RecordCheck.CODE_VERSION).check.note for row in found.rows}
    if RecordCheck.CODE_VERSION in ELEMENTS[own.element] and len(notes) == 1:
        return f"one commit, {code(str(dict(notes.pop().values).get('commit', '')))}"
    return ", ".join(checks) if len(checks) > 1 else "on record everywhere"
