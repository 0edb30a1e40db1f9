"""The cells of a full two-level design, and what combinations of them show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.analysis.ablation.estimates import judged, of_cell, over_seeds, squared_error
from assay.analysis.sample import Array
from assay.analysis.student import satterthwaite
from assay.model.ablation.answer import Corner, Gain
from assay.model.comparison.procedure import Procedure, Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Direction

_UNPAIRED = Technique.SATTERTHWAITE_T


@dataclass(frozen=True, slots=True)
class Block:
    """2ᵏ cells as improvements: a loss of 3 is −3. An axis a factor, off before on.

    `means`: (2, …, 2). `seeds`: (2, …, 2, S), each seed's score where all cells have the same seeds, else None, and
    then `errors`: variance of each mean (NaN for a cell of one run) and `freedoms`, n − 1. `sizes`: runs of each cell;
    `scales`: the largest of its scores without its sign. All of these as `means`.
    """

    means: Array
    seeds: Array | None
    errors: Array
    freedoms: Array
    sizes: Array
    scales: Array
    direction: Direction

    @property
    def count(self) -> int:
        """How many factors."""
        return self.means.ndim

    def over(self, axes: Sequence[int]) -> "Block":
        """The same for these factors alone, averaged over the others."""
        rest = tuple(axis for axis in range(self.count) if axis not in axes)
        order = [sorted(axes).index(axis) for axis in axes]
        cells = 2 ** len(rest)

        def averaged(values: Array) -> Array:
            own = values.mean(axis=rest) if rest else values
            return np.moveaxis(own, order, range(len(order)))

        squares = np.divide(self.errors**2, self.freedoms, out=np.zeros_like(self.errors), where=self.freedoms > 0)
        errors, spent = averaged(self.errors) / cells, averaged(squares) / cells**3
        with np.errstate(divide="ignore", invalid="ignore"):
            freedoms = np.where(spent > 0, errors**2 / spent, averaged(self.freedoms))
        seeds = None if self.seeds is None else averaged(self.seeds)
        sizes, scales = (
            np.moveaxis(values, order, range(len(order)))
            for values in (self.sizes.min(axis=rest), self.scales.max(axis=rest))
        )
        return Block(averaged(self.means), seeds, errors, freedoms, sizes, scales, self.direction)

    def contrast(self, weights: Array, rules: Rules) -> Gain:
        """The sum of all cells by these weights, (2, …, 2): over seeds where there are such, else by their errors.

        Spreads are not pooled: each cell has its own, and those without weight have no say.
        """
        used = weights != 0.0
        if self.seeds is not None:
            return over_seeds((weights[used] @ self.seeds[used])[None], self.scales[used].max(), rules)[0]
        value = float((weights * self.means).sum())
        shares = weights[used] ** 2 * self.errors[used]
        own = satterthwaite(shares, self.freedoms[used])
        return judged(value, float(shares.sum()) ** 0.5, own, int(self.sizes[used].min()), rules, _UNPAIRED)

    def total(self, rules: Rules) -> Gain:
        """What the cell with all factors has over the one without any."""
        weights = np.zeros(self.means.shape)
        weights[(1,) * self.count], weights[(0,) * self.count] = 1.0, -1.0
        return self.contrast(weights, rules)

    def corner(self, place: tuple[int, ...], rules: Rules) -> Corner:
        """One cell as it was measured, not as an improvement."""
        weights = np.zeros(self.means.shape)
        weights[place] = 1.0 if self.direction is Direction.MAXIMIZE else -1.0
        found = self.contrast(weights, rules)
        assert found.value is not None
        own = found.interval
        return Corner(found.value, own and replace(own, procedure=Procedure(Technique.T)), found.n, found.reason)


def block(cells: Sequence[Sample], direction: Direction) -> Block:
    """Of 2ᵏ cells with at least one score each, in the order of binary numbers whose first digit is the first factor.

    Cells share their seeds where each has every seed of the others, once.
    """
    count = len(cells).bit_length() - 1
    shape = (2,) * count
    sign = direction.gain(1.0)
    own = [cell.scores for cell in cells]
    sizes = np.array([len(scores) for scores in own]).reshape(shape)
    scales = np.array([max(map(abs, scores)) for scores in own]).reshape(shape)
    seeds = _by_seed(cells)
    if seeds is not None:
        means, nothing = (sign * seeds.mean(axis=1)).reshape(shape), np.zeros(shape)
        return Block(means, sign * seeds.reshape(*shape, -1), nothing, nothing, sizes, scales, direction)
    found = [of_cell(scores) for scores in own]
    means = sign * np.array([one.mean for one in found]).reshape(shape)
    errors = np.array([squared_error(one) for one in found]).reshape(shape)
    return Block(means, None, errors, sizes - 1.0, sizes, scales, direction)


def _by_seed(cells: Sequence[Sample]) -> Array | None:
    """A row a cell, a column a seed; None where cells differ in their seeds, or one has none or has one twice."""
    first: list[str] = []
    rows = []
    for cell in cells:
        known = {one.seed: one.score for one in cell.replicates if one.score is not None}
        if None in known or len(known) < len(cell.replicates) or (first and known.keys() != set(first)):
            return None
        first = first or [str(seed) for seed in known]
        rows.append([known[seed] for seed in first])
    return np.array(rows, dtype=np.float64)
