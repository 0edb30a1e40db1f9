"""The rules of a policy and what a scorecard asks, as tables."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assay.model.criteria import Criterion, Limit, Scorecard
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.rules import Reach, Rule, RuleBook
from assay.view.tables.column import Column, Table
from assay.view.text import policy as text
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, scale
from assay.view.text.tradeoffs.scale import limit

WHOSE = {"● team": "blue", "◐ as shipped": "gray", "○ shipped": "gray"}
_ROOM = 400
_MARKS = {mark.split(" ", 1)[1]: mark for mark in WHOSE}


def rules(
    found: Sequence[Rule], reach: Mapping[str, Reach] | None = None, effects: Mapping[str, Note] | None = None
) -> Table:
    """One row a rule, as they stand in the files; what is shipped in its place only where the team has a rule.

    `reach`: what of the store each decides; None for no such column. `effects`: what of that is counted.
    """
    frame: dict[str, object] = {
        "path": [_cell(rule.path) for rule in found],
        "value": [_cell(text.shown(rule.value)) for rule in found],
        "usual": [_cell(text.shown(rule.usual)) or text.usual(rule) for rule in found],
        "whose": [[_MARKS[text.whose(rule)]] for rule in found],
        "where": [_cell(text.where(rule)) for rule in found],
    }
    columns = {
        "path": Column("rule"),  # a phone has no room beside a pinned one
        "value": Column("value", width=150),
        "usual": Column("shipped", width=110),
        "whose": Column("whose", "marks", width=100, colours=WHOSE),
        "where": Column("where", width=130),
    }
    if reach is not None:
        counted = effects or {}
        said = (text.effect(reach.get(rule.path), counted.get(rule.path)) for rule in found)
        frame["reach"] = [_cell(one) or MISSING for one in said]
        columns["reach"] = Column("effect on what is in the store", width=_ROOM)
    if all(rule.shipped for rule in found):
        del columns["usual"], columns["whose"]
    whole = {
        "value": [_cell(text.value(rule.value)) for rule in found],
        "usual": [_cell(text.usual(rule)) for rule in found],
        "whose": [text.whose(rule) for rule in found],
    }
    shown = pd.DataFrame(frame, columns=list(columns))
    data = pd.DataFrame(frame | whole, columns=list(columns))
    return Table(shown, columns, "Every rule with the file and line it stands in", data)


def criteria(card: Scorecard, found: RuleBook, *, lined: bool = True) -> Table:
    """What a scorecard asks of each metric, in its own unit; `lined`: and on which line of its file."""
    frame = {
        "group": [_cell(one.group) for one in card.criteria],
        "metric": [_cell(one.metric) for one in card.criteria],
        "threshold": [_limit(one, one.threshold, found.policy) for one in card.criteria],
        "alert": [_limit(one, one.alert, found.policy) for one in card.criteria],
        "weight": [one.weight for one in card.criteria],
        "line": [found.line(card.name, one.metric) for one in card.criteria],
    }
    columns = {
        "metric": Column("metric", pinned=True),
        "threshold": Column("needs", "right"),
        "alert": Column("alert", "right"),
        "weight": Column("weight", "number", "%.2f"),
        "group": Column("group"),
        **({"line": Column("line", "number", "%d", width=56)} if lined else {}),
    }
    return Table(pd.DataFrame(frame, columns=list(columns)), columns, f"What scorecard {card.name} asks of each metric")


def _limit(one: Criterion, own: Limit | None, policy: Policy) -> str:
    bounds = [bound.value for bound in (one.threshold, one.alert) if bound]
    return limit(own, scale(policy.metric(one.metric).unit, bounds)) if own else MISSING


def _cell(said: str) -> str:
    return csv_cell(flat(said))
