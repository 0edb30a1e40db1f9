"""One finding in sentences: what was found and where it was read, and what it is worth."""

from assay.model.evidence.check import Check
from assay.model.evidence.leakage import Finding, ScoreMean, Twin, Worth
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.view.text.escape import code, markdown
from assay.view.text.evidence.checks import NAMES, STATUSES
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import Scale, count, percent, scale

_MOST_SOURCES = 3
_ID = 8


def heading(row: CheckRow, cell: CheckCell) -> str:
    """**moved-before-split**, groups apart: ✕ fail."""
    return f"{markdown(row.label)}, {NAMES[cell.check.check]}: {STATUSES[cell.check.status].label}"


def said(row: CheckRow, cell: CheckCell) -> str:
    """The finding, and in how many runs of the row."""
    runs = len(row.run_ids)
    among = f" In {'all' if len(cell.alike) == runs else f'{len(cell.alike)} of'} {runs} runs." if runs > 1 else ""
    return f"{as_markdown(cell.check.note)}{among}"


def sources(cell: CheckCell) -> str:
    """`evidence/splits.parquet`, run 4b1d07c2 and 4 more."""
    files = [code(source) for source in cell.check.sources[:_MOST_SOURCES]]
    rest = len(cell.check.sources) - len(files)
    more = f" and {rest:,} more" if rest > 0 else ""
    others = len(cell.alike) - 1
    runs = f"run {code(cell.run_id[:_ID])}{f' and {others:,} more' if others > 0 else ''}"
    return f"Source: {', '.join(files)}{more}, {runs}." if files else f"Source: {runs}."


def offenders(check: Check) -> str:
    """How many there are, and how many of them the table names."""
    found = check.offenders
    of = f" of {found.of:,}" if found.of else ""
    if len(found.named) == found.n:
        return f"{count(found.n, 'held-out example')}{of}."
    return f"{count(found.n, 'held-out example')}{of}; the first {len(found.named):,} are named."


def scale_of(found: Worth, *others: ScoreMean | None) -> Scale:
    """As fine as the intervals ask for."""
    estimates = [one for one in (found.logged, found.without, *others) if one]
    halves = [(one.interval[1] - one.interval[0]) / 2 for one in estimates if one.interval]
    apart = [(found.interval[1] - found.interval[0]) / 2] if found.interval else []
    return scale(found.metric.unit, [one.mean for one in estimates], halves, apart)


def over(found: Worth) -> str:
    """What its intervals are over: `5 trainings`, `240 test examples`."""
    return count(found.runs, "training") if found.over_seeds else count(found.logged.n, "test example")


def worth(found: Finding, *, plain: bool = False) -> str:
    """What the score is without the examples that the finding names; why nobody can say where none is.

    Markdown unless `plain`.
    """
    own, name = found.worth, (lambda text: text) if plain else code
    if own is None:
        return (words if plain else as_markdown)(found.reason)
    told = scale_of(own, found.twin.logged if found.twin else None)
    logged = f"{name(own.metric.name)} {told.value(own.logged.mean)}"
    if own.without is None or own.difference is None:
        none = "No clean test row is left"
        return f"{none if plain else f'**{none}**'}: all {own.logged.n:,} examples behind {logged} are in the finding."
    clean, whole = told.value(own.without.mean), told.value(own.logged.mean)
    lead = f"Without them {name(own.metric.name)} is {clean if plain else f'**{clean}**'} instead of {whole}"
    return f"{lead}{_change(own, told, plain=plain)} {_left(own)}"


def _change(own: Worth, told: Scale, *, plain: bool) -> str:
    """`: they are worth 2.1 points, 95 % CI +1.4 to +2.8, over 5 trainings.`"""
    assert own.difference is not None
    if own.interval is None:
        return f", over {over(own)}: too few for an interval."
    limits = f"{percent(own.level)} CI {told.limits(*own.interval)}, over {over(own)}"
    shown, gain = own.interval[0] * own.interval[1] > 0, own.metric.direction.gain(own.difference)
    amount = told.distance(own.difference)
    if not shown:
        return f": no difference is shown ({told.difference(own.difference)}, {limits})."
    if own.metric.assumed:
        return f": {amount} apart, {limits}."
    if gain > 0:
        return f": they are worth {amount if plain else f'**{amount}**'}, {limits}."
    return f": they lower the score by {amount}, {limits}."


def _left(own: Worth) -> str:
    """`142 of 360 examples left out; 218 remain.`"""
    low, high = own.lost
    lost = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    assert own.without is not None
    middle = "" if low == high else " in the median run"
    return f"{lost} examples of a run left out; n = {own.without.n:,}{middle}."


def twin(found: Finding) -> str:
    """The configuration that passes, and what it scores."""
    own = found.twin
    if own is None:
        return ""
    scored = ""
    if own.logged is not None and found.worth is not None:
        told = scale_of(found.worth, own.logged).value(own.logged.mean)
        scored = f" with {code(found.worth.metric.name)} **{told}**"
    differs = f" They differ in {', '.join(map(code, own.params))}." if own.params else ""
    return f"The configuration most like it, {code(own.label)}, passes this check{scored}.{differs}"


def caption(found: Worth, other: Twin | None) -> str:
    """What the picture's marks are, and what it can't show."""
    parts = [f"Lines: {percent(found.level)} intervals of each mean over {over(found)}."]
    if found.without is not None:
        parts.append("The first two share examples: their difference is in the sentence, not in whether lines overlap.")
    if other is not None and other.logged is not None:
        own = count(other.runs, "training") if other.runs else count(other.logged.n, "test example")
        line = "" if own == over(found) else f"; its line is over {own}"
        parts.append(f"A twin was trained and tested on rows of its own{line}.")
    return " ".join(parts)
