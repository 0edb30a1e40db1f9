"""Re-simulates what intervals cover, and how often they cry wolf: `python -m benchmarks.coverage [--trials N]`.

Writes lib/assay/analysis/measured.py, which the pages' caveats and the documentation quote.
"""

import argparse
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from assay.analysis.bootstrap.choice import law
from assay.analysis.bootstrap.intervals import bootstrap, by_law
from assay.analysis.sample import Groups, varies
from assay.analysis.student import one_mean, welch
from assay.model.comparison.question import Method

MEASURED = Path(__file__).resolve().parents[1] / "lib" / "assay" / "analysis" / "measured.py"
SIZES = (3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 30, 50)
BY_LAW = (Method.PERCENTILE, Method.BASIC, Method.BCA)
METHODS = (Method.T, *BY_LAW, Method.BOOTSTRAP_T)
LEVEL = 0.95
RESAMPLES = 999
CEILING = (24.0, 0.7)

Draw = Callable[[np.random.Generator, int], np.ndarray]
Rates = dict[Method, dict[int, dict[str, float]]]
"""Method → n → shape → share of intervals that miss."""


def normal(rng: np.random.Generator, n: int) -> np.ndarray:
    """Scores with mean 0."""
    return rng.normal(size=n)


def near_ceiling(rng: np.random.Generator, n: int) -> np.ndarray:
    """Like an accuracy near 97 %, skewed to the left; mean 0."""
    a, b = CEILING
    return rng.beta(a, b, n) - a / (a + b)


SHAPES: dict[str, Draw] = {"normal": normal, "near_ceiling": near_ceiling}


def misses(groups: Groups, seed: int) -> dict[Method, bool]:
    """By method, whether the interval of this sample leaves out the true value, which is 0."""
    if not any(varies(group) for group in groups):
        return dict.fromkeys(METHODS, False)
    known = law(groups)
    intervals = {method: by_law(groups, known, method).interval(LEVEL) for method in BY_LAW}
    intervals[Method.T] = (one_mean(groups[0]) if len(groups) == 1 else welch(groups[0], groups[1])).interval(LEVEL)
    drawn = bootstrap(groups, Method.BOOTSTRAP_T, RESAMPLES, seed).interval(LEVEL)
    if drawn is None:
        raise AssertionError  # so many resamples do for this level
    intervals[Method.BOOTSTRAP_T] = drawn
    return {method: not found.low <= 0.0 <= found.high for method, found in intervals.items()}


def miss_rates(draw: Draw, n: int, sides: int, trials: int) -> dict[Method, float]:
    """By method, the share of simulated samples whose interval misses."""
    rng = np.random.Generator(np.random.SFC64([n, sides]))
    missed = [misses(tuple(np.sort(draw(rng, n)) for _ in range(sides)), i) for i in range(trials)]
    return {method: sum(one[method] for one in missed) / trials for method in METHODS}


def table(sides: int, shapes: Iterable[str], trials: int) -> Rates:
    """Miss rates by method, n and shape; prints its progress, for it takes minutes."""
    found: Rates = {method: {n: {} for n in SIZES} for method in METHODS}
    for n in SIZES:
        began = time.perf_counter()
        for shape in shapes:
            for method, rate in miss_rates(SHAPES[shape], n, sides, trials).items():
                found[method][n][shape] = rate
        sys.stdout.write(f"{sides} side(s), n = {n}: {time.perf_counter() - began:.0f} s\n")
    return found


def source(one: Rates, two: Rates, trials: int) -> str:
    """The text of measured.py."""
    head = (
        '"""Simulated behaviour of 95 % intervals; written by `python -m benchmarks.coverage`, not by hand."""\n\n'
        f"TRIALS = {trials}\n"
        '"""Simulated samples per figure: a coverage of .95 has a Monte-Carlo error of '
        f'{np.sqrt(0.95 * 0.05 / trials):.4f}, one of .80 of {np.sqrt(0.8 * 0.2 / trials):.4f}."""\n\n'
    )
    return head + "\n".join(
        [
            *_lines(
                "COVERAGE", one, _coverage, "Method → n → coverage of a mean: normal scores, scores near a ceiling."
            ),
            "",
            *_lines(
                "PAIRED_ALARMS", one, _alarm, "Method → n pairs → how often 0 is left out of no difference, normal."
            ),
            "",
            *_lines("UNPAIRED_ALARMS", two, _alarm, "Method → n per side → the same for two independent sides."),
            "",
        ]
    )


def _coverage(cell: dict[str, float]) -> str:
    return f"({1 - cell['normal']:.3f}, {1 - cell['near_ceiling']:.3f})"


def _alarm(cell: dict[str, float]) -> str:
    return f"{cell['normal']:.3f}"


def _lines(name: str, rates: Rates, cell: Callable[[dict[str, float]], str], says: str) -> Iterator[str]:
    """A table with a row per method, as wide as it reads well."""
    kind = "tuple[float, float]" if cell is _coverage else "float"
    yield "# fmt: off"
    yield f"{name}: dict[str, dict[int, {kind}]] = {{"
    for method, sizes in rates.items():
        row = ", ".join(f"{n}: {cell(shapes)}".replace(" ", "~") for n, shapes in sizes.items())
        wrapped = textwrap.wrap(f'"{method}": {{{row}}},', 112, initial_indent="    ", subsequent_indent="        ")
        yield from (line.replace("~", " ") for line in wrapped)
    yield "}"
    yield "# fmt: on"
    yield f'"""{says}"""'


def main() -> None:
    """Simulates and writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", type=int, default=2000, help="simulated samples per figure")
    trials = parser.parse_args().trials
    MEASURED.write_text(source(table(1, SHAPES, trials), table(2, ["normal"], trials), trials), encoding="utf-8")
    sys.stdout.write(f"wrote {MEASURED}\n")


if __name__ == "__main__":
    main()
