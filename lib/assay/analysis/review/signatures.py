"""Which signatures count now, whose are missing, and who asks for changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assay.model.note import Note, note
from assay.model.people import APPROVERS, Role
from assay.model.review.acts import Basis, SignVerdict
from assay.model.review.evidence import Fresh
from assay.model.review.gate import CriterionFound, CriterionStatus, SignatureFound
from assay.model.review.notes import GateNote as Says
from assay.model.review.policy import GateCriterion, PromotionPolicy
from assay.model.review.review import Made, Signature


@dataclass(frozen=True, slots=True)
class Signers:
    """Who they are as the policy is now: the keys of `authors`, and the roles of each who signed, by key."""

    authors: frozenset[str] = frozenset()
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    def approves(self, key: str) -> bool:
        """Whether they have a role in which one may approve."""
        return bool(self.roles.get(key, frozenset()) & {*APPROVERS})


def found(
    signatures: Sequence[Signature], rules: PromotionPolicy, signers: Signers, basis: Basis | None, fresh: Fresh
) -> tuple[SignatureFound, ...]:
    """Each as it counts; `basis`: what is there now, without the inputs, which `fresh` knows."""
    newest = {(one.made.key or one.made.seq, one.act.role): one.made.seq for one in signatures}
    rows = []
    for one in signatures:
        reason = _reason(one, rules, signers, basis, fresh)
        last = newest[one.made.key or one.made.seq, one.act.role] == one.made.seq
        approves = one.act.verdict is SignVerdict.APPROVE
        counts = approves and last and reason is None
        shown = reason if approves else None
        is_fresh = is_basis(one.act.basis, basis, fresh)
        rows.append(SignatureFound(one, is_fresh, counts, shown))
    return _different_people(rows, rules)


def is_basis(signed: Basis, now: Basis | None, fresh: Fresh) -> bool:
    """Whether what was signed is what is there now, which nobody knows without the runs."""
    return (
        now is not None
        and fresh.current is not None
        and signed.inputs == fresh.current
        and dict(signed.answers) == dict(now.answers)
        and dict(signed.waivers) == dict(now.waivers)
    )


def requested(
    signatures: Sequence[Signature], rules: PromotionPolicy, signers: Signers
) -> tuple[Signature, ...]:  # fmt: skip
    """Requests for changes that block, one a person: their newest, until they approve or an approver dismisses it.

    Who has no role to approve in takes it back by abstaining. What unverified accounts dismiss stays, where the policy
    counts only others.
    """
    last: dict[str | int, Signature] = {}
    for one in signatures:
        own = one.made.key or one.made.seq
        if one.act.verdict is SignVerdict.REQUEST_CHANGES:
            last[own] = one
        elif one.act.verdict is SignVerdict.APPROVE or not signers.approves(one.made.key):
            last.pop(own, None)
    return tuple(one for one in last.values() if not (one.dismissed and vouched(one.dismissed[0], rules)))


def vouched(made: Made, rules: PromotionPolicy) -> bool:
    """Whether what this account does counts."""
    return made.verified or rules.unverified_count


def _reason(
    one: Signature, rules: PromotionPolicy, signers: Signers, basis: Basis | None, fresh: Fresh
) -> Note | None:  # fmt: skip
    """Why an approval does not count."""
    made, role = one.made, one.act.role
    if made.person is None:
        return note(Says.SIGNED_ERASED)
    if not vouched(made, rules):
        return note(Says.SIGNED_UNVERIFIED)
    if made.key in signers.authors:
        return note(Says.SIGNED_BY_AUTHOR)
    if role not in APPROVERS or role not in signers.roles.get(made.key, frozenset()):
        return note(Says.SIGNED_ROLE_GONE)
    if fresh.current is None:
        return note(Says.GATE_NOT_COMPARABLE)
    return None if is_basis(one.act.basis, basis, fresh) else note(Says.SIGNED_STALE)


def _different_people(rows: Sequence[SignatureFound], rules: PromotionPolicy) -> tuple[SignatureFound, ...]:
    """Without the second role of whoever signs in several, where that leaves too few people."""
    approvals = _approvals(rows, rules)
    if len({one.signature.made.key for one in approvals}) >= rules.people:
        return tuple(rows)
    seen: set[str] = set()
    kept = []
    for one in rows:
        key = one.signature.made.key
        approves = one in approvals
        twice = approves and key in seen
        if approves:
            seen.add(key)
        kept.append(replace(one, counts=False, reason=note(Says.SIGNED_TWICE)) if twice else one)
    return tuple(kept)


def _approvals(rows: Sequence[SignatureFound], rules: PromotionPolicy) -> list[SignatureFound]:
    """Those that count towards the quorum."""
    return [
        one for one in rows
        if one.counts and one.signature.act.verdict is SignVerdict.APPROVE and one.signature.act.role in rules.quorum
    ]  # fmt: skip


def criterion(rows: Sequence[SignatureFound], rules: PromotionPolicy) -> tuple[CriterionFound, tuple[Role, ...]]:
    """Whether there is a quorum, and the roles that are missing."""
    approvals = _approvals(rows, rules)
    have, people = {one.signature.act.role for one in approvals}, {one.signature.made.key for one in approvals}
    wanted = tuple(dict.fromkeys(rules.quorum))
    missing = tuple(role for role in wanted if role not in have)
    short = max(0, rules.people - len(people))
    if short and not missing:
        missing = wanted[-1:]
    needed = max(rules.people, len(wanted))
    lacking = max(short, len(missing))
    said = note(
        Says.GATE_SIGNATURES, n=needed - lacking, needed=needed, missing=tuple(role.value for role in missing)
    )  # fmt: skip
    status = CriterionStatus.WAITING if lacking else CriterionStatus.MET
    blocking = GateCriterion.SIGNATURES in rules.blocking
    return (
        CriterionFound(GateCriterion.SIGNATURES, status, blocking, said, needed - lacking, needed, lacking),
        missing,
    )
