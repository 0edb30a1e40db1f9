"""Rows as sources give them, and caches to put them into."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from assay.cache.snapshots import Cache, Published
from assay.sources.source import SCHEMAS

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
Publish = Callable[..., Published]
EARLY = datetime(2026, 1, 1, tzinfo=UTC)
LATE = datetime(2026, 1, 2, tzinfo=UTC)


def tables(rows: Rows) -> dict[str, pa.Table]:
    """Rows in the order of each schema's columns."""
    return {
        name: pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in rows.get(name, ())], schema)
        for name, schema in SCHEMAS.items()
    }


def a_run(
    run_id: str, *, experiment: str = "1", start: int | None = 1_000, status: str = "FINISHED"
) -> tuple[Any, ...]:
    return (run_id, f"name of {run_id}", experiment, status, "active", start, 2_000, f"/a/{run_id}", "ann")


def store(**replaced: Sequence[tuple[Any, ...]]) -> dict[str, pa.Table]:
    """Two runs with a param, a metric, a tag and a dataset each; any table's rows may be replaced."""
    rows: dict[str, Sequence[tuple[Any, ...]]] = {
        "experiments": [("1", "one", "active", "/one")],
        "runs": [a_run("a", start=1_000), a_run("b", start=2_000)],
        "metrics": [("a", "acc", 0.5, 0, 1), ("b", "acc", float("nan"), 0, 1)],
        "params": [("a", "seed", "1"), ("b", "seed", "2")],
        "tags": [("a", "mlflow.user", "ann"), ("b", "mlflow.parentRunId", "a")],
        "datasets": [("x", "digits", "f6d9e39f", "local", "{}", 540)],
        "inputs": [("a", "x", "test"), ("b", "x", "test")],
    }
    return tables(rows | replaced)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "sqlite:///mlflow.db")


@pytest.fixture
def publish(cache: Cache) -> Publish:
    """Publishes tables (default: `store`) as a full reading, or as told."""

    def put(rows: Mapping[str, pa.Table] | None = None, **options: Any) -> Published:
        with cache.lock():
            defaults: dict[str, Any] = {"full": True, "cursor": {"at": 1}, "complete_as_of": EARLY}
            return cache.publish(store() if rows is None else rows, **(defaults | options))

    return put
