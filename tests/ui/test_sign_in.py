"""What somebody sees who is signed out, has no role, or signed in long ago; without a browser."""

import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assay.settings import ROOT

SHELL = str(ROOT / "lib" / "assay" / "shell.py")
SECRETS = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "3f9c1e7a5d2b8046c1e7a5d2b80463f9",
    **dict.fromkeys(("client_id", "client_secret", "server_metadata_url"), "x"),
}
JIN = {"iss": "https://id.example", "sub": "1", "name": "**Jin**", "email": "jin@team.example", "email_verified": True}
RULES = 'roles:\n  viewer: ["@team.example"]\n'


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    (tmp_path / "policy.yaml").write_text(RULES)
    monkeypatch.setenv("ASSAY_AUTH", "oidc")
    monkeypatch.setenv("ASSAY_POLICY", str(tmp_path / "policy.yaml"))
    monkeypatch.setenv("ASSAY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path / 'mlflow.db'}")
    found = AppTest.from_file(SHELL, default_timeout=120)
    found.secrets = {"auth": SECRETS}
    return found


def signed_in(**claims: Any) -> dict[str, Any]:
    return {**JIN, "is_logged_in": True, "iat": time.time(), **claims}


def titles(app: AppTest) -> list[str]:
    assert not app.exception
    return [one.value for one in app.title]


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def test_somebody_who_is_signed_out_sees_the_way_in_and_nothing_of_any_page(app: AppTest) -> None:
    for user in ({"is_logged_in": False}, {}, {**JIN, "is_logged_in": False}, {**JIN, "is_logged_in": "true"}):
        app.user = user
        app.run()
        assert (titles(app), labels(app)) == (["Sign in"], ["Sign in"])
        assert not app.header
        assert "mlflow" not in str(app.main)
    app.query_params["run"] = "abc"
    assert titles(app.run()) == ["Sign in"]
    app.secrets = {"auth": {**SECRETS, "google": SECRETS, "okta": SECRETS}}
    assert labels(app.run()) == ["Sign in", "Sign in with google", "Sign in with okta"]


def test_whoever_has_a_role_reads_and_sees_whose_account_it_is_until_the_role_is_gone(
    app: AppTest, tmp_path: Path
) -> None:
    app.user = signed_in()
    app.run()
    assert titles(app) == ["Runs"]
    assert labels(app) == ["Sign in again", "Sign out"]
    assert any("jin@team.example" in one.value and "Viewer" in one.value for one in app.markdown)
    assert not any("too long ago" in one.value for one in app.caption)
    app.user = signed_in(iat=time.time() - 13 * 3600)
    app.run()
    assert titles(app) == ["Runs"]
    assert any("too long ago to save" in one.value for one in app.caption)
    (tmp_path / "policy.yaml").write_text("roles:\n  viewer: [somebody@else.example]\n")
    app.run()
    assert titles(app) == ["No role here"]
    assert "jin@team" in app.info[0].value
    assert "no role here" in app.info[0].value
    app.button[1].click().run()
    assert titles(app) == ["Sign in"]


def test_an_email_that_nobody_verified_gives_no_role_and_says_why(app: AppTest) -> None:
    app.user = signed_in(email_verified=False)
    app.run()
    assert titles(app) == ["No role here"]
    assert "does not say that your email is verified" in app.info[0].value
    assert "\\*\\*Jin\\*\\*" in app.info[0].value


def test_rules_that_cant_be_read_let_nobody_in(app: AppTest, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("roles: 3\n")
    app.user = signed_in()
    app.run()
    assert titles(app) == []
    assert "line 1" in app.error[0].value
