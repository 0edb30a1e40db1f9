"""How many examples change between wrong and right where nothing changed but the luck of trainings."""

import math

from assay.analysis.sample import Array


def flips(votes: Array, trainings: int) -> float:
    """How many examples would flip if `trainings` more of the baseline stood against those that there are.

    `votes`: how many examples k of the baseline's trainings are right about, k from 0 to all of them. A side is right
    where at least half of its trainings are; how often one is right about an example is taken to be the share seen,
    which for two trainings may say half or double of what it is, for five within a third (simulated).
    """
    own = len(votes) - 1
    found = 0.0
    for k, examples in enumerate(votes):
        before, after = (_majority(k / own, n) for n in (own, trainings))
        found += float(examples) * (before * (1.0 - after) + after * (1.0 - before))
    return found


def _majority(share: float, n: int) -> float:
    """The chance that at least half of `n` are right, of which each is with this chance."""
    return sum(math.comb(n, k) * share**k * (1.0 - share) ** (n - k) for k in range(math.ceil(n / 2), n + 1))
