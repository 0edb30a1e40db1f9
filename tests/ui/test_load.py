"""Answers are kept, and how far the asking is stands on the page while it lasts alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from assay.model.policy import Policy
from assay.settings import SHIPPED
from assay.ui import load
from assay.workspace import Desk
from looking import looked_at
from stores import Store


def page(work: object) -> None:
    from collections.abc import Callable

    import streamlit as st

    from assay.ui import load
    from assay.workspace import Workspace

    assert isinstance(work, Workspace)

    def slow(_: Workspace, question: str, said: Callable[[int, int], None]) -> str:
        st.session_state["asked"] = st.session_state.get("asked", 0) + 1
        said(0, 0)
        said(3, 4)
        return question * 2

    told: list[str] = []

    def words(done: int, total: int) -> str:
        told.append(f"{done} of {total}")
        return told[-1]

    answer = load.followed(work, slow, "ab", words)
    st.markdown(f"{answer} {told} {st.session_state['asked']}")


def test_progress_is_told_while_an_answer_is_made_and_not_again(digits: Store, policy: Policy, tmp_path: Path) -> None:
    work = looked_at(digits, tmp_path / "data", policy)
    app = AppTest.from_function(page, kwargs={"work": work}).run()
    assert not app.exception
    assert app.markdown[0].value == "abab ['0 of 0', '3 of 4'] 1"
    assert not app.get("progress")
    again = app.run()
    assert again.markdown[0].value == "abab [] 1"
    assert not again.get("progress")


def test_judgements_are_asked_for_anew_once_a_checklist_is_another(
    digits: Store, policy: Policy, tmp_path: Path
) -> None:
    work = looked_at(digits, tmp_path / "data", policy)
    own = tmp_path / "lists" / "promotion.yaml"
    own.parent.mkdir()
    shipped = (SHIPPED / "checklists" / own.name).read_text(encoding="utf-8")
    own.write_text(shipped, encoding="utf-8")
    now = datetime(2026, 11, 22, tzinfo=UTC)
    desk = Desk(replace(work.settings, checklists=own.parent), policy, work.snapshot, now)
    before = load.rested_on(desk)
    assert load.rested_on(replace(desk, now=now.replace(hour=1))) == before
    own.write_text(f"{shipped}# only said otherwise\n", encoding="utf-8")
    assert load.rested_on(desk) == before
    own.write_text(shipped.replace("severity: block", "severity: warn", 1), encoding="utf-8")
    assert load.rested_on(desk) != before
