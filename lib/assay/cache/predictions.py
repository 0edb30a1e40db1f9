"""Reads what runs predicted for each example beside its true label, and joins it by id."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from assay.cache import clusters
from assay.cache.loader import Half, Loaded, Loader, Reading, database, quoted
from assay.cache.score_files import ScoreFile
from assay.model.evidence.files import LABEL, PROBABILITY
from assay.model.metric import LARGEST
from assay.model.note import note
from assay.model.problems import ScoreFiles

_NO_TABLE = pa.table({})
Codes = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Predicted:
    """One side: the true class of each of n examples, shape (n,), and what R runs said of it, shape (R, n).

    Classes are places in `classes`; what was said is such a place too, or the probability of the positive class.
    `clusters`: of each example, from 0, (n,); None where none were asked for.
    """

    truth: Codes
    said: Array
    clusters: Codes | None = None


@dataclass(frozen=True, slots=True)
class Predictions:
    """Both sides over the examples they share, or each over its own where they share none.

    `disagreed`: examples whose label differs between runs; they are left out. `classes`: sorted by name. `unclear`:
    examples without a cluster, and with several.
    """

    examples: int
    disagreed: int
    classes: tuple[str, ...]
    baseline: Predicted
    candidate: Predicted
    halves: tuple[Half, Half]
    cluster: str | None = None
    unclear: tuple[int, int] = (0, 0)


def predictions(
    baseline: Sequence[ScoreFile], candidate: Sequence[ScoreFile], said: str, cluster: str | None = None
) -> Predictions:
    """The labels and the columns `said` and `cluster` of all runs.

    Labels and predictions meet by their text, where 3, 3.0 and "3" are the same. Raises UnreadableError for the first
    file that cannot be used.
    """
    return _Joining(database(), said, cluster, probable=said == PROBABILITY).join(baseline, candidate)


class _Joining:
    """Makes the tables `baseline` and `candidate` (h, y, odd, s0, s1 …) and `pairs` of both."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, said: str, cluster: str | None, *, probable: bool
    ) -> None:
        self._database = connection
        self._loader = Loader(connection)
        self._said, self._cluster, self._probable = said, cluster, probable

    def join(self, baseline: Sequence[ScoreFile], candidate: Sequence[ScoreFile]) -> Predictions:
        runs = [self._side("baseline", baseline), self._side("candidate", candidate)]
        sizes = len(baseline), len(candidate)
        columns = [f"{side[0]}.s{k} AS {side[0]}{k}" for side, n in zip(_SIDES, sizes, strict=True) for k in range(n)]
        ends = clusters.ends(("b", "c"), self._cluster)
        self._database.execute(
            f"""CREATE TABLE pairs AS SELECT b.h, b.y, b.odd OR c.odd OR b.y <> c.y AS odd, {", ".join(columns)}{ends}
            FROM baseline b JOIN candidate c USING (h)"""
        )
        examples = int(self._loader.row("SELECT count(*) FROM pairs")[0])
        tables = ("pairs", "pairs") if examples else _SIDES
        disagreed = sum(
            int(self._loader.row(f"SELECT count(*) FROM {table} WHERE odd")[0]) for table in dict.fromkeys(tables)
        )
        prefixes = ("b", "c") if examples else ("s", "s")
        places = [[f"{prefix}{k}" for k in range(n)] for prefix, n in zip(prefixes, sizes, strict=True)]
        classes = self._classes(tables, places)
        return Predictions(
            examples=examples - disagreed if examples else 0,
            disagreed=disagreed,
            classes=classes,
            baseline=self._predicted(tables[0], places[0]),
            candidate=self._predicted(tables[1], places[1]),
            halves=(
                self._loader.half("baseline", runs[0], examples),
                self._loader.half("candidate", runs[1], examples),
            ),
            cluster=self._cluster,
            unclear=clusters.unclear(self._loader, tuple(dict.fromkeys(tables)), self._cluster),
        )

    def _side(self, side: str, files: Sequence[ScoreFile]) -> list[Loaded]:
        """Tables of each run, and one of the examples that all of them hold."""
        loaded = [
            self._loader.load(f"{side}_{k}", file, self._rows(file), beside=_NO_TABLE, named=False)
            for k, file in enumerate(files)
        ]
        said = ", ".join(f"r{k}.s AS s{k}" for k in range(len(files)))
        odd = " OR ".join(["FALSE", *(f"r{k}.y <> r0.y" for k in range(1, len(files)))])
        ends = clusters.ends([f"r{k}" for k in range(len(files))], self._cluster)
        joins = "".join(f" JOIN {side}_{k} r{k} USING (h)" for k in range(1, len(files)))
        self._database.execute(
            f"CREATE TABLE {side} AS SELECT r0.h, r0.y, {odd} AS odd, {said}{ends} FROM {side}_0 r0{joins}"
        )
        return loaded

    def _rows(self, file: ScoreFile) -> Reading:
        said = f"TRY_CAST({quoted(self._said)} AS DOUBLE)" if self._probable else class_name(file, self._said)
        columns, select = clusters.named(file, self._cluster)
        return Reading(
            columns=tuple(dict.fromkeys((LABEL, self._said, *columns))),
            select=(f"{class_name(file, LABEL)} AS y", f"{said} AS s", *select),
            usable=f"y IS NOT NULL AND {f'abs(s) < {LARGEST}' if self._probable else 's IS NOT NULL'}",
            without=note(ScoreFiles.NO_PREDICTION, label=LABEL, said=self._said),
        )

    def _classes(self, tables: Sequence[str], places: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """Every class that is a label or was predicted, numbered by the type `class`."""
        names = [["y", *([] if self._probable else own)] for own in places]
        parts = [
            f"SELECT {name} AS c FROM {table} WHERE NOT odd"
            for table, own in zip(tables, names, strict=True)
            for name in own
        ]
        found = self._database.execute(f"SELECT DISTINCT c FROM ({' UNION ALL '.join(parts)}) ORDER BY c").fetchall()
        known = tuple(str(row[0]) for row in found)
        self._database.execute("CREATE TABLE classes (c VARCHAR, code BIGINT)")
        self._database.register("named", pa.table({"c": pa.array(known, pa.string()), "code": np.arange(len(known))}))
        self._database.execute("INSERT INTO classes SELECT c, code FROM named")
        return known

    def _predicted(self, table: str, places: Sequence[str]) -> Predicted:
        joined = ["y", *([] if self._probable else places)]
        codes = [f"k{name}.code AS {name}" for name in joined] + (list(places) if self._probable else [])
        codes += [f"{clusters.CLUSTER} AS cluster"] if self._cluster else []
        joins = "".join(f" JOIN classes k{name} ON k{name}.c = t.{name}" for name in joined)
        found = self._database.execute(
            f"SELECT {', '.join(codes)} FROM {table} t{joins} WHERE NOT t.odd ORDER BY t.h"
        ).fetchnumpy()
        said = np.stack([np.asarray(found[name], dtype=np.float64) for name in places])
        whose = np.unique(found["cluster"], return_inverse=True)[1].astype(np.int64) if self._cluster else None
        return Predicted(np.asarray(found["y"], dtype=np.int64), said, whose)


_SIDES = ("baseline", "candidate")


def class_name(file: ScoreFile, name: str) -> str:
    """SQL for a class's name; whole numbers lose their point, and what is no finite number is none."""
    if name not in file.numbers:
        return f"regexp_replace(CAST({quoted(name)} AS VARCHAR), '^(-?[0-9]+)\\.0+$', '\\1')"
    number = f"TRY_CAST({quoted(name)} AS DOUBLE)"
    whole = f"CAST(CAST({number} AS BIGINT) AS VARCHAR)"
    return (
        f"CASE WHEN abs({number}) < 1e15 AND {number} = round({number}) THEN {whole} "
        f"WHEN abs({number}) < {LARGEST} THEN CAST({number} AS VARCHAR) END"
    )
