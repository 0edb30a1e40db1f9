"""`python -m assay.cli.reference` writes the manual of the command, docs/cli.md, from the command itself."""

from collections.abc import Iterator
from typing import Any

import click

from assay.cli import assay

_CONTEXT: Any = {"terminal_width": 100, "max_content_width": 100, "help_option_names": ["-h", "--help"]}
_HEAD = """# The `assay` command

This page is written by `make docs` from the command itself, and a test compares the two.

Human tables by default. `--json` prints one JSON object on stdout and nothing else there; progress and warnings go to
stderr. Numbers are JSON numbers; NaN and infinities are null with a `reason` beside them. Exit codes: 0 yes or done,
1 a gate says no, 2 bad input, with one line on stderr that says what was found and what is allowed.

A filter `F` is an MLflow search filter, e.g. `params.model = 'svc' and metrics.accuracy > 0.9`, or
`run_id IN ('…', '…')`. A command that needs runs syncs first; when the store is away it goes on with the
cache and says so.
"""
_FILTERED = """{} take `--filter F`: only runs that it finds are looked at. A comparison narrows every side by it, and
its JSON shows it as `filter`, while each side's `label` and `filter` stay its own.
"""


def reference() -> str:
    """The whole manual as Markdown."""
    filtered = [name for name, command in assay.commands.items() if any(p.name == "filter" for p in command.params)]
    sections = [_HEAD, _FILTERED.format(" and ".join(f"`{name}`" for name in filtered))]
    above = click.Context(assay, info_name="assay")
    return "\n".join([*sections, *_manuals(assay, above)])


def _manuals(group: click.Group, above: click.Context) -> Iterator[str]:
    """The manual of each command, those of a group below its own."""
    for name, command in group.commands.items():
        context = click.Context(command, parent=above, info_name=name, **_CONTEXT)
        yield f"## {context.command_path}\n\n```\n{command.get_help(context).strip()}\n```\n"
        if isinstance(command, click.Group):
            yield from _manuals(command, context)


if __name__ == "__main__":
    click.echo(reference(), nl=False)
