"""One store for all acts, and a journal of its own for each test."""

from dataclasses import replace
from pathlib import Path

import pytest

from acting import REVIEWER, at, begun, beside, desk_of, sign, store_in
from assay import actions
from assay.model.people import Role
from assay.model.policy import Policy
from assay.model.review.acts import SignVerdict
from assay.workspace import Desk


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Desk:
    """With R-001, which the author opened, and which the reviewer commented on and wants changed; nobody writes to it."""
    folder = tmp_path_factory.mktemp("office")
    desk = desk_of(store_in(folder), folder, policy)
    begun(desk)
    actions.commented(desk, at(desk, REVIEWER), "R-001", "Which seeds?")
    sign(desk, "R-001", REVIEWER, Role.REVIEWER, SignVerdict.REQUEST_CHANGES)
    return desk


@pytest.fixture
def desk(office: Desk, tmp_path: Path) -> Desk:
    """With a copy of that journal."""
    return beside(office, tmp_path)


@pytest.fixture
def empty(office: Desk, tmp_path: Path) -> Desk:
    """With a journal that is not there yet."""
    return replace(office, settings=replace(office.settings, journal=f"sqlite:///{tmp_path / 'new' / 'journal.db'}"))
