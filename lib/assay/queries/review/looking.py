"""How does a review stand, whose entries and evidence are known?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assay.analysis.review.changes import changed, changed_basis
from assay.analysis.review.criteria import shown
from assay.analysis.review.gate import GateRules, evaluate
from assay.analysis.review.signatures import Signers
from assay.errors import AssayError
from assay.model.accounts import roles_of, unmatched, users_of
from assay.model.note import note
from assay.model.people import Person
from assay.model.review.acts import Basis
from assay.model.review.evidence import Change, Fresh, FrozenEvidence, Inputs
from assay.model.review.gate import ReviewStanding, SignatureFound
from assay.model.review.notes import ReviewNote as Says
from assay.model.review.review import Review, Signature
from assay.queries import freshness
from assay.queries.review.inputs import inputs
from assay.uri import store_name
from assay.workspace import Desk

Earlier = Callable[[str], FrozenEvidence | None]
"""SHA-256 of evidence → what it holds, None where it is gone."""


def looked(
    desk: Desk, review: Review, evidence: FrozenEvidence | None, earlier: Earlier, reader: Person | None = None
) -> ReviewStanding:  # fmt: skip
    """By `evidence`, against the runs as they are now; nothing is let through where these can't be asked."""
    now = _now(desk, review)
    return _standing(desk, review, evidence, _fresh(evidence, now), now, earlier, reader)


def supposed(desk: Desk, review: Review, evidence: FrozenEvidence | None) -> ReviewStanding:
    """As if the runs were those of the evidence, so that no run has to be asked."""
    fresh = Fresh(evidence.inputs.sha256 if evidence else None)
    return _standing(desk, review, evidence, fresh, Fresh(None), lambda _: None, None)


def _now(desk: Desk, review: Review) -> Inputs | Fresh:
    """The inputs as they are, or why nobody can tell."""
    if desk.work is None:
        return Fresh(None, reason=note(Says.REVIEW_NO_RUNS_READ))
    if elsewhere(desk, review):
        return Fresh(None, reason=note(Says.REVIEW_OTHER_STORE, store=review.opened.store_shown))
    if (away := freshness.current(desk.settings).problem) is not None:
        return Fresh(None, reason=away)
    try:
        return inputs(desk.work, review.opened)
    except AssayError as error:
        return Fresh(None, reason=error.note)


def elsewhere(desk: Desk, review: Review) -> bool:
    """Whether it is about another store than the one that is looked at."""
    return review.opened.store != store_name(desk.settings.tracking_uri)


def _fresh(evidence: FrozenEvidence | None, now: Inputs | Fresh) -> Fresh:
    if isinstance(now, Fresh):
        return now
    return Fresh(now.sha256, changed(evidence.inputs, now) if evidence else ())


def _standing(
    desk: Desk,
    review: Review,
    evidence: FrozenEvidence | None,
    fresh: Fresh,
    now: Inputs | Fresh,
    earlier: Earlier,
    reader: Person | None,
) -> ReviewStanding:
    policy = desk.policy
    users = frozenset(evidence.results.users if evidence else ())
    signers = _signers(desk, review, users, reader)
    rules = GateRules(policy.promotion, policy.statistics.level)
    gate, basis = evaluate(rules, evidence, review, fresh, desk.now.date().isoformat(), signers)
    since = _Since(evidence, now, basis, earlier, policy.statistics.level)
    strangers = unmatched(users, policy.access)
    return ReviewStanding(
        review=review,
        evidence=evidence,
        fresh=fresh,
        gate=replace(gate, signatures=tuple(since.told(one) for one in gate.signatures)),
        basis=basis,
        authors=signers.authors,
        unmatched=strangers,
        other_store=elsewhere(desk, review),
        problems=(note(Says.USERS_UNMATCHED, names=strangers),) if strangers else (),
    )


def _signers(desk: Desk, review: Review, users: frozenset[str], reader: Person | None) -> Signers:
    """Everybody who did something in the review, and who looks, by what the policy says now."""
    access = desk.policy.access
    known = _people(review, reader)
    made_runs = {key for key, person in known.items() if users_of(person, access) & users}
    return Signers(
        authors=frozenset({*_acted(review), *made_runs} - {""}),
        roles={key: roles_of(person, access) for key, person in known.items()},
    )


def _people(review: Review, reader: Person | None) -> Mapping[str, Person]:
    """By key, as they were called last."""
    made = (
        *(one.made for one in review.timeline),
        *(one.made for one in review.signatures),
        *(own for own, _ in review.waivers),
    )
    found = {one.person.key: one.person for one in sorted(made, key=lambda one: one.seq) if one.person}
    return {**found, reader.key: reader} if reader else found


def _acted(review: Review) -> Iterator[str]:
    """Who opened it, froze it last, and wrote its hypothesis last."""
    yield review.made.key
    if review.frozen:
        yield review.frozen[0].key
    written = [own for before, own in zip(review.wordings, review.wordings[1:], strict=False)
               if own.hypothesis != before.hypothesis]  # fmt: skip
    if written:
        yield written[-1].made.key


class _Since:
    """What changed since each signature was given, by the evidence and the basis that it was given for."""

    def __init__(
        self, newest: FrozenEvidence | None, now: Inputs | Fresh, basis: Basis | None, earlier: Earlier, level: float
    ) -> None:
        self._newest, self._basis, self._earlier, self._level = newest, basis, earlier, level
        self._now = (newest.inputs if newest else None) if isinstance(now, Fresh) else now
        self._facts: dict[str, tuple[Change, ...]] = {}

    def told(self, one: SignatureFound) -> SignatureFound:
        """With its changes; none where it holds for what is there now."""
        if one.fresh or self._basis is None:
            return one
        signed = one.signature.act
        answers = changed_basis(signed.basis, self._basis)
        return replace(one, changes=(*self._of_evidence(one.signature), *answers))

    def _of_evidence(self, signature: Signature) -> tuple[Change, ...]:
        key = signature.act.evidence
        if key not in self._facts:
            self._facts[key] = tuple(self._differing(key))
        return self._facts[key]

    def _differing(self, sha256: str) -> Iterator[Change]:
        """Facts, then the number that people signed beside that of the newest evidence."""
        before = self._earlier(sha256)
        if before is None or self._now is None:
            return
        yield from changed(before.inputs, self._now)
        if self._newest and self._newest.sha256 != sha256:
            then, now = (shown(one.results, self._level) for one in (before, self._newest))
            if then != now:
                yield Change(now, then=then)
