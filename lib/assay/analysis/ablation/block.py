"""The cells of a full two-level design, and what combinations of them show."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.analysis.ablation.judged import freedom, judged, over_seeds
from assay.analysis.sample import Array, ascending, moments
from assay.model.ablation.answer import Corner, Gain
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Direction

_UNPAIRED = Technique.SATTERTHWAITE_T


@dataclass(frozen=True, slots=True)
class Block:
    """2ᵏ cells as improvements: a loss of 3 is −3. An axis a factor, off before on.

    `means`: (2, …, 2). `seeds`: (2, …, 2, S), each seed's score where all cells have the same seeds, else None, and
    then `errors`: variance of each mean (NaN for a cell of one run) and `freedoms`, n − 1, both as `means`.
    `n`: seeds, or runs of the smallest cell. `scale`: the largest score without its sign.
    """

    means: Array
    seeds: Array | None
    errors: Array
    freedoms: Array
    n: int
    scale: float
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
        return Block(averaged(self.means), seeds, errors, freedoms, self.n, self.scale, self.direction)

    def contrast(self, weights: Array, rules: Rules) -> Gain:
        """The sum of all cells by these weights, (2, …, 2): over seeds where there are such, else by their errors.

        Spreads are not pooled: each cell has its own.
        """
        if self.seeds is not None:
            return over_seeds(np.tensordot(weights, self.seeds, self.count)[None], self.scale, rules)[0]
        value = float((weights * self.means).sum())
        shares = (weights**2 * self.errors).ravel()
        error = float(shares.sum()) ** 0.5
        return judged(value, error, freedom(shares, self.freedoms.ravel()), self.n, rules, _UNPAIRED)

    def corner(self, place: tuple[int, ...], rules: Rules) -> Corner:
        """One cell as it was measured, not as an improvement."""
        weights = np.zeros(self.means.shape)
        weights[place] = 1.0 if self.direction is Direction.MAXIMIZE else -1.0
        found = self.contrast(weights, rules)
        assert found.value is not None
        return Corner(found.value, found.interval, found.n)


def block(cells: Sequence[Sample], direction: Direction) -> Block:
    """Of 2ᵏ cells with at least one score each, in the order of binary numbers whose first digit is the first factor.

    Cells share their seeds where each has every seed of the others, once.
    """
    count = len(cells).bit_length() - 1
    shape = (2,) * count
    sign = direction.gain(1.0)
    scale = max(abs(score) for cell in cells for score in cell.scores)
    seeds = _by_seed(cells)
    if seeds is not None:
        scores = sign * seeds
        nothing = np.zeros(shape)
        return Block(
            scores.mean(axis=1).reshape(shape), scores.reshape(*shape, -1), nothing, nothing, scores.shape[1], scale,
            direction,
        )  # fmt: skip
    own = [moments(ascending(cell.scores)) for cell in cells]
    sizes = np.array([one.n for one in own])
    variances = np.array([one.variance / (one.n - 1) if one.n > 1 else np.nan for one in own])
    return Block(
        sign * np.array([one.mean for one in own]).reshape(shape), None, variances.reshape(shape),
        (sizes - 1.0).reshape(shape), int(sizes.min()), scale, direction,
    )  # fmt: skip


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
