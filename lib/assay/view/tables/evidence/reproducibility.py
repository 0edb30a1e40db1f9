"""What is on record, in which fields runs differ, and what repeats say, as tables."""

import re
from collections.abc import Sequence

import pandas as pd

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.record import RecordCheck
from assay.model.evidence.reproducibility import Disagreement, FieldDifference, FieldValue, Repeat, Reproducibility
from assay.view.tables.column import Column, Table
from assay.view.tables.evidence.matrix import COLOURS, checked, terse
from assay.view.text.escape import csv_cell, short
from assay.view.text.evidence.checks import STATUSES
from assay.view.text.evidence.records import LOOKS_FOR, NAMES, field
from assay.view.text.evidence.rows import listed
from assay.view.text.numbers import MISSING, Scale, count, scale
from assay.view.text.verdicts import Mark

_HASH = re.compile(r"[0-9a-f]{32,}")
_LONGEST, _MOST, _OF_HASH, _FITS = 60, 2, 8, 16
_ASIDE = Mark("–", "no warning", "gray")
_AGREED = Mark("✓", "reproduced", "green")
_APART = {
    CheckStatus.FAIL: Mark("✕", "disagrees", "red"),
    CheckStatus.WARN: Mark("!", "differs", "orange"),
}
_NOT_COMPARED = Mark("–", "not comparable", "gray")
_MARKS = {mark.label: mark.colour for mark in (_AGREED, *_APART.values(), _NOT_COMPARED)}


def shown(found: Reproducibility, asked: Sequence[RecordCheck] = ()) -> tuple[RecordCheck, ...]:
    """The checks that are columns: those asked for, else those that found something; and repeats."""
    wanted = {*(asked or found.telling), RecordCheck.REPEATS}
    return tuple(check for check in RecordCheck if check in wanted)


def matrix(found: Reproducibility, columns: Sequence[RecordCheck] = tuple(RecordCheck)) -> Table:
    """A row a configuration or run, a column a check of its record."""
    return checked(found, columns, NAMES, LOOKS_FOR)


def brief(found: Reproducibility) -> Table:
    """The same for a terminal, of what found something."""
    return terse(found, shown(found), NAMES)


def differences(found: Reproducibility) -> Table:
    """A row a field: the value of the fewest runs, and what it is held against; warnings first.

    `data`: a row a value, with all of its runs.
    """
    made = [_difference(one, beside=found.against is not None) for one in found.differences]
    columns = {
        "field": Column("field", pinned=True, width=106),
        "where": Column("where", width=126),
        "value": Column("value", width=208),
        "against": Column("against", width=168),
        "status": Column("", "marks", width=106, colours=COLOURS | {_ASIDE.label: _ASIDE.colour}),
    }
    data = [
        {
            "kind": one.field.kind.value,
            "field": one.field.name,
            "side": side,
            "value": own.value,
            "runs": len(own.run_ids),
            "run_ids": " ".join(own.run_ids),
            "labels": ", ".join(own.labels),
            "status": one.status.value,
        }
        for one in found.differences
        for side, values in (("found", one.values), ("against", one.against))
        for own in values
    ]
    alt = "The fields in which the runs differ, with who has what"
    return Table(pd.DataFrame(made, columns=list(columns)), columns, alt, pd.DataFrame(data))


def _difference(one: FieldDifference, *, beside: bool) -> dict[str, object]:
    """Held against other runs: all values of both, what the other side lacks first; else what fewer runs have against
    what most have.
    """
    apart = one.values if len(one.values) < 2 else one.values[:0:-1]
    odd = _lacked(one.values, one.against) if beside else apart
    usual = _lacked(one.against, one.values) if beside else one.values[:1]
    labels = list(dict.fromkeys([*one.parts, *(label for own in odd for label in own.labels)]))
    mark = STATUSES[one.status] if one.status.is_finding else _ASIDE
    return {
        "field": csv_cell(field(one.field)),
        "where": csv_cell(_where(labels)),
        "value": csv_cell(_values(odd)),
        "against": csv_cell(_values(usual)),
        "status": [mark.label],
    }


