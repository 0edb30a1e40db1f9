"""Configurations or runs as a table: name, n, results, state, params."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from assay.model.metric import MetricUnit
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.listing import Listing
from assay.model.runs.store import RunStatus
from assay.view.tables import strips
from assay.view.tables.column import Column, Table
from assay.view.text.configurations import in_list
from assay.view.text.data import first
from assay.view.text.escape import code, csv_cell, flat, short
from assay.view.text.notes.exclusions import reason
from assay.view.text.numbers import Scale, count, scale
from assay.view.text.verdicts import STATES

MOST_STRIPS = 2_000
_WIDE, _PARAM, _NAME, _N = 24, 180, 40, 44
_FINISHED = ((RunStatus.FINISHED, 1),)


def table(found: Listing, *, most: int | None = None) -> Table:
    """One row a configuration or a run; at most the first so many."""
    scales = {metric: _scale(found, metric, unit) for metric, unit in zip(found.metrics, found.units, strict=True)}
    shown = found.rows.index[:most]
    rows, mean, params = found.rows.loc[shown], found.mean.loc[shown], found.params.loc[shown]
    if not found.grouped:
        return _runs(rows, mean, params, scales)
    scores = found.scores.loc[shown]
    return _configurations(rows, mean, found.std.loc[shown], found.count.loc[shown], params, scores, scales)


def _scale(found: Listing, metric: str, unit: MetricUnit) -> Scale:
    """How a metric's column is written, by all of its values."""
    values = found.mean[metric].to_numpy(dtype=float)
    return scale(unit, values[np.isfinite(values)].tolist(), found.std[metric].dropna().tolist())


def _configurations(
    rows: pd.DataFrame,
    mean: pd.DataFrame,
    std: pd.DataFrame,
    counts: pd.DataFrame,
    params: pd.DataFrame,
    scores: "pd.Series[Any]",
    scales: Mapping[str, Scale],
) -> Table:
    names = _called(rows)
    frame: dict[str, object] = {"label": names}
    columns = {"label": Column("configuration", pinned=True, width=_width(names))}
    _experiments(frame, columns, rows)
    for position, metric in enumerate(map(str, mean)):
        if position and mean[metric].isna().all():
            continue
        scale = scales[metric]
        frame[f"mean:{metric}"] = _shown(mean[metric], scale)
        columns[f"mean:{metric}"] = Column(csv_cell(flat(scale.header(metric))), "number", _format(scale))
        if std[metric].notna().any():
            frame[f"std:{metric}"] = _shown(std[metric], scale)
            columns[f"std:{metric}"] = Column(
                "± std", "number", f"± {_format(scale)}", width=_spread_width(std[metric], scale), left=True
            )
        own = counts[metric].where(counts[metric] > 0)
        if (own.notna() & (own != rows["replicates"])).any():
            frame[f"n:{metric}"] = own
            columns[f"n:{metric}"] = Column("n", "number", "%,d", width=_N, help=f"Runs with a finite {code(metric)}")
        if position == 0:
            _count(frame, columns, rows)
            _strips(frame, columns, rows, scores, scale)
    if mean.columns.empty:
        _count(frame, columns, rows)
    _data(frame, columns, rows)
    _state(frame, columns, rows["states"])
    _params(frame, columns, params)
    frame["last"] = rows["last_run"]
    columns["last"] = Column("last run", "ago")
    table = pd.DataFrame(frame, index=rows.index)
    return Table(table, columns, f"{count(len(rows), 'configuration')} with mean and standard deviation of each metric")


def _runs(rows: pd.DataFrame, values: pd.DataFrame, params: pd.DataFrame, scales: Mapping[str, Scale]) -> Table:
    frame: dict[str, object] = {"label": _names(rows["name"])}
    columns = {"label": Column("run", pinned=True, width=_width(rows["name"]))}
    for metric in map(str, values):
        scale = scales[metric]
        frame[f"value:{metric}"] = _shown(values[metric], scale)
        columns[f"value:{metric}"] = Column(csv_cell(flat(scale.header(metric))), "number", _format(scale))
    _data(frame, columns, rows)
    _state(frame, columns, rows["states"].map(lambda own: own or _FINISHED), single=True)
    frame["seeds"] = _texts(rows["seed"])
    if rows["seed"].ne("").any():
        columns["seeds"] = Column("seed", "right")
    _experiments(frame, columns, rows)
    _params(frame, columns, params)
    frame["last"] = rows["last_run"]
    columns["last"] = Column("started", "ago")
    frame["why"] = _each(rows["excluded"], lambda text: reason(Exclusion(text), "") if text else "")
    if rows["excluded"].ne("").any():
        columns["why"] = Column("left out because")
    return Table(pd.DataFrame(frame, index=rows.index), columns, count(len(rows), "run"))


def _called(rows: pd.DataFrame) -> "pd.Series[str]":
    """What rows are called; the trials of a search by the run above them."""
    if "called" not in rows:
        return _names(rows["name"])
    names = rows["called"].map(lambda own: csv_cell(in_list(own)))
    if "trials" not in rows or not rows["trials"].any():
        return names
    best = rows["trials"].map(lambda n: f" (best of {count(n, 'trial')})")
    return names.where(rows["trials"] == 0, names + best)


def _count(frame: dict[str, object], columns: dict[str, Column], rows: pd.DataFrame) -> None:
    frame["n"] = rows["replicates"]
    told = "Distinct finished runs; a metric that fewer logged has its own n"
    columns["n"] = Column("n", "number", "%,d", width=_N, help=told)


