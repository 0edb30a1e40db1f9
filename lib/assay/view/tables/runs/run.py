"""What one run logged, as tables of keys and values."""

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from assay.model.runs.detail import Detail, ParamSpread, Standing
from assay.view.tables import strips
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, room
from assay.view.text.numbers import MISSING, Scale, count, plain

_MOST_STRIPS = 200
_LONGEST = 2_000
_WIDEST = 240


def metrics(found: Detail, scales: Mapping[str, Scale]) -> Table:
    """The latest value of each metric, NaN and infinities as such, among those of the run's configuration."""
    values, standings = found.run.metrics, found.standings
    sizes = {len(standing.values) for standing in standings.values()}
    frame: dict[str, object] = {
        "metric": [_cell(key) for key in values],
        "value": [_value(found, key, scales[key]) for key in values],
    }
    columns = {
        "metric": Column("metric", pinned=True, width=_width(["metric", *values])),
        "value": Column("this run", "right"),
    }
    if max(sizes, default=0) > 1:
        kind = "seed" if found.seeds else "run"
        alike = len(sizes) == 1
        beside = f"its {count(max(sizes), kind)}, ± std" if alike else f"mean of its {kind}s, ± std"
        frame["beside"] = [_beside(standings.get(key), scales[key]) for key in values]
        columns["beside"] = Column(beside, "right")
        if not alike:
            frame["n"] = [len(standings[key].values) if key in standings else 0 for key in values]
            columns["n"] = Column("n", "number", "%,d", width=44)
        if len(values) <= _MOST_STRIPS:
            frame["strip"] = [
                _strip(value, None if key in found.unknown else standings.get(key)) for key, value in values.items()
            ]
            columns["strip"] = Column(f"this run among the {kind}s", "strip", width=strips.WIDTH + 40)
    return Table(pd.DataFrame(frame), columns, "The latest value of each metric of this run")


def params(found: Detail) -> Table:
    """Every param, and what it is in the other runs of the experiment."""
    table = pairs(found.run.params, "param")
    if found.siblings < 2:
        return table
    varying = [_varying(key in found.seeds, found.spreads.get(key)) for key in found.run.params]
    columns = {**table.columns, "varying": Column("in the experiment")}
    return Table(table.frame.assign(varying=varying), columns, table.alt)


def pairs(values: Mapping[str, str], key: str) -> Table:
    """Params or tags: `key` is what a row's name is called. Very long values are cut."""
    cut = (f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text for text in values.values())
    frame = pd.DataFrame({"key": [_cell(name) for name in values], "value": [_cell(text) for text in cut]})
    columns = {"key": Column(key, pinned=True, width=_width([key, *values])), "value": Column("this run")}
    return Table(frame, columns, f"Every {key} of this run")


def _width(names: Iterable[str]) -> int:
    """Wide enough for its header and all names but very long ones: about 7 px a Latin letter."""
    return min(24 + 7 * max(map(room, names), default=0), _WIDEST)


def _cell(text: str) -> str:
    return csv_cell(flat(text))


def _value(found: Detail, key: str, scale: Scale) -> str:
    own = scale.value(found.run.metrics[key])
    return f"{own}, not known" if key in found.unknown else own


def _beside(standing: Standing | None, scale: Scale) -> str:
    return scale.spread(standing.mean, standing.std) if standing else MISSING


def _strip(value: float, standing: Standing | None) -> str | None:
    return strips.among(value, standing.values) if standing and math.isfinite(value) else None


def _varying(seed: bool, spread: ParamSpread | None) -> str:
    """`same in all`, `same where logged`, `5 seeds`, `12 values, 0.1 to 100, or not logged`."""
    if spread is None or spread.values < 2:
        return "same where logged" if spread and spread.missing else "same in all"
    parts = [count(spread.values, "seed" if seed else "value")]
    if spread.low is not None and not seed:
        parts.append(f"{plain(spread.low)} to {plain(spread.high)}")
    if spread.missing:
        parts.append("or not logged")
    return ", ".join(parts)
