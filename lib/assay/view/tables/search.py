"""The best trials of a search: the two best side by side, and the first few with their params to take along."""

from collections.abc import Mapping

import pandas as pd

from assay.model.search import Search
from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, markdown, short
from assay.view.text.numbers import MISSING, plain
from assay.view.text.search import called, scale_of

_LONGEST, _LONG_NUMBER = 22, 8
_MOST_ROWS = 12


def two_best(found: Search) -> pd.DataFrame:
    """Winner beside runner-up as Markdown: score, runs where some have several, then params, most telling first."""
    scale, places = scale_of(found), found.order[:2]
    columns = [called(found, place) for place in places] if found.single else ["winner", "runner-up"]
    rows: dict[str, list[str]] = {
        markdown(scale.header(found.metric.name)): [scale.bare(found.trials["score"].iloc[place]) for place in places]
    }
    if (found.trials["n"] > 1).any():
        rows["runs"] = [f"{found.trials['n'].iloc[place]:,}" for place in places]
    for name in found.varying[:_MOST_ROWS]:
        rows[markdown(name)] = _cells(found.foremost[name].iloc[: len(places)].tolist())
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns[: len(places)])


def _cells(values: list[str | None]) -> list[str]:
    """Long numbers with four digits, where these still tell the two apart."""
    brief = [_brief(value) for value in values]
    return [_cell(v) for v in (brief if len(set(brief)) == len(set(values)) else values)]


def _brief(value: str | None) -> str | None:
    try:
        return plain(float(value)) if value is not None and len(value) > _LONG_NUMBER else value
    except ValueError:
        return value


def _cell(value: str | None) -> str:
    return MISSING if value is None else markdown(short(value, _LONGEST)) or "“”"


def contenders(found: Search, n: int) -> Table:
    """The `n` best with everything that varies, one row a trial, so that they can be run again."""
    scale, places = scale_of(found), found.order[:n]
    named = Column("trial", "number", "%,d", pinned=True) if found.single else Column("configuration", pinned=True)
    frame: dict[str, object] = {
        "trial": found.trials["number" if found.single else "name"].iloc[places].to_list(),
        "score": (found.trials["score"].iloc[places] * scale.factor).to_list(),
        "run": found.trials["run_id"].iloc[places].to_list(),
    }
    columns: Mapping[str, Column] = {
        "trial": named,
        "score": Column(csv_cell(flat(scale.header(found.metric.name))), "number", f"%,.{scale.digits}f"),
        **{f"param:{name}": Column(flat(f"params.{name}")) for name in found.varying},
        "run": Column("run"),
    }
    for name in found.varying:
        frame[f"param:{name}"] = [None if v is None else csv_cell(flat(v)) for v in found.foremost[name].iloc[:n]]
    shown, score = pd.DataFrame(frame), found.trials["score"].iloc[places].to_list()
    headers = {key: flat(found.metric.name) if key == "score" else own.header for key, own in columns.items()}
    logged = shown.assign(score=score)[list(headers)].set_axis([*headers.values()], axis=1)
    return Table(shown, columns, f"The {n} best with the params that vary", logged)