def _shown(values: "pd.Series[float]", scale: Scale) -> "pd.Series[float]":
    """In the shown unit; infinities go where a reader looks for missing values, a warning names them."""
    return (values * scale.factor).replace([np.inf, -np.inf], np.nan)


def _format(scale: Scale) -> str:
    return "%.2e" if scale.scientific else f"%,.{scale.digits}f"


def _spread_width(spreads: "pd.Series[float]", scale: Scale) -> int:
    """As narrow as its header, wider where a spread has many digits: about 7 px a character."""
    return max(60, 39 + 7 * len(scale.bare(spreads.max())))


def _strips(
    frame: dict[str, object], columns: dict[str, Column], rows: pd.DataFrame, scores: "pd.Series[Any]", scale: Scale
) -> None:
    """Draws every row's replicates where that is worth a column: some rows have two, and rows aren't too many.

    Every experiment has a scale of its own.
    """
    lists = [row if isinstance(row, tuple) else () for row in scores]
    if len(lists) > MOST_STRIPS or all(len(row) < 2 for row in lists):
        return
    within, trials = rows["experiment_id"].tolist(), rows["trials"].tolist() if "trials" in rows else [0] * len(rows)
    spans = {
        own: strips.span(row for row, other in zip(lists, within, strict=True) if other == own) for own in set(within)
    }
    frame["strip"] = [
        strips.strip(row, *span, hollow=bool(many)) if (span := spans[own]) else None
        for row, own, many in zip(lists, within, trials, strict=True)
    ]
    [*alone] = [span for span in spans.values() if span]
    limits = f"{scale.limits(*alone[0], signed=False)} {scale.unit}".rstrip()
    header = f"seeds, {limits}" if len(alone) == 1 else "seeds, by experiment"
    columns["strip"] = Column(header, "strip", width=strips.WIDTH + 20)


def _state(
    frame: dict[str, object], columns: dict[str, Column], states: "pd.Series[Any]", *, single: bool = False
) -> None:
    """Badges such as `✕ 1 failed`; no column when every run finished."""
    by_states = {own: [_state_word(one[0], one[1], single) for one in own] for own in states.unique()}
    words = [by_states[own] for own in states]
    distinct = list(by_states.values())
    if not any(distinct) or (single and distinct == [["✓ finished"]]):
        return
    frame["state"] = words
    colours = {_state_word(one[0], one[1], single): STATES[one[0]].colour for own in by_states for one in own}
    longest = max(sum(10 + 7 * len(word) for word in row) for row in distinct)
    columns["state"] = Column("state", "marks", width=20 + longest, colours=colours)


def _state_word(state: RunStatus, number: int, single: bool) -> str:
    mark = STATES[state]
    return mark.label if single else f"{mark.glyph} {number} {mark.word}".lstrip()


def _experiments(frame: dict[str, object], columns: dict[str, Column], rows: pd.DataFrame) -> None:
    """Where a row belongs, as soon as there is more than one place."""
    if rows["experiment_id"].nunique() > 1:
        frame["experiment"] = _texts(rows["experiment"])
        columns["experiment"] = Column("experiment")


def _data(frame: dict[str, object], columns: dict[str, Column], rows: pd.DataFrame) -> None:
    """What was tested on, where runs of one experiment differ in it."""
    if "data" in rows and rows.groupby("experiment_id")["data"].agg(lambda own: len(set().union(*own)) > 1).any():
        frame["data"] = rows["data"].map(lambda own: csv_cell(flat(_tested(own))))
        columns["data"] = Column("test data")


def _tested(sets: tuple[str, ...]) -> str:
    """`digits f6d9e39f`, or how many different ones; and whether some runs logged none."""
    logged = [text for text in sets if text]
    if not logged:
        return ""
    said = count(len(logged), "set") if len(logged) > 1 else " | ".join(first(logged[0].split(" | "), str))
    return f"{said}, not all logged" if "" in sets else said


def _params(frame: dict[str, object], columns: dict[str, Column], params: pd.DataFrame) -> None:
    for key in params:
        frame[f"param:{key}"] = _texts(params[key])
        distinct = pd.Series(params[key].dropna().unique(), dtype=object)
        right = bool(pd.to_numeric(distinct, errors="coerce").notna().all())
        width = _PARAM if distinct.str.len().max() > _WIDE else None
        columns[f"param:{key}"] = Column(flat(f"params.{key}"), "right" if right else "text", width=width)


def _names(labels: "pd.Series[str]") -> "pd.Series[str]":
    """Names at most as long as their column, the middle left out: long ones tend to differ at the end."""
    return _each(labels, lambda text: csv_cell(short(text, _NAME)))


def _texts(values: "pd.Series[str]") -> "pd.Series[str]":
    return _each(values, lambda text: csv_cell(flat(text)))


def _each(values: "pd.Series[str]", write: Callable[[str], str]) -> "pd.Series[str]":
    """`write` of every value, called once for each distinct one: a param takes few values over many runs."""
    codes, distinct = pd.factorize(values)
    written = np.array([*(write(str(text)) for text in distinct), None], dtype=object)
    return pd.Series(written[codes], index=values.index, dtype=object)


def _width(labels: "pd.Series[str]") -> int:
    """Wide enough for nearly all names as they are cut: about 7 px a character."""
    longest = labels.str.len().clip(upper=_NAME).quantile(0.95) if len(labels) else 10
    return int(max(112, 24 + 6.8 * longest))
