"""A look at the shared store for the questions asked of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay import settings as configuration
from assay import sync
from assay.model.policy import Policy
from assay.queries import freshness
from assay.workspace import Workspace
from stores import Store


def looked_at(store: Store, data: Path, policy: Policy) -> Workspace:
    settings = configuration.read({}, tracking_uri=store.uri, data=data)
    sync.sync(settings)
    snapshot = freshness.current(settings).snapshot
    assert snapshot is not None
    return Workspace(settings, policy, snapshot)


@pytest.fixture(scope="session")
def work(digits: Store, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return looked_at(digits, tmp_path_factory.mktemp("data"), policy)


@pytest.fixture
def work_of(tmp_path: Path, policy: Policy) -> Callable[[Store], Workspace]:
    return lambda store: looked_at(store, tmp_path / "data", policy)
