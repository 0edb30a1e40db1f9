"""The first rows of a Parquet file that anybody may have written."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

MOST_UNPACKED_BYTES = 500_000_000


def head(path: Path, rows: int, columns: int) -> tuple[pd.DataFrame, int, int] | None:
    """The first `rows` of the first `columns`, and how many of each there are.

    None for what is no Parquet, is damaged, or would unpack to more than MOST_UNPACKED_BYTES a group of rows.
    """
    try:
        with pq.ParquetFile(path) as file:
            held = file.metadata
            names = [str(name) for name in file.schema_arrow.names]
            if held.num_row_groups and held.row_group(0).total_byte_size > MOST_UNPACKED_BYTES:
                return None
            # Read by place: two columns may have one name.
            table = next(file.iter_batches(rows, columns=list(dict.fromkeys(names[:columns]))), None)
            first = file.schema_arrow.empty_table() if table is None else pa.Table.from_batches([table])
            cells = [column.to_pylist() for column in first.columns[:columns]]
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError):
        return None
    frame = pd.DataFrame(dict(enumerate(cells)), dtype=object)
    return frame.set_axis(first.column_names[:columns], axis=1), held.num_rows, len(names)
