"""Data that are unkind to intervals and tests: outliers, lattices, lumps, heavy tails, offsets and tiny spreads."""

from collections.abc import Callable, Iterator

import numpy as np

from assay.analysis.sample import Array, Groups, generator

Draw = Callable[[np.random.Generator, int], Array]

TIMEOUTS = np.concatenate((np.arange(17) * 0.01, [1000.0, 1001.0, 1002.0]))
"""Seventeen short times and three timeouts."""


def outliers(rng: np.random.Generator, n: int) -> Array:
    """Near normal, with one to six values far out on either side, at places of their own."""
    count = min(int(rng.integers(1, 7)), n - 1)
    far = rng.choice([-1.0, 1.0, 1.0], count) * 10.0 ** rng.uniform(0.7, 4.0) * rng.uniform(0.8, 1.2, count)
    return np.asarray(np.append(rng.normal(size=n - count), far), dtype=np.float64)


def lumps(rng: np.random.Generator, n: int) -> Array:
    """Two to four narrow lumps on no lattice: right, wrong, and something between, nearly."""
    places = rng.uniform(-1.0, 1.0, int(rng.integers(2, 5)))
    width = float(10.0 ** rng.uniform(-9.0, -2.0))
    return places[rng.integers(0, places.size, n)] + width * rng.normal(size=n)


def lattice(rng: np.random.Generator, n: int) -> Array:
    """Shares of some examples, most of them near the ceiling."""
    of = int(rng.integers(1, 400))
    return np.asarray(np.round(rng.beta(6.0, 0.7, n) * of) / of)


def rare(rng: np.random.Generator, n: int) -> Array:
    """Zeros, and a few values that differ."""
    found = np.zeros(n)
    some = min(n, int(rng.integers(1, 7)))
    found[:some] = rng.lognormal(0.0, 2.0, some)
    return found


SHAPES: dict[str, Draw] = {
    "normal": lambda rng, n: rng.normal(size=n),
    "exponential": lambda rng, n: rng.exponential(size=n),
    "outliers": outliers,
    "lumps": lumps,
    "lattice": lattice,
    "right or wrong": lambda rng, n: (rng.random(n) < rng.uniform(0.02, 0.98)).astype(np.float64),
    "mostly zeros": rare,
    "mixture": lambda rng, n: np.where(rng.random(n) < 0.8, rng.normal(size=n), rng.normal(40.0, 0.1, n)),
    "t, 2 df": lambda rng, n: rng.standard_t(2, n),
    "Cauchy": lambda rng, n: rng.standard_cauchy(n),
    "log-normal, σ 1.5": lambda rng, n: rng.lognormal(0.0, 1.5, n),
    "offset of 1e9": lambda rng, n: 1e9 + rng.exponential(size=n),
    "spread of 1e-11": lambda rng, n: 1.0 + 1e-11 * rng.integers(-9, 10, n).astype(np.float64),
    "up to 1e59": lambda rng, n: np.asarray(1e59 * rng.uniform(-1.0, 1.0, n) ** 5),
}


def samples(seed: int, sizes: tuple[int, ...], times: int = 1) -> Iterator[tuple[str, Groups]]:
    """Every shape, so many `times`: one group of every size, and two, of which the second has another size."""
    for name, draw in SHAPES.items():
        for place, n in enumerate(sizes):
            rng = generator(abs(hash_of(name)) + 1000 * seed + n)
            for _ in range(times):
                yield name, (draw(rng, n),)
                yield name, (draw(rng, n), draw(rng, sizes[(place + int(rng.integers(0, 3))) % len(sizes)]))


def hash_of(name: str) -> int:
    """The same number for a name in every process."""
    return int.from_bytes(name.encode()[:6], "big")
