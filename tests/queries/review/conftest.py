"""A store that proves much, and what a review of it freezes; nobody may log to it."""

import pytest

import proving
from assay.model.policy import Policy
from assay.model.review.evidence import FrozenEvidence
from assay.queries.review.freezing import freeze
from assay.workspace import Workspace
from looking import looked_at
from proving import HERE, NEW, OLD
from reviewed import FROZEN_AT, opening


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Workspace:
    folder = tmp_path_factory.mktemp("frozen")
    return looked_at(proving.filled(folder), folder / "data", policy)


@pytest.fixture(scope="session")
def better(work: Workspace) -> FrozenEvidence:
    return freeze(work, opening(work, OLD, NEW, HERE), FROZEN_AT)
