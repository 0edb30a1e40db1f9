"""Joins the example scores of two sides by id, and answers what is asked of the pairs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from assay.cache.clusters import CLUSTER
from assay.cache.joins import Join, Trainings
from assay.cache.loader import database
from assay.cache.score_files import ScoreFile
from assay.model.comparison.examples import Example

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

Kept = tuple[tuple[ScoreFile, ...], ...]

_KEPT = 3
_LARGEST_KEPT = 4_000_000


@dataclass(frozen=True, slots=True)
class Fourfold:
    """Examples right under both sides, under one only, and under neither."""

    both: int
    gained: int
    lost: int
    neither: int


@dataclass(frozen=True, slots=True)
class Powers:
    """One entry per category of a column, in no order.

    `baseline`: means; `first` … `fourth`: means of the powers of (difference − `centre`).
    """

    centre: float
    categories: tuple[str, ...]
    n: Array
    baseline: Array
    first: Array
    second: Array
    third: Array
    fourth: Array


@dataclass(frozen=True, slots=True)
class Tallies:
    """One entry per cluster and category: the category's place in `categories`, rows, and sums about `centre`.

    `sums`, `squares`: of (difference − centre) and its square; `baseline`: of the baseline's scores.
    """

    centre: float
    categories: tuple[str, ...]
    category: Codes
    n: Array
    sums: Array
    squares: Array
    baseline: Array


@dataclass(frozen=True, slots=True)
class Shares:
    """One entry per category of a column, in no order: examples, and those right under each side and under both."""

    categories: tuple[str, ...]
    n: Array
    baseline: Array
    candidate: Array
    both: Array


class Pairs:
    """Examples of both sides in a database of their own, in memory; may be read by several threads at once.

    Ids are matched by a 64-bit hash: two of 10⁷ ids collide with a probability of 3 in a million.
    """

    def __init__(
        self,
        baseline: Trainings,
        candidate: Trainings,
        column: str,
        slices: Sequence[str],
        always: Collection[str] = (),
        cluster: str | None = None,
        unknown: Sequence[float] = (),
    ) -> None:
        """Reads the files; raises UnreadableError for the first that cannot be used."""
        self._database = database()
        self.baselines, self.candidates = len(baseline), len(candidate)
        self._trainings = len(baseline) if len(baseline) == len(candidate) else 0
        found = Join(self._database, column, cluster, unknown).join(baseline, candidate, slices, always)
        self.examples, self.binary, self._slices = found.examples, found.binary, found.slices
        self.baseline, self.candidate = found.baseline, found.candidate
        self.cluster = cluster
        self._groups, self.unclear = found.groups, found.unclear

    @property
    def slices(self) -> tuple[str, ...]:
        """The columns that the pairs can be sliced by."""
        return tuple(self._slices) if self.examples else ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The columns that may show that examples of one category are alike."""
        return tuple(self._groups) if self.examples else ()

    @property
    def averaged(self) -> bool:
        """Whether some run has several rows of one example, which are averaged."""
        return any(half.averaged[0] for half in (self.baseline, self.candidate))

    def differences(self) -> Array:
        """Candidate − baseline of every pair."""
        return self._column("SELECT d FROM pairs")

    def scores(self, side: str) -> Array:
        """One side's scores: of the pairs, or of all its examples where there is no pair."""
        return self._column(f"SELECT {side} FROM pairs" if self.examples else f"SELECT s FROM {side}")

    def clusters(self, side: str) -> Codes:
        """The cluster of each of `scores(side)`, in their order, from 0; asked of a join with a cluster."""
        table = "pairs" if self.examples else side
        codes = self._numpy(f"SELECT {CLUSTER} AS k FROM {table}")["k"]
        return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)

    def grouped(self, column: str, *, clustered: bool) -> Tallies:
        """The differences of each category of a column, `clustered`: in the clusters of the join, in one pass."""
        key, names = {**self._slices, **self._groups}[column]
        cluster = f", {CLUSTER}" if clustered else ""
        centre = float(self._rows("SELECT avg(d) FROM pairs")[0][0])
        found = self._numpy(
            f"""SELECT {key} AS category, count(*)::DOUBLE AS n, sum(d - ?) AS sums, sum((d - ?) * (d - ?)) AS squares,
            sum(baseline) AS baseline FROM pairs GROUP BY {key}{cluster}""",
            [centre] * 3,
        )
        codes, place = np.unique(found.pop("category"), return_inverse=True)
        return Tallies(centre, tuple(names[code] for code in codes), np.asarray(place, dtype=np.int64), **found)

    def matrix(self) -> Array:
        """R × n differences, one row per training of either side in the order given; needs as many on both."""
        parts = ", ".join(f"c.s{k} - b.s{k} AS d{k}" for k in range(self._trainings))
        found = self._numpy(f"SELECT {parts} FROM baseline b JOIN candidate c USING (h)")
        return np.stack([found[f"d{k}"] for k in range(self._trainings)])

    def agreement(self, *, higher: bool) -> Fourfold:
        """Counts of right and wrong; right is a score of at least one half, or below it where lower is better."""
        before, after = _right("baseline", higher), _right("candidate", higher)
        row = self._rows(
            f"""SELECT count(*) FILTER ({before} AND {after}), count(*) FILTER (NOT {before} AND {after}),
            count(*) FILTER ({before} AND NOT {after}), count(*) FILTER (NOT {before} AND NOT {after}) FROM pairs"""
        )[0]
        return Fourfold(*row)

    def votes(self) -> Array:
        """How many of the pairs k of the baseline's trainings are right about, k from 0 to all of them.

        A training is right about an example from a score of one half on.
        """
        right = " + ".join(f"(b.s{k} >= 0.5)::INT" for k in range(self.baselines))
        found = dict(self._rows(f"SELECT {right} AS r, count(*) FROM baseline b JOIN candidate USING (h) GROUP BY r"))
        return np.array([found.get(k, 0) for k in range(self.baselines + 1)], dtype=float)

    def flipped(self, *, gained: bool, higher: bool, limit: int) -> tuple[Example, ...]:
        """Examples that went wrong → right (`gained`) or right → wrong; the largest changes first, then by id."""
        before, after = _right("baseline", higher), _right("candidate", higher)
        condition = f"NOT {before} AND {after}" if gained else f"{before} AND NOT {after}"
        return self._examples(f"WHERE {condition}", rising=gained != higher, limit=limit)

    def extremes(self, *, rising: bool, limit: int) -> tuple[Example, ...]:
        """The examples whose score fell most, or with `rising` false grew most; unchanged ones never."""
        return self._examples(f"WHERE d {'<' if rising else '>'} 0", rising=rising, limit=limit)

    def moments(self, column: str) -> Powers:
        """Of every category of a slice column, in one pass."""
        key, names = self._slices[column]
        centre = float(self._rows("SELECT avg(d) FROM pairs")[0][0])
        found = self._numpy(
            f"""SELECT code, count(*)::DOUBLE AS n, avg(baseline) AS baseline, avg(e) AS first, avg(e * e) AS second,
            avg(e * e * e) AS third, avg(e * e * e * e) AS fourth
            FROM (SELECT {key} AS code, baseline, d - ? AS e FROM pairs) GROUP BY code""",
            [centre],
        )
        return Powers(centre, tuple(names[code] for code in found.pop("code")), **found)

    def shares(self, column: str) -> Shares:
        """Of every category of a slice column, for scores of 0 and 1."""
        key, names = self._slices[column]
        found = self._numpy(
            f"""SELECT {key} AS code, count(*)::DOUBLE AS n, sum(baseline) AS baseline, sum(candidate) AS candidate,
            sum(baseline * candidate) AS both FROM pairs GROUP BY code"""
        )
        return Shares(tuple(names[code] for code in found.pop("code")), **found)

    def values(self, column: str, categories: Collection[str]) -> dict[str, Array]:
        """The differences of every pair in these categories."""
        key, names = self._slices[column]
        wanted = [code for code, name in enumerate(names) if name in categories]
        found = self._numpy(
            f"SELECT {key} AS code, d FROM pairs WHERE {key} IN (SELECT unnest(?)) ORDER BY code", [wanted]
        )
        codes, values = found["code"], np.asarray(found["d"], dtype=np.float64)
        starts = np.flatnonzero(codes[1:] != codes[:-1]) + 1
        firsts = [names[codes[k]] for k in (0, *starts)] if len(codes) else []
        return dict(zip(firsts, np.split(values, starts), strict=False))

    def _examples(self, where: str, *, rising: bool, limit: int) -> tuple[Example, ...]:
        more = "".join(f", {key}" for key, _ in self._slices.values())
        rows = self._rows(
            f"SELECT id, baseline, candidate, d{more} FROM pairs {where} ORDER BY d {'ASC' if rising else 'DESC'}, id "
            f"LIMIT {limit}"
        )
        return tuple(
            Example(identity, before, after, change, self._named(codes))
            for identity, before, after, change, *codes in rows
        )

    def _named(self, codes: Sequence[int]) -> dict[str, str]:
        return {name: names[code] for (name, (_, names)), code in zip(self._slices.items(), codes, strict=True)}

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self._database.cursor() as connection:
            return connection.execute(statement).fetchall()

    def _numpy(self, statement: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        with self._database.cursor() as connection:
            return dict(connection.execute(statement, list(values)).fetchnumpy())

    def _column(self, statement: str) -> Array:
        (found,) = self._numpy(statement).values()
        return np.asarray(found, dtype=np.float64)


def pairs(
    baseline: Kept,
    candidate: Kept,
    column: str,
    slices: tuple[str, ...],
    always: tuple[str, ...] = (),
    cluster: str | None = None,
    unknown: tuple[float, ...] = (),
) -> Pairs:
    """The joined examples; the last few joins are kept, unless they are very large.

    `baseline`, `candidate`: the files of each training's runs. Runs weigh the same within a training, and trainings
    on a side.
    `slices`: columns of the first file of the baseline, or of the candidate where that has none, taken where
    their categories hold five examples or more on average, or where `always` names them too. `cluster`: a column of
    any of the files. `unknown`: scores that are none. Raises UnreadableError for the first file that cannot be used.
    """
    rows = sum(file.rows for own in (*baseline, *candidate) for file in own)
    make = _kept if rows <= _LARGEST_KEPT else Pairs
    return make(baseline, candidate, column, slices, always, cluster, unknown)


@lru_cache(maxsize=_KEPT)
def _kept(
    baseline: Kept,
    candidate: Kept,
    column: str,
    slices: tuple[str, ...],
    always: tuple[str, ...],
    cluster: str | None,
    unknown: tuple[float, ...],
) -> Pairs:
    return Pairs(baseline, candidate, column, slices, always, cluster, unknown)


def _right(side: str, higher: bool) -> str:
    return f"({side} {'>=' if higher else '<'} 0.5)"
