"""What was asked, as a part of the documented JSON objects of a front and of a scorecard."""

from dataclasses import fields
from typing import Any

from assay.model.tradeoffs.question import FrontQuestion, ScorecardQuestion

Json = dict[str, Any]


def asked(question: FrontQuestion | ScorecardQuestion) -> Json:
    """Every part of the question by its name, null for what was not given; with the policy it gives the same answer."""
    own = {one.name: getattr(question, one.name) for one in fields(question)}
    unknown: dict[str, list[float]] = {}
    for metric, values in question.unknown:
        unknown.setdefault(metric, []).extend(values)
    known = {name: None if value == "" else value for name, value in own.items()} | {"unknown": unknown}
    return known | _of_front(question) if isinstance(question, FrontQuestion) else known


def grouping(question: FrontQuestion) -> str | list[str]:
    """As the option takes it."""
    return "none" if question.group_by is None else list(question.group_by) or "auto"


def _of_front(question: FrontQuestion) -> Json:
    metrics = dict.fromkeys(one.metric for one in question.objectives)
    return {
        "objectives": [one.text for one in question.objectives],
        "group_by": grouping(question),
        "reference": dict(zip(metrics, question.reference, strict=bool(question.reference))) or None,
    }
