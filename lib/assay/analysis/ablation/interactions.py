"""What components gain together beyond the sum of each: in all combinations where these were tried, else by pairs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations

import numpy as np

from assay.analysis.ablation.block import Block, block
from assay.analysis.ablation.estimates import judged, over_seeds, together
from assay.analysis.ablation.factorial import contrasts, shares
from assay.analysis.ablation.pairs import BEYOND
from assay.analysis.student import satterthwaite
from assay.model.ablation.answer import Gain, Interaction, Names
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import MOST_TOGETHER
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Direction
from assay.model.note import note

Cells = Mapping[frozenset[str], Sample]
"""What is off → the scores of that cell, of which there is at least one."""


@dataclass(frozen=True, slots=True)
class Combined:
    """The cells that were tried together. `names`: those components; `whole`: all combinations of them, None where some
    are missing or these are too many.
    """

    names: Names
    whole: Block | None
    cells: Cells
    direction: Direction

    def averaged(self, first: str, second: str) -> Block | None:
        """The four cells of two components over all combinations of the others; None unless all were tried."""
        if self.whole is None or not {first, second} <= {*self.names}:
            return None
        return self.whole.over([self.names.index(first), self.names.index(second)])

    def at_full(self, first: str, second: str) -> Block | None:
        """The same with everything else on; None where one is missing."""
        if self.missing(first, second):
            return None
        return block([self.cells[off] for off in _square(first, second)], self.direction)

    def missing(self, first: str, second: str) -> tuple[frozenset[str], ...]:
        """The cells of a pair that nobody ran, or that have no score; that with both on first."""
        return tuple(off for off in sorted(_square(first, second), key=len) if off not in self.cells)


def combined(names: Names, cells: Cells, direction: Direction) -> Combined:
    """`names`: all components in their order."""
    tried = frozenset(chain.from_iterable(off for off in cells if len(off) > 1))
    own = tuple(name for name in names if name in tried)
    every = list(_subsets(own)) if 1 < len(own) <= MOST_TOGETHER else []
    complete = bool(every) and all(off in cells for off in every)
    return Combined(own, block([cells[off] for off in every], direction) if complete else None, cells, direction)


def interactions(found: Combined, names: Names, rules: Rules) -> tuple[Interaction, ...]:
    """Of every order where all combinations were tried, and of every pair, as one family; pairs first."""
    made = _of_all(found.names, found.whole, rules) if found.whole is not None else []
    known = {one.components for one in made}
    made += [_of_pair(found, pair, names, rules) for pair in combinations(names, 2) if pair not in known]
    order = {name: place for place, name in enumerate(names)}
    made.sort(key=lambda one: (len(one.components), [order[name] for name in one.components]))
    estimable = iter(together([one.effect for one in made if one.estimable], rules))
    return tuple(replace(one, effect=next(estimable)) if one.estimable else one for one in made)


def main_effects(found: Combined) -> dict[str, tuple[float, float]]:
    """Of each component that was tried in all combinations its main effect by Yates, and its Shapley share."""
    if found.whole is None:
        return {}
    means, count = found.whole.means, len(found.names)
    effects = contrasts(means, count)
    alone = [float(effects[tuple(int(axis == place) for axis in range(count))]) for place in range(count)]
    return dict(zip(found.names, zip(alone, shares(means).tolist(), strict=True), strict=True))


def _square(first: str, second: str) -> list[frozenset[str]]:
    """What is off in the four cells of a pair, in the order of a block."""
    return [frozenset(off) for off in ((first, second), (first,), (second,), ())]


def _subsets(names: Names) -> Iterator[frozenset[str]]:
    """What is off in each cell, in the order of a block: the first component changes slowest, off before on."""
    for place in range(2 ** len(names)):
        yield frozenset(n for at, n in enumerate(names) if not place >> (len(names) - 1 - at) & 1)


def _of_all(names: Names, whole: Block, rules: Rules) -> list[Interaction]:
    count = len(names)
    chosen = [axes for order in range(2, count + 1) for axes in combinations(range(count), order)]
    places = tuple(np.array([[int(axis in axes) for axes in chosen] for axis in range(count)]))
    sizes = np.array([2.0 ** (len(axes) - 1) for axes in chosen])
    if whole.seeds is not None:
        effects = contrasts(whole.seeds, count)[places] * sizes[:, None]
        gains = over_seeds(effects, whole.scales.max() * sizes, rules)
    else:
        shares = whole.errors.ravel()
        error, own = float(shares.sum()) ** 0.5 / 2 ** (count - 1), satterthwaite(shares, whole.freedoms.ravel())
        values = contrasts(whole.means, count)[places] * sizes
        gains = [
            judged(value, error * size, own, int(whole.sizes.min()), rules, Technique.SATTERTHWAITE_T)
            for value, size in zip(values.tolist(), sizes.tolist(), strict=True)
        ]
    return [
        Interaction(
            tuple(names[axis] for axis in axes),
            gain,
            averaged=tuple(name for axis, name in enumerate(names) if axis not in axes),
        )
        for axes, gain in zip(chosen, gains, strict=True)
    ]


def _of_pair(found: Combined, pair: tuple[str, str], names: Names, rules: Rules) -> Interaction:
    cells = found.at_full(*pair)
    if cells is None:
        missing = tuple(tuple(n for n in names if n in off) for off in found.missing(*pair))
        return Interaction(pair, Gain(reason=note(Says.CELLS_MISSING, n=len(missing))), missing=missing)
    return Interaction(pair, cells.contrast(BEYOND, rules))
