"""How results leave the command: JSON for machines, aligned columns for people."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import click

from assay.queries.objects import plain
from assay.view.text.escape import flat


def emit(value: Mapping[str, Any]) -> None:
    """Writes one JSON object; NaN and infinities become null with a `reason` in the object that holds them."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def say(text: str = "", *, to_people: bool = False) -> None:
    """Writes lines of text, on stderr when they are for people only; nothing a run is called acts on the terminal."""
    click.echo("\n".join(flat(line) for line in text.split("\n")), err=to_people)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Writes rows under headers, columns as wide as their content; those in `right` are right-aligned."""
    headers, rows = [flat(cell) for cell in headers], [[flat(cell) for cell in row] for row in rows]
    widths = [max(_width(row[i]) for row in (headers, *rows)) for i in range(len(headers))]
    for row in (headers, *rows):
        cells = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - _width(cell))
            cells.append(room + cell if i in right else cell + room)
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """How many columns of a terminal `text` takes: wide characters two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
