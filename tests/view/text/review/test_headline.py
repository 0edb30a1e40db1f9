"""The first lines of a review: every state has its sentence, and the reader's own signature is spoken of."""

from dataclasses import replace

import pytest

from assay.model.note import note
from assay.model.people import Role
from assay.model.review.acts import ReviewDecision, Signed, SignVerdict
from assay.model.review.evidence import Fresh
from assay.model.review.gate import GateDecision, ReviewState, SignatureFound
from assay.model.review.notes import GateNote
from assay.model.review.review import Signature
from assay.view.text.escape import flat
from assay.view.text.review import steps
from assay.view.text.review.headline import Reader, badges, headline, mark, signed
from standing import AUTHOR, BASIS, CAME, HOSTILE, LEAD, LEAD_SIGNED, MISSING, OWNER, decided, made, review, standing

HARM = note(
    GateNote.GATE_HARM_PRIMARY, metric="accuracy", unit="share", difference=-0.02, low=-0.03, high=-0.01, p=0.001,
)  # fmt: skip


@pytest.mark.parametrize(
    ("state", "said", "glyph"),
    [
        (ReviewState.BLOCKED, "Not yet: 1 of 3 required criteria is not met (signatures).", "⊘"),
        (ReviewState.WAITING, "Not yet: the signature of the production approver is for other evidence", "?"),
        (ReviewState.READY, "Ready: 2 of 3 required criteria are met or waived, and an approver may accept it.", "✓"),
        (ReviewState.ACCEPTED, "May be promoted: accepted by 김민지, 20 Nov 2026 16:40 UTC.", "✓"),
        (ReviewState.ACCEPTED_FOR_OTHER, "Not any more: it was accepted for other evidence by 김민지", "↺"),
        (ReviewState.REJECTED, "Rejected by 김민지, 20 Nov 2026 16:40 UTC: “because”", "✕"),
        (ReviewState.HARMFUL, "Rejected for harm by 김민지", "✕"),
        (ReviewState.WITHDRAWN, "Withdrawn by its author: “too early”", "–"),
    ],
)
def test_every_state_has_its_sentence_and_its_glyph(state: ReviewState, said: str, glyph: str) -> None:
    own = review(decision=decided(ReviewDecision.REJECT), closing=(made(12, AUTHOR), "too early"))
    found = standing(state, own=own)
    assert headline(found).startswith(said)
    assert mark(found).glyph == glyph
    assert mark(found).word


def test_what_is_about_everything_binds_alone_and_harm_says_its_number() -> None:
    found = standing(ReviewState.HARM, reasons=(HARM,), decision=GateDecision.ROLLBACK)
    assert headline(found, namer=flat) == (
        "Harm: accuracy −2.0 points [−3.0, −1.0]: the primary metric is shown worse."
    )
    assert "reject it as harm" in steps.of(found)[0]
    nothing = standing(ReviewState.BLOCKED, reasons=(note(GateNote.GATE_NOTHING_FROZEN),))
    assert headline(nothing, namer=flat) == "Not yet: no evidence is frozen, so there is nothing to judge."
    assert steps.of(nothing, namer=flat) == [
        "No evidence is frozen, so there is nothing to judge. Freeze the evidence."
    ]


def test_a_reader_hears_of_their_own_signature_and_who_is_missing_is_named() -> None:
    own = Reader(OWNER.key, frozenset({Role.PRODUCTION}))
    assert headline(standing(), own).startswith("Not yet: your signature as production approver is for other evidence.")
    unsigned = standing(signatures=())
    assert headline(unsigned, own) == "Not yet: it waits for your signature as production approver."
    assert headline(unsigned) == "Not yet: it waits for the signature of the production approver."
    both = standing(signatures=(), missing=(Role.TECH_LEAD, Role.PRODUCTION))
    assert headline(both) == "Not yet: it waits for the signatures of the tech lead and production approver."
    given = SignatureFound(LEAD_SIGNED, fresh=True, counts=True)
    second = standing(signatures=(given,), missing=(Role.TECH_LEAD,))
    another = "Not yet: it waits for another person to sign."
    assert headline(second) == headline(second, Reader(LEAD.key, frozenset({Role.TECH_LEAD}))) == another
    assert signed(second) == (1, 2)


def test_who_asks_for_changes_is_named_and_one_who_was_erased_is_somebody() -> None:
    def asking(*people: object) -> tuple[SignatureFound, ...]:
        act = Signed(Role.TECH_LEAD, SignVerdict.REQUEST_CHANGES, "more seeds", "9" * 64, BASIS)
        made_by = (made(place, one) for place, one in enumerate(people, start=20))  # type: ignore[arg-type]
        return tuple(SignatureFound(Signature(one, act), fresh=True, counts=False) for one in made_by)

    def said(*people: object) -> str:
        found = asking(*people)
        seqs = tuple(one.signature.made.seq for one in found)
        return headline(standing(ReviewState.CHANGES_REQUESTED, signatures=found, requested=seqs))

    assert said(LEAD) == "Not yet: 김민지 asks for changes."
    assert said(LEAD, OWNER) == "Not yet: 김민지 and 이서준 ask for changes."
    assert said(None) == "Not yet: somebody erased asks for changes."


def test_badges_count_criteria_signatures_and_what_is_stale_or_waived() -> None:
    assert [one.label for one in badges(standing())] == [
        *("gate: KEEP_TESTING", "? waiting for a person", "2 of 3 criteria", "1 of 2 signatures", "↺ 1 stale"),
        "1 waived",
    ]
    assert signed(standing()) == (1, 2)
    assert [one.label for one in badges(standing(signatures=(), criteria=(), missing=()))] == [
        *("gate: KEEP_TESTING", "? waiting for a person"),
    ]


def test_a_stale_signature_is_what_binds_with_the_evidence_to_sign() -> None:
    assert steps.of(standing(), namer=flat) == [
        "Signatures. 1 of 2 signatures; missing: production approver. Read below what changed, then sign the evidence "
        "9f3c1e07."
    ]


def test_a_closed_review_keeps_its_reasons_and_gives_no_advice_and_nothing_is_said_twice() -> None:
    twice = note(GateNote.GATE_NOT_COMPARABLE)
    reasons = (twice, MISSING, twice)
    lost, signatures = "What was frozen can't be compared with the runs as they are now.", "Signatures. 1 of 2"
    said = steps.of(standing(ReviewState.REJECTED, reasons=reasons), namer=flat)
    assert said == [lost, f"{signatures} signatures; missing: production approver."]
    elsewhere = replace(standing(ReviewState.BLOCKED, reasons=reasons), other_store=True)
    assert steps.of(elsewhere, namer=flat)[0] == f"{lost} Open it where its own store is read."
    old = replace(standing(), fresh=Fresh("2" * 64, (CAME,)))
    assert steps.of(old, namer=flat)[0].endswith("Read below what changed, freeze again, then sign.")


def test_what_people_wrote_does_not_act_in_a_headline() -> None:
    own = review(decision=decided(ReviewDecision.REJECT, HOSTILE))
    said = headline(standing(ReviewState.REJECTED, own=own))
    assert "](" not in said.replace("\\", "").replace("](http", "") or "\\]\\(" in said
    assert "\\*\\*x\\*\\*" in said
    assert "\\<b\\>" in said
