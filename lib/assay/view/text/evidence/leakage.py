"""The first lines of what the leakage checks found: who leaks, how many findings there are, and how far to trust it."""

from collections.abc import Sequence

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.leakage import PROOFS, Leakage, LeakageCheck
from assay.model.evidence.matrix import CheckRow
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code
from assay.view.text.evidence.checks import NAMES, Namer
from assay.view.text.evidence.rows import called, counted, everywhere, in_view, rows
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import count

CAVEAT = "A pass means that this check found nothing, not that nothing leaks. No evidence is never a pass."


def headline(found: Leakage, *, name: Namer = code) -> str:
    """Who leaks, and the worst finding in words; Markdown unless `name` says otherwise."""
    worst = found.worst
    if worst is None:
        return "No run to check."
    match worst.worst.check.status:
        case CheckStatus.FAIL:
            return f"{_failing(found, name)} {_finding(found, worst, name)}"
        case CheckStatus.WARN:
            warned = sum(row.worst.check.status is CheckStatus.WARN for row in found.rows)
            who, has = _who(found, warned, name, found.rows), "has" if warned == 1 else "have"
            return f"{_none_fails(found)} {who} {has} a warning. {_finding(found, worst, name)}"
        case CheckStatus.NOT_LOGGED:
            if len(blind(found)) == len(LeakageCheck):
                return f"Nothing that a check could look at is logged in {in_view(found, found.rows)}."
            return f"No check found anything, but not all could look at {in_view(found, found.rows)}."
        case _:
            return f"Every check passes in {in_view(found, found.rows)}."


def _none_fails(found: Leakage) -> str:
    """In the rows in view, where there are more; nobody knows of those whose files were not read."""
    unread = f"; files of {count(found.runs - found.read, 'run')} are unread" if found.read < found.runs else ""
    return f"No check fails{' in view' if found.total > len(found.rows) else ''}{unread}."


def _failing(found: Leakage, name: Namer) -> str:
    """`4 of 8 configurations leak.`; they `fail a check` where a fail is no proof of a leak."""
    failing = found.failing
    proven = all(any(row.cell(check).check.status is CheckStatus.FAIL for check in PROOFS) for row in failing)
    one = len(failing) == 1
    verb = ("leaks" if one else "leak") if proven else ("fails a check" if one else "fail a check")
    return f"{_who(found, len(failing), name, found.known)} {verb}."


def _who(found: Leakage, n: int, name: Namer, among: Sequence[CheckRow]) -> str:
    """`4 of 8 configurations`, `All 8 configurations`, a single one by its name; in view where there are more."""
    total = len(among)
    if total == found.total == 1:
        return name(found.rows[0].label)
    return f"{'All' if n == total > 1 else f'{n:,} of'} {in_view(found, among)}"


def _finding(found: Leakage, row: CheckRow, name: Namer) -> str:
    """`svc-rbf`: 240 of 240 test rows …; without a name where there is one row."""
    said = (as_markdown if name is code else words)(row.worst.check.note)
    return said if found.total == 1 else f"{called(found, row, name)}: {said}"


def blind(found: Leakage) -> tuple[str, ...]:
    """The checks that had nothing to look at in any row in view."""
    return everywhere(found, CheckStatus.NOT_LOGGED, tuple(LeakageCheck))


def badges(found: Leakage) -> tuple[Fact, ...]:
    """How many cells in view have which status, and how many checks pass in all of them."""
    facts = counted(found)
    passed = len(everywhere(found, CheckStatus.PASS, tuple(LeakageCheck)))
    if passed and passed < len(LeakageCheck):
        verb = "passes" if passed == 1 else "pass"
        facts.append(Fact(f"{count(passed, 'check')} of {len(LeakageCheck)} {verb} everywhere"))
    return tuple(facts)


def follows(found: Leakage) -> str:
    """What the checks could not look at, Markdown; empty where all could."""
    unseen = blind(found)
    if not unseen or len(unseen) == len(LeakageCheck):
        return ""
    names = ", ".join(f"**{NAMES[check]}**" for check in unseen)
    had = "has" if len(unseen) == 1 else "have"
    nothing = f"{count(len(unseen), 'check')} {had} nothing to look at in any row: {names}."
    return f"{nothing} Show {'it' if len(unseen) == 1 else 'them'} under Checks; a cell says what to log."


def heading(found: Leakage, shown: Sequence[LeakageCheck]) -> str:
    """`8 configurations × 8 of 15 checks`."""
    of = "" if len(shown) == len(LeakageCheck) else f"{len(shown)} of "
    return f"{rows(found, len(found.rows))} × {of}{len(LeakageCheck)} checks"


def basis(found: Leakage) -> str:
    """What was looked at, and what a cell stands for."""
    what = "A row is one run." if found.question.single else "A cell is the worst finding over the runs of a row."
    if found.read < found.runs:
        read = f"Evidence files were read of {found.read:,} of {count(found.runs, 'run')}: those of the rows in view"
        return f"{what} {read}; metrics and inputs were looked at in all of them."
    return f"{what} {count(found.runs, 'run')} {'was' if found.runs == 1 else 'were'} looked at."
