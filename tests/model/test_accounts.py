"""Which roles a policy gives whom: the table."""

from collections.abc import Mapping

import pytest

from assay.identity.accounts import DEMO_ACCOUNTS, of_claims
from assay.model.accounts import roles_of
from assay.model.people import Person, Role
from assay.model.review.policy import AccessPolicy

ISSUER = "https://id.example"
JIN = {"iss": ISSUER, "sub": "1", "name": "Jin", "email": "Jin@Team.example", "email_verified": True}
GROUPED = {**JIN, "groups": ["ml", "ops"]}


def person(claims: Mapping[str, object]) -> Person:
    found = of_claims(claims)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("given", "claims", "has"),
    [
        ("jin@team.example", JIN, True),
        ("  JIN@TEAM.EXAMPLE ", JIN, True),
        ("jin@team.example.org", JIN, False),
        ("@team.example", JIN, True),
        ("@TEAM.example", JIN, True),
        ("@example", JIN, False),
        ("@sub.team.example", JIN, False),
        ("@team.example", {**JIN, "email": "jin@evil.example@team.example"}, True),
        ("@team.example", {**JIN, "email": "jin@team.example@evil.example"}, False),
        ("group:ml", GROUPED, True),
        ("group:ML", GROUPED, False),
        ("group:m", GROUPED, False),
        ("group:ml", {**JIN, "groups": "ml"}, True),
        ("group:ml", {**JIN, "groups": {"ml": 1}}, False),
        ("ml", GROUPED, False),
        ("*", JIN, True),
        ("local", JIN, False),
        ("local", {**JIN, "email": "local"}, False),
        ("demo:author", {**JIN, "sub": "author", "email": "demo:author@x"}, False),
        # Nobody's word for the email: nothing, whatever else the token says.
        ("*", {**GROUPED, "email_verified": False}, False),
        ("group:ml", {**GROUPED, "email_verified": False}, False),
        ("jin@team.example", {**JIN, "email_verified": "true"}, False),
        ("jin@team.example", {**JIN, "email_verified": 1}, False),
        ("jin@team.example", {key: JIN[key] for key in ("iss", "sub", "name", "email")}, False),
        ("*", {**JIN, "email": ""}, False),
        ("", {**JIN, "email": ""}, False),
    ],
)
def test_a_role_is_given_by_a_verified_email_its_domain_or_a_group(
    given: str, claims: Mapping[str, object], has: bool
) -> None:
    found = roles_of(person(claims), AccessPolicy({Role.REVIEWER: (given,), Role.ADMIN: ("nobody@x",)}))
    assert found == ({Role.REVIEWER} if has else frozenset())


def test_accounts_that_nobody_vouches_for_have_what_is_given_to_them_by_name() -> None:
    access = AccessPolicy(
        {
            Role.REVIEWER: ("local", "demo:author", "*"),
            Role.TECH_LEAD: ("demo:tech_lead", "@local"),
            Role.PRODUCTION: ("demo:production",),
        }
    )
    found = [roles_of(one, access) for one in DEMO_ACCOUNTS]
    assert found == [{Role.REVIEWER}, {Role.TECH_LEAD}, {Role.PRODUCTION}]
    assert roles_of(Person("local", "root", "root"), access) == {Role.REVIEWER}
    assert roles_of(Person("local", "demo:author", "x", "a@local"), access) == {Role.REVIEWER}
    assert not roles_of(Person("else", "author", "x"), access)


def test_nobody_has_another_role_by_having_a_higher_one_and_one_may_have_several() -> None:
    access = AccessPolicy({Role.ADMIN: ("group:ml",), Role.PRODUCTION: ("group:ops", "jin@team.example")})
    assert roles_of(person(GROUPED), access) == {Role.ADMIN, Role.PRODUCTION}
    assert not roles_of(person(GROUPED), AccessPolicy())


def test_a_person_is_issuer_and_subject_and_an_email_only_where_it_is_verified() -> None:
    found = person(GROUPED)
    assert (found.key, found.name, found.verified, found.groups) == (f"{ISSUER}|1", "Jin", True, ("ml", "ops"))
    assert person({**JIN, "email_verified": False}).email == ""
    assert person({"iss": ISSUER, "sub": "7"}).name == "7"
    assert person({**JIN, "name": 5, "preferred_username": "jin"}).name == "jin"
    for lost in ({"sub": "1"}, {"iss": ISSUER}, {"iss": ISSUER, "sub": 1}, {"iss": " ", "sub": "1"}, {}):
        assert of_claims(lost) is None
