"""Signatures, requests, comments and what happened, in lines; whoever was erased is named as that."""

from dataclasses import replace

from assay.model.note import note
from assay.model.people import Person, Role
from assay.model.review.acts import KINDS, ItemReply
from assay.model.review.evidence import Change, Fresh
from assay.model.review.gate import SignatureFound
from assay.model.review.notes import GateNote
from assay.model.review.policy import GateCriterion
from assay.model.review.review import Occasion
from assay.view.text.escape import flat
from assay.view.text.review import answers, changes, people, timeline
from assay.view.text.review.order import for_you, waiting_first
from standing import AUTHOR, CAME, HOSTILE, LEAD, LEAD_SIGNED, OWNER, SIGNED, line, made, review, standing


def test_a_signature_says_role_verdict_freshness_and_why_it_does_not_count() -> None:
    stale, fresh = (people.signature(one, namer=flat) for one in people.newest(standing()))
    assert (stale.what, stale.detail, stale.mark.glyph) == ("Production approver", "approved, stale", "↺")
    assert stale.who == "이서준, 19 Nov 2026 09:40 UTC, for 3c77ab02"
    assert stale.reason == "Fine with me if two more seeds agree."
    assert (fresh.what, fresh.detail, fresh.remark) == (
        "Tech lead",
        "approved, fresh",
        "unverified, counts by the policy",
    )
    author = SignatureFound(LEAD_SIGNED, fresh=True, counts=False, reason=note(GateNote.SIGNED_BY_AUTHOR))
    assert people.signature(author, namer=flat).remark == "Authors of a candidate don't approve it."
    aside = SignatureFound(replace(SIGNED, dismissed=(made(9, LEAD), "measured")), fresh=True, counts=False)
    assert people.signature(aside, namer=flat).remark == "dismissed by 김민지: “measured”"


def test_the_newest_signature_of_a_person_in_a_role_is_shown_and_a_missing_role_waits() -> None:
    again = replace(SIGNED, made=made(12, OWNER))
    both = standing(signatures=tuple(SignatureFound(one, fresh=True, counts=True) for one in (SIGNED, again)))
    assert [one.signature.made.seq for one in people.newest(both)] == [12]
    [waits] = people.missing(standing(signatures=()))
    assert (waits.what, waits.detail) == ("Production approver", "waiting")
    [asked] = people.requests(review(), namer=flat)
    assert (asked.detail, asked.reason) == ("please sign", "please")
    [done] = people.requests(replace(review(), signatures=(again,)), namer=flat)
    assert done.detail == "signed since"


def test_every_kind_of_entry_has_a_line_with_and_without_its_words_and_its_author() -> None:
    shown = timeline.lines(review())
    assert shown[0].endswith("somebody erased commented (erased)")
    assert shown[-1] == ":material/add_circle: 20 Nov 16:40 박하늘 opened it"
    assert ":green[:material/check_circle:]" in shown[2]
    for kind in KINDS:
        gone = timeline.what(Occasion(made(1, None), kind, None))
        assert gone.startswith("somebody erased ")
        assert "version of Assay" not in gone
    assert "does not know" in timeline.what(Occasion(made(1, AUTHOR), "promoted", None))


def test_names_and_answers_of_people_are_escaped_on_a_page_and_flat_in_a_terminal() -> None:
    hostile = Person("demo", "x", HOSTILE)
    assert "\\*\\*x\\*\\*" in people.name(hostile)
    assert people.name(hostile, namer=flat) == flat(HOSTILE)[:0] + people.name(hostile, namer=flat)
    assert "[click](" not in people.name(hostile)


def test_what_changed_is_told_beside_what_it_was_and_counted_beyond_twelve() -> None:
    [stale] = changes.stale(standing())
    assert changes.heading(stale) == "What changed since 이서준 signed"
    assert changes.span(standing(), stale) == "19 Nov 2026 09:40 UTC → 20 Nov 2026 16:40 UTC"
    rows = changes.rows((CAME,), ("a", "b"))
    assert rows == {
        "what changed": ["2 runs of the candidate came"], "when signed": ["n \\= 3"], "now": ["n \\= 5"],
    }  # fmt: skip
    many = [Change(CAME.note, str(n), str(n + 1)) for n in range(20)]
    assert len(changes.rows(many, ())["now"]) == 12
    assert changes.caption(many).startswith("8 more are not listed.")


def test_what_changed_since_the_freeze_and_since_a_signature_is_told_once() -> None:
    [stale] = changes.stale(standing())
    same = replace(standing(), fresh=Fresh("2" * 64, stale.changes))
    assert changes.of_evidence(same) == "What changed since the evidence was frozen, and since 이서준 signed it"
    assert not changes.stale_otherwise(same)
    assert changes.of_evidence(standing()) == "What changed since the evidence was frozen"
    assert changes.stale_otherwise(standing()) == (stale,)


def test_an_item_that_nothing_but_a_waiver_settles_is_counted_as_waived() -> None:
    found, answered, proved = answers.items(standing())
    waived = replace(found, waived=GateCriterion.QUALITY)
    lines = (waived, answered, proved)
    assert answers.heading(lines) == "3 items: 1 proved, 1 answered with yes, 1 waived"
    assert answers.settled(lines) == "Settled: 1 by runs, 1 by people, 1 waived"
    assert "waived" in answers.status(waived)
    assert "“No quality metric or slice worse”" in answers.basis(waived, namer=flat)


def test_open_items_stand_first_and_no_answer_overrules_a_proof() -> None:
    lines = answers.items(standing())
    assert [one.found.key for one in lines] == ["promotion/cases", "promotion/rollback", "promotion/seeds"]
    assert answers.heading(lines) == "3 items: 1 proved, 1 answered with yes, 1 open, 1 blocks"
    assert answers.basis(lines[1], namer=flat) == "박하늘, 19 Nov 16:40 UTC: https://drill.example/1"
    assert "blocks" in answers.status(lines[0])
    made_by, act = review().answers["promotion/rollback"]
    refused = replace(lines[2], reply=(made_by, replace(act, reply=ItemReply.NO)))
    assert not refused.blocks
    assert answers.basis(refused, ("a", "b")) == "10 of 10 runs that match are in"


def test_what_waits_is_listed_first_and_what_waits_for_the_reader_before_that() -> None:
    lines = (line("R-003", ()), line("R-002", (Role.TECH_LEAD,)), line("R-001", (Role.PRODUCTION,)))
    assert [one.review.id for one in waiting_first(lines)] == ["R-002", "R-001", "R-003"]
    roles = frozenset({Role.PRODUCTION})
    assert [one.review.id for one in for_you(lines, roles, OWNER.key)] == ["R-001", "R-002"]
    assert [one.review.id for one in for_you(lines, roles, AUTHOR.key)] == ["R-002", "R-001"]
