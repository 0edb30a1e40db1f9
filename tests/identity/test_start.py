"""What a server does not start with, and who may be asked to sign somebody in."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config

from assay import settings as configuration
from assay.errors import SettingsError
from assay.identity import start
from assay.settings import Settings
from saying import refused

STRONG = "3f9c1e7a5d2b8046c1e7a5d2b80463f9"
WHOLE: dict[str, Any] = {
    "redirect_uri": "https://assay.team.example/oauth2callback",
    "cookie_secret": STRONG,
    "client_id": "assay",
    "client_secret": "s",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}
PROVIDER = {key: WHOLE[key] for key in ("client_id", "client_secret", "server_metadata_url")}
SHARED = {key: WHOLE[key] for key in ("redirect_uri", "cookie_secret")}

Told = Callable[[Mapping[str, Any]], Settings]


def toml(section: Mapping[str, Any], name: str = "auth") -> str:
    own = [f'{key} = "{value}"' for key, value in section.items() if not isinstance(value, dict)]
    below = [toml(value, f"{name}.{key}") for key, value in section.items() if isinstance(value, dict)]
    return "\n".join([f"[{name}]", *own, *below, ""])


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """`told({…})` writes a section `auth` of secrets, and gives settings that ask for a sign-in."""
    before = {name: config.get_option(name) for name in ("secrets.files", "server.trustedUserHeaders")}

    def write(section: Mapping[str, Any]) -> Settings:
        path = tmp_path / "secrets.toml"
        path.write_text(section if isinstance(section, str) else toml(section))
        config.set_option("secrets.files", [str(path)])
        st.secrets._reset()
        return configuration.read({"ASSAY_AUTH": "oidc"}, data=tmp_path)

    yield write
    for name, value in before.items():
        config.set_option(name, value)
    st.secrets._reset()


def test_a_server_starts_with_a_provider_and_a_secret_that_nobody_chose(told: Told) -> None:
    start.checked(told(WHOLE))
    assert start.providers() == ("",)
    assert start.origin() == "https://assay.team.example"
    settings = told({**SHARED, "google": PROVIDER, "okta": PROVIDER})
    start.checked(settings)
    assert start.providers() == ("google", "okta")
    assert start.answered(settings).admit("assay.team.example")
    assert not start.answered(settings).admit("id.example")
    start.checked(
        told({**WHOLE, "client_kwargs": {"prompt": "login"}, "redirect_uri": "http://localhost:{port}/oauth2callback"})
    )
    assert start.origin() == f"http://localhost:{config.get_option('server.port')}"
    assert start.providers() == ("",)


@pytest.mark.parametrize("lost", sorted(WHOLE))
def test_without_a_provider_nobody_could_sign_in(told: Told, lost: str) -> None:
    with refused(SettingsError, f"does not say {lost}:"):
        start.checked(told({**WHOLE, lost: ""}))
    with refused(SettingsError, lost):
        start.checked(told({key: value for key, value in WHOLE.items() if key != lost}))


def test_no_secrets_and_unreadable_ones_say_all_that_is_missing(told: Told) -> None:
    for text in ("", "[auth", "auth = 3\n", "[other]\n"):
        with refused(SettingsError, "redirect_uri, cookie_secret, client_id, client_secret, server_metadata_url"):
            start.checked(told(text))  # type: ignore[arg-type]
    with refused(SettingsError, "okta.client_secret"):
        start.checked(told({**SHARED, "okta": {**PROVIDER, "client_secret": ""}}))
    with refused(SettingsError, "/oauth2callback"):
        start.checked(told({**WHOLE, "redirect_uri": "https://assay.team.example/"}))


@pytest.mark.parametrize(
    "secret",
    [
        *("xxx", "a" * 64, STRONG[:31], "0123456789" * 2, "ababababcdcdcdcdababababcdcdcdcd"),
        *("REPLACE_REALLY_STRONG_SECRET_0123456789", "your-long-random-cookie-secret-here-1234", "ChangeMe" * 6),
    ],
)
def test_a_cookie_secret_that_can_be_guessed_lets_nothing_start(told: Told, secret: str) -> None:
    with refused(SettingsError, "can be guessed"):
        start.checked(told({**WHOLE, "cookie_secret": secret}))


def test_headers_that_name_people_let_nothing_start_however_people_sign_in(told: Told, tmp_path: Path) -> None:
    settings = told(WHOLE)
    config.set_option("server.trustedUserHeaders", {"X-User": "email"})
    for auth in (settings, configuration.read({}, data=tmp_path)):
        with refused(SettingsError, "server.trustedUserHeaders is set"):
            start.checked(auth)


def test_without_a_sign_in_secrets_are_nobodys_business(told: Told, tmp_path: Path) -> None:
    told({**WHOLE, "cookie_secret": "xxx"})
    local = configuration.read({}, data=tmp_path)
    start.checked(local)
    assert not start.answered(local).admit("assay.team.example")
    assert start.answered(local).admit("localhost:8501")
    with refused(SettingsError, "ASSAY_AUTH is 'ldap'; it must be one of local, oidc"):
        configuration.read({"ASSAY_AUTH": "ldap"}, data=tmp_path)
