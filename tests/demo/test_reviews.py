"""The demo's four reviews, on the experiments that they are of, trained in full."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from assay import actions, demo, settings
from assay.cli.demo import _read
from assay.demo import reviews
from assay.identity import of_command
from assay.model.journal import Via
from assay.model.people import Acting, Role
from assay.model.review.acts import SignVerdict
from assay.model.review.gate import GateDecision, ReviewQuestion, ReviewState
from assay.queries import policies
from assay.queries.review import reading
from assay.queries.review.standing import standing
from assay.settings import SHIPPED, Settings
from assay.workspace import Desk

_USED = {"logistic-regression", "svc-rbf", "mlp", "extra-trees"}


def _recipes(folder: Path) -> Path:
    """Of the experiments that are reviewed alone, and of the digits the models that are."""
    folder.mkdir()
    for name in ("1-digits-classifiers", "5-leak-selection"):
        found = yaml.safe_load((SHIPPED / "recipes" / f"{name}.yaml").read_text())
        found["recipes"] = [one for one in found["recipes"] if name.startswith("5") or one["name"] in _USED]
        found["evaluation"].pop("images", None)
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(found))
    return folder


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("reviewed")
    found = settings.read({}, data=folder / "data")
    demo.make(found.demo_store, recipe_folder=_recipes(folder / "recipes"))
    assert reviews.make(found, policies.current(found.policy), _read) == 4
    return found


def _desk(own: Settings) -> Desk:
    return Desk(own, policies.current(own.policy), _read(own), datetime.now(UTC))


def test_one_waits_one_is_blocked_one_was_rejected_and_one_is_stale(own: Settings) -> None:
    desk = _desk(own)
    found = {one.title: standing(desk, ReviewQuestion(one.id)) for one in reading.reviews(desk)}
    waiting, blocked, rejected, stale = (
        found[title]
        for title in (
            "svc-rbf against logistic-regression",
            "mlp against logistic-regression",
            "Features chosen by all rows",
            "extra-trees against logistic-regression",
        )
    )
    assert (waiting.gate.state, waiting.gate.missing) == (ReviewState.WAITING, (Role.PRODUCTION,))
    assert (blocked.gate.state, len(blocked.gate.requested)) == (ReviewState.BLOCKED, 1)
    assert rejected.gate.state is ReviewState.REJECTED
    assert [len(one.changes) for one in stale.gate.signatures] == [2]
    assert stale.fresh.changes


def test_one_signature_turns_the_one_that_waits_and_nothing_is_made_again_after_it(own: Settings) -> None:
    desk = _desk(own)
    waiting = standing(desk, ReviewQuestion("R-004"))
    assert waiting.evidence
    assert waiting.basis
    who = Acting(of_command(own, desk.policy, "production"), Via.PAGE)
    actions.signed(
        desk, who, "R-004", Role.PRODUCTION, SignVerdict.APPROVE, "", waiting.evidence.sha256, waiting.basis
    )  # fmt: skip
    signed = standing(desk, ReviewQuestion("R-004"))
    assert (signed.gate.decision, signed.gate.state) == (GateDecision.PROMOTE, ReviewState.READY)
    assert reviews.make(own, desk.policy, _read) == 0
    assert len(reading.reviews(desk)) == 4


def test_a_making_that_was_killed_halfway_is_begun_anew(tmp_path: Path, own: Settings) -> None:
    class KilledError(Exception):
        pass

    def dying(found: Settings) -> object:
        if reading.reviews(Desk(found, policy, None, datetime.now(UTC))):
            raise KilledError
        return _read(found)

    policy = policies.current(own.policy)
    reviews._forget(own.demo_journal)
    with pytest.raises(KilledError):
        reviews.make(own, policy, dying)  # type: ignore[arg-type]
    assert reviews.make(own, policy, _read) == 4
    assert [one.id for one in reading.reviews(_desk(own))] == ["R-004", "R-003", "R-002", "R-001"]
