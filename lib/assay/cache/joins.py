"""Reads the example scores of two sides into a database, drops what cannot be used, and joins them by id."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from assay.cache.loader import Half, Loaded, Loader, Reading, quoted
from assay.cache.score_files import Categories, ScoreFile, categories, unreadable
from assay.model.metric import LARGEST
from assay.model.note import note
from assay.model.problems import ScoreFiles

Trainings = Sequence[Sequence[ScoreFile]]
"""The files of a side's runs, those of one training together."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What the join found; `slices`: column → its name in the table `pairs`, and its categories by number."""

    examples: int
    binary: bool
    baseline: Half
    candidate: Half
    slices: Mapping[str, tuple[str, tuple[str, ...]]]


class Join:
    """Makes the tables `pairs` (id, baseline, candidate, d, slices), `baseline` and `candidate` (h, s, s0, s1 …).

    s0, s1 …: of each training, averaged over its runs; s: averaged over these.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection, column: str) -> None:
        self._database = database
        self._loader = Loader(database)
        self._rows = Reading(
            columns=(column,),
            select=(f"TRY_CAST({quoted(column)} AS DOUBLE) AS s",),
            usable=f"abs(s) < {LARGEST}",
            without=note(ScoreFiles.COLUMN_NO_NUMBER, column=column),
            about="bool_and(s IN (0, 1))",
        )

    def join(
        self,
        baseline: Trainings,
        candidate: Trainings,
        slices: Sequence[str],
        always: Collection[str],
    ) -> Joined:
        """Slices come from the first file of the baseline, else of the candidate.

        `always`: those that are kept however few examples their categories hold. Raises UnreadableError.
        """
        own = self._categories(baseline[0][0], slices, always)
        theirs = self._categories(candidate[0][0], [name for name in slices if name not in own], always)
        keys = {name: f"slice_{k}" for k, name in enumerate([*own, *theirs])}
        before = self._side("baseline", baseline, {keys[name]: found for name, found in own.items()})
        after = self._side("candidate", candidate, {keys[name]: found for name, found in theirs.items()})
        columns = "".join(f", {key}" for key in keys.values())
        self._database.execute(
            f"""CREATE TABLE pairs AS SELECT b.id, b.s AS baseline, c.s AS candidate, c.s - b.s AS d{columns}
            FROM baseline b JOIN candidate c USING (h)"""
        )
        examples = int(self._loader.row("SELECT count(*) FROM pairs")[0])
        joined = Joined(
            examples=examples,
            binary=all(run.about for run in (*before, *after)),
            baseline=self._loader.half("baseline", before, examples),
            candidate=self._loader.half("candidate", after, examples),
            slices={name: (keys[name], found.names) for name, found in (own | theirs).items()},
        )
        if examples and len(before) == len(after) == 1:
            self._database.execute(
                "DROP VIEW baseline; DROP TABLE baseline_0; DROP VIEW candidate; DROP TABLE candidate_0"
            )
        return joined

    def _categories(self, file: ScoreFile, names: Sequence[str], always: Collection[str]) -> dict[str, Categories]:
        held = [name for name in names if name in file.texts or name in file.numbers]
        try:
            found = {name: categories(file, name, always=name in always) for name in held}
        except (pa.ArrowException, OSError) as error:
            raise unreadable(file.path, error) from None
        return {name: column for name, column in found.items() if column is not None}

    def _side(self, side: str, trainings: Trainings, slices: Mapping[str, Categories]) -> list[Loaded]:
        """Tables of each run, and one of the examples that all of them hold."""
        files = [file for own in trainings for file in own]
        loaded = [
            self._loader.load(
                f"{side}_{k}",
                file,
                self._rows,
                beside=pa.table({key: found.codes for key, found in slices.items()} if k == 0 else {}),
                named=side == "baseline" and k == 0,
            )
            for k, file in enumerate(files)
        ]
        if len(files) == 1:
            self._database.execute(f"CREATE VIEW {side} AS SELECT *, s AS s0 FROM {side}_0")
            return loaded
        places = iter(range(len(files)))
        each = [_mean([f"r{next(places)}.s" for _ in own]) for own in trainings]
        named = ", ".join(f"{mean} AS s{k}" for k, mean in enumerate(each))
        joins = "".join(f" JOIN {side}_{k} r{k} USING (h)" for k in range(1, len(files)))
        self._database.execute(
            f"CREATE TABLE {side} AS SELECT r0.* EXCLUDE (s), {_mean(each)} AS s, {named} FROM {side}_0 r0{joins}"
        )
        return loaded


def _mean(columns: Sequence[str]) -> str:
    return columns[0] if len(columns) == 1 else f"({' + '.join(columns)}) / {len(columns)}"
