"""The first rows of a Parquet file that anybody may have written."""

import shutil
import tempfile
from pathlib import Path

import duckdb
import pandas as pd

from assay.cache.loader import database, quoted
from assay.model.note import Note, note
from assay.model.runs.notes import ArtifactNote

MOST_UNPACKED_BYTES = 500_000_000
LONGEST_CELL = 300


def head(
    path: Path, rows: int, columns: int, *, most_bytes: int = MOST_UNPACKED_BYTES
) -> tuple[pd.DataFrame, int, int] | Note:
    """The first `rows` of the first `columns` as text of LONGEST_CELL, and how many of each there are.

    A note for what is no Parquet, is damaged, or would unpack to more than `most_bytes` in the groups of these rows.
    """
    # DuckDB takes * and [ in a path for patterns: the file is read under a name without any.
    with tempfile.TemporaryDirectory() as folder, database() as connection:
        copy = str(shutil.copyfile(path, Path(folder, "head.parquet")))
        try:
            connection.execute("SET memory_limit = '1GB'")
            [(total, unpacked)] = connection.execute(
                f"""SELECT (SELECT num_rows FROM parquet_file_metadata($1)), (SELECT sum(size) FROM (
                    SELECT sum(total_uncompressed_size) AS size,
                    sum(any_value(row_group_num_rows)) OVER (ORDER BY row_group_id) - any_value(row_group_num_rows)
                    AS before FROM parquet_metadata($1) GROUP BY row_group_id) WHERE before < {rows})""",
                [copy],
            ).fetchall()
            if (unpacked or 0) > most_bytes:
                return note(ArtifactNote.TABLE_TOO_LARGE, size=int(unpacked), limit=most_bytes)
            connection.execute("SELECT * FROM read_parquet($1) LIMIT 0", [copy])
            names = [str(column[0]) for column in connection.description or ()]
            cells = ", ".join(f"left({quoted(name)}::VARCHAR, {LONGEST_CELL})" for name in names[:columns])
            found = connection.execute(f"SELECT {cells} FROM read_parquet($1) LIMIT {rows}", [copy]).fetchall()
        except duckdb.Error:
            return note(ArtifactNote.NO_READABLE_TABLE)
    frame = pd.DataFrame(found, dtype=object, columns=range(len(names[:columns])))
    return frame.set_axis(names[:columns], axis=1), int(total), len(names)
