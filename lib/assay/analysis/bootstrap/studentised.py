"""The bootstrap law of t ratios by Owen's beta weights, which stay finite at three values."""

import numpy as np

from assay.analysis.sample import Array, Groups, generator, standard_error

_CHUNK = 2_000_000


def beta_t(groups: Groups, resamples: int, seed: int) -> tuple[Array, float]:
    """Draws of t* = (estimate* − estimate) / error*, and the estimate's own error (ddof 0).

    Weights are Beta(1/2, 3/2), normalised (Owen 2025); t* for one group is √n (m* − m) / s*. Whole counts instead, as
    plain resampling draws them, make it infinite at n = 3 and its tails wild below n = 10.
    """
    rng = generator(seed)
    drawn = [_weighted(group, resamples, rng) for group in groups]
    shift = drawn[0][0] - drawn[1][0] if len(groups) == 2 else drawn[0][0]
    error = np.sqrt(sum((square for _, square in drawn), np.zeros(resamples)))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(error > 0.0, shift / error, np.where(shift == 0.0, 0.0, np.sign(shift) * np.inf))
    return ratios, standard_error(groups)


def _weighted(values: Array, resamples: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Mean* − mean and squared error* of every reweighting of one group."""
    deviations = values - values.mean()
    squares = deviations * deviations
    rounding = 1e-24 * float(squares.max())
    step = max(1, _CHUNK // values.size)
    means, errors = np.empty(resamples), np.empty(resamples)
    for start in range(0, resamples, step):
        rows = slice(start, min(start + step, resamples))
        weights = rng.beta(0.5, 1.5, (rows.stop - rows.start, values.size))
        weights /= weights.sum(axis=1, keepdims=True)
        means[rows] = weights @ deviations
        variance = weights @ squares - means[rows] ** 2
        errors[rows] = np.where(variance > rounding, variance, 0.0) / values.size
    return means, errors
