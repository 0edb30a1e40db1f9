"""The documented JSON object of leakage."""

from collections.abc import Mapping
from typing import Any

from assay.model.evidence.leakage import Finding, Leakage, ScoreMean, Worth
from assay.view.objects.matrix import Json, checked
from assay.view.text.evidence.report import Findings
from assay.view.text.notes import words


def leakage(found: Leakage, findings: Findings | None = None) -> Json:
    """Rows with every check; `findings`: those of which it was asked what they are worth.

    Values and limits as the check measures them; scores in the unit that was logged.
    """
    known = findings or {}
    return checked(found, lambda cell: _worth(known.get((cell.run_id, cell.check.check))))


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
