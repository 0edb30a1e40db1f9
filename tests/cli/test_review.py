"""`assay review`, called as a shell would, on the demo's store with its three accounts."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assay import api
from assay import settings as configuration
from assay.settings import demo_store
from shell import Assay, Result
from stores import Store

OLD, NEW = "params.model = 'logreg'", "params.model = 'svc'"
TITLE = "svc <b>for</b> logreg"
RULES = """
promotion:
  blocking: [signatures, significant, replicates, improvement]
  unverified_count: true
roles:
  reviewer: [local, "demo:author", "demo:tech_lead", "demo:production"]
  tech_lead: ["demo:tech_lead"]
  production: ["demo:production"]
people: {"demo:author": [nobody]}
"""
Asked = Callable[..., Result]


@pytest.fixture(scope="module")
def folder(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose demo is the shared store."""
    data = tmp_path_factory.mktemp("reviewed")
    demo_store(data).parent.mkdir()
    shutil.copy(digits.uri.removeprefix("sqlite:///"), demo_store(data))
    (data / "policy.yaml").write_text(RULES)
    return data


@pytest.fixture(autouse=True)
def _place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MLFLOW_TRACKING_URI", "ASSAY_AUTH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ASSAY_POLICY", str(folder / "policy.yaml"))
    monkeypatch.setenv("ASSAY_JOURNAL", str(folder / "journal.db"))


@pytest.fixture
def asked(assay: Assay, folder: Path) -> Asked:
    """`asked("gate", "R-001")`, as JSON."""

    def call(*words: str, json: bool = True) -> Result:
        found: Result = assay("review", *words, *(["--json"] if json else []), data=folder)
        return found

    return call


def opened(asked: Asked, title: str = TITLE) -> str:
    sides = ("--baseline", OLD, "--candidate", NEW, "--metric", "accuracy", "--experiment", "digits")
    found = asked("open", *sides, "--title", title, "--hypothesis", "svc is better", "--as", "author")
    assert found.code == 0, found.err
    review: str = found.object["review"]
    assert found.object["url"] == f"review?review={review}"
    assert found.object["evidence_sha256"] == found.object["evidence"]["sha256"]
    return review


def sign(asked: Asked, review: str, who: str, *more: str, verdict: str = "approve") -> Result:
    return asked("sign", review, "--as", who, "--role", who, "--verdict", verdict, *more)


def test_a_review_is_opened_signed_twice_and_accepted_and_a_new_run_makes_it_stale(asked: Asked, folder: Path) -> None:
    review = opened(asked)
    waiting = asked("gate", review)
    assert (waiting.code, waiting.object["decision"], waiting.object["state"]) == (1, "KEEP_TESTING", "waiting")
    assert waiting.object["missing"] == ["tech_lead", "production"]
    newest = waiting.object["evidence"]["sha256"]
    early = asked("decide", review, "--as", "production", "--decision", "promote")
    assert early.code == 1
    assert early.object["status"] == "open"
    for refused in (
        sign(asked, review, "tech_lead", "--evidence", "0" * 64),
        sign(asked, review, "tech_lead", "--evidence", newest[:7]),
        asked("sign", review, "--as", "author", "--role", "tech_lead", "--verdict", "approve"),
        asked("sign", review, "--as", "tech_lead", "--role", "production", "--verdict", "approve"),
        asked("decide", review, "--as", "author", "--decision", "reject", "--reason", "no"),
    ):
        assert (refused.code, refused.out) == (2, "")
    assert not asked("show", review).object["signoffs"]
    assert sign(asked, review, "tech_lead", "--evidence", newest[:8]).code == 0
    assert asked("gate", review).code == 1
    assert sign(asked, review, "production", "--evidence", newest).code == 0

    ready = asked("gate", review)
    assert (ready.code, ready.object["decision"], ready.object["stale"]) == (0, "PROMOTE", False)
    people = asked("gate", review, json=False)
    assert people.code == 0
    assert people.out.splitlines()[:2] == [f"{review}: {TITLE}", ready.object["headline"]]
    settings = configuration.read(data=folder)
    assert api.reviewed(settings, review) == (200, ready.object)

    accepted = asked("decide", review, "--as", "production", "--decision", "promote", "--reason", "it is better")
    assert (accepted.code, accepted.object["status"]) == (0, "accepted")
    assert asked("gate", review).code == 0
    Store(f"sqlite:///{demo_store(folder)}").run(
        "digits", params={"model": "svc", "C": "1", "seed": 99}, metrics={"accuracy": 0.952}
    )
    assert asked("show", review, "--no-sync").object["state"] == "accepted"
    stale = asked("gate", review)
    assert (stale.code, stale.object["state"], stale.object["stale"]) == (1, "accepted_for_other", True)
    whole = asked("show", review, json=False).out
    assert "What changed since the evidence was frozen:" in whole
    assert "Signatures:" in whole
    assert "What happened:" in whole


