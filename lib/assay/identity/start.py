"""What a server is told before it starts: whom it asks who people are, and which names it answers to."""

import re
import socket
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from assay.errors import SettingsError
from assay.identity.hosts import Doors, doors
from assay.model.review.notes import AccountNote
from assay.settings import Settings

_NEEDED = ("client_id", "client_secret", "server_metadata_url")
_SHARED = ("redirect_uri", "cookie_secret")
_SHORTEST, _FEWEST = 32, 10
_PLACEHOLDER = re.compile(r"change.?me|replace|placeholder|secret|example|cookie|password|random", re.IGNORECASE)
_CALLBACK = "/oauth2callback"


def checked(settings: Settings) -> None:
    """Raises SettingsError for what would let anybody be anybody."""
    if st.get_option("server.trustedUserHeaders"):
        raise SettingsError(AccountNote.AUTH_TRUSTED_HEADERS)
    if settings.auth == "oidc":
        section = _section()
        if missing := _missing(section):
            raise SettingsError(AccountNote.AUTH_NO_PROVIDER, missing=tuple(missing))
        if weak(str(section["cookie_secret"])):
            raise SettingsError(AccountNote.AUTH_COOKIE_SECRET, shortest=_SHORTEST)


def weak(secret: str) -> bool:
    """Whether a cookie signed with it could be made by somebody else: short, of few characters, or out of a manual."""
    return len(secret) < _SHORTEST or len(set(secret)) < _FEWEST or _PLACEHOLDER.search(secret) is not None


def providers() -> tuple[str, ...]:
    """Whom one may sign in with, as `st.login` names them; "" is the one without a name."""
    section = _section()
    own = ("",) if all(name in section for name in _NEEDED) else ()
    return (*own, *_named(section))


def origin() -> str:
    """The only address that a sign-in leads back to, as `https://host`; "" where none is told."""
    parts = urlsplit(str(_section().get("redirect_uri", "")).replace("{port}", str(st.get_option("server.port"))))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def answered(settings: Settings) -> Doors:
    """The names that this server answers to."""
    back = urlsplit(origin()).netloc if settings.auth == "oidc" else ""
    named: Sequence[str] = st.get_option("server.allowedHosts") or ()
    return doors(st.get_option("server.address"), named, (back,) if back else (), socket.gethostname())


def _section() -> Mapping[str, Any]:
    """What secrets say of signing in; nothing where there are none, or none that can be read."""
    found = st.secrets.get("auth") if st.secrets.load_if_toml_exists() else None
    return found if isinstance(found, Mapping) else {}


def _missing(section: Mapping[str, Any]) -> list[str]:
    """Names of what nobody can sign in without; a provider of its own needs what the one without a name does."""
    shared = [name for name in _SHARED if not str(section.get(name) or "").strip()]
    if "redirect_uri" not in shared and not str(section["redirect_uri"]).rstrip("/").endswith(_CALLBACK):
        shared.append(f"redirect_uri …{_CALLBACK}")
    named = _named(section)
    if named:
        return shared + [f"{name}.{key}" for name in named for key in _NEEDED if not section[name].get(key)]
    return shared + [key for key in _NEEDED if not section.get(key)]


def _named(section: Mapping[str, Any]) -> tuple[str, ...]:
    """Streamlit takes no provider whose name has an underscore; `client_kwargs` is none."""
    return tuple(name for name, own in section.items() if isinstance(own, Mapping) and "_" not in name)
