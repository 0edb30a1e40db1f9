"""The first rows of a Parquet file that anybody may have written."""

import shutil
import tempfile
from pathlib import Path

import duckdb
import pandas as pd

from assay.cache.loader import quoted

MOST_UNPACKED_BYTES = 500_000_000
LONGEST_CELL = 300
_OPTIONS: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "memory_limit": "1GB"}


def head(
    path: Path, rows: int, columns: int, *, most_bytes: int = MOST_UNPACKED_BYTES
) -> tuple[pd.DataFrame, int, int] | None:
    """The first `rows` of the first `columns` as text of LONGEST_CELL, and how many of each there are.

    None for what is no Parquet, is damaged, or would unpack to more than `most_bytes` in its first group of rows.
    """
    # DuckDB takes * and [ in a path for patterns: the file is read under a name without any.
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config=_OPTIONS) as connection:
        copy = str(shutil.copyfile(path, Path(folder, "head.parquet")))
        try:
            [(total, unpacked)] = connection.execute(
                """SELECT (SELECT num_rows FROM parquet_file_metadata($1)),
                          (SELECT sum(total_uncompressed_size) FROM parquet_metadata($1) WHERE row_group_id = 0)""",
                [copy],
            ).fetchall()
            if (unpacked or 0) > most_bytes:
                return None
            connection.execute("SELECT * FROM read_parquet($1) LIMIT 0", [copy])
            names = [str(column[0]) for column in connection.description or ()]
            cells = ", ".join(f"left({quoted(name)}::VARCHAR, {LONGEST_CELL})" for name in names[:columns])
            found = connection.execute(f"SELECT {cells} FROM read_parquet($1) LIMIT {rows}", [copy]).fetchall()
        except duckdb.Error:
            return None
    frame = pd.DataFrame(found, dtype=object, columns=range(len(names[:columns])))
    return frame.set_axis(names[:columns], axis=1), int(total), len(names)
