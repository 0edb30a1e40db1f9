"""Tables to take along: Markdown, LaTeX and CSV with the words and digits that stand on the page."""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime

import pandas as pd

from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat
from assay.view.text.numbers import MINUS, MISSING

Grid = tuple[list[str], list[list[str]], list[bool]]

_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~$"})
_PATTERN = re.compile(r"%(,?)((?:\.\d+)?)([dfeg])")
_LATEX = str.maketrans(
    {
        **{c: f"\\{c}" for c in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        MINUS: "$-$",
        "±": r"$\pm$",
        "≈": r"$\approx$",
        "▲": r"$\blacktriangle$",
        "▼": r"$\blacktriangledown$",
        "–": "--",
        "×": r"$\times$",
        "→": r"$\rightarrow$",
    }
)


def markdown(table: Table) -> str:
    """A pipe table; every character of a cell is shown, none acts."""
    headers, rows, right = grid(table)
    rule = ["---:" if r else "---" for r in right]
    escaped = [[cell.translate(_MARKDOWN) for cell in row] for row in (headers, *rows)]
    lines = [escaped[0], rule, *escaped[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def latex(table: Table) -> str:
    """A `tabular` with the rules of booktabs (`\\usepackage{booktabs,amssymb}`)."""
    headers, rows, right = grid(table)
    columns = "".join("r" if r else "l" for r in right)
    body = [" & ".join(cell.translate(_LATEX) for cell in row) + r" \\" for row in (headers, *rows)]
    parts = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", body[0], r"\midrule", *body[1:], r"\bottomrule"]
    return "\n".join([*parts, r"\end{tabular}", ""])


def comma_separated(table: Table) -> str:
    """CSV with a header; a cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    headers, rows, _ = grid(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (headers, *rows):
        writer.writerow([csv_cell(cell) for cell in row])
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Table], str]] = {"Markdown": markdown, "LaTeX": latex, "CSV": comma_separated}


def grid(table: Table) -> Grid:
    """Headers, cells and which columns stand right; pictures in cells are left out."""
    columns = {name: column for name, column in table.columns.items() if column.kind != "strip"}
    cells = [[_cell(value, column) for value in table.frame[name]] for name, column in columns.items()]
    rows = [list(row) for row in zip(*cells, strict=True)]
    return [flat(column.header) for column in columns.values()], rows, [_right(column) for column in columns.values()]


def _right(column: Column) -> bool:
    return column.kind == "right" or (column.kind == "number" and not column.left)


def _cell(value: object, column: Column) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(flat(str(item)) for item in value)
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M} UTC"
    if column.kind == "link":
        return flat(str(value).rpartition("=")[2])
    if column.kind == "number" and isinstance(value, int | float):
        return _formatted(float(value), column.format)
    return flat(str(value))


def _formatted(value: float, pattern: str) -> str:
    """A printf pattern as the page's tables understand it: a comma groups thousands, words may stand around."""
    found = _PATTERN.search(pattern)
    if found is None:
        return f"{value:g}".replace("-", MINUS)
    comma, precision, kind = found.groups()
    shown = f"{value:{comma}.0f}" if kind == "d" else f"{value:{comma}{precision}{kind}}"
    if shown.lstrip("-0.,") == "":
        shown = shown.lstrip("-")
    return (pattern[: found.start()] + shown + pattern[found.end() :]).replace("-", MINUS).replace("%%", "%")
