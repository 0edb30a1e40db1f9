"""Who acts: a person as an account names them, what the policy lets them do, and who is here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assay.model.note import Note


class Role(StrEnum):
    """What a policy lets people do; nobody has another's by having a higher one."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    TECH_LEAD = "tech_lead"
    PRODUCTION = "production"
    ADMIN = "admin"


APPROVERS = (Role.TECH_LEAD, Role.PRODUCTION)
"""Who signs, waives, dismisses and decides."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account: whoever has the same issuer and subject is the same person, however they are called today.

    `verified`: by an issuer that Assay asked; an account of this machine is not. `email` is "" unless it is verified.
    """

    issuer: str
    subject: str
    name: str
    email: str = ""
    verified: bool = False
    groups: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells this person from any other."""
        return f"{self.issuer}|{self.subject}"


@dataclass(frozen=True, slots=True)
class Here:
    """Who is here: nobody where `person` is None, and what they may do as the policy is now.

    `signed_in_at`: when an issuer vouched for them, None where none did. `closed`: why nothing may be saved from here,
    None where something may. `choices`: the accounts that may be taken on, on the demo alone.
    """

    person: Person | None
    roles: frozenset[Role] = frozenset()
    signed_in_at: datetime | None = None
    closed: Note | None = None
    choices: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, and through what; `nonce`: of the form, so that a second click is not a second act."""

    here: Here
    via: str
    nonce: str = ""
