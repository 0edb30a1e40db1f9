"""A check: one automatic finding about a run, with what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.note import Note

MOST_NAMED = 100
"""Offenders that a finding names; the others are counted."""


class CheckStatus(StrEnum):
    """What a check says. A pass means that it found nothing, and what was not logged is never one."""

    PASS = "pass"
    NOT_LOGGED = "not_logged"
    WARN = "warn"
    FAIL = "fail"

    @property
    def severity(self) -> int:
        """0 of a pass; what was not logged is worse than that, and a finding worse than both."""
        return SEVERITIES.index(self)

    @property
    def is_finding(self) -> bool:
        """Whether it is about something that was found."""
        return self in (CheckStatus.WARN, CheckStatus.FAIL)


SEVERITIES: Sequence[CheckStatus] = tuple(CheckStatus)


@dataclass(frozen=True, slots=True)
class Offender:
    """A held-out example that should not be what it is.

    `shared`: what it shares with training rows (a group, a hash, a label, a split) or its time, as logged; `others`:
    how many training rows have the same, 0 of a time, where they are not counted.
    """

    example_id: str
    shared: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class Offenders:
    """Up to MOST_NAMED held-out examples by name, and how many of the `of` that were looked at there are."""

    named: tuple[Offender, ...] = ()
    n: int = 0
    of: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """Of those that are named."""
        return tuple(one.example_id for one in self.named)


@dataclass(frozen=True, slots=True)
class Check:
    """One finding about one run: `check` names it, `note` says it.

    `value` and `limit`: in the unit that the check has by its method page; None where there is none. `sources`: the
    evidence files, metrics or tags that it was read from.
    """

    check: str
    status: CheckStatus
    note: Note
    value: float | None = None
    limit: float | None = None
    sources: tuple[str, ...] = ()
    offenders: Offenders = field(default_factory=Offenders)
