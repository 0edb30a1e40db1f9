"""What `assay compare --task-by` prints of several tasks."""

from assay.cli.options import warn
from assay.cli.output import say, table
from assay.model.comparison.answer import Comparison
from assay.view.tables.column import Table
from assay.view.tables.comparison import tasks as tables
from assay.view.text.comparison.tasks import left_out, read, scale, tasks
from assay.view.text.notes import words
from assay.view.text.numbers import Scale

_ROWS = 30
_SPARE = ("mean", "median", "optimality_gap")


def show(found: Comparison, shown: Scale) -> None:
    """The sides over all tasks, then every task by itself, then what was reached over steps."""
    over = found.first.tasks
    assert over is not None
    say(f"{tasks(over)}: {scale(over)}.")
    if lost := left_out(found):
        say(lost)
    say()
    table(tables.aggregates(found, shown), wrap=True, spare=_SPARE)
    if over.rows:
        each = tables.by_task(found)
        say("\nTask by task")
        table(Table(each.frame.head(_ROWS), each.columns, each.alt), wrap=True)
    if len(over.rows) > _ROWS:
        say(f"… and {len(over.rows) - _ROWS:,} more; --json gives every row.")
    if over.efficiency and over.efficiency.reason:
        warn(f"Not over steps: {words(over.efficiency.reason, found.labels)}")
    elif over.efficiency:
        say(f"\nOver steps: {read(over.efficiency)} --json gives every curve.")
