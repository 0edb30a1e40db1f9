"""What an ablation says where the truth is known: intervals, alarms, classes, the smallest system, cases of pairs."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from benchmarks.coverage import LEVEL, near_ceiling, normal
from benchmarks.tables import ALPHA, Cell, Table

from assay.analysis.ablation import classes
from assay.analysis.ablation.block import Block, block
from assay.analysis.ablation.estimates import over_seeds, shown, together
from assay.analysis.ablation.interactions import combined, interactions
from assay.analysis.ablation.pairs import BEYOND, case, square, substitutes
from assay.analysis.sample import generator
from assay.analysis.student import Student
from assay.model.ablation.answer import ComponentClass, Gain, PairCase
from assay.model.ablation.policy import ClassLimits
from assay.model.comparison.procedure import Interval, Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Replicate, Sample
from assay.model.metric import Direction

TRIALS = 3000
_FEW_TRIALS = 1000
_MANY_TRIALS = 10_000
_RULES = Rules()
_UP = Direction.MAXIMIZE
_LIMITS = ClassLimits(critical=5.0, removable=1.0)
_SPREADS = np.array([20.0, 7.4, 2.7, 1.0])
"""Of the cells of a pair: without both, with the second, with the first, with both."""

Draw = Callable[[np.random.Generator, int], np.ndarray]
Cells = np.ndarray
"""A row a cell, in the order of a block, a column a run."""


def intervals() -> Table:
    """Coverage of a contribution and of an interaction that are both 0, cells spread 1 to 20 wide."""
    rng, rows = generator(51), list[list[Cell]]()
    for n in (3, 5, 10):
        row: list[Cell] = [n]
        for draw in (normal, near_ceiling):
            for shared in (True, False):
                made = [_block(_scattered(rng, draw, n, shared=shared), shared=shared) for _ in range(TRIALS)]
                row += [_covered([one.contrast(_LAST, _RULES).interval for one in made])]
                row += [_covered([one.contrast(BEYOND, _RULES).interval for one in made])]
        pooled = [_pooled(_scattered(rng, normal, n, shared=False)) for _ in range(TRIALS)]
        rows.append([*row, _covered([one for one, _ in pooled]), _covered([other for _, other in pooled])])
    kinds = ("shared seeds", "own seeds", "near a ceiling, shared seeds", "near a ceiling, own seeds", "pooled error")
    whats = (("contribution", "interaction"),) * 4 + (("narrow cells", "wide cells"),)
    return Table(["n", *(f"{k}: {w}" for k, both in zip(kinds, whats, strict=True) for w in both)], rows, TRIALS)


_LAST = np.array([[0.0, 0.0], [-1.0, 1.0]])
"""What the second factor adds beside the first."""


def _scattered(rng: np.random.Generator, draw: Draw, n: int, *, shared: bool) -> Cells:
    own = np.array([spread * draw(rng, n) for spread in _SPREADS])
    return own + 5.0 * draw(rng, n) if shared else own


def _pooled(cells: Cells) -> tuple[Interval, Interval]:
    """Of the narrow and of the wide two cells their difference, by one error for all as a textbook has it."""
    n = cells.shape[1]
    error = float((cells.var(axis=1, ddof=1).mean() * 2 / n) ** 0.5)
    narrow, wide = cells[3].mean() - cells[2].mean(), cells[1].mean() - cells[0].mean()
    freedom = 4.0 * (n - 1)
    made = [Student(float(value), error, freedom, Technique.T).interval(LEVEL) for value in (narrow, wide)]
    return made[0], made[1]


def seeds() -> Table:
    """What it costs an interaction of 0 when one of the four cells lacks one of five seeds."""
    rng, rows = generator(52), list[list[Cell]]()
    for spread in (0.0, 1.0, 3.0):
        told = []
        for _ in range(TRIALS):
            cells = rng.normal(size=(4, 5)) + spread * rng.normal(size=5)
            whole = _samples(cells, shared=True)
            short = [*whole[:3], Sample("3", "", whole[3].replicates[:4])]
            found = [block(own, _UP).contrast(BEYOND, _RULES).interval for own in (whole, short)]
            told.append([(one.low <= 0.0 <= one.high, one.high - one.low) for one in found if one])
        covered, widths = np.mean(told, axis=0).T
        rows.append([
            f"{spread:g} times the rest",
            *(cell for c, w in zip(covered, widths, strict=True) for cell in (float(c), f"{w:.1f} sd")),
        ])  # fmt: skip
    columns = ["sd that seeds share", "all five in every cell: coverage", "mean width", "one run missing: coverage"]
    return Table([*columns, "mean width"], rows, TRIALS)


def alarms() -> Table:
    """2 × 2 × 2 cells whose components only add up: in how many experiments is some interaction shown?"""
    rng, rows = generator(53), list[list[Cell]]()
    offs = [frozenset(n for n, on in zip("abc", row, strict=True) if not on) for row in product((0, 1), repeat=3)]
    wide = np.linspace(1.0, 20.0, 8)[:, None]
    for n in (3, 5, 10):
        row: list[Cell] = [n]
        for draw, shared in ((normal, True), (normal, False), (near_ceiling, True), (near_ceiling, False)):
            hits = np.zeros(2)
            for _ in range(TRIALS):
                cells = np.array([draw(rng, n) for _ in offs]) * (1.0 if shared else wide)
                cells += draw(rng, n) if shared else 0.0
                known = dict(zip(offs, _samples(cells, shared=shared), strict=True))
                found = [
                    one.effect for one in interactions(combined(("a", "b", "c"), known, _UP), tuple("abc"), _RULES)
                ]
                hits += any((g.p_value or 1.0) < ALPHA for g in found), any(shown(g, _RULES) for g in found)
            row += (hits / TRIALS).tolist()
        rows.append(row)
    kinds = ("shared seeds", "own seeds, spreads 1 to 20", "near a ceiling, shared", "near a ceiling, own, 1 to 20")
    return Table(["n", *(f"{k}: {how}" for k in kinds for how in ("uncorrected", "Holm"))], rows, TRIALS)


def classed() -> Table:
    """Classes of a component by its true loss, limits of 5 and 1 points, differences with an sd of 1 point."""
    rng, rows = generator(54), list[list[Cell]]()
    for loss in (0.0, 1.0, 3.0, 5.0):
        for n in (3, 5, 10):
            found = Counter(
                classes.importance(own, _LIMITS, _RULES)
                for own in over_seeds(loss + rng.normal(size=(_MANY_TRIALS, n)), 1.0, _RULES)
            )
            one = near_ceiling(rng, 100_000).std()
            skewed = over_seeds(
                loss + np.array([near_ceiling(rng, n) for _ in range(_MANY_TRIALS)]) * -1.0 / one, 1.0, _RULES
            )
            called = (found[kind] / _MANY_TRIALS for kind in ComponentClass)
            rows.append([_points(loss), n, *called, _removable(skewed)])
    kinds = [f"called {kind.value}" for kind in ComponentClass]
    return Table(["true loss", "n", *kinds, "removable, near a ceiling"], rows, _MANY_TRIALS)


def _points(loss: float) -> str:
    return f"{loss:g} point{'' if loss == 1.0 else 's'}"


def _removable(found: Sequence[Gain]) -> float:
    return [classes.importance(one, _LIMITS, _RULES) for one in found].count(ComponentClass.REMOVABLE) / len(found)


def smallest() -> Table:
    """How often a system is named that truly loses the limit of 1 point or more; five seeds, runs with an sd of .7."""
    rng, rows = generator(55), list[list[Cell]]()
    for count in (2, 3, 5, 12):
        off = np.array(list(product((0, 1), repeat=count)))[1:]
        needed = off[:, : (count + 1) // 2].sum(axis=1)
        wrong = np.zeros(5)
        for _ in range(_FEW_TRIALS):
            noise = 0.7 * (rng.normal(size=(len(off), 5)) - rng.normal(size=5))
            highs = _highs(noise)
            passing = 1.5 * needed + highs < _LIMITS.removable
            named = _fewest(passing, off)
            right = named is not None and needed[named] == 0 and off[named].sum() == count // 2
            wrong += [
                bool(highs[0] + 1.0 < _LIMITS.removable),
                bool((highs + 1.0 < _LIMITS.removable).any()),
                bool((highs + 1.5 < _LIMITS.removable).any()),
                named is not None and bool(needed[named]),
                bool(right),
            ]
        rows.append([len(off), *(wrong / _FEW_TRIALS).tolist()])
    columns = ["systems tried", "each, all losing just the limit", "some is named then", "all losing 1.5 points"]
    return Table([*columns, "some can go, others lose 1.5: a wrong one named", "the smallest named"], rows, _FEW_TRIALS)


def _highs(values: np.ndarray) -> np.ndarray:
    """The high ends of t intervals over rows, as `judged.over_seeds` has them."""
    n = values.shape[1]
    half = Student(0.0, 1.0, n - 1.0, Technique.PAIRED_T).interval(LEVEL).high
    return np.asarray(values.mean(axis=1) + half * values.std(axis=1, ddof=1) / n**0.5)


def _fewest(passing: np.ndarray, off: np.ndarray) -> int | None:
    """Of the systems that pass the first with most components off."""
    return int(np.argmax(np.where(passing, off.sum(axis=1), -1))) if passing.any() else None


def cases() -> Table:
    """What is said of a pair at five shared seeds, by the truth: neither, first, second, both, in sd of a run."""
    rng, rows = generator(56), list[list[Cell]]()
    truths = {
        "neither helps": (0, 0, 0, 0), "one wins by 3 sd": (0, 0, 3, 3), "they add up, 3 sd each": (0, 3, 3, 6),
        "they add up, 1 sd each": (0, 1, 1, 2), "only both win, 3 sd": (0, 0, 0, 3), "either does, 3 sd": (0, 3, 3, 3),
        "3 sd each, and 3 more together": (0, 3, 3, 9), "3 sd each, 1.5 less together": (0, 3, 3, 4.5),
        "one adds 6 sd, the other spoils half": (0, 0, 6, 3),
    }  # fmt: skip
    told = [kind for kind in PairCase if kind is not PairCase.UNKNOWN]
    for name, truth in truths.items():
        found, replaced = Counter[PairCase](), 0
        for _ in range(TRIALS):
            samples = _samples(np.array(truth)[:, None] + rng.normal(size=(4, 5)) + rng.normal(size=5), shared=True)
            made = block(samples, _UP)
            [beyond] = together([made.contrast(BEYOND, _RULES)], _RULES)
            own = square(made, _RULES)
            found[case(own, beyond, "ab", _RULES)[0]] += 1
            replaced += substitutes(own, beyond, _RULES)
        rows.append([name, *(found[kind] / TRIALS for kind in told), replaced / TRIALS])
    return Table(["truth", *(kind.value.replace("_", " ") for kind in told), "substitutes"], rows, TRIALS)


def _block(cells: Cells, *, shared: bool) -> Block:
    return block(_samples(cells, shared=shared), _UP)


def _samples(cells: Cells, *, shared: bool) -> list[Sample]:
    """A cell a row; their runs share seeds, or log none."""
    return [
        Sample(str(at), "", tuple(Replicate((), (x,), str(i) if shared else None) for i, x in enumerate(row)))
        for at, row in enumerate(cells.tolist())
    ]


def _covered(found: Sequence[Interval | None]) -> float:
    return float(np.mean([one is not None and one.low <= 0.0 <= one.high for one in found]))
