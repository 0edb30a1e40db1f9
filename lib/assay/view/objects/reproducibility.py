"""The documented JSON object of reproducibility."""

from typing import Any

from assay.model.evidence.reproducibility import (
    Disagreement,
    FieldDifference,
    FieldValue,
    Repeat,
    Reproducibility,
)
from assay.model.evidence.reproduction import Reproduction
from assay.view.objects import noted
from assay.view.objects.matrix import checked
from assay.view.text.notes import words

Json = dict[str, Any]


def reproducibility(found: Reproducibility) -> Json:
    """Rows with every check of their record; fields that differ, with who has what; repeats, the worst first."""
    made = checked(found)
    return {
        **made,
        "asked": {**made["asked"], "against": found.question.against or None},
        "elements": [
            {"element": one.element, "rows": one.rows, "of": one.of, "worst": one.worst} for one in found.elements
        ],
        "again": [row.run_id for row in found.again],
        "compared": dict(found.compared),
        "against": found.against,
        "differences": [_difference(one) for one in found.differences],
        "repeats": [_repeat(one) for one in found.repeats],
        "aside": found.aside,
    }


def _difference(one: FieldDifference) -> Json:
    return {
        "field": one.field.name,
        "kind": one.field.kind,
        "status": one.status,
        "values": _by_run(one.values),
        "against": _by_run(one.against),
        "parts": one.parts,
        "unknown": one.unknown,
    }


def _by_run(values: tuple[FieldValue, ...]) -> dict[str, str | None]:
    return {run_id: own.value for own in values for run_id in own.run_ids}


def _repeat(one: Repeat) -> Json:
    return {
        "run_ids": one.run_ids,
        "label": one.label,
        "experiment": one.experiment,
        "seed": one.seed,
        "identical": one.identical,
        "status": one.status,
        "metrics": one.compared,
        "telling": one.telling,
        "measured": one.aside,
        "across": [{"kind": field.kind, "field": field.name} for field in one.across],
        "looked": one.looked,
        "unread": one.unread,
        "largest_difference": _apart(one.apart[0]) if one.apart else None,
        "differences": [_apart(own) for own in one.apart],
    }


def _apart(own: Disagreement) -> Json:
    return {
        "metric": own.metric.name,
        "unit": own.metric.unit,
        "difference": own.difference,
        "smallest": own.smallest,
        "largest": own.largest,
        "std": own.std,
        "seeds": own.seeds,
        **({"reason": "fewer than two seeds"} if own.std is None else {}),
    }


def reproduction(found: Reproduction, text: str) -> Json:
    """How to run one run again: the file's text, what is missing, and what to expect."""
    return {
        "run_id": found.run_id,
        "label": found.label,
        "experiment": found.experiment,
        "commit": found.commit,
        "markdown": text,
        "missing": [noted(own) for own in found.missing],
        "expected": [
            {
                "metric": one.metric.name,
                "unit": one.metric.unit,
                "value": one.value,
                "tolerance": one.tolerance,
                "measured": one.measured,
                **({} if one.tolerance is not None or one.measured else {"reason": "nobody ran it twice"}),
            }
            for one in found.expected
        ],
        "repeats": found.repeats,
        "warnings": [words(own) for own in found.missing],
    }
