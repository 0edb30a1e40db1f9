"""Which names a server answers to."""

import pytest

from assay.identity.hosts import doors, host_of, loopback

INSIDE = ("localhost", "LOCALHOST:8501", "127.0.0.1:80", "[::1]:8501", "localhost.")
OUTSIDE = ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8501", "10.0.0.5")
WRONG = (
    None,
    "",
    "a b",
    "user@localhost",
    "localhost/x",
    "localhost?x",
    "localhost:port",
    "localhost:99999",
    "[::1",
    "//x",
)


def admitted(found: object, *headers: str | None) -> list[bool]:
    return [found.admit(header) for header in headers]  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.9"])
def test_a_loopback_address_answers_to_this_machines_names_alone(address: str) -> None:
    found = doors(address, others=("assay.team.example:443",), own="box")
    assert all(admitted(found, *INSIDE, "assay.team.example"))
    assert not any(admitted(found, *OUTSIDE, "box", *WRONG))
    assert all(loopback(host_of(header)) for header in INSIDE)
    assert not any(loopback(host_of(header)) for header in (*OUTSIDE, *WRONG))


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::"])
def test_every_address_answers_to_bare_addresses_and_to_names_that_are_known(address: str | None) -> None:
    found = doors(address, others=("assay.team.example",), own="Box")
    assert all(admitted(found, *INSIDE, "10.0.0.5:8501", "[fe80::1]:1", "box", "assay.team.example:443"))
    assert not any(admitted(found, "evil.example", "10.0.0.5.evil.example", *WRONG))
    assert not loopback(address)


def test_one_address_of_the_network_answers_to_itself() -> None:
    found = doors("10.0.0.5", own="box")
    assert all(admitted(found, "10.0.0.5:8501", "box"))
    assert not any(admitted(found, "localhost", "10.0.0.6", "evil.example", *WRONG))


def test_what_the_operator_names_is_answered_and_nothing_else() -> None:
    found = doors("0.0.0.0", (" Assay.team.example", "*.lab.example", ""), ("other.example",), "box")
    assert all(admitted(found, "assay.team.example:443", "a.lab.example", "a.b.lab.example"))
    assert not any(admitted(found, "lab.example", "evillab.example", "localhost", "other.example", "box", "10.0.0.5"))
    assert all(admitted(doors("0.0.0.0", ("*",)), "evil.example", "10.0.0.5"))
    assert not any(admitted(doors("0.0.0.0", ("*",)), *WRONG))
