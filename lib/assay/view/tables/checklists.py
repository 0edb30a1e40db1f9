"""Checklists as tables to print and to take along."""

from collections.abc import Sequence

import pandas as pd

from assay.model.evidence.checklist import ItemStatus, Language, Severity
from assay.model.evidence.proved import AnsweredChecklist, Proved
from assay.view.tables.column import Column, Table
from assay.view.text.checklists.items import plain
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.escape import csv_cell, flat


def items(found: Proved, answered: AnsweredChecklist, language: Language) -> Table:
    """A row an item, in the order of the list."""
    phrases = PHRASES[language]
    title = flat(answered.checklist.title[language])
    columns = {
        "place": Column("", "number", "%d", width=40),
        "status": Column("status", "marks", colours={one.label: one.colour for one in phrases.statuses.values()}),
        "severity": Column("if no"),
        "item": Column("item"),
        "proof": Column("proof, or what it needs"),
    }
    rows = [
        (
            place,
            [phrases.statuses[one.status].label],
            _severity(one.item.severity, one.status, language),
            csv_cell(flat(one.item.text[language])),
            csv_cell(flat(plain(found, one, language))),
        )
        for place, one in enumerate(answered.answers, start=1)
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, f"The items of {title}", spare=("severity",))


def lists(found: Proved, shown: Sequence[AnsweredChecklist], language: Language) -> Table:
    """A row a list; what is proved of it where there is a candidate."""
    counted = {"proved": Column("proved", "right"), "against": Column("against", "right")} if found.candidate else {}
    columns = {
        "name": Column("name"),
        "title": Column("title"),
        "items": Column("items", "right"),
        "automatic": Column("runs can prove", "right"),
        **counted,
        "version": Column("version", "right"),
    }
    rows = [
        {
            "name": own.checklist.name,
            "title": csv_cell(flat(own.checklist.title[language])),
            "items": str(len(own.answers)),
            "automatic": str(sum(bool(one.item.check) for one in own.answers)),
            "proved": str(own.yes),
            "against": str(own.no),
            "version": str(own.checklist.version),
        }
        for own in shown
    ]
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, "Every checklist")


def _severity(own: Severity, status: ItemStatus, language: Language) -> str:
    return "" if status is ItemStatus.YES else PHRASES[language].severities[own][0].word
