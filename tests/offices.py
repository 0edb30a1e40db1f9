"""A desk of people who write to a journal beside a page, and a review whose every text is hostile."""

from datetime import UTC, datetime
from pathlib import Path

from assay import actions
from assay import settings as configuration
from assay.model.journal import Via
from assay.model.people import Acting, Here, Person, Role
from assay.model.review.acts import Answered, ItemReply, Opened, SignVerdict
from assay.model.review.gate import ReviewQuestion
from assay.queries import freshness, policies
from assay.queries.review.standing import standing
from assay.uri import shown, store_name
from assay.workspace import Desk
from standing import HOSTILE
from stores import Store

LOGREG, SVC = "params.model = 'logreg'", "params.model = 'svc'"
AUTHOR, LEAD = (Person("local", name, name) for name in ("박하늘", "김민지"))
RULES = "promotion: {unverified_count: true}\n"


class Office:
    """A desk whose journal people write to beside the page."""

    def __init__(self, store: Store, data: Path, folder: Path) -> None:
        self.journal, self.policy = folder / "journal.db", folder / "policy.yaml"
        self.policy.write_text(RULES, encoding="utf-8")
        environment = {"ASSAY_JOURNAL": str(self.journal), "ASSAY_POLICY": str(self.policy)}
        self.settings = configuration.read(environment, tracking_uri=store.uri, data=data)

    @property
    def desk(self) -> Desk:
        rules = policies.current(self.settings.policy)
        return Desk(self.settings, rules, freshness.current(self.settings).snapshot, datetime.now(UTC))

    def acting(self, person: Person, nonce: str = "") -> Acting:
        return Acting(Here(person, frozenset(Role)), Via.COMMAND, nonce)

    def open(self, title: str = "svc against logreg", store: str = "", **more: str) -> str:
        return actions.opened(self.desk, self.acting(AUTHOR), self.asked(title, store, **more)).id

    def asked(self, title: str, store: str = "", **more: str) -> Opened:
        uri = self.settings.tracking_uri
        return Opened(
            title, LOGREG, SVC, "accuracy", store or store_name(uri), shown(uri), experiments=("digits",), **more
        )  # fmt: skip

    def sign(self, id: str, person: Person, role: Role, verdict: SignVerdict, reason: str = "") -> None:
        found = standing(self.desk, ReviewQuestion(id))
        assert found.evidence is not None
        assert found.basis is not None
        sha256 = found.evidence.sha256
        actions.signed(self.desk, self.acting(person), id, role, verdict, reason, sha256, found.basis)


def hostile(office: Office) -> str:
    """A review of which one of everything was written, each in a text that wants to act."""
    id = office.open(HOSTILE, question=HOSTILE, hypothesis=HOSTILE)
    desk, author = office.desk, office.acting(AUTHOR)
    actions.commented(desk, author, id, f"{HOSTILE}\nsecond line\n\n=2+2")
    answer = Answered("promotion", "rollback-tried", ItemReply.NOT_APPLICABLE, HOSTILE, HOSTILE)
    actions.answered(desk, author, id, answer, 0)
    actions.asked(desk, author, id, Role.PRODUCTION, HOSTILE)
    office.sign(id, LEAD, Role.TECH_LEAD, SignVerdict.REQUEST_CHANGES, HOSTILE)
    return id
