"""Reviews as tables to look through, to print and to take along."""

from collections.abc import Sequence

import pandas as pd

from assay.model.note import Note
from assay.model.review.evidence import Change
from assay.model.review.gate import ReviewLine, ReviewStanding
from assay.model.review.review import ReviewStatus
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, short
from assay.view.text.review import answers as text
from assay.view.text.review import criteria as own
from assay.view.text.review.changes import shown
from assay.view.text.review.marks import DECISIONS, STALE, STATES, STATUSES, in_sentence
from assay.view.text.review.people import cell, labels_of, time, who

_LONGEST = 120
_FRESH = {True: "fresh", False: f"{STALE} stale", None: "not looked at"}


def reviews(lines: Sequence[ReviewLine], *, linked: Sequence[str] = ()) -> Table:
    """A row a review; `linked`: the address of each, for a column that opens it."""
    columns = {
        "id": Column("review", "link" if linked else "text", r"review=([^&]+)" if linked else "", 74, pinned=True),
        "title": Column("title", width=300),
        "state": Column("state", "marks", colours={one.label: one.colour for one in STATES.values()}),
        "waits": Column("waits for"),
        "gate": Column("gate", "marks", colours={_word(one.word): one.colour for one in DECISIONS.values()}),
        "fresh": Column("evidence"),
        "by": Column("opened by"),
        "opened": Column("opened", "ago"),
    }
    rows = [
        (
            linked[place] if linked else line.review.id,
            _cell(line.review.title),
            [STATES[line.state].label],
            in_sentence(*line.waits_for) if line.waits_for else "",
            [line.decision.value] if line.decision else [],
            _FRESH[line.fresh] if line.review.status is ReviewStatus.OPEN else "",
            _cell(who(line.review.made, namer=flat)),
            time(line.review.made.at),
        )
        for place, line in enumerate(lines)
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "Reviews, with the state of each")


def criteria(standing: ReviewStanding) -> Table:
    """A row a criterion, what keeps the candidate back first."""
    labels = labels_of(standing)
    columns = {
        "status": Column("status", "marks", colours={one.label: one.colour for one in STATUSES.values()}),
        "criterion": Column("criterion", pinned=True),
        "number": Column("number and limit"),
        "blocks": Column("blocks"),
    }
    rows = [
        (
            [STATUSES[one.status].label],
            own.name(one),
            csv_cell(flat(own.number(one, labels))),
            "yes" if one.blocking else "no",
        )
        for one in own.ordered(standing)
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "What the gate asks of the candidate")


def answers(standing: ReviewStanding) -> Table:
    """A row an item: its status, what it rests on, and who answered."""
    columns = {
        "list": Column("list"),
        "item": Column("item"),
        "question": Column("question"),
        "status": Column("status"),
        "severity": Column("if no"),
        "basis": Column("proof or answer"),
    }
    labels = labels_of(standing)
    rows = [
        (
            one.found.checklist,
            one.found.item,
            _cell(text.question(one)),
            one.status.value.replace("_", " "),
            one.found.severity.value,
            csv_cell(flat(text.basis(one, labels, namer=flat))),
        )
        for one in text.items(standing)
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "The items of the checklists")


def changes(found: Sequence[Change], labels: Sequence[str]) -> Table:
    """A row a difference between two bases."""

    def said(own: Note) -> str:
        return cell(own, labels, namer=flat)

    columns = {"what": Column("what changed"), "before": Column("before"), "now": Column("now")}
    rows = [
        (_cell(said(one.note)), _cell(shown(one, one.before)), _cell(shown(one, one.now)))
        if one.then is None
        else ("the result", _cell(said(one.then)), _cell(said(one.note)))
        for one in found
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "What changed")


def _cell(given: str) -> str:
    return csv_cell(short(given, _LONGEST))


def _word(gate: str) -> str:
    return gate.removeprefix("gate: ")
