"""The Review page without a browser: the list, one review, its forms, and what it does without a journal or runs."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay import actions
from assay.identity.accounts import of_system
from assay.model.people import Acting, Here, Role
from assay.model.review.acts import ReviewDecision
from assay.queries.review import listing, reading
from assay.settings import ROOT
from assay.ui.reviews import reviews_now
from offices import LEAD, LOGREG, RULES, SVC, Office, hostile
from paged import words
from stores import Store

PAGE, RUNS, COMPARE = (str(ROOT / "pages" / f"{name}.py") for name in ("review", "runs", "compare"))

Open = Callable[..., AppTest]
Look = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(digits: Store, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a journal of one review, whose every text is hostile."""
    folder = tmp_path_factory.mktemp("office")
    hostile(Office(digits, data, folder))
    return folder


@pytest.fixture
def office(digits: Store, data: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    for file in made.iterdir():
        shutil.copy(file, tmp_path)
    return seated(Office(digits, data, tmp_path), monkeypatch)


@pytest.fixture
def empty(digits: Store, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return seated(Office(digits, data, tmp_path), monkeypatch)


def seated(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("ASSAY_JOURNAL", str(office.journal))
    monkeypatch.setenv("ASSAY_POLICY", str(office.policy))
    return office


def button(app: AppTest, label: str) -> bool:
    return label in [one.label for one in app.button]


def press(app: AppTest, label: str) -> AppTest:
    [found] = [one for one in app.button if one.label == label]
    return found.click().run()


def test_without_reviews_the_page_says_how_to_open_one_and_opens_it(open_app: Open, empty: Office) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert app.header[0].value == "No review yet"
    assert not empty.journal.exists()
    app = open_app(PAGE, query={"new": "1", "new-baseline": LOGREG, "new-candidate": SVC, "new-metric": "accuracy"})
    assert [one.value for one in app.text_input][1:4] == [LOGREG, SVC, "accuracy"]
    press(app, "Open and freeze")
    assert "is needed" in app.error[0].value
    assert [one.value for one in app.text_input][1:4] == [LOGREG, SVC, "accuracy"]
    app.text_input[0].set_value("May svc?").run()
    press(app, "Open and freeze")
    assert not app.exception
    assert not app.error
    assert "Not yet:" in app.header[0].value
    assert app.query_params["review"] == "R-001"
    assert reading.review(empty.desk, "R-001").title == "May svc?"


def test_a_list_that_ran_out_of_time_knows_more_when_it_is_asked_again(
    empty: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty.open()
    with monkeypatch.context() as hurried:
        hurried.setattr(listing, "SECONDS", 0.0)
        assert [one.fresh for one in reviews_now(empty.desk)] == [None]
    assert [one.fresh for one in reviews_now(empty.desk)] == [True]


def test_one_review_is_told_with_every_text_of_people_letter_by_letter(open_app: Open, office: Office) -> None:
    app = open_app(PAGE, query={"review": "R-001"})
    assert not app.exception
    assert not app.error
    said = words(app)
    assert "김민지 asks for changes" in said or "required criteria" in said
    acting = [
        one for one in said.splitlines() if "[click](" in one or "**x**" in one or "<b>" in one.replace("\\<", "")
    ]
    assert not acting
    assert "second line" in said
    assert "\\*\\*x\\*\\*" in said
    criteria = next(one.value for one in app.table if "criterion" in one.value)
    assert len(criteria) == 11
    assert any("/compare?" in cell and "run_id" in cell for cell in criteria["criterion"])
    assert "Head of the journal" in said
    assert {"Sign", "Decide", "More", "Timeline", "Discussion", "Criteria", "Checklist", "Requests"} <= {
        one.value for one in app.subheader
    }


def test_a_signature_is_given_for_what_the_page_showed_and_refused_for_what_came_since(
    open_app: Open, office: Office
) -> None:
    app = open_app(PAGE, query={"review": "R-001"})
    before = reading.review(office.desk, "R-001").evidences[-1][1].evidence
    label = f"Sign {before[:8]} as tech lead"
    [reason] = [one for one in app.text_area if one.key and one.key.endswith("/sign:reason")]
    reason.set_value("looks right").run()
    actions.frozen(office.desk, office.acting(LEAD, "again"), "R-001")
    after = reading.review(office.desk, "R-001").evidences[-1][1].evidence
    app.run()
    assert button(app, "Review changed: show it")
    assert button(app, label)
    press(app, label)
    assert "New evidence was frozen since this form was shown" in app.error[0].value
    assert next(one.value for one in app.text_area if one.key and one.key.endswith("/sign:reason")) == "looks right"
    assert not button(app, "Review changed: show it")
    press(app, f"Sign {after[:8]} as tech lead")
    assert not app.error
    assert reading.review(office.desk, "R-001").signatures[-1].act.reason == "looks right"
    assert next(one.value for one in app.text_area if one.key and one.key.endswith("/sign:reason")) == ""


def test_what_was_typed_is_there_in_another_window_until_it_is_saved(open_app: Open, office: Office) -> None:
    def comment(app: AppTest) -> str:
        return next(one.value or "" for one in app.text_area if one.key and one.key.endswith("/comment:text"))

    app = open_app(PAGE, query={"review": "R-001"})
    next(one for one in app.text_area if one.key and one.key.endswith("/comment:text")).set_value("half a").run()
    other = open_app(PAGE, query={"review": "R-001"})
    assert comment(other) == "half a"
    press(other, "Post")
    assert comment(other) == ""
    assert reading.review(office.desk, "R-001").comments[-1].text == "half a"
    press(other, "Post")
    assert len(reading.review(office.desk, "R-001").comments) == 2
    assert comment(open_app(PAGE, query={"review": "R-001"})) == ""


def test_a_decision_without_a_reason_is_refused_in_place_and_one_with_a_reason_closes_the_review(
    open_app: Open, office: Office
) -> None:
    app = open_app(PAGE, query={"review": "R-001"})
    [decision] = [one for one in app.selectbox if one.label == "Decision"]
    assert next(one for one in app.button if one.label.startswith("Accept on ")).disabled
    assert "only what it lets through can be accepted" in words(app)
    decision.set_value(ReviewDecision.REJECT.value).run()
    [label] = [one.label for one in app.button if one.label.startswith("Reject on ")]
    press(app, label)
    assert "is needed" in app.error[0].value
    next(one for one in app.text_area if one.key and one.key.endswith("/decide:reason")).set_value("leaks").run()
    press(app, label)
    assert app.header[0].value.startswith(":red[:material/cancel:] Rejected by ")
    assert not [one for one in app.subheader if one.value == "Decide"]
    assert next(one for one in app.button if one.label == "Reopen this review").disabled is False


def test_older_evidence_another_store_and_missing_runs_are_read_and_not_signed(
    open_app: Open, office: Office, tmp_path: Path
) -> None:
    first = reading.review(office.desk, "R-001").evidences[0][1].evidence
    actions.frozen(office.desk, office.acting(LEAD, "again"), "R-001")
    app = open_app(PAGE, query={"review": "R-001", "evidence": first[:10]})
    assert "older evidence" in words(app)
    other = open_app(PAGE, query={"review": "R-001", "evidence": "deadbeef"})
    assert "is called deadbeef" in other.error[0].value
    assert "Sign" not in [one.value for one in other.subheader]
    assert not [one for one in app.button if one.label.startswith("Sign ")]
    app = open_app(PAGE, query={"review": "R-001"}, folder=tmp_path / "nothing")
    assert not app.exception
    assert "The runs have not been read yet" in words(app)
    assert app.header[0].value.startswith(":orange[:material/block:] Not yet:")
    app = open_app(PAGE, query={"review": "R-001"}, uri=f"sqlite:///{tmp_path}/other.db", folder=tmp_path / "nothing")
    assert "another store" in words(app)
    assert not [one for one in app.button if one.label.startswith("Sign ")]


def test_an_unknown_review_and_a_damaged_journal_are_sentences_and_runs_go_on(open_app: Open, office: Office) -> None:
    app = open_app(PAGE, query={"review": "R-999"})
    assert "There is no review R" in app.error[0].value
    office.journal.write_bytes(b"no journal at all" * 400)
    app = open_app(PAGE, query={"review": "R-001"})
    assert not app.exception
    assert app.error
    app = open_app(RUNS)
    assert not app.exception
    assert app.dataframe


def test_a_hundred_comments_and_words_that_were_erased_are_shown(open_app: Open, office: Office) -> None:
    for n in range(100):
        actions.commented(office.desk, office.acting(LEAD, f"n{n}"), "R-001", f"comment {n}")
    review = reading.review(office.desk, "R-001")
    actions.erased(office.desk, office.acting(LEAD), entry=review.comments[0].made.seq, reason="a name")
    app = open_app(PAGE, query={"review": "R-001"})
    assert not app.exception
    assert "81 older comments" in [one.label for one in app.expander]
    assert "comment 99" in words(app)
    assert "The text was erased." in words(app)


def test_reviews_that_wait_come_first_in_the_list_and_on_runs_and_compare_opens_one(
    open_app: Open, office: Office
) -> None:
    app = open_app(PAGE)
    assert app.header[0].value.startswith("1 review: ")
    frame = app.dataframe[0].value
    assert next(iter(frame["id"])).endswith("review?review=R-001")
    assert frame["title"][0].startswith("'=1+1")
    office.policy.write_text("promotion: {unverified_count: true, blocking: [signatures]}\n", encoding="utf-8")
    second = office.open("svc again")
    app = open_app(RUNS)
    assert not app.exception
    assert "**Reviews that wait**" in words(app)
    assert [one.label for one in app.page_link if second in one.label] == [f"{second} svc again :violet-badge[for you]"]
    assert open_app(PAGE).header[0].value == "2 reviews: 1 waits for a person"
    query = {"experiment": "digits", "metric": "accuracy", "baseline": LOGREG, "candidate": SVC}
    app = open_app(COMPARE, query=query)
    assert "Open a review" in [one.label for one in app.page_link]


def test_nobody_shares_drafts(open_app: Open, office: Office) -> None:
    actions.drafted(office.desk, office.acting(LEAD), "R-001/comment", '{"values": {"text": "secret"}}')
    assert "secret" not in [one.value for one in open_app(PAGE, query={"review": "R-001"}).text_area]
    with sqlite3.connect(office.journal) as journal:
        assert journal.execute("SELECT count(*) FROM drafts").fetchone() == (1,)


def test_a_role_that_is_withdrawn_in_an_open_tab_refuses_the_save_and_keeps_the_text(
    open_app: Open, office: Office
) -> None:
    app = open_app(PAGE, query={"review": "R-001"})
    next(one for one in app.text_area if one.key and one.key.endswith("/comment:text")).set_value("still here").run()
    nobody = ", ".join(f"{role.value}: []" for role in Role)
    office.policy.write_text(f"{RULES}roles: {{{nobody}}}\n", encoding="utf-8")
    os.utime(office.policy, (1, 1))
    press(app, "Post")
    assert len(reading.review(office.desk, "R-001").comments) == 1
    assert "This takes the role" in words(app)
    assert not button(app, "Post")
    office.policy.write_text(RULES, encoding="utf-8")
    again = open_app(PAGE, query={"review": "R-001"})
    assert "still here" in [one.value for one in again.text_area]


def test_the_second_of_two_editors_is_told_keeps_the_text_and_may_then_save_it(open_app: Open, office: Office) -> None:
    def title(app: AppTest) -> str:
        return next(one.value or "" for one in app.text_input if one.key and one.key.endswith("/edit:title"))

    def edit(text: str, nonce: str) -> None:
        based_on = reading.review(office.desk, id).wordings[-1].made.seq
        actions.edited(office.desk, Acting(here, "page", nonce), id, text, "", based_on)

    here = Here(of_system(), frozenset(Role))
    id = actions.opened(office.desk, Acting(here, "page"), office.asked("mine")).id
    app = open_app(PAGE, query={"review": id})
    edit("from beside", "a")
    press(app.run(), "Review changed: show it")
    assert title(app) == "from beside"
    next(one for one in app.text_input if one.key and one.key.endswith("/edit:title")).set_value("from here").run()
    edit("from beside again", "b")
    press(app, "Save wording")
    assert "changed this while you wrote" in app.error[0].value
    assert title(app) == "from here"
    assert reading.review(office.desk, id).title == "from beside again"
    press(app, "Save wording")
    assert not app.error
    assert title(app) == "from here"
    assert [one.title for one in reading.review(office.desk, id).wordings][-2:] == ["from beside again", "from here"]
