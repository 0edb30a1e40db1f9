"""Reads the example scores of two sides into a database, drops what cannot be used, and joins them by id."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import duckdb
import pyarrow as pa

from assay.cache import clusters
from assay.cache.loader import Half, Loaded, Loader, Reading, quoted
from assay.cache.score_files import FEWEST, FEWEST_ALIKE, SEVERAL, Categories, ScoreFile, categories, unreadable
from assay.model.metric import LARGEST
from assay.model.note import note
from assay.model.problems import ScoreFiles

Trainings = Sequence[Sequence[ScoreFile]]
"""The files of a side's runs, those of one training together."""


Named = Mapping[str, tuple[str, tuple[str, ...]]]
"""Column → its name in the table `pairs`, and its categories by number."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What the join found; `slices` and `groups`: columns to slice by, and those that hold 1.5 rows a category or more.

    `unclear`: examples whose cluster is missing, and those where it differs between rows, runs or sides; each is then
    a cluster of its own.
    """

    examples: int
    binary: bool
    baseline: Half
    candidate: Half
    slices: Named
    groups: Named = field(default_factory=dict)
    unclear: tuple[int, int] = (0, 0)


class Join:
    """Makes the tables `pairs` (id, baseline, candidate, d, slices), `baseline` and `candidate` (h, s, s0, s1 …).

    s0, s1 …: of each training, averaged over its runs; s: averaged over these. With a `cluster`, a column of the
    files, all of them have low and high, hashes of what an example's rows name. `unknown`: scores that are none.
    """

    def __init__(
        self,
        database: duckdb.DuckDBPyConnection,
        column: str,
        cluster: str | None = None,
        unknown: Sequence[float] = (),
    ) -> None:
        self._database = database
        self._cluster = cluster
        self._loader = Loader(database)
        self._rows = Reading(
            columns=(column,),
            select=(f"TRY_CAST({quoted(column)} AS DOUBLE) AS s",),
            usable=" AND ".join([f"abs(s) < {LARGEST}", *(f"s <> {float(value)!r}" for value in unknown)]),
            without=note(ScoreFiles.COLUMN_NO_NUMBER, column=column),
            about="bool_and(s IN (0, 1))",
            averaged={"s": "avg(s)", **(clusters.AVERAGED if cluster else {})},
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
        ends = clusters.ends(("b", "c"), self._cluster)
        self._database.execute(
            f"""CREATE TABLE pairs AS SELECT h, b.id, b.s AS baseline, c.s AS candidate, c.s - b.s AS d{columns}{ends}
            FROM baseline b JOIN candidate c USING (h)"""
        )
        examples = int(self._loader.row("SELECT count(*) FROM pairs")[0])
        held = own | theirs
        known = {name: (keys[name], (*found.names, SEVERAL)) for name, found in held.items()}
        unclear = clusters.unclear(self._loader, ("pairs",) if examples else ("baseline", "candidate"), self._cluster)
        joined = Joined(
            examples=examples,
            binary=all(run.about for run in (*before, *after)),
            baseline=self._loader.half("baseline", before, examples),
            candidate=self._loader.half("candidate", after, examples),
            slices={name: known[name] for name in held if held[name].rows_each >= FEWEST or name in always},
            groups={name: known[name] for name in held if held[name].rows_each >= FEWEST_ALIKE},
            unclear=unclear,
        )
        if examples and len(before) == len(after) == 1:
            self._database.execute(
                "DROP VIEW baseline; DROP TABLE baseline_0; DROP VIEW candidate; DROP TABLE candidate_0"
            )
        return joined

    def _categories(self, file: ScoreFile, names: Sequence[str], always: Collection[str]) -> dict[str, Categories]:
        held = [name for name in names if name in file.texts or name in file.numbers]
        try:
            found = {name: categories(file, name, 0 if name in always else FEWEST_ALIKE) for name in held}
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
                self._reading(file, slices if k == 0 else {}, named=side == "baseline" and k == 0),
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
        ends = clusters.ends([f"r{k}" for k in range(len(files))], self._cluster)
        apart = "s, low, high" if ends else "s"
        self._database.execute(
            f"CREATE TABLE {side} AS SELECT r0.* EXCLUDE ({apart}), {_mean(each)} AS s, {named}{ends} "
            f"FROM {side}_0 r0{joins}"
        )
        return loaded

    def _reading(self, file: ScoreFile, slices: Mapping[str, Categories], *, named: bool) -> Reading:
        """With what several rows of an example are together, and the cluster where the file has one."""
        averaged = dict(self._rows.averaged) | ({"id": "any_value(id)"} if named else {})
        for key, found in slices.items():
            averaged[key] = f"CASE WHEN min({key}) = max({key}) THEN min({key}) ELSE {len(found.names)} END"
        columns, select = clusters.named(file, self._cluster)
        return replace(
            self._rows,
            columns=tuple(dict.fromkeys((*self._rows.columns, *columns))),
            select=(*self._rows.select, *select),
            averaged=averaged,
        )


def _mean(columns: Sequence[str]) -> str:
    return columns[0] if len(columns) == 1 else f"({' + '.join(columns)}) / {len(columns)}"
