"""Runs every benchmark, or those named, and prints one Markdown table: `python -m benchmarks [sync …]`."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.results import Row, markdown


def main(names: Sequence[str]) -> None:
    """Every `bench_*.py` beside this file has a `measure()` that gives rows; progress goes to stderr."""
    known = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    unknown = set(names) - set(known)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    rows: list[Row] = []
    for name in names or known:
        sys.stderr.write(f"{name} …\n")
        rows += importlib.import_module(f"benchmarks.bench_{name}").measure()
    sys.stdout.write(markdown(rows) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