def test_changes_are_requested_answered_commented_and_the_review_is_rejected(asked: Asked) -> None:
    review = opened(asked, "second")
    assert sign(asked, review, "tech_lead", verdict="request-changes").code == 2
    found = sign(asked, review, "tech_lead", "--reason", "five seeds, please", verdict="request-changes")
    assert found.object["state"] == "changes_requested"
    items = ("--checklist", "promotion", "--item", "on-call")
    comment = asked("comment", review, "--as", "author", "--text", "line one\n=cmd|' /C calc'!A0\n<img src=x>")
    assert comment.code == 0
    assert asked("comment", review, "--as", "author", "--text", " ").code == 2
    assert asked("answer", review, "--as", "author", *items, "--answer", "maybe").code == 2
    assert asked("answer", review, "--as", "author", *items, "--answer", "no").code == 2
    for reply in ("no", "na"):  # the second replaces the first
        assert asked("answer", review, "--as", "author", *items, "--answer", reply, "--reason", "nobody is").code == 0
    assert (
        asked("answer", review, "--as", "author", "--checklist", "promotion", "--item", "x", "--answer", "yes").code
        == 2
    )
    before = found.object["evidence"]["sha256"]
    again = asked("freeze", review, "--as", "author")
    assert again.code == 0
    assert again.object["evidence"]["sha256"] != before
    assert asked("show", review, "--evidence", before).object["evidence"]["shown"]["sha256"] == before
    kept = asked("decide", review, "--as", "production", "--decision", "keep-testing", "--reason", "not yet")
    assert kept.object["status"] == "open"
    harm = asked("decide", review, "--as", "production", "--decision", "rollback", "--reason", "it harms")
    assert (harm.code, harm.object["status"], harm.object["state"]) == (0, "rejected", "harmful")
    assert asked("gate", review).code == 1
    listed = asked("list").object["reviews"]
    assert {one["review"]: one["state"] for one in listed}[review] == "harmful"
    assert review in asked("list", json=False).out


def test_what_cant_be_done_is_one_line(asked: Asked, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review = opened(asked, "third")
    for words in (("gate", "R-999"), ("show", "<b>"), ("comment", "R-999", "--text", "x"), ("freeze", "R-999")):
        found = asked(*words)
        assert (found.code, found.out) == (2, "")
        assert "There is no review" in found.err
    sides = ("--candidate", NEW, "--metric", "accuracy", "--title", "t")
    assert asked("open", *sides, "--baseline", " ").code == 2
    assert "finds no run" in asked("open", *sides, "--baseline", "params.model = 'none'").err
    assert asked("open", "--candidate", NEW, "--baseline", OLD, "--metric", "nothing", "--title", "t").code == 2
    assert asked("sign", review, "--as", "mallory", "--role", "tech_lead", "--verdict", "approve").code == 2

    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{demo_store(folder)}")
    assert "--as is for the demo's store alone" in asked("comment", review, "--as", "author", "--text", "x").err
    assert asked("comment", review, "--text", "as the system's account").code == 0
    monkeypatch.setenv("ASSAY_AUTH", "oidc")
    signed = asked("sign", review, "--role", "reviewer", "--verdict", "request-changes", "--reason", "x")
    for refused in (signed, asked("decide", review, "--decision", "reject", "--reason", "x")):
        assert (refused.code, refused.out) == (2, "")
        assert "a command could claim any name" in refused.err
    proposed = asked("comment", review, "--text", "with a sign-in the command proposes")
    assert proposed.code == 0, proposed.err
    code, body = api.reviewed(configuration.read(data=folder), review)
    assert (code, [*body]) == (403, ["reason", "note"])


def test_a_gate_that_cant_ask_the_store_says_no_and_a_look_says_so_too(asked: Asked, folder: Path) -> None:
    review = opened(asked, "fourth")
    for who in ("tech_lead", "production"):
        assert sign(asked, review, who).code == 0
    assert asked("gate", review).code == 0
    path = demo_store(folder)
    path.rename(path.with_suffix(".away"))
    try:
        for words in (("gate", review), ("show", review)):
            away = asked(*words)
            assert (away.code, away.object["decision"]) == (words[0] == "gate", "KEEP_TESTING")
            assert away.object["reasons"][0]["code"] == "gate_not_comparable"
            assert "mlflow.db" in away.err
        assert asked("decide", review, "--as", "production", "--decision", "promote").code != 0
    finally:
        path.with_suffix(".away").rename(path)
    assert asked("gate", review).code == 0
