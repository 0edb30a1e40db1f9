"""How results leave the command: JSON for machines, aligned columns for people."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from assay.cli import layout
from assay.view.exports import PICTURES, grid
from assay.view.objects import plain
from assay.view.tables.column import Table
from assay.view.text.escape import flat


def emit(value: Mapping[str, Any]) -> None:
    """Writes one JSON object; NaN and infinities become null with a `reason` in the object that holds them."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=2))


def say(text: str = "", *, to_people: bool = False) -> None:
    """Writes one line, on stderr when it is for people only; nothing a run is called acts on the terminal.

    Empty lines before it are kept; a line break within it is part of a name.
    """
    line = text.lstrip("\n")
    click.echo("\n" * (len(text) - len(line)) + flat(line), err=to_people)


def table(shown: Table, *, wrap: bool = False, spare: Sequence[str] = ()) -> None:
    """Writes a table as pages show it: whole, or on a terminal what it has room for, and what it has none for.

    `wrap`: texts may take several lines there; `spare`: columns that it can do without, the first of them first.
    """
    columns = {name: column for name, column in shown.columns.items() if column.kind not in PICTURES}
    places = {name: place for place, name in enumerate(columns)}
    lines, left_out = layout.lines(
        grid(shown),
        shutil.get_terminal_size().columns if sys.stdout.isatty() else None,
        wraps={places[name] for name, column in columns.items() if wrap and column.kind in ("text", "marks")},
        spare=[places[name] for name in spare if name in places],
    )
    click.echo("\n".join(lines))
    if left_out:
        say(f"No room for {', '.join(left_out)}; a wider terminal shows more, --json everything.")
