"""Who did something in a review and when, signatures as they count now, and who was asked for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assay.model.note import Note
from assay.model.people import Person
from assay.model.review.acts import SignVerdict
from assay.model.review.gate import ReviewStanding, SignatureFound
from assay.model.review.review import Made, Review
from assay.view.text.escape import flat, markdown, sentence, short
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import MISSING
from assay.view.text.review.marks import SIGNED, STALE, in_sentence, role
from assay.view.text.times import moment
from assay.view.text.verdicts import Mark

Namer = Callable[[str], str]
"""What makes a text of people harmless where it goes: `markdown` on a page, `flat` in a terminal."""

ERASED = "somebody erased"
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A few lines about one signature or request: what it is, who and when, a remark, and what was said of it."""

    mark: Mark
    what: str
    detail: str
    who: str
    remark: str = ""
    reason: str = ""


def labels_of(standing: ReviewStanding) -> tuple[str, str]:
    """What the sides are called: as the evidence has it, else their filters."""
    opened = standing.review.opened
    return standing.evidence.results.labels if standing.evidence else (opened.baseline, opened.candidate)


def noted(note: Note | None, labels: Sequence[str] = (), *, namer: Namer = markdown) -> str:
    """A note in words, where it goes."""
    return as_markdown(note, labels) if namer is markdown else words(note, labels)


def cell(note: Note | None, labels: Sequence[str] = (), *, namer: Namer = markdown) -> str:
    """The same without its full stop, for a cell; "" for none."""
    said = words(note, labels).removesuffix(".")
    return sentence(said, note.quotes) if note and namer is markdown else said


def name(person: Person | None, *, namer: Namer = markdown) -> str:
    """What a person is called; of one who was erased that they were."""
    if person is None:
        return ERASED
    return namer(short(person.name or person.email or person.subject, _LONGEST_NAME)) or MISSING


def who(made: Made, *, namer: Namer = markdown) -> str:
    """Who did it."""
    return name(made.person, namer=namer)


def time(at: str) -> datetime | None:
    """The moment that an entry names; None of one that names none."""
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        return None


def when(at: str) -> str:
    """`20 Nov 2026 16:52 UTC`."""
    return moment(time(at))


def day(at: str) -> str:
    """`20 Nov 16:52`, for lists that say UTC once."""
    found = time(at)
    return MISSING if found is None else f"{found.day} {found:%b %H:%M}"


def shown_hash(sha256: str) -> str:
    """As much of it as people read."""
    return sha256[:8]


def signed_and_when(made: Made, *, namer: Namer = markdown) -> str:
    """`이서준, 19 Nov 2026 09:12 UTC`."""
    return f"{who(made, namer=namer)}, {when(made.at)}"


def signature(found: SignatureFound, *, namer: Namer = markdown) -> PersonLine:
    """A signature and whether it counts: `Tech lead: approved, fresh`."""
    own, act = found.signature, found.signature.act
    stale = act.verdict is SignVerdict.APPROVE and not found.fresh
    fresh = {(True, False): "fresh", (True, True): "stale"}.get((act.verdict is SignVerdict.APPROVE, stale), "")
    said = SIGNED[act.verdict]
    mark = Mark(STALE, "stale", "orange") if stale else said
    if own.dismissed:
        made, why = own.dismissed
        remark = f"dismissed by {who(made, namer=namer)}: “{namer(short(why, 300))}”"
    else:
        remark = noted(found.reason, namer=namer) if found.reason and not stale else ""
    unverified = "" if own.made.verified or remark else "unverified, counts by the policy" if found.counts else ""
    return PersonLine(
        mark,
        role(act.role),
        f"{said.word}{f', {fresh}' if fresh else ''}",
        f"{signed_and_when(own.made, namer=namer)}, for {shown_hash(act.evidence)}",
        remark or unverified,
        namer(short(act.reason, 300)) if act.reason else "",
    )


def newest(standing: ReviewStanding) -> tuple[SignatureFound, ...]:
    """Of each person in each role the newest signature, in the order in which they were given."""
    last = {(own.signature.made.key or own.signature.made.seq, own.signature.act.role): own
            for own in standing.gate.signatures}  # fmt: skip
    return tuple(sorted(last.values(), key=lambda own: own.signature.made.seq))


def missing(standing: ReviewStanding) -> tuple[PersonLine, ...]:
    """A line for each role that is to sign and has not."""
    have = {own.signature.act.role for own in newest(standing)}
    mark = Mark("?", "waiting", "violet")
    return tuple(
        PersonLine(mark, role(one), "waiting", f"nobody has signed as {in_sentence(one)}")
        for one in standing.gate.missing
        if one not in have
    )


def requests(review: Review, *, namer: Namer = markdown) -> tuple[PersonLine, ...]:
    """Who was asked to sign, newest first, and which of them is done: signed in that role since."""
    lines = []
    for made, act in reversed(review.requests):
        done = any(own.made.seq > made.seq and own.act.role is act.role for own in review.signatures)
        mark = Mark("✓", "done", "green") if done else Mark("?", "waiting", "violet")
        asked = f"asked by {signed_and_when(made, namer=namer)}"
        state = "signed since" if done else "please sign"
        lines.append(PersonLine(mark, role(act.role), state, asked, "", namer(flat(act.text))))
    return tuple(lines)
