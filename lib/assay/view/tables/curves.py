"""Curves read off at a few places, as a table."""

from collections.abc import Sequence

import pandas as pd

from assay.model.curves.answer import Curves, Line
from assay.model.curves.question import Over
from assay.view.tables.column import Column, Table
from assay.view.text.curves import brief, time_unit, where
from assay.view.text.escape import csv_cell, flat, short
from assay.view.text.numbers import MISSING, Scale, plain

_SHARES = (0.125, 0.25, 0.5, 1.0)


def read_off(found: Curves, lines: Sequence[Line | None], shown: Scale) -> Table:
    """A row a place up to the last that all reached, with mean ± std of each side, and the best mean of each."""
    end = found.end if found.end is not None else len(found.places) - 1
    places = sorted({round(share * (end + 1)) - 1 for share in _SHARES if round(share * (end + 1)) > 0} | {end})
    rows = [[_place(found, k), *(_cell(line, k, shown) for line in lines)] for k in places]
    if found.shapes:
        best = [
            MISSING
            if shape is None or line is None
            else f"{shown.bare(line.raw[shape.best])} at {_place(found, shape.best)}"
            for shape, line in zip(found.shapes, lines, strict=True)
        ]
        rows.append(["best", *best])
    names = [f"side {k}" for k in range(len(lines))]
    heads = [Column(csv_cell(short(label, 24)), "right") for label in brief(found)]
    unit = "step" if found.over is Over.STEP else time_unit(found)[1]
    columns = {"place": Column(unit, pinned=True, width=76), **dict(zip(names, heads, strict=True))}
    frame = pd.DataFrame(rows, columns=["place", *names])
    return Table(frame, columns, f"{flat(found.metric.name)} read off at {len(places)} places")


def _place(found: Curves, place: int) -> str:
    if found.over is Over.TIME:
        return plain(float(f"{found.places[place] / time_unit(found)[0]:.3g}"))
    return where(found, place).removeprefix("about ").removeprefix("step ")


def _cell(line: Line | None, place: int, shown: Scale) -> str:
    if line is None or not line.n[place]:
        return MISSING
    return shown.spread(line.raw[place], line.std[place] if line.n[place] > 1 else None)
