"""`python -m benchmarks.methods` rewrites the tables in docs/methods from what coverage and simulations measured."""

import json
import re
import sys
from pathlib import Path
from typing import Any

from benchmarks.coverage import CEILING
from benchmarks.simulations import SIMULATED
from benchmarks.tables import Cell, Table

from assay.analysis.measured import COVERAGE, PAIRED_ALARMS, TRIALS, UNPAIRED_ALARMS

PAGES = Path(__file__).resolve().parents[1] / "docs" / "methods"
OVERVIEW_SIZES = (3, 5, 10, 20, 50)
_BLOCK = re.compile(r"(<!-- measured: (?P<name>[a-z-]+) -->\n).*?(<!-- end of (?P=name) -->)", re.DOTALL)
_MEASURED = re.compile(r"<!-- measured: ([a-z-]+) -->")


def rewritten(page: str) -> str:
    """The page with every block between its marks made anew; KeyError for a name that nothing was measured under."""
    known = blocks()
    made = _BLOCK.sub(lambda found: f"{found[1]}{known[found['name']]}\n{found[3]}", page)
    unclosed = set(_MEASURED.findall(page)) - {found["name"] for found in _BLOCK.finditer(page)}
    if unclosed:
        raise ValueError(f"the block {', '.join(sorted(unclosed))} has no end mark")
    return made


def blocks() -> dict[str, str]:
    """Name → table and what it rests on, Markdown."""
    made = {name: _with_origin(_of_interval(name), TRIALS, _shapes()) for name in COVERAGE}
    made["auto"] = _with_origin(_of_auto(), TRIALS, _shapes())
    made["overview"] = _with_origin(_overview(), TRIALS, _shapes())
    simulated: dict[str, dict[str, Any]] = json.loads(SIMULATED.read_text(encoding="utf-8"))
    for name, found in simulated.items():
        made[name] = _with_origin(Table(**found), found["trials"], "")
    return made


def _of_interval(method: str) -> Table:
    columns = ["n", "coverage, normal", "coverage, near a ceiling", "false alarms, n pairs", "false alarms, n per side"]
    rows: list[list[Cell]] = [
        [n, *both, PAIRED_ALARMS[method][n], UNPAIRED_ALARMS[method][n]] for n, both in COVERAGE[method].items()
    ]
    return Table(columns, rows, TRIALS)


def _of_auto() -> Table:
    columns = ["n", "coverage, normal", "near a ceiling", "false alarms, n pairs", "by percentile bootstrap"]
    rows: list[list[Cell]] = [
        [
            n,
            *both,
            *(alarms[method][n] for alarms in (PAIRED_ALARMS, UNPAIRED_ALARMS) for method in ("t", "percentile")),
        ]
        for n, both in COVERAGE["t"].items()
    ]
    return Table([*columns, "false alarms, n per side", "by percentile bootstrap"], rows, TRIALS)


def _overview() -> Table:
    """One row per method; cells are coverage of normal scores and of scores near a ceiling."""
    rows: list[list[Cell]] = [
        [f"`{method}`", *(" / ".join(f"{100 * share:.0f}" for share in sizes[n]) for n in OVERVIEW_SIZES)]
        for method, sizes in COVERAGE.items()
    ]
    return Table(["method", *(f"n = {n}" for n in OVERVIEW_SIZES)], rows, TRIALS)


def _with_origin(table: Table, trials: int, what: str) -> str:
    error = 100 * (0.95 * 0.05 / trials) ** 0.5 if trials else 0.0
    drawn = (
        f"{trials:,} simulated samples a figure: ± {error:.1f} points (one sigma) near 5 % and 95 %." if trials else ""
    )
    return "\n".join([table.markdown(), *(["", " ".join(filter(None, (drawn, what)))] if drawn else [])])


def _shapes() -> str:
    a, b = CEILING
    skew = 2 * (b - a) * (a + b + 1) ** 0.5 / ((a + b + 2) * (a * b) ** 0.5)
    return (
        f"Near a ceiling: Beta({a:g}, {b:g}), like an accuracy of {100 * a / (a + b):.0f} % on average, "
        f"skew −{abs(skew):.1f}."
    )


def main() -> None:
    """Rewrites the pages in place."""
    for path in sorted(PAGES.glob("*.md")):
        path.write_text(rewritten(path.read_text(encoding="utf-8")), encoding="utf-8")
        sys.stdout.write(f"wrote {path.relative_to(PAGES.parents[1])}\n")


if __name__ == "__main__":
    main()
