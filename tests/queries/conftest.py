"""A look at the shared store for the questions asked of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.model.policy import Policy
from assay.workspace import Workspace
from looking import looked_at
from stores import Store


@pytest.fixture(scope="session")
def work(digits: Store, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return looked_at(digits, tmp_path_factory.mktemp("data"), policy)


@pytest.fixture(scope="session")
def serving(trades: Store, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Models that trade accuracy off against latency."""
    return looked_at(trades, tmp_path_factory.mktemp("data"), policy)


@pytest.fixture
def work_of(tmp_path: Path, policy: Policy) -> Callable[[Store], Workspace]:
    return lambda store: looked_at(store, tmp_path / "data", policy)
