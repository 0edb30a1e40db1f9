"""Evidence, people and signatures as values, for what a gate makes of them: everything is met until a test changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from assay.analysis.review.gate import GateRules, evaluate
from assay.analysis.review.signatures import Signers
from assay.model.comparison.difference import Verdict
from assay.model.evidence.check import CheckStatus as Check
from assay.model.evidence.checklist import Severity
from assay.model.evidence.proofs import ProofNote
from assay.model.metric import Direction, MetricUnit
from assay.model.note import note
from assay.model.people import Person, Role
from assay.model.review.acts import Answered, Basis, ItemReply, Opened, Signed, SignVerdict, Waived
from assay.model.review.evidence import (
    ChecksFound,
    Fresh,
    FrozenEvidence,
    Inputs,
    ItemFound,
    LimitReached,
    MetricEffect,
    Results,
    RunInputs,
    SliceEffect,
)
from assay.model.review.gate import CriterionFound, GateFound
from assay.model.review.policy import GateCriterion, PromotionPolicy
from assay.model.review.review import Made, Review, ReviewStatus, Signature, Wording
from assay.model.tradeoffs.scorecard import Status

TODAY = "2026-11-22"
AT = "2026-11-22T12:00:00.000000Z"
RUN = RunInputs("FINISHED", {"seed": "1"}, {"accuracy": 0.9})
AUTHOR, LEAD, PRODUCTION, READER = (
    Person("https://id", who, who, verified=True) for who in ("ana", "lea", "pia", "ron")
)
ROLES: Mapping[str, frozenset[Role]] = {
    AUTHOR.key: frozenset(Role),
    LEAD.key: frozenset({Role.TECH_LEAD, Role.REVIEWER}),
    PRODUCTION.key: frozenset({Role.PRODUCTION}),
    READER.key: frozenset({Role.REVIEWER}),
}
ITEMS = (
    ItemFound("promotion", "better", Severity.BLOCK, {"en": "Better?"}, True, check="significant"),
    ItemFound("promotion", "kept", Severity.BLOCK, {"en": "Kept?"}, True, check="no_slice_worse"),
    ItemFound("promotion", "canary", Severity.BLOCK, {"en": "Canary?"}),
    ItemFound("promotion", "on-call", Severity.WARN, {"en": "On call?"}),
    ItemFound("promotion", "lead", Severity.BLOCK, {"en": "Lead?"}, signature="tech_lead"),
)  # fmt: skip
RECORDS = {name: {Check.PASS: 5} for name in PromotionPolicy().records}
LEAKS = {"shared_ids": {Check.PASS: 5}, "duplicate_rows": {Check.NOT_LOGGED: 5}, "test_looks": {Check.PASS: 5}}


def effect(**but: Any) -> MetricEffect:
    """Accuracy, two points better, of five replicates a side."""
    made = MetricEffect(
        metric="accuracy", unit=MetricUnit.SHARE, direction=Direction.MAXIMIZE, group="quality", quality=True,
        smallest_effect=0.01, n=(5, 5), values=(0.90, 0.92), stds=(0.002, 0.002), difference=0.02, low=0.01, high=0.03,
        p=0.001, over=2, paired=True, method="paired t", verdict=Verdict.BETTER,
    )  # fmt: skip
    return replace(made, **but)


def latency(**but: Any) -> MetricEffect:
    """One that is no quality, lower is better, and nothing is shown of it."""
    return effect(
        metric="latency_p95_ms", unit=MetricUnit.MILLISECONDS, direction=Direction.MINIMIZE, group="performance",
        quality=False, smallest_effect=None, values=(3.0, 2.9), difference=-0.1, low=-0.3, high=0.1, p=0.4,
        verdict=Verdict.NOT_SHOWN, **but,
    )  # fmt: skip


def slice_effect(**but: Any) -> SliceEffect:
    made = SliceEffect(
        "accuracy",
        MetricUnit.SHARE,
        Direction.MAXIMIZE,
        0.01,
        "kind",
        "cat",
        50,
        0.01,
        -0.002,
        0.022,
        Verdict.NOT_SHOWN,
    )
    return replace(made, **but)


def limit(**but: Any) -> LimitReached:
    made = LimitReached(
        "accuracy", MetricUnit.SHARE, "quality", 0.92, 0.002, 0.918, 0.922, "> 0.9", "< 0.8", Status.MET, (True, True)
    )
    return replace(made, **but)


def results(**but: Any) -> Results:
    primary = but.pop("primary", effect())
    made = Results(
        labels=("old", "new"), primary=primary, metrics=(primary, latency()), slices=(slice_effect(),),
        slices_reason=None, limits=(limit(), limit(metric="cost", status=Status.NOT_LOGGED, logged=(False, False))),
        scorecard="guide", front=True,
        front_note=note(ProofNote.ON_THE_FRONT, metrics=("accuracy",), probability=0.97), leakage=ChecksFound(LEAKS),
        records=ChecksFound(RECORDS), items=ITEMS, matched=(5, 6), counted=(5, 5),
        left_out=({}, {"running": 1}), run_ids=(("a",), ("b",)), error_rate=0.001, users=("ana",),
    )  # fmt: skip
    return replace(made, **but)


INPUTS = Inputs({"metric": "accuracy"}, {"a": RUN}, {"b": RUN}, {}, {"promotion": "2 abc"})


def evidence(**but: Any) -> FrozenEvidence:
    return FrozenEvidence(INPUTS, results(**but), datetime(2026, 11, 22, tzinfo=UTC))


def made(seq: int, person: Person | None, *, verified: bool = True) -> Made:
    return Made(seq, AT, person, verified, "page")


ANSWERS = {"promotion/canary": (made(3, READER), Answered("promotion", "canary", ItemReply.YES, "https://x"))}
BASIS = Basis(INPUTS.sha256, {"promotion/canary": ItemReply.YES}, {})


def signed(
    seq: int, person: Person | None, role: Role, verdict: SignVerdict = SignVerdict.APPROVE, *, basis: Basis = BASIS,
    verified: bool = True, dismissed: tuple[Made, str] | None = None,
) -> Signature:  # fmt: skip
    return Signature(made(seq, person, verified=verified), Signed(role, verdict, "", "e", basis), dismissed)


QUORUM = (signed(10, LEAD, Role.TECH_LEAD), signed(11, PRODUCTION, Role.PRODUCTION))


def waived(
    criterion: GateCriterion, worth: float | None = None, *, seq: int = 9, until: str = TODAY, person: Person | None = LEAD,
    verified: bool = True, status: str = "",
) -> tuple[Made, Waived]:  # fmt: skip
    return made(seq, person, verified=verified), Waived(criterion, "why", until, "e", worth, status)


def review(**but: Any) -> Review:
    opened = Opened("May it?", "a", "b", "accuracy", "store", "sqlite")
    first = made(1, AUTHOR)
    whole = Review(
        "R-001", first, opened, ReviewStatus.OPEN, (Wording(first, "May it?", ""),), answers=ANSWERS, signatures=QUORUM
    )
    return replace(whole, **but)


def gate(
    found: FrozenEvidence | None = None, *, rules: PromotionPolicy | None = None, fresh: Fresh | None = None,
    today: str = TODAY, authors: Iterable[Person] = (AUTHOR,), roles: Mapping[str, frozenset[Role]] = ROLES,
    nothing: bool = False, **of_review: Any,
) -> GateFound:  # fmt: skip
    """Of evidence where nothing is missed, with a quorum that holds, but for what is given."""
    known = None if nothing else found or evidence()
    signers = Signers(frozenset(one.key for one in authors), roles)
    now = fresh or Fresh(INPUTS.sha256)
    return evaluate(GateRules(rules or PromotionPolicy()), known, review(**of_review), now, today, signers)[0]


def criterion(found: GateFound, of: GateCriterion) -> CriterionFound:
    return next(one for one in found.criteria if one.criterion is of)
