"""Who acts in tests, at which desk: accounts by their roles, and a small store with a candidate that is better."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assay import actions
from assay.model.accounts import roles_of
from assay.model.people import Acting, Here, Person, Role
from assay.model.policy import Policy
from assay.model.review.acts import Basis, Opened, SignVerdict
from assay.model.review.gate import ReviewQuestion, ReviewStanding
from assay.model.review.policy import AccessPolicy, GateCriterion
from assay.model.review.review import Review
from assay.queries.review.standing import standing
from assay.workspace import Desk
from looking import looked_at
from reviewed import opening
from stores import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD, NEW, SAME = "params.model = 'old'", "params.model = 'new'", "params.model = 'same'"


def person(name: str) -> Person:
    """Somebody whom an issuer vouches for, called after what they may do."""
    return Person("https://accounts.example", name, name.capitalize(), f"{name}@example.org", verified=True)


NAMES = ("viewer", "author", "reviewer", "lead", "owner", "admin", "trainer")
VIEWER, AUTHOR, REVIEWER, LEAD, OWNER, ADMIN, TRAINER = map(person, NAMES)
ACCESS = AccessPolicy(
    roles={
        Role.VIEWER: ("viewer@example.org",),
        Role.REVIEWER: ("author@example.org", "reviewer@example.org"),
        Role.TECH_LEAD: ("lead@example.org", "author@example.org", "trainer@example.org"),
        Role.PRODUCTION: ("owner@example.org", "author@example.org"),
        Role.ADMIN: ("admin@example.org",),
    },
    people={"trainer@example.org": ("trained",)},
)
"""The author is an approver too, and so is who trained the candidate: it is not for want of a role that they may not."""


def ruled(policy: Policy) -> Policy:
    """Significance, thresholds and signatures block; nothing else, so that a small store can pass."""
    blocking = (GateCriterion.SIGNATURES, GateCriterion.SIGNIFICANT, GateCriterion.CHECKLIST)
    return replace(policy, access=ACCESS, promotion=replace(policy.promotion, blocking=blocking, checklists=()))


def store_in(folder: Path) -> Store:
    """Five seeds of three models: one better than the old one, one the same."""
    store = Store.sqlite(folder / "mlflow.db")
    for model, scores in (
        ("old", (0.90, 0.91, 0.905, 0.902, 0.908)),
        ("new", (0.95, 0.957, 0.951, 0.955, 0.953)),
        ("same", (0.901, 0.908, 0.906, 0.899, 0.911)),
    ):
        store.configuration("here", {"model": model}, "accuracy", [*scores])
    return store


def desk_of(store: Store, folder: Path, policy: Policy) -> Desk:
    """A look at the newest runs, with a journal of its own that is not there yet."""
    work = looked_at(store, folder / "data", ruled(policy))
    settings = replace(work.settings, journal=f"sqlite:///{folder / 'journal.db'}", sync_seconds=1e6)
    return Desk(settings, work.policy, work.snapshot, NOW)


def at(desk: Desk, who: Person | None, nonce: str = "", **more: object) -> Acting:
    """They act on a page, signed in an hour ago."""
    roles = roles_of(who, desk.policy.access) if who else frozenset[Role]()
    here = Here(who, roles, desk.now.replace(hour=11))
    return Acting(replace(here, **more), "page", nonce)  # type: ignore[arg-type]


def beside(office: Desk, folder: Path) -> Desk:
    """The same desk with a copy of its journal in that folder."""
    folder.mkdir(exist_ok=True)
    before, after = Path(office.settings.journal.removeprefix("sqlite:///")), folder / "journal.db"
    shutil.copy(before, after)
    return replace(office, settings=replace(office.settings, journal=f"sqlite:///{after}"))


def asked(desk: Desk, candidate: str = NEW) -> Opened:
    """A question about two sides of the store."""
    assert desk.work
    return opening(desk.work, OLD, candidate, "here")


def begun(desk: Desk, who: Person = AUTHOR, candidate: str = NEW) -> Review:
    """A review with frozen evidence."""
    return actions.opened(desk, at(desk, who), asked(desk, candidate))


def shown(desk: Desk, id: str, who: Person | None = None) -> tuple[ReviewStanding, str, Basis]:
    """What a form shows now: the standing, the evidence and the basis."""
    found = standing(desk, ReviewQuestion(id, reader=who))
    assert found.review.frozen
    assert found.basis
    return found, found.review.frozen[1].evidence, found.basis


def sign(
    desk: Desk, id: str, who: Person, role: Role, verdict: SignVerdict = SignVerdict.APPROVE, reason: str = "fine"
) -> Review:  # fmt: skip
    """A signature for what is there now."""
    _, evidence, basis = shown(desk, id)
    return actions.signed(desk, at(desk, who), id, role, verdict, reason, evidence, basis)


def approved(desk: Desk, id: str) -> Review:
    """Both approvers sign."""
    for who, role in ((LEAD, Role.TECH_LEAD), (OWNER, Role.PRODUCTION)):
        found = sign(desk, id, who, role)
    return found


def kinds(found: Review) -> list[str]:
    """What happened in a review, in order."""
    return [one.kind for one in found.timeline]
