"""Who is here, and which roles the policy gives them: asked at each look and at each save, never kept."""

from datetime import UTC, datetime

from assay.identity.accounts import DEMO_ACCOUNTS, of_claims, of_system, signed_in_at
from assay.identity.hosts import host_of, loopback
from assay.model.accounts import roles_of
from assay.model.note import Note, note
from assay.model.people import Here, Person, Role
from assay.model.policy import Policy
from assay.model.review.notes import AccountNote
from assay.settings import Settings

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")
_PROPOSING = frozenset({Role.VIEWER, Role.REVIEWER})


def here(settings: Settings, policy: Policy, chosen: str = "") -> Here:
    """Who looks at the page of this rerun; `chosen`: the demo's account that they took on, by its subject."""
    if settings.auth == "oidc":
        return _signed_in(policy)
    choices = DEMO_ACCOUNTS if settings.demo else ()
    person = _account(chosen, choices)
    return Here(person, roles_of(person, policy.access), closed=_closed(), choices=choices)


def of_command(settings: Settings, policy: Policy, account: str = "") -> Here:
    """Who runs the command: the system's account, or on the demo the one with the subject `account`.

    Where people sign in, whoever can run a command could claim to be anybody: it reads and proposes, no more.
    """
    signs = settings.auth == "local"
    choices = DEMO_ACCOUNTS if settings.demo and signs else ()
    person = _account(account, choices)
    roles = roles_of(person, policy.access)
    return Here(person, roles if signs else roles & _PROPOSING, choices=choices)


def _account(chosen: str, choices: tuple[Person, ...]) -> Person:
    """An unknown one is the first: what a session remembers may be older than the list."""
    return next((one for one in choices if one.subject == chosen), choices[0]) if choices else of_system()


def _signed_in(policy: Policy) -> Here:
    import streamlit as st

    claims = st.user.to_dict()
    person = of_claims(claims) if claims.get("is_logged_in") is True else None
    if person is None:
        return Here(None)
    return Here(person, roles_of(person, policy.access), signed_in_at(claims, datetime.now(UTC)))


def _closed() -> Note | None:
    """Why a page may save nothing as the account of this machine: somebody elsewhere may be looking at it."""
    import streamlit as st

    address = st.get_option("server.address")
    if not loopback(address):
        return note(AccountNote.NOT_LOOPBACK, host=address or "0.0.0.0")
    asked = st.context.headers
    if not asked:  # no server: a page that is run by itself
        return None
    host = asked.get("Host", "")
    through = next((name for name in _FORWARDED if name in asked), None)
    if through or st.context.ip_address or not loopback(host_of(host)):
        return note(AccountNote.NOT_LOOPBACK, host=asked.get(through, host) if through else host)
    return None
