"""A run's dataset inputs, in the form that every source gives them."""

import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

CONTEXT = "mlflow.data.context"
"""The tag of an input that says what the run used the dataset for."""
LONGEST_SOURCE = 2_000
"""Characters of a dataset's source that are kept; MLflow takes 65,535."""
LONGEST_PROFILE = 4_000
"""A profile that is longer (MLflow takes 16 MB) is not looked at."""

DatasetRow = tuple[str, str, str, str, int | None]
"""Name, digest, source's type, source, and how many rows, None where nobody said."""


def row(found: Mapping[str, Any]) -> DatasetRow:
    """A dataset as MLflow's protocol and its files write it."""
    name, digest, kind, source, profile = (
        text(found.get(key)) for key in ("name", "digest", "source_type", "source", "profile")
    )
    return name, digest, kind, source[:LONGEST_SOURCE], rows(profile)


def rows(profile: str) -> int | None:
    """How many rows a dataset has by the profile that MLflow made of it."""
    try:
        found = json.loads(profile) if 0 < len(profile) <= LONGEST_PROFILE else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    shape = found.get("features_shape")
    count = found.get("num_rows", shape[0] if isinstance(shape, list) and shape else None)
    return count if type(count) is int and 0 <= count < 2**63 else None


def counted(table: pa.Table) -> pa.Table:
    """The table with `rows` in place of its last column `profile`; each profile is read once."""
    profiles = table["profile"].cast(pa.string()).combine_chunks().dictionary_encode()
    known = pa.array([rows(profile) for profile in profiles.dictionary.to_pylist()], pa.int64())
    return table.drop_columns("profile").append_column("rows", pc.take(known, profiles.indices))


def used(inputs: pa.Table, contexts: pa.Table) -> pa.Table:
    """The inputs with their `context` in place of their own key `input`; "" for one without."""
    place = pc.index_in(inputs["input"].cast(pa.string()), contexts["input"].cast(pa.string()).combine_chunks())
    context = pc.take(contexts["context"].cast(pa.string()), place).fill_null("")
    return inputs.drop_columns("input").append_column("context", context)


def text(value: object) -> str:
    """A text that Arrow takes; "" for what is none."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
