"""SQL for values as text, by which rows of two files meet, whatever kind of column holds them."""

import pyarrow as pa
import pyarrow.parquet as pq

from assay.cache.loader import quoted

LONGEST = 1_000
"""Letters of an id or a group that are kept; whether two are the same is told by all of them."""


def kind_of(file: pq.ParquetFile, column: str) -> pa.DataType:
    """What a column holds; of a dictionary, what its values are."""
    kind = file.schema_arrow.field(column).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def spelled(column: str, kind: pa.DataType) -> str:
    """The text of a value: 3, 3.0 and '3' are the same, and '' and NaN are none."""
    name = quoted(column)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        whole = f"CAST(CAST({name} AS BIGINT) AS VARCHAR)"
        return (
            f"CASE WHEN isnan({name}::DOUBLE) THEN NULL WHEN abs({name}) < 1e15 AND {name} = round({name}) "
            f"THEN {whole} ELSE CAST({name} AS VARCHAR) END"
        )
    return f"NULLIF(CAST({name} AS VARCHAR), '')"


def cut(sql: str) -> str:
    """As much of a text as is kept; letters of the others alone are counted, bytes cost nothing."""
    return f"CASE WHEN strlen({sql}) <= {LONGEST} THEN {sql} ELSE left({sql}, {LONGEST}) END"
