"""In which order reviews are listed: what waits for people first."""

from collections.abc import Sequence

from assay.model.people import Role
from assay.model.review.gate import ReviewLine, ReviewState

_ORDER = (
    *(ReviewState.WAITING, ReviewState.READY, ReviewState.CHANGES_REQUESTED, ReviewState.ACCEPTED_FOR_OTHER),
    *(ReviewState.HARM, ReviewState.BLOCKED),
)


def waiting_first(lines: Sequence[ReviewLine]) -> tuple[ReviewLine, ...]:
    """What waits, what is ready, what is blocked, then what is closed; of each the newest first."""
    return tuple(sorted(lines, key=lambda one: _ORDER.index(one.state) if one.state in _ORDER else len(_ORDER)))


def for_you(lines: Sequence[ReviewLine], roles: frozenset[Role], key: str) -> tuple[ReviewLine, ...]:
    """Those that wait for a signature, those first that wait for one of these roles and were not opened by `key`."""
    waits = [one for one in lines if one.waits_for and one.state in _ORDER]
    return tuple(sorted(waits, key=lambda one: not _yours(one, roles, key)))


def _yours(line: ReviewLine, roles: frozenset[Role], key: str) -> bool:
    return bool(roles.intersection(line.waits_for)) and line.review.made.key != key
