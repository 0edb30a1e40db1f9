"""The first lines of whether somebody else could get this again, and how far to trust them."""

from collections.abc import Sequence

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.record import NEEDED, RECORDS, RecordCheck
from assay.model.evidence.reproducibility import FieldKind, Repeat, Reproducibility
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code, named
from assay.view.text.evidence.checks import STATUSES, Namer
from assay.view.text.evidence.records import NAMES, field
from assay.view.text.evidence.rows import called, counted, everywhere, in_view, listed, rows
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import count, scale

CAVEAT = "A pass means it is on record, not that a second run was made."
SAME = "Same as far as MLflow looks: its digest covers the first 10,000 rows."
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_FIRST = (
    RecordCheck.DATA_VERSION,
    RecordCheck.CODE_VERSION,
    RecordCheck.LOGGING,
    RecordCheck.CODE_CLEAN,
    RecordCheck.DATA_ACCESS,
)
"""What matters most, where something was found."""
_MOST_FOLLOWING, _MOST_ASIDE = 2, 2


def _number(n: int) -> str:
    """`six`, `1,204`."""
    return _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"


def headline(found: Reproducibility, *, name: Namer = code) -> str:
    """What repeats say, and how many rows can be run again; Markdown unless `name` says otherwise."""
    if not found.rows:
        return "No run to look at."
    if bare(found):
        return f"Nothing that a second run needs is on record in {in_view(found, found.rows)}."
    return f"{_repeats(found, name)} {_again(found)}"


def bare(found: Reproducibility) -> bool:
    """Whether rows are there of which nobody logged more than params and metrics."""
    asked = tuple(check for check in NEEDED if check is not RecordCheck.LOGGING)
    return bool(found.rows) and len(everywhere(found, CheckStatus.NOT_LOGGED, asked)) == len(asked)


def _repeats(found: Reproducibility, name: Namer) -> str:
    by = {status: [one for one in found.repeats if one.status is status] for status in CheckStatus}
    if failed := by[CheckStatus.FAIL]:
        return f"{_these(failed, name)} though nothing on record differs."
    if apart := [one for one in by[CheckStatus.WARN] if one.apart]:
        if any(one.unread for one in apart):
            return f"{_these(apart, name)}; why is not looked at in full."
        return f"{_these(apart, name)}, and what is on record differs too."
    agreeing = [one for one in found.repeats if one.identical]
    if not agreeing:
        return "No repeat can be compared." if found.repeats else "Nothing was repeated."
    if len(agreeing) == 1:
        return "The one repeat agrees to the last digit."
    return f"Every repeat agrees to the last digit, {_number(len(agreeing))} of them."


def _these(repeats: Sequence[Repeat], name: Namer) -> str:
    """`One repeat of svc-rbf disagrees`, `Three repeats disagree`."""
    if len(repeats) == 1:
        return f"One repeat of {name(repeats[0].label)} disagrees"
    return f"{_number(len(repeats)).capitalize()} repeats disagree"


def _again(found: Reproducibility) -> str:
    """`Six of eight configurations can be run again.`"""
    n, of = len(found.again), len(found.rows)
    what = in_view(found, found.rows).removeprefix(f"{of:,} ")
    if of == 1:
        return f"The one {what} can{'' if n else 'not'} be run again by its record."
    if not n:
        return f"{'Neither' if of == 2 else 'None'} of {_number(of)} {what} can be run again by its record."
    if n == of:
        return f"{'Both' if of == 2 else f'All {_number(of)}'} {what} can be run again."
    return f"{_number(n).capitalize()} of {_number(of)} {what} can be run again."


def badges(found: Reproducibility) -> tuple[Fact, ...]:
    """How many cells in view have which status, of how many."""
    return (*counted(found), Fact(f"{rows(found, len(found.rows))} × {len(RECORDS)} records and repeats"))


def follows(found: Reproducibility, *, name: Namer = code) -> str:
    """A sentence or two on what matters most beside repeats; empty where nothing was found."""
    said = list[str]()
    for check in (*_FIRST, *(one for one in RECORDS if one not in _FIRST)):
        own = [row for row in found.rows if row.cell(check).check.status.is_finding]
        if own and len(said) < _MOST_FOLLOWING:
            note = own[0].cell(check).check.note
            others = f" and {rows(found, len(own) - 1).replace(' ', ' more ', 1)}" if len(own) > 1 else ""
            said.append(f"{called(found, own[0], name)}{others}: {(as_markdown if name is code else words)(note)}")
    return " ".join(said)


