"""Who is here: on a page that runs by itself, and in the command."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from assay import settings as configuration
from assay.identity import here, of_command
from assay.identity.accounts import NEVER, of_system, signed_in_at
from assay.model.people import Here, Role
from assay.model.policy import ParamsPolicy, Policy, StatisticsPolicy
from assay.model.review.policy import AccessPolicy
from assay.settings import Settings

EVERYTHING = AccessPolicy(dict.fromkeys(Role, ("local", "demo:author", "@team.example")))
POLICY = Policy((), StatisticsPolicy(), ParamsPolicy(), access=EVERYTHING)
NOBODY = replace(POLICY, access=AccessPolicy())
ALL = frozenset(Role)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def settings(tmp_path: Path, uri: str = "sqlite:////store.db", **variables: str) -> Settings:
    return configuration.read({"MLFLOW_TRACKING_URI": uri, **variables}, data=tmp_path)


def looked(settings: Settings, user: Mapping[str, Any], policy: Policy = POLICY) -> Here:
    """What a page finds that somebody with these claims looks at."""

    def page(settings: object, policy: object, found: list[object]) -> None:
        from assay.identity import here

        found.append(here(settings, policy))  # type: ignore[arg-type]

    found: list[Here] = []
    app = AppTest.from_function(page, args=(settings, policy, found))
    app.user = dict(user)
    app.run()
    assert not app.exception
    return found[0]


def test_locally_it_is_the_systems_account_unverified_with_the_roles_of_this_machine(tmp_path: Path) -> None:
    found = here(settings(tmp_path), POLICY, chosen="author")
    assert found.person == of_system()
    assert (found.person.issuer, found.person.verified, found.person.email) == ("local", False, "")
    assert (found.roles, found.signed_in_at, found.closed, found.choices) == (ALL, None, None, ())
    assert not here(settings(tmp_path), NOBODY).roles


@pytest.mark.parametrize("address", ["0.0.0.0", "", "10.0.0.5", "assay.team.example"])
def test_a_server_that_others_reach_closes_its_forms_without_a_sign_in(tmp_path: Path, address: str) -> None:
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    try:
        for uri in ("sqlite:////store.db", ""):
            closed = here(settings(tmp_path, uri), POLICY).closed
            assert closed is not None
            assert closed["host"] == (address or "0.0.0.0")
    finally:
        config.set_option("server.address", before)


def test_on_the_demos_store_one_is_one_of_three_and_the_first_unless_chosen(tmp_path: Path) -> None:
    demo = settings(tmp_path, "")
    found = [here(demo, POLICY, chosen) for chosen in ("", "tech_lead", "nobody")]
    assert [one.person and one.person.subject for one in found] == ["author", "tech_lead", "author"]
    assert [one.subject for one in found[0].choices] == ["author", "tech_lead", "production"]
    assert (found[0].roles, found[1].roles) == (ALL, frozenset())
    assert not any(one.verified for one in found[0].choices)


def test_with_a_sign_in_it_is_whom_the_cookie_names_and_roles_follow_the_policy_as_it_is(tmp_path: Path) -> None:
    team = settings(tmp_path, "", ASSAY_AUTH="oidc")
    claims = {"iss": "https://id.example", "sub": "1", "email": "jin@team.example", "email_verified": True}
    user = {**claims, "is_logged_in": True, "iat": NOW.timestamp()}
    found = looked(team, user)
    assert found.person is not None
    assert (found.person.key, found.roles, found.signed_in_at) == ("https://id.example|1", ALL, NOW)
    assert (found.closed, found.choices) == (None, ())
    withdrawn = looked(team, user, replace(POLICY, access=AccessPolicy({Role.VIEWER: ("@team.example",)})))
    assert (withdrawn.person, withdrawn.roles) == (found.person, frozenset({Role.VIEWER}))
    assert not looked(team, {**user, "email_verified": False}).roles
    assert looked(team, {**claims, "is_logged_in": True}).signed_in_at == NEVER
    for nobody in ({}, claims, {**user, "is_logged_in": False}, {**user, "is_logged_in": "yes"}, {**user, "sub": ""}):
        assert looked(team, nobody) == Here(None)


@pytest.mark.parametrize("issued", [None, "now", True, float("nan"), 1e300, (NOW + timedelta(hours=1)).timestamp()])
def test_a_sign_in_that_does_not_say_when_it_was_is_too_long_ago(issued: object) -> None:
    assert signed_in_at({"iat": issued}, NOW) == NEVER
    assert signed_in_at({}, NOW) == NEVER
    assert signed_in_at({"iat": (NOW + timedelta(minutes=1)).timestamp()}, NOW) == NOW + timedelta(minutes=1)


def test_the_command_signs_as_this_machine_and_where_people_sign_in_it_proposes_alone(tmp_path: Path) -> None:
    local = of_command(settings(tmp_path), POLICY)
    assert (local.person, local.roles, local.closed) == (of_system(), ALL, None)
    demo = of_command(settings(tmp_path, ""), POLICY, "production")
    assert demo.person is not None
    assert demo.person.subject == "production"
    team = of_command(settings(tmp_path, "", ASSAY_AUTH="oidc"), POLICY, "production")
    assert (team.person, team.roles, team.choices) == (of_system(), frozenset({Role.VIEWER, Role.REVIEWER}), ())
    assert not of_command(settings(tmp_path, ASSAY_AUTH="oidc"), NOBODY).roles
