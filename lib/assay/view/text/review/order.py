"""In which order reviews are listed: what waits for people first."""

from collections.abc import Sequence

from assay.model.people import APPROVERS, Role
from assay.model.review.gate import ReviewLine, ReviewState

_ORDER = (
    *(ReviewState.WAITING, ReviewState.READY, ReviewState.CHANGES_REQUESTED, ReviewState.ACCEPTED_FOR_OTHER),
    *(ReviewState.HARM, ReviewState.BLOCKED),
)
_WAITS = (ReviewState.WAITING, ReviewState.READY)


def waiting_first(lines: Sequence[ReviewLine]) -> tuple[ReviewLine, ...]:
    """What waits, what is ready, what is blocked, then what is closed; of each the newest first."""
    return tuple(sorted(lines, key=lambda one: _ORDER.index(one.state) if one.state in _ORDER else len(_ORDER)))


def waiting(lines: Sequence[ReviewLine]) -> tuple[ReviewLine, ...]:
    """Those that only people keep back: by a signature, or by a decision."""
    return tuple(one for one in lines if one.state in _WAITS)


def for_you(lines: Sequence[ReviewLine], roles: frozenset[Role], key: str) -> tuple[ReviewLine, ...]:
    """Those that wait for people, those first that are for a reader with this key and these roles."""
    return tuple(sorted(waiting(lines), key=lambda one: not is_yours(one, roles, key)))


def is_yours(line: ReviewLine, roles: frozenset[Role], key: str) -> bool:
    """Whether it waits for a signature in one of these roles, or for an approver's decision, and is not their own."""
    wanted = roles.intersection(APPROVERS if line.state is ReviewState.READY else line.waits_for)
    return bool(wanted) and line.review.made.key != key
