"""The documented JSON object of a scorecard."""

from typing import Any

from assay.model.comparison.procedure import Interval
from assay.model.tradeoffs.scorecard import Judgement, Regression, Scored
from assay.view.objects import noted, reasoned
from assay.view.objects.asked import asked
from assay.view.text.escape import flat
from assay.view.text.notes.exclusions import reason
from assay.view.text.tradeoffs.scorecard import headline, warnings

Json = dict[str, Any]


def scorecard(found: Scored) -> Json:
    """Every criterion with its status, the score, and the metrics that were lost or may have been."""
    card = found.card
    return {
        "scorecard": card.name if card else None,
        "candidate": found.candidate,
        "baseline": found.baseline or None,
        "asked": asked(found.question),
        "level": found.rules.level,
        "correction": found.rules.correction,
        "minimum_runs": found.rules.fewest,
        "metrics": [_criterion(found, one) for one in found.judgements],
        "score": found.score,
        "score_possible": found.possible,
        "groups": {own.name: own.score for own in found.groups},
        "groups_possible": {own.name: own.score_possible for own in found.groups},
        "regressions": [_regression(found, own) for own in found.regressions],
        "comparisons": found.family,
        "promotion": (card.promotion if card else "") or None,
        **({"reason": headline(found, name=flat).removesuffix(".")} if found.score is None else {}),
        "notes": [noted(own, found.labels) for own in found.notes],
        "warnings": list(warnings(found)),
    }


def _criterion(found: Scored, one: Judgement) -> Json:
    """Limits are in the unit of the value."""
    side, own = one.side, one.criterion
    return {
        "metric": own.metric,
        "group": own.group,
        "status": one.status,
        "value": side.value,
        "std": side.std,
        **_interval(side.interval),
        "n": side.sample.runs,
        "replicates": side.replicates,
        "run_ids": side.sample.used_ids,
        "excluded": {reason(why, one.metric.name): n for why, n in side.sample.excluded.items()},
        "direction": one.metric.direction,
        "unit": one.metric.unit,
        "comparator": own.threshold.comparator,
        "threshold": own.threshold.value,
        "alert_comparator": own.alert.comparator if own.alert else None,
        "alert": own.alert.value if own.alert else None,
        "weight": own.weight,
        **reasoned(one.reason, found.labels),
    }


def _regression(found: Scored, own: Regression) -> Json:
    difference = own.difference
    return {
        "metric": own.metric.name,
        "status": "worse" if own.lost else "cannot_exclude",
        "direction": own.metric.direction,
        "direction_source": own.metric.direction_source,
        "unit": own.metric.unit,
        "difference": difference.value,
        **_interval(difference.interval),
        "smallest_effect": own.metric.smallest_effect,
        "p_value": difference.p_value,
        "p_adjusted": difference.p_adjusted,
        "p_method": difference.p_method,
        "paired": difference.paired,
        "pairs": difference.pairs,
        "verdict": difference.verdict,
        **reasoned(difference.reason, found.labels),
    }


def _interval(found: Interval | None) -> Json:
    return {
        "interval": None if found is None else [found.low, found.high],
        "method": None if found is None else found.method,
    }
