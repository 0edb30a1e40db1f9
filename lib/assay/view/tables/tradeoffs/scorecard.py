"""A scorecard as a table, and what was lost against the baseline as another."""

from dataclasses import replace

import pandas as pd

from assay.model.comparison.procedure import Interval
from assay.model.criteria import Limit
from assay.model.tradeoffs.scorecard import Judgement, Regression, Scored
from assay.view.tables.column import Column, Table
from assay.view.text.comparison.facts import corrected
from assay.view.text.escape import csv_cell, flat
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING, Scale, p_value, percent, scale
from assay.view.text.tradeoffs.scale import limit
from assay.view.text.tradeoffs.scorecard import MARKS, OPEN, WORSE, scale_of

Row = dict[str, object]


def criteria(found: Scored) -> Table:
    """A row a metric of the card, those of a group together."""
    rows = [_criterion(found, one) for one in _by_group(found)]
    columns = {
        "metric": Column("metric", pinned=True),
        "status": Column("status", "marks", colours={mark.label: mark.colour for mark in MARKS.values()}),
        "value": Column("value", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "n": Column("n", "number", "%,d", width=40),
        "needs": Column("needs", "right"),
        "alert": Column("alert", "right"),
        "weight": Column("weight", "number", "%.2f", width=64),
        "group": Column("group"),
        "why": Column("why"),
    }
    if not any(row["why"] for row in rows):
        del columns["why"]
    alt = f"Scorecard of {flat(found.candidate)}"
    data = pd.DataFrame([_figures(found, one) for one in found.judgements], dtype=object)
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, alt, data, spare=("why", "n", "group", "alert"))


def regressions(found: Scored) -> Table:
    """A row a metric that is worse than the baseline's, then each on which a loss that matters cannot be excluded."""
    columns = {
        "metric": Column("metric", pinned=True),
        "finding": Column("finding", "marks", colours={mark.label: mark.colour for mark in (WORSE, OPEN)}),
        "difference": Column("difference", "right"),
        "interval": Column(f"{percent(found.rules.level)} CI", "right"),
        "matters": Column("matters from", "right"),
        "p": Column(f"p{corrected(found.rules, found.family)}", "right"),
        "why": Column("why"),
    }
    rows = [_regression(found, own) for own in found.regressions]
    if not any(row["why"] for row in rows):
        del columns["why"]
    alt = f"What {flat(found.candidate)} lost, or may have lost, against {flat(found.baseline)}"
    data = pd.DataFrame([_lost(found, own) for own in found.regressions], dtype=object)
    return Table(pd.DataFrame(rows, columns=list(columns)), columns, alt, data, spare=("why",))


def _by_group(found: Scored) -> list[Judgement]:
    """In the card's order, but a group's criteria together."""
    places: dict[str, int] = {}
    for place, one in enumerate(found.judgements):
        places.setdefault(one.criterion.group, place)
    return sorted(found.judgements, key=lambda one: places[one.criterion.group])


def _criterion(found: Scored, one: Judgement) -> Row:
    shown, side, alert = scale_of(one), one.side, one.criterion.alert
    return {
        "metric": csv_cell(flat(one.metric.name)),
        "status": [MARKS[one.status].label],
        "value": shown.value(side.value),
        "interval": shown.limits(side.interval.low, side.interval.high, signed=False) if side.interval else MISSING,
        "needs": _brief(one.criterion.threshold, shown),
        "alert": _brief(alert, shown) if alert else MISSING,
        "weight": one.criterion.weight,
        "group": csv_cell(flat(one.criterion.group)),
        "n": side.replicates,
        "why": words(one.reason, found.labels),
    }


def _brief(own: Limit, shown: Scale) -> str:
    """Without the unit that stands beside the value, but for per cent."""
    return limit(own, shown if shown.unit == "%" else replace(shown, unit=""))


def _figures(found: Scored, one: Judgement) -> Row:
    alert = one.criterion.alert
    return {
        "metric": one.metric.name,
        "unit": one.metric.unit.value,
        "group": one.criterion.group,
        "status": one.status.value,
        "replicates": one.side.replicates,
        "mean": one.side.value,
        "sd": one.side.std,
        **_ends(one.side.interval),
        "comparator": one.criterion.threshold.comparator,
        "threshold": one.criterion.threshold.value,
        "alert_comparator": alert.comparator if alert else None,
        "alert": alert.value if alert else None,
        "weight": one.criterion.weight,
        "reason": words(one.reason, found.labels),
    }


def _regression(found: Scored, own: Regression) -> Row:
    difference, interval = own.difference, own.difference.interval
    half = (interval.high - interval.low) / 2 if interval else None
    shown = scale(own.metric.unit, [difference.value], [half])
    effect = own.metric.smallest_effect
    return {
        "metric": csv_cell(flat(own.metric.name)),
        "finding": [(WORSE if own.lost else OPEN).label],
        "difference": shown.difference(difference.value),
        "interval": shown.limits(interval.low, interval.high) if interval else MISSING,
        "matters": MISSING if effect is None else shown.limit(effect),
        "p": p_value(difference.p_adjusted),
        "why": words(difference.reason, found.labels),
    }


def _lost(found: Scored, own: Regression) -> Row:
    difference = own.difference
    return {
        "metric": own.metric.name,
        "unit": own.metric.unit.value,
        "finding": "worse" if own.lost else "cannot_exclude",
        "difference": difference.value,
        **_ends(difference.interval),
        "smallest_effect": own.metric.smallest_effect,
        "p": difference.p_value,
        "p_adjusted": difference.p_adjusted,
        "p_method": difference.p_method,
        "reason": words(difference.reason, found.labels),
    }


def _ends(interval: Interval | None) -> Row:
    if interval is None:
        return dict.fromkeys(("low", "high", "level", "method"))
    return {"low": interval.low, "high": interval.high, "level": interval.level, "method": interval.method}
