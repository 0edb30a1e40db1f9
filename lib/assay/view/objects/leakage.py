"""The documented JSON object of leakage."""

from collections.abc import Mapping
from typing import Any

from assay.model.evidence.leakage import Finding, Leakage, ScoreMean, Worth
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.view.objects import bare, noted
from assay.view.text.evidence.report import Findings
from assay.view.text.notes import words

Json = dict[str, Any]


def leakage(found: Leakage, findings: Findings | None = None) -> Json:
    """Rows with every check; `findings`: those of which it was asked what they are worth.

    Values and limits as the check measures them; scores in the unit that was logged.
    """
    known = findings or {}
    return {
        "runs": [_row(row, known) for row in found.rows],
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


def _row(row: CheckRow, findings: Findings) -> Json:
    return {
        "run_id": row.run_id,
        "label": row.label,
        "experiment": row.experiment,
        "run_ids": row.run_ids,
        "checks": [{**_check(cell), **_worth(findings.get((cell.run_id, cell.check.check)))} for cell in row.cells],
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


def _worth(found: Finding | None) -> Json:
    """Null where nothing names examples; with a `reason` where it was asked and cannot be told."""
    if found is None:
        return {"worth": None}
    why = {"reason": words(found.reason).removesuffix(".")} if found.reason else {}
    return {"worth": worth(found.worth), **why}


def worth(own: Worth | None) -> Json | None:
    """The score with and without, and the difference."""
    if own is None:
        return None
    return {
        "metric": own.metric.name,
        "direction": own.metric.direction,
        "direction_source": own.metric.direction_source,
        "unit": own.metric.unit,
        "logged": _estimate(own.logged),
        "without": _estimate(own.without),
        "difference": own.difference,
        "interval": own.interval,
        "level": own.level,
        "runs": own.runs,
        "over": "seeds" if own.over_seeds else "examples",
        "lost": own.lost,
        **({"reason": "no clean test row is left"} if own.without is None else {}),
    }


def _estimate(own: ScoreMean | None) -> Mapping[str, Any] | None:
    return None if own is None else {"mean": own.mean, "n": own.n, "interval": own.interval}


def finding(found: Finding) -> Json:
    """One finding with all that is behind it."""
    return {
        "check": found.question.check,
        "run_ids": found.question.run_ids,
        "examples": [
            {
                "example_id": row.offender.example_id,
                "shared": row.offender.shared,
                "others": row.offender.others,
                "label": row.label,
                "predicted": row.said,
            }
            for row in found.rows
        ],
        **_worth(found),
        "twin": found.twin
        and {
            "label": found.twin.label,
            "run_id": found.twin.run_id,
            "filter": found.twin.filter,
            "params": found.twin.params,
            "logged": _estimate(found.twin.logged),
        },
    }
