"""A review as it stands, made by hand: for words, tables and objects that need no store."""

from dataclasses import replace
from datetime import UTC, datetime

from assay.analysis.review import items
from assay.model.comparison.difference import Verdict
from assay.model.evidence.checklist import Severity
from assay.model.metric import Direction, MetricUnit
from assay.model.note import note
from assay.model.people import Person, Role
from assay.model.review.acts import (
    Answered,
    Basis,
    Commented,
    Decided,
    Frozen,
    ItemReply,
    Opened,
    ReviewDecision,
    SignatureAsked,
    Signed,
    SignVerdict,
    Waived,
)
from assay.model.review.evidence import (
    Change,
    ChecksFound,
    Fresh,
    FrozenEvidence,
    Inputs,
    ItemFound,
    MetricEffect,
    Results,
    RunInputs,
)
from assay.model.review.gate import (
    CriterionFound,
    CriterionStatus,
    GateDecision,
    GateFound,
    ReviewLine,
    ReviewStanding,
    ReviewState,
    SignatureFound,
    WaiverFound,
)
from assay.model.review.notes import GateNote, InputsNote
from assay.model.review.policy import GateCriterion
from assay.model.review.review import Comment, Made, Occasion, Review, ReviewStatus, Signature, Wording

HOSTILE = "=1+1 **x** [click](http://evil.example) <b>`y` :red[hot] $x$"
AUTHOR, LEAD, OWNER = (
    Person("demo", subject, name)
    for subject, name in (("author", "박하늘"), ("tech_lead", "김민지"), ("production", "이서준"))
)
BASIS = Basis("1" * 64, {"promotion/rollback": ItemReply.YES}, {})
PRIMARY = MetricEffect(
    "accuracy", MetricUnit.SHARE, Direction.MAXIMIZE, "quality", quality=True, smallest_effect=0.005, n=(5, 5),
    values=(0.95, 0.969), stds=(0.004, 0.005), difference=0.019, low=0.010, high=0.027, p=0.004, over=1, paired=True,
    method="t", verdict=Verdict.BETTER,
)  # fmt: skip
SIGNIFICANT = note(
    GateNote.GATE_SIGNIFICANT, metric="accuracy", unit="share", difference=0.019, low=0.010, high=0.027, p=0.004,
    level=0.05, over=1,
)  # fmt: skip
MISSING = note(GateNote.GATE_SIGNATURES, n=1, needed=2, missing=("production",))
LIMITS = note(
    GateNote.GATE_THRESHOLDS, met=9, of=10, metric="model_size_bytes", unit="bytes", value=291_012.0,
    threshold="< 250000", silent=1,
)  # fmt: skip
CAME = Change(note(InputsNote.RUNS_CAME, n=2, side="candidate"), "n = 3", "n = 5")


def made(seq: int, person: Person | None, day: int = 20, hour: int = 16) -> Made:
    return Made(seq, f"2026-11-{day:02}T{hour:02}:40:00.000000Z", person, verified=False, via="page")


def evidence(labels: tuple[str, str] = ("logistic-regression", "svc-rbf"), **more: object) -> FrozenEvidence:
    run = RunInputs("FINISHED", {"model": "svc"}, {"accuracy": 0.95})
    inputs = Inputs({"metric": "accuracy"}, {"a": run}, {"b": run}, {}, {})
    found = (
        ItemFound("promotion", "cases", Severity.BLOCK, {"en": "Edge cases looked at?", "ko": "극단 사례?"}),
        ItemFound("promotion", "rollback", Severity.BLOCK, {"en": "Rollback drilled?"}),
        ItemFound("promotion", "seeds", Severity.WARN, {"en": "Five seeds?"}, True, note(GateNote.GATE_COMPLETE, n=10, of=10)),
        ItemFound("promotion", "lead", Severity.BLOCK, {"en": "Tech lead?"}, signature="tech_lead"),
    )  # fmt: skip
    results = Results(
        labels, PRIMARY, (PRIMARY,), (), None, (), "card", front=True, front_note=None, leakage=ChecksFound(),
        records=ChecksFound(), items=found, matched=(5, 5), counted=(5, 5), left_out=({}, {}), run_ids=(("a",), ("b",)),
    )  # fmt: skip
    at, named = datetime(2026, 11, 20, 16, 40, tzinfo=UTC), "9f3c1e07" * 8
    return FrozenEvidence(inputs, replace(results, **more), at, stored=named)  # type: ignore[arg-type]


