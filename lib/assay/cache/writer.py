"""Writes one snapshot file: a fresh one, or a copy of the last with the differences applied."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from assay.cache import schema
from assay.errors import CacheError
from assay.model.problems import Caches

Tables = Mapping[str, pa.Table | pa.RecordBatchReader]


@dataclass(frozen=True, slots=True)
class Differences:
    """Counts of runs against the last snapshot, and whether its experiments are the same."""

    new: int
    changed: int
    removed: int
    same_experiments: bool

    @property
    def none(self) -> bool:
        """Whether the last snapshot says the same."""
        return self.same_experiments and not self.new + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class Written:
    """`kept`: nothing was written, the last snapshot stays; the counts say what the cache then holds."""

    differences: Differences
    kept: bool
    experiments: int
    runs: int


def write(tables: Tables, path: Path, last: Path | None, *, full: bool, gone: Sequence[str], rebuild: bool) -> Written:
    """Writes `path`, which appears whole or not at all; not if `last` says the same, unless `rebuild`."""
    partial = path.with_name(path.name + ".part")
    # Without a place of its own, DuckDB would spill into the working directory.
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "temp_directory": f"{partial}.spill",
        "checkpoint_threshold": "1KB",  # straight into the file, not into a log first
    }
    try:
        with duckdb.connect(config=config) as connection:
            if full:
                written = _replace(connection, tables, partial, last, rebuild)
            else:
                assert last is not None
                written = _update(connection, tables, partial, last, gone)
        if written.kept:
            partial.unlink(missing_ok=True)
        else:
            partial.replace(path)
    except (duckdb.Error, OSError, pa.ArrowException) as error:
        partial.unlink(missing_ok=True)
        found = str(error).partition("\n")[0].rstrip(".")
        raise CacheError(Caches.SNAPSHOT_UNWRITTEN, file=path.name, error=found) from error
    return written


def _replace(
    connection: duckdb.DuckDBPyConnection, tables: Tables, partial: Path, last: Path | None, rebuild: bool
) -> Written:
    """Everything anew; a last snapshot that cannot be read is as good as none."""
    connection.execute(f"ATTACH '{_quoted(partial)}' AS target")
    schema.build(connection, "target", tables)
    experiments, runs = _counts(connection, "target")
    found = Differences(runs, 0, 0, False)
    if last is not None:
        with suppress(duckdb.Error):
            connection.execute(f"ATTACH '{_quoted(last)}' AS last (READ_ONLY)")
            leaving = "SELECT run_id FROM last.runs ANTI JOIN target.runs USING (run_id)"
            found = _differences(connection, "target", leaving)
    kept = found.none and not rebuild
    _finish(connection)
    return Written(found, kept, experiments, runs)


def _update(
    connection: duckdb.DuckDBPyConnection, tables: Tables, partial: Path, last: Path, gone: Sequence[str]
) -> Written:
    """A copy of `last` with the differences applied."""
    connection.execute("ATTACH ':memory:' AS incoming")
    schema.build(connection, "incoming", tables)
    connection.register("gone_rows", pa.table({"run_id": pa.array(gone, pa.string())}))
    connection.execute("CREATE TEMP TABLE gone AS SELECT DISTINCT run_id FROM gone_rows")
    connection.execute(f"ATTACH '{_quoted(last)}' AS last (READ_ONLY)")
    found = _differences(connection, "incoming", "SELECT run_id FROM last.runs SEMI JOIN gone USING (run_id)")
    experiments, runs = _counts(connection, "last")
    connection.execute("DETACH last")
    if not found.none:
        shutil.copyfile(last, partial)
        connection.execute(f"ATTACH '{_quoted(partial)}' AS target")
        schema.merge(connection, "target", "incoming")
        experiments, runs = _counts(connection, "target")
        _finish(connection)
    return Written(found, found.none, experiments, runs)


def _finish(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CHECKPOINT target")
    connection.execute("DETACH target")


def _differences(connection: duckdb.DuckDBPyConnection, incoming: str, leaving: str) -> Differences:
    """What sets `incoming` apart from `last`; `leaving`: a query for the ids of runs that vanish."""
    row = connection.execute(
        f"""SELECT count(*) FILTER (l.run_id IS NULL), count(*) FILTER (l.content <> i.content),
        (SELECT count(*) FROM ({leaving})),
        NOT EXISTS (FROM ((FROM last.experiments EXCEPT FROM {incoming}.experiments)
                    UNION ALL (FROM {incoming}.experiments EXCEPT FROM last.experiments)))
        FROM {incoming}.runs i LEFT JOIN last.runs l USING (run_id)"""
    ).fetchone()
    assert row is not None
    return Differences(*row)


def _counts(connection: duckdb.DuckDBPyConnection, database: str) -> tuple[int, int]:
    row = connection.execute(
        f"SELECT (SELECT count(*) FROM {database}.experiments), (SELECT count(*) FROM {database}.runs)"
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("'", "''")