def _lacked(own: Sequence[FieldValue], others: Sequence[FieldValue]) -> Sequence[FieldValue]:
    known = {other.value for other in others}
    return sorted(own, key=lambda one: one.value in known)


def _where(labels: Sequence[str]) -> str:
    """Names while they fit their column, which shows no more than one long one."""
    named = listed([short(one, 30) for one in labels])
    return named if len(labels) < 2 or len(named) <= _FITS else count(len(labels), "configuration")


def _values(values: Sequence[FieldValue]) -> str:
    """`3 runs: 9f3c1e07; 1 run: b07d42aa`; of more than two the first and how many others."""
    said = [f"{count(len(one.run_ids), 'run')}: {_value(one.value)}" for one in values]
    return "; ".join(said) or MISSING if len(said) <= _MOST else f"{said[0]}; {len(said) - 1:,} others"


def _value(value: str | None) -> str:
    if value is None:
        return "not there"
    return value[:_OF_HASH] if _HASH.fullmatch(value) else short(value, _LONGEST)


def repeats(found: Reproducibility) -> Table:
    """A row a group of repeats, the worst first; `data`: every metric in which they differ."""
    columns = {
        "label": Column("configuration, seed", pinned=True, width=168),
        "n": Column("n", "number", "%,d", width=36),
        "said": Column("all metrics", "marks", width=108, colours=_MARKS),
        "metrics": Column("metrics", "number", "%,d", width=60, help="Logged by all of them, measured ones aside."),
        "across": Column("across", width=136),
        "apart": Column("furthest apart", width=118),
        "std": Column("± std of seeds", "right", width=92, help="Of the configuration, in this metric."),
    }
    made = [_repeat(one) for one in found.repeats]
    data = [
        {
            "label": one.label,
            "experiment": one.experiment,
            "seed": one.seed,
            "run_ids": " ".join(one.run_ids),
            "status": one.status.value,
            "metrics": one.compared,
            "metric": apart.metric.name if apart else None,
            "smallest": apart.smallest if apart else None,
            "largest": apart.largest if apart else None,
            "difference": apart.difference if apart else None,
            "std": apart.std if apart else None,
        }
        for one in found.repeats
        for apart in (one.apart or (None,))
    ]
    alt = "Runs of the same setup and seed, with how far apart they are"
    return Table(pd.DataFrame(made, columns=list(columns)), columns, alt, pd.DataFrame(data))


def _repeat(one: Repeat) -> dict[str, object]:
    first = one.apart[0] if one.apart else None
    told = _scale(first) if first else None
    seed = "" if one.seed is None else f", seed {one.seed}"
    return {
        "label": csv_cell(short(f"{one.label}{seed}", _LONGEST)),
        "n": len(one.run_ids),
        "said": [_mark(one).label],
        "metrics": one.compared,
        "across": csv_cell(_across(one)),
        "apart": csv_cell(f"{short(first.metric.name, 40)} {told.distance(first.difference)}")
        if first and told
        else MISSING,
        "std": told.distance(first.std) if first and told and first.std is not None else MISSING,
    }


def _mark(one: Repeat) -> Mark:
    if one.identical:
        return _AGREED
    return _APART.get(one.status, _NOT_COMPARED) if one.apart else _NOT_COMPARED


def _across(one: Repeat) -> str:
    """The fields in which they differ; whether nothing differs, or nothing is on record to tell."""
    if one.across:
        return listed([field(own) for own in one.across], 1 if len(one.across) > _MOST else _MOST)
    if one.unread:
        return "not looked at"
    return "nothing on record" if one.looked else "no record"


def _scale(own: Disagreement) -> Scale:
    return scale(own.metric.unit, [own.smallest, own.largest], [own.std], [own.difference])