SIGNED = Signature(
    made(5, OWNER, 19, 9),
    Signed(Role.PRODUCTION, SignVerdict.APPROVE, "Fine with me if two more seeds agree.", "3c77ab02" + "0" * 56, BASIS),
)
LEAD_SIGNED = Signature(made(8, LEAD), Signed(Role.TECH_LEAD, SignVerdict.APPROVE, "", "9f3c1e07" + "0" * 56, BASIS))
WAIVED = Waived(GateCriterion.THRESHOLDS, "The device has 512 kB.", "2026-12-11", "9f3c1e07", 41_012.0)


def review(title: str = "svc-rbf against logistic-regression", **more: object) -> Review:
    opened = Opened(
        title, "params.model = 'logreg'", "params.model = 'svc'", "accuracy", "store", "mlflow.db",
        hypothesis="An RBF kernel separates the digits better.", experiments=("digits",),
    )  # fmt: skip
    frozen = tuple(
        (made(seq, AUTHOR, day), Frozen(digest * 8, "1" * 64))
        for seq, day, digest in ((2, 18, "3c77ab02"), (6, 20, "9f3c1e07"))
    )
    answers = {
        "promotion/rollback": (
            made(3, AUTHOR, 19),
            Answered("promotion", "rollback", ItemReply.YES, "https://drill.example/1"),
        )
    }
    comments = (Comment(made(4, AUTHOR), ((made(4, AUTHOR), "Two lines\nof text"),)),)
    requests = ((made(9, AUTHOR, 20, 17), SignatureAsked(Role.PRODUCTION, "please")),)
    acts = (
        (1, opened),
        (2, frozen[0][1]),
        (4, Commented("x")),
        (5, SIGNED.act),
        (8, LEAD_SIGNED.act),
        (9, requests[0][1]),
    )
    timeline = (
        *(Occasion(made(seq, AUTHOR), "opened", act) for seq, act in acts),
        Occasion(made(10, None), "commented", None),
    )
    own = Review(
        "R-001", made(1, AUTHOR, 18), opened, ReviewStatus.OPEN, (Wording(made(1, AUTHOR, 18), title, opened.hypothesis),),
        frozen, answers, comments, requests, (SIGNED, LEAD_SIGNED), ((made(7, LEAD), WAIVED),), timeline=timeline, last=10,
    )  # fmt: skip
    return replace(own, **more)  # type: ignore[arg-type]


def criteria() -> tuple[CriterionFound, ...]:
    waiver = WaiverFound(made(7, LEAD), WAIVED)
    return (
        CriterionFound(GateCriterion.SIGNATURES, CriterionStatus.WAITING, blocking=True, note=MISSING, value=1, limit=2),
        CriterionFound(GateCriterion.SIGNIFICANT, CriterionStatus.MET, blocking=True, note=SIGNIFICANT, value=0.004, limit=0.05),
        CriterionFound(GateCriterion.THRESHOLDS, CriterionStatus.WAIVED, blocking=True, note=LIMITS, waiver=waiver),
        CriterionFound(
            GateCriterion.COMPLETE, CriterionStatus.WARNED, blocking=False, note=note(GateNote.GATE_COMPLETE, n=10, of=10),
            warnings=(note(GateNote.GATE_FEW_REPLICATES, advised=5),),
        ),
    )  # fmt: skip


def standing(state: ReviewState = ReviewState.WAITING, *, own: Review | None = None, **more: object) -> ReviewStanding:
    """Waits for the production approver, whose signature is stale, unless told otherwise; `more`: of the gate."""
    gate = GateFound(
        GateDecision.KEEP_TESTING,
        state,
        criteria(),
        (
            SignatureFound(SIGNED, fresh=False, counts=False, reason=note(GateNote.SIGNED_STALE), changes=(CAME,)),
            SignatureFound(LEAD_SIGNED, fresh=True, counts=True),
        ),
        (MISSING,),
        (Role.PRODUCTION,),
        answered=2,
        open=1,
        blocking_open=1,
        items=items.standing(evidence().results.items, review().answers, ()),
    )
    gate = replace(gate, **more)  # type: ignore[arg-type]
    return ReviewStanding(own or review(), evidence(), Fresh("1" * 64), gate, BASIS)


def decided(decision: ReviewDecision, reason: str = "because") -> tuple[Made, Decided]:
    return made(11, LEAD), Decided(decision, reason, "PROMOTE", "9f3c1e07" * 8, BASIS)


def line(id: str, waits_for: tuple[Role, ...]) -> ReviewLine:
    state = ReviewState.WAITING if waits_for else ReviewState.REJECTED
    return ReviewLine(replace(review(), id=id), state, GateDecision.KEEP_TESTING, True, waits_for)
