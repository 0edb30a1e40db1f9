"""Accounts: that of this machine, those of the demo, and what an issuer's claims say of one."""

import getpass
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from assay.model.accounts import DEMO, LOCAL
from assay.model.people import Person

NEVER = datetime.fromtimestamp(0, UTC)
"""When somebody signed in whose claims don't say it: too long ago for anything."""
_CLOCKS_DIFFER = timedelta(minutes=5)

DEMO_ACCOUNTS = (
    Person(DEMO, "author", "박하늘"),
    Person(DEMO, "tech_lead", "김민지"),
    Person(DEMO, "production", "이서준"),
)
"""Whom one may be on the demo's store, the first unless told."""


def of_system() -> Person:
    """The account that this process runs as; variables, which anybody sets, are asked where the system has no list."""
    name = full = ""
    with suppress(ImportError, KeyError):
        import pwd

        found = pwd.getpwuid(os.getuid())
        name, full = found.pw_name, found.pw_gecos.partition(",")[0].strip()
    if not name:
        with suppress(ImportError, KeyError, OSError):
            name = getpass.getuser()
    own = name or f"uid {getattr(os, 'getuid', lambda: 0)()}"
    return Person(LOCAL, own, full or own)


def of_claims(claims: Mapping[str, Any]) -> Person | None:
    """Whom an issuer vouches for; None without an issuer and a subject, which are all that stays the same."""
    issuer, subject = _text(claims.get("iss")), _text(claims.get("sub"))
    if not issuer or not subject:
        return None
    email = _text(claims.get("email"))
    name = _text(claims.get("name")) or _text(claims.get("preferred_username")) or email or subject
    vouched = claims.get("email_verified") is True
    return Person(issuer, subject, name, email if vouched else "", verified=True, groups=_groups(claims.get("groups")))


def signed_in_at(claims: Mapping[str, Any], now: datetime) -> datetime:
    """When the issuer said so; `NEVER` where it did not, or says that it will."""
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return NEVER
    try:
        at = datetime.fromtimestamp(issued, UTC)
    except (ValueError, OverflowError, OSError):
        return NEVER
    return at if at <= now + _CLOCKS_DIFFER else NEVER


def _text(claim: Any) -> str:
    return claim.strip() if isinstance(claim, str) else ""


def _groups(claim: Any) -> tuple[str, ...]:
    listed = [claim] if isinstance(claim, str) else claim if isinstance(claim, list | tuple) else []
    return tuple(sorted({group for one in listed if (group := _text(one))}))