def caveat(found: Reproducibility, *, name: Namer = code) -> str:
    """How far to trust it, and what no repeat is held to."""
    if not found.aside:
        return CAVEAT
    names = listed([name(one) for one in found.aside], _MOST_ASIDE)
    n = count(len(found.aside), "metric")
    return f"{CAVEAT} What is measured anew each time never repeats: {n} left out of repeats ({names})."


def folded(found: Reproducibility, shown: Sequence[str]) -> str:
    """Which checks are no column, and why."""
    hidden = [check for check in RECORDS if check not in shown]
    if not hidden:
        return ""
    passed, silent = (everywhere(found, status, hidden) for status in (CheckStatus.PASS, CheckStatus.NOT_LOGGED))
    mixed = [one for one in hidden if one not in {*passed, *silent}]
    ends = ((passed, "on record in every row"), (silent, "not logged in any row"), (mixed, "in no finding"))
    parts = [
        f"{_listing([NAMES[one] for one in of])} {'is' if len(of) == 1 else 'are'} {why}" for of, why in ends if of
    ]
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}: folded, to be unfolded under Record."


def _listing(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def basis(found: Reproducibility) -> str:
    """What was looked at, and what a cell stands for."""
    what = "A row is one run." if found.question.single else "A cell is the worst of the runs of its row."
    if found.read < found.runs:
        return f"{what} Files were read of {found.read:,} of {count(found.runs, 'run')}: those of the rows in view."
    return f"{what} {count(found.runs, 'run')} {'was' if found.runs == 1 else 'were'} looked at."


def compared(found: Reproducibility) -> str:
    """Of how many fields those that differ are, and what the same data are; first whether nothing is held against."""
    if found.against == 0:
        return f"No run is found to hold {'them' if found.runs > 1 else 'it'} against. {_fields(found)}"
    return _fields(found)


def _fields(found: Reproducibility) -> str:
    total, packages = sum(found.compared.values()), found.compared.get(FieldKind.PACKAGES, 0)
    if not total:
        return "No field is on record of two runs, so nobody knows what differs."
    of = f" ({packages:,} of them packages)" if packages else ""
    alike = "No field has other values there" if found.against else "Nothing differs"
    differ = "Only fields that differ" if found.differences else alike
    data = f" {SAME}" if found.compared.get(FieldKind.DATA) else ""
    return f"{differ}, of {total:,} compared{of}.{data}"


def worst_repeat(found: Reproducibility, *, name: Namer = code) -> str:
    """The repeat that is furthest apart, with both its values; empty where all agree."""
    worst = next((one for one in found.repeats if one.apart), None)
    if worst is None:
        return ""
    first = worst.apart[0]
    told = scale(first.metric.unit, [first.smallest, first.largest], [first.difference], [first.difference])
    values = f"{name(first.metric.name)} {told.bare(first.smallest)} and {told.value(first.largest)}"
    why = (
        "Nothing on record differs: something that is not logged changed."
        if worst.status is CheckStatus.FAIL
        else "Files of some are not looked at."
        if worst.unread
        else f"They differ in {listed([name(field(one)) for one in worst.across], 5)}."
    )
    return f"{name(worst.label)}{_seed(worst, name)}: {values}. {why}"


def by_chance(found: Reproducibility, *, name: Namer = code) -> str:
    """The repeats whose agreement proves little; empty where there are none."""
    own = [f"{name(one.label)}{_seed(one, name)}" for one in found.repeats if one.by_chance]
    if not own:
        return ""
    return (
        f"{listed(own, 3)}: only values of few digits or shares of few rows are equal, which trainings that differ "
        "share now and then. Log a loss beside them."
    )


def _seed(repeat: Repeat, name: Namer) -> str:
    return "" if repeat.seed is None else f", seed {name(repeat.seed)}"


def heading(row: CheckRow, cell: CheckCell, name: Namer) -> str:
    """**svc-rbf**, data version: ✓ pass."""
    return f"{name(row.label)}, {NAMES[cell.check.check]}: {STATUSES[cell.check.status].label}"


def reports(found: Reproducibility) -> list[str]:
    """The answer for a report, as plain text: a line a finding, the worst repeat, and how far to trust it."""
    alike: dict[tuple[CheckStatus, str, str], list[str]] = {}
    for row, cell in found.findings:
        key = (cell.check.status, cell.check.check, words(cell.check.note))
        alike.setdefault(key, []).append(called(found, row, named))
    lines = [
        f"{STATUSES[status].label}: {NAMES[check]}, {listed(of)}: {said}" for (status, check, said), of in alike.items()
    ]
    trust = [compared(found), basis(found), caveat(found, name=named)] if found.rows else []
    repeats = (worst_repeat(found, name=named), by_chance(found, name=named))
    return [one for one in (headline(found, name=named), *lines, *repeats, *trust) if one]
