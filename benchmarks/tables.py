"""A table of measured figures, as data and as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ALPHA = 0.05

Cell = str | int | float | None
"""A float is a share of 1, shown in per cent."""


@dataclass(frozen=True, slots=True)
class Table:
    """`trials`: simulated samples per figure; 0 where figures are calculated."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    trials: int

    def plain(self) -> dict[str, Any]:
        """As JSON holds it, shares to a hundredth of a point."""
        rows = [[round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in self.rows]
        return {"columns": list(self.columns), "rows": rows, "trials": self.trials}

    def markdown(self) -> str:
        """With the first column to the left and figures to the right."""
        head = f"| {' | '.join(self.columns)} |\n|{'|'.join(['---', *['---:'] * (len(self.columns) - 1)])}|"
        return "\n".join([head, *(f"| {' | '.join(map(shown, row))} |" for row in self.rows)])


def shown(cell: Cell) -> str:
    """`–` for what does not exist, one decimal for per cent."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{100 * cell:.1f} %"
    return f"{cell:,}" if isinstance(cell, int) else cell
