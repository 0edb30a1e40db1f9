"""Tables to take along: Markdown and LaTeX with the words and digits of the page, CSV with the figures behind them."""

import csv
import io
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import pandas as pd

from assay.view.tables.column import Column, Table
from assay.view.text.escape import csv_cell, flat, pasted
from assay.view.text.numbers import MINUS, MISSING

Grid = tuple[list[str], list[list[str]], list[bool]]

PICTURES = ("strip", "image")
"""Kinds of columns that only a page can show."""

MOST_COLUMNS = 7
"""Of a table on paper."""

_PATTERN = re.compile(r"%(,?)((?:\.\d+)?)([dfeg])")
_NUMBER = re.compile(rf"^[+{MINUS}-]?\d[\d,]*(\.\d+)?(e[+{MINUS}-]?\d+)?$")
_ASCII = str.maketrans({MINUS: "-", ",": None})
_LATEX = str.maketrans(
    {
        **{c: f"\\{c}" for c in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "'": r"\textquotesingle{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        MINUS: "$-$",
        "±": r"$\pm$",
        "≈": r"$\approx$",
        "≠": r"$\neq$",
        "∞": r"$\infty$",
        "▲": r"$\blacktriangle$",
        "▼": r"$\blacktriangledown$",
        "◆": r"$\blacklozenge$",
        "◇": r"$\lozenge$",
        "○": r"$\circ$",
        "■": r"$\blacksquare$",
        "✓": r"$\checkmark$",
        "✕": r"$\times$",
        "–": r"\textendash{}",
        "…": r"\ldots{}",
        "×": r"$\times$",
        "→": r"$\rightarrow$",
    }
)
_NEEDS = r"% Needs \usepackage{booktabs,amssymb,textcomp}."
_ACCENTS = r"% With pdfLaTeX, \usepackage[T1]{fontenc} too."
_BEYOND_LATIN = (
    r"% Holds letters that pdfLaTeX has not: LuaLaTeX or XeLaTeX, \usepackage{fontspec} and a font that has them."
)
# What pdfLaTeX sets in the encoding T1.
_LATIN = frozenset((*map(chr, range(0xA1, 0x180)), *"“”")) - frozenset("ĦħĸĿŀŉŦŧſ")


def markdown(table: Table) -> str:
    """A pipe table; every character of a cell is shown, none acts."""
    headers, rows, right = grid(table)
    rule = ["---:" if r else "---" for r in right]
    escaped = [[pasted(cell) for cell in row] for row in (headers, *rows)]
    lines = [escaped[0], rule, *escaped[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def latex(table: Table) -> str:
    """A `tabular` of at most MOST_COLUMNS columns; comments above it say what it needs and what it leaves out."""
    every, kept = _written(table), _narrow(table)
    headers, rows, right = grid(replace(table, columns=kept))
    columns = "".join("r" if r else "l" for r in right)
    lines = [" & ".join(map(_tex, row)) + r" \\" for row in (headers, *rows)]
    left = [flat(column.header).translate(_LATEX) for name, column in every.items() if name not in kept]
    said = [_NEEDS]
    if letters := {letter for line in lines for letter in line if not letter.isascii()}:
        said.append(_ACCENTS if letters <= _LATIN else _BEYOND_LATIN)
    if left:
        said.append(f"% Left out, and in the CSV: {'; '.join(left)}.")
    parts = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", lines[0], r"\midrule", *lines[1:], r"\bottomrule"]
    return "\n".join([*said, *parts, r"\end{tabular}", ""])


def comma_separated(table: Table) -> str:
    """CSV with a header and a column for each figure: unrounded, and nothing where there is none.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; a number never does.
    """
    data = _figures(table) if table.data is None else table.data
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_cell(flat(str(name))) for name in data.columns])
    writer.writerows([_figure(value) for value in row] for row in data.itertuples(index=False, name=None))
    return out.getvalue()


FORMATS: Mapping[str, Callable[[Table], str]] = {"Markdown": markdown, "LaTeX": latex, "CSV": comma_separated}


def grid(table: Table) -> Grid:
    """Headers, cells and which columns stand right; pictures and links that only open something are left out."""
    columns = _written(table)
    cells = [[_cell(value, column) for value in table.frame[name]] for name, column in columns.items()]
    rows = [list(row) for row in zip(*cells, strict=True)]
    return [flat(column.header) for column in columns.values()], rows, [_right(column) for column in columns.values()]


def _written(table: Table) -> dict[str, Column]:
    """The columns that can be written down; of a link its target's end, where its `format` says which."""
    return {
        name: column
        for name, column in table.columns.items()
        if column.kind not in PICTURES and (column.kind != "link" or "(" in column.format)
    }


def _narrow(table: Table) -> dict[str, Column]:
    """Those that paper has room for: the spare ones go first, then the last."""
    kept = _written(table)
    leaving = [
        *(name for name in table.spare if name in kept),
        *(name for name in reversed(kept) if name not in table.spare),
    ]
    gone = leaving[: max(0, len(kept) - MOST_COLUMNS)]
    return {name: column for name, column in kept.items() if name not in gone}


def _tex(cell: str) -> str:
    r"""A [ or * behind `\\` or a rule would be taken for its option, so no cell begins with one; -- and ,, stay."""
    text = re.sub(r"([-,])(?=\1)", r"\1{}", cell.translate(_LATEX))
    return "{}" + text if text.startswith(("[", "*")) else text


def _figures(table: Table) -> pd.DataFrame:
    """What the frame holds, numbers as numbers even where they stand there as text."""
    columns = _written(table)
    made = [[_bare(value, column) for value in table.frame[name]] for name, column in columns.items()]
    frame = pd.DataFrame(dict(enumerate(made)), dtype=object)
    return frame.set_axis([flat(column.header) for column in columns.values()], axis=1)


def _bare(value: object, column: Column) -> object:
    if column.kind == "number":
        return value
    text = _cell(value, column)
    if text == MISSING:
        return None
    return text.translate(_ASCII) if column.kind == "right" and _NUMBER.match(text) else text


def _figure(value: object) -> object:
    if isinstance(value, str):
        return csv_cell(value.replace("\0", ""))
    return "" if value is None or pd.isna(value) else value  # type: ignore[call-overload]


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
