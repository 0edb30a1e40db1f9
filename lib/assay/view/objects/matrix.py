"""Rows × checks as the JSON that every page on checks shares."""

from collections.abc import Callable
from typing import Any

from assay.model.evidence.matrix import CheckCell, CheckMatrix, CheckRow
from assay.view.objects import bare, noted
from assay.view.text.notes import words

Json = dict[str, Any]


def checked(found: CheckMatrix, more: Callable[[CheckCell], Json] = lambda _: {}) -> Json:
    """Rows with every check, what was asked, and how many runs were looked at; `more`: what else a cell has."""
    return {
        "runs": [_row(row, more) for row in found.rows],
        "summary": {check: dict(counts) for check, counts in found.summary.items()},
        "asked": {
            "experiments": found.question.experiments,
            "filter": found.question.filter or None,
            "deleted": found.question.deleted,
            "ignore": found.question.ignore,
            "rows": "runs" if found.question.single else "configurations",
            "first": found.question.first,
            "most": found.question.most,
        },
        "rows": found.total,
        "found": found.runs,
        "read": found.read,
        "notes": [noted(own) for own in found.notes],
        "warnings": [words(own) for own in found.notes],
    }


def _row(row: CheckRow, more: Callable[[CheckCell], Json]) -> Json:
    return {
        "run_id": row.run_id,
        "label": row.label,
        "experiment": row.experiment,
        "run_ids": row.run_ids,
        "checks": [{**_check(cell), **more(cell)} for cell in row.cells],
    }


def _check(cell: CheckCell) -> Json:
    own, found = cell.check, cell.check.offenders
    read = {"sources": own.sources, "ids": found.ids, "n": found.n, "of": found.of}
    return {
        "check": own.check,
        "status": own.status,
        "value": own.value,
        "limit": own.limit,
        "mean": cell.mean,
        "message": words(own.note),
        "note": bare(own.note),
        "evidence": read if own.sources or found.n else None,
        "run_ids": cell.alike,
    }
