"""The front as a table, with what may be on it; every configuration as figures; and what was left out."""

from collections.abc import Sequence

import pandas as pd

from assay.model.tradeoffs.front import Front, Place
from assay.model.tradeoffs.scorecard import Judgement, Status
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MISSING, Scale, probability
from assay.view.text.tradeoffs import scorecard as cards
from assay.view.text.tradeoffs.front import PLACES, TRADES, why
from assay.view.text.tradeoffs.scale import scales

Row = dict[str, object]

_DRAWN = "Share of the draws of the noise in which no other configuration beats it; drawn, so never 0 or 100 %."
_ABOUT = ("configuration", "experiment", "filter", "replicates", "state", "probability", "against_baseline")
_ORDER = (Place.ON_FRONT, Place.POSSIBLE)
_MOST_BEATEN = 200
_OPEN = {Status.UNCERTAIN: "≈", Status.NOT_LOGGED: "–"}


def rows(found: Front) -> list[int]:
    """Places of the points that the table holds: on the front or possibly on it, the baseline and the candidate."""
    asked = {found.baseline, found.candidate}
    return [place for place, point in enumerate(found.points) if point.place in _ORDER or place in asked]


def beaten(found: Front) -> list[int]:
    """Places of the others, as many as a table can hold."""
    shown = set(rows(found))
    return [place for place in range(len(found.points)) if place not in shown][:_MOST_BEATEN]


def front(found: Front, places: Sequence[int] | None = None) -> Table:
    """A row a configuration that is on the front or may be, best first by the first objective, and what was asked for.

    `places`: those of other points instead. `data`: every configuration.
    """
    places = rows(found) if places is None else places
    written = scales(found)
    with_trade = any(seen.trade for seen in found.seen.values())
    with_card = any(seen.judgements for seen in found.seen.values())
    columns = {
        "label": Column("configuration", pinned=True, width=190),
        **{
            f"value:{k}": Column(shown.header(flat(metric.name)), "right")
            for k, (metric, shown) in enumerate(zip(found.metrics, written, strict=True))
        },
        "n": Column("n", "number", "%,d", width=44),
        "state": Column("state", "marks", colours={mark.label: mark.colour for mark in PLACES.values()}),
        "probability": Column("on the front in", "right", width=110, help=_DRAWN),
        "trade": Column("than baseline", "marks", colours={mark.label: mark.colour for mark in TRADES.values()}),
        "missed": Column("✕ thresholds missed", "marks", colours=_missed_colours(found, places)),
        "open": Column("not shown to be met"),
    }
    if all(found.points[place].probability is None for place in places):
        del columns["probability"]
    if not with_trade:
        del columns["trade"]
    if not with_card:
        del columns["missed"]
    if not with_card or not any(_open(found, place) for place in places):
        del columns["open"]
    made = [_row(found, place, written) for place in places]
    names = " and ".join(metric.name for metric in found.metrics)
    frame = pd.DataFrame(made, columns=list(columns))
    data = pd.DataFrame([_figures(found, place) for place in range(len(found.points))], dtype=object)
    return Table(
        frame, columns, f"The front of {flat(names)}, and what may be on it", data, spare=("open", "n", "missed")
    )


def excluded(found: Front) -> Table:
    """Whose runs are no part of the front, how many, and why."""
    made = [
        {
            "label": csv_cell(flat(one.label)),
            "runs": len(one.run_ids),
            "why": why(one),
            "whole": "whole configuration" if one.whole else "some of its runs",
        }
        for one in found.left_out
    ]
    columns = {
        "label": Column("configuration", pinned=True, width=260),
        "runs": Column("runs", "number", "%,d", width=60),
        "why": Column("why"),
        "whole": Column("of it"),
    }
    figures = [
        {
            "configuration": one.label,
            "runs": len(one.run_ids),
            "reason": one.reason.value,
            "metrics": " ".join(one.metrics),
            "whole": one.whole,
            "run_ids": " ".join(one.run_ids),
        }
        for one in found.left_out
    ]
    frame = pd.DataFrame(made, columns=list(columns))
    return Table(frame, columns, "What is no part of the front", pd.DataFrame(figures, dtype=object))


def _row(found: Front, place: int, written: Sequence[Scale]) -> Row:
    point, seen = found.points[place], found.seen.get(place)
    row: Row = {"label": csv_cell(flat(point.label)), "n": point.n, "state": [PLACES[point.place].label]}
    for k, value in enumerate(point.values):
        std = seen.sides[k].std if seen and seen.sides else None
        row[f"value:{k}"] = written[k].spread(value, std)
    row["probability"] = MISSING if point.probability is None else probability(point.probability)
    row["trade"] = [TRADES[seen.trade].label] if seen and seen.trade else []
    row["missed"] = [_missed(one) for one in seen.judgements if _is_missed(one)] if seen else []
    row["open"] = ", ".join(_open(found, place))
    return row


def _is_missed(one: Judgement) -> bool:
    return one.status in (Status.MISSED, Status.ALERT)


def _missed(one: Judgement) -> str:
    alert = f"{cards.MARKS[Status.ALERT].glyph} " if one.status is Status.ALERT else ""
    return f"{alert}{flat(one.metric.name)}"


def _missed_colours(found: Front, places: Sequence[int]) -> dict[str, str]:
    known = [found.seen[place].judgements for place in places if place in found.seen]
    return {_missed(one): "red" for own in known for one in own if _is_missed(one)}


def _open(found: Front, place: int) -> list[str]:
    """`≈ f1_score`, `– availability`: criteria that are uncertain or not logged."""
    judgements = found.seen[place].judgements if place in found.seen else ()
    return [f"{_OPEN[one.status]} {flat(one.metric.name)}" for one in judgements if one.status in _OPEN]


def _figures(found: Front, place: int) -> Row:
    point, seen = found.points[place], found.seen.get(place)
    row: Row = {"configuration": point.label, "experiment": point.experiment, "filter": point.filter}
    row["replicates"] = point.n
    for k, metric in enumerate(found.metrics):
        side = seen.sides[k] if seen and seen.sides else None
        name = f"metric {metric.name}" if metric.name in _ABOUT else metric.name
        row[name] = point.values[k]
        row[f"{name} sd"] = side.std if side else None
        row[f"{name} low"] = side.interval.low if side and side.interval else None
        row[f"{name} high"] = side.interval.high if side and side.interval else None
    row["state"] = point.place.value
    row["probability"] = point.probability
    row["against_baseline"] = seen.trade.value if seen and seen.trade else None
    return row
