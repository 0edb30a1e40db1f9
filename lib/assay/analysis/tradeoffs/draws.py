"""Means or medians of configurations as new trainings might have given them, drawn from their replicates."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from assay.analysis import sample
from assay.analysis.sample import Array
from assay.model.comparison.question import Statistic

# A block holds as many numbers, but no fewer draws, and more where many that are drawn apart each cost a call a block.
_BLOCK, _FEWEST, _LARGEST, _GROUPS = 600_000, 32, 6_000_000, 50
_DIGITS, _TINY = 12, 1e-280


@dataclass(frozen=True)
class Replicated:
    """A configuration with its whole replicates, `values`: (n, objectives), in the order of `seeds`.

    `key`: what it is known by, whatever it stands beside. `seeds`: of each replicate what its noise hangs on, so that
    configurations that share them are drawn together; empty where nobody logged any.
    """

    key: str
    values: Array
    seeds: tuple[str, ...] = ()

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Its seeds where each is one replicate's; a seed that stands for several ties nothing together."""
        return self.seeds if len(set(self.seeds)) == len(self.values) else ()

    @cached_property
    def source(self) -> str:
        """What its draws are named after: its set of seeds, else itself."""
        return "seeds\n" + "\n".join(sorted(self.shared)) if self.shared else f"configuration\n{self.key}"

    @cached_property
    def ordered(self) -> Array:
        """The replicates in the order that draws are made in, whatever order they came in, without crumbs."""
        order = sorted(range(len(self.values)), key=self.shared.__getitem__) if self.shared else slice(None)
        return _without_crumbs(self.values[order])


def centres(configurations: Sequence[Replicated], statistic: Statistic) -> Array:
    """Mean or median of every objective: shape (configurations, objectives).

    To twelve digits, as rounding beyond that would part those that are equal, and in one unit but not in another.
    """
    found = np.empty((len(configurations), configurations[0].values.shape[1] if configurations else 0))
    sizes = np.array([len(one.values) for one in configurations], dtype=np.intp)
    for size in np.unique(sizes):
        places = np.flatnonzero(sizes == size)
        values = np.stack([configurations[int(place)].values for place in places])
        found[places] = _centre(values, statistic)
    return found


def _centre(values: Array, statistic: Statistic) -> Array:
    """Of the second axis, in whatever order its values stand."""
    values = np.sort(values, axis=1)
    return _without_crumbs((np.median if statistic is Statistic.MEDIAN else np.mean)(values, axis=1))


def _without_crumbs(values: Array) -> Array:
    """The nearest numbers of so many digits, the same for all that differ by rounding alone."""
    size = np.abs(values)
    with np.errstate(divide="ignore"):
        exponents = np.floor(np.log10(size))
    factors = 10.0 ** (_DIGITS - 1 - np.where(size > _TINY, exponents, 0.0))
    return np.where(size > _TINY, np.round(values * factors) / factors, values)


