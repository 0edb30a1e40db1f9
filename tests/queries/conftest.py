"""A snapshot of the shared store for the questions asked of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay import settings as configuration
from assay import sync
from assay.model.sync import Snapshot
from assay.queries import freshness
from stores import Store


def synced(store: Store, data: Path) -> Snapshot:
    settings = configuration.read({}, tracking_uri=store.uri, data=data)
    sync.sync(settings)
    snapshot = freshness.current(settings).snapshot
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="session")
def snapshot(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return synced(digits, tmp_path_factory.mktemp("data"))


@pytest.fixture
def snapshot_of(tmp_path: Path) -> Callable[[Store], Snapshot]:
    return lambda store: synced(store, tmp_path / "data")