class Drawing:
    """Means or medians, drawn block by block.

    Means are x̄ + Σ gᵢ (xᵢ − x̄) / √(n (n − 1)) · √((n − 1) / χ²): Student's law, with one standard normal g a seed and
    one χ² of n − 1 degrees of freedom a set of seeds. Medians are those of n replicates drawn with replacement, the
    same ones for a set of seeds. Below `fewest` replicates a configuration stays where it is. Each draw hangs on
    `seed` and on what it is named after alone, so that no configuration moves another one. `step`: the draws of a block
    that is handled at once.
    """

    def __init__(self, configurations: Sequence[Replicated], statistic: Statistic, *, fewest: int, seed: int) -> None:
        self._still = centres(configurations, statistic).T
        groups: dict[tuple[str, int], list[int]] = {}
        for place, one in enumerate(configurations):
            if len(one.values) >= fewest:
                groups.setdefault((one.source, len(one.values)), []).append(place)
        kind = _Medians if statistic is Statistic.MEDIAN else _Means
        self._sources = _Sources(seed)
        self._movers = [
            kind(places, [configurations[place] for place in places], self._sources) for places in groups.values()
        ]
        size = max(1, self._still.size)
        self.step = max(_FEWEST, _BLOCK // size, min(len(groups) // _GROUPS, _LARGEST // size))

    def block(self, size: int) -> Array:
        """The next `size` draws: shape (objectives, configurations, size)."""
        block = np.repeat(self._still[:, :, None], size, axis=2)
        self._sources.next(size)
        for mover in self._movers:
            block[:, mover.places] = mover.move(size)
        return block


class _Sources:
    """Streams of random numbers by name; those that several ask for within a block are the same ones."""

    def __init__(self, seed: int) -> None:
        self._seed, self._size = seed, 0
        self._normals: dict[str, tuple[np.random.Generator, Array]] = {}

    def generator(self, name: str) -> np.random.Generator:
        """One that hangs on the seed and the name."""
        return sample.generator(int.from_bytes(sha256(f"{self._seed}\n{name}".encode()).digest()[:16]))

    def next(self, size: int) -> None:
        """Goes on to the next `size` draws."""
        self._size = size
        self._normals = {name: (own, own.standard_normal(size)) for name, (own, _) in self._normals.items()}

    def normals(self, name: str) -> Array:
        """A standard normal a draw."""
        if name not in self._normals:
            own = self.generator(f"normal\n{name}")
            self._normals[name] = own, own.standard_normal(self._size)
        return self._normals[name][1]


class _Means:
    """The configurations of one set of seeds, drawn together."""

    def __init__(self, places: list[int], members: Sequence[Replicated], sources: _Sources) -> None:
        first = members[0]
        self.places, self._sources = places, sources
        self._freedom = len(first.values) - 1
        self._names = sorted(first.shared)
        self._own = None if self._names else sources.generator(f"normal\n{first.source}")
        self._squares = sources.generator(f"square\n{first.source}")
        columns = np.stack([one.ordered for one in members], axis=2).transpose(1, 2, 0).reshape(-1, self._freedom + 1)
        # Equal columns are drawn once, because their draws have to be equal in every digit.
        values, self._which = np.unique(columns, axis=0, return_inverse=True)
        self._means = _centre(values, Statistic.MEAN)[:, None]
        varied = [[sample.varies(row)] for row in values]
        scale = np.sqrt(self._freedom * (self._freedom + 1))
        self._deviations = np.where(varied, values - self._means, 0.0) / scale

    def move(self, size: int) -> Array:
        """Shape (objectives, configurations, draws)."""
        if self._own is None:
            noise = np.stack([self._sources.normals(name) for name in self._names])
        else:
            noise = self._own.standard_normal((size, self._freedom + 1)).T
        noise = noise * np.sqrt(self._freedom / self._squares.chisquare(self._freedom, size))
        rows: Array = self._means + self._deviations @ noise
        return rows[self._which.ravel()].reshape(-1, len(self.places), size)


class _Medians:
    """The configurations of one set of seeds, of which the same replicates are drawn."""

    def __init__(self, places: list[int], members: Sequence[Replicated], sources: _Sources) -> None:
        self.places = places
        self._picks = sources.generator(f"replicates\n{members[0].source}")
        self._n = len(members[0].values)
        columns = np.stack([one.ordered for one in members], axis=2).transpose(1, 2, 0).reshape(-1, self._n)
        self._order = np.argsort(columns, axis=1, kind="stable")
        self._ordered = np.take_along_axis(columns, self._order, axis=1)

    def move(self, size: int) -> Array:
        """Shape (objectives, configurations, draws)."""
        picked = (self._picks.random((size, self._n)) * self._n).astype(np.int64)
        rows = np.arange(size)[:, None] * self._n
        counts = np.bincount((picked + rows).ravel(), minlength=size * self._n).reshape(size, self._n)
        counts = np.ascontiguousarray(counts.T, dtype=np.min_scalar_type(self._n))
        middle, even = divmod(self._n - 1, 2)
        reached = np.zeros((len(self._order), size), dtype=counts.dtype)
        low, high = np.zeros((2, *reached.shape), dtype=counts.dtype)
        for order in self._order.T:
            reached += counts[order]
            low += reached <= middle
            high += reached <= middle + even
        below, above = (np.take_along_axis(self._ordered, ranks.astype(np.intp), axis=1) for ranks in (low, high))
        return np.asarray(below + 0.5 * even * (above - below)).reshape(-1, len(self.places), size)
