"""The Checklist page without a browser: its answer, its languages, its link, and lists that are wrong."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

import proving
from assay.settings import ROOT
from evidenced import Evidenced
from looking import synced
from paged import words
from proving import HERE, LEAKY, NEW, OLD

PAGE = str(ROOT / "pages" / "checklist.py")
HOSTILE = "**x** [click](http://evil.example) :red[hot] <b>"
OURS = f"""
version: 7
title: {{en: "{HOSTILE}", ko: 우리}}
items:
- {{id: card, text: {{en: "{HOSTILE}", ko: "카드?"}}, severity: warn, needs: link}}
"""

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Evidenced:
    return proving.filled(tmp_path_factory.mktemp("proving"))


@pytest.fixture(scope="module")
def folder(held: Evidenced, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("proving-data"))


@pytest.fixture
def look(open_app: Open, held: Evidenced, folder: Path) -> Open:
    def looked(name: str = "", **query: str) -> AppTest:
        given = {f"checked-{key}": value for key, value in query.items()}
        return open_app(PAGE, uri=held.uri, folder=folder, query={"checklist": name, **given} if name else given)

    return looked


SIDES = {"in": HERE, "candidate": NEW, "baseline": OLD}


def cells(app: AppTest, column: str) -> list[str]:
    """A column of the first table that has it."""
    return next([str(cell) for cell in one.value[column]] for one in app.table if column in one.value)


def test_what_is_open_stands_before_what_is_proved_and_each_proof_is_a_link(look: Open) -> None:
    app = look(**SIDES)
    assert not app.exception
    assert not app.warning
    assert app.header[0].value.startswith(":violet[?] `new`: runs prove 5 of 13 items; 8 wait for people")
    assert [one.value for one in app.subheader][:2] == ["Open questions for people", "Proved by the runs"]
    assert "6 · Were the worst examples" in " ".join(cells(app, "question")).replace("\\", "")
    proofs = cells(app, "proof")
    assert len(proofs) == 5
    [first, *_] = [parse_qs(urlsplit(one.rpartition("](")[2].removesuffix(")")).query) for one in proofs]
    assert (first["baseline"], first["candidate"], first["experiment"]) == ([OLD], [NEW], [HERE])
    said = words(app)
    assert "Silence is never a yes" in said
    assert "By 5 runs of the candidate and 5 runs of the baseline." in said
    assert "of 84 items of these lists tick themselves for this candidate." in said
    assert cells(app, "list")[3] == "**Promotion**"
    copied = [one.value for one in app.code]
    [pasted] = [one for one in copied if one.startswith("# Promotion, v2")]
    assert len(re.findall(r"\*\*yes\*\*: \[.+?\]\(\S+compare\?\S+\)", pasted)) > 1
    assert "**open** (block): evidence: a link" in pasted
    assert "Reproducibility" in [one.value for one in app.page_link]
    asked = parse_qs(urlsplit(copied[-1]).query)
    assert asked == {
        "checklist": ["promotion"], "checked-in": [HERE], "checked-candidate": [NEW], "checked-baseline": [OLD],
    }  # fmt: skip


def test_the_items_stand_in_korean_and_what_speaks_against_comes_first(look: Open) -> None:
    app = look("leakage", **{**SIDES, "candidate": LEAKY}, language="한국어")
    assert not app.exception
    assert app.header[0].value.startswith(":red[✕] `leaky`: 10개 중 ")
    assert [one.value for one in app.subheader][:2] == ["사람이 답할 질문", "실행 기록이 증명한 항목"]
    assert cells(app, "상태")[0].startswith(":red-badge[✕ 아니요]")
    assert "200 of 200 test rows" in cells(app, "증거")[0]
    assert parse_qs(urlsplit(app.code[-1].value).query)["checked-language"] == ["한국어"]


def test_nobody_is_asked_about_until_a_candidate_is_chosen_and_nonsense_is_said(look: Open) -> None:
    app = look("deployment")
    assert app.header[0].value == ":violet[?] Deployment: no candidate is chosen, so all 15 items are open."
    assert len(cells(app, "question")) == 15
    assert "There is no checklist 'nope'" in look("nope").error[0].value.replace("\\", "")
    assert look(candidate="accuracy > 1").error
    lost = look(**{**SIDES, "baseline": "params.model = 'nope'"})
    assert not lost.exception
    assert "No run is found of" in " ".join(cells(lost, "needs"))


def test_a_teams_list_is_shown_letter_by_letter_and_a_broken_one_is_named(
    look: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ours.yaml").write_text(OURS, encoding="utf-8")
    (tmp_path / "after.yaml").write_text("version: none\n", encoding="utf-8")
    monkeypatch.setenv("ASSAY_CHECKLISTS", str(tmp_path))
    app = look("ours", **SIDES)
    assert not app.exception
    assert "\\*\\*x\\*\\* \\[click\\]" in cells(app, "question")[0]
    assert any("after.yaml, line 1" in one.value.replace("\\", "") for one in app.caption)
    assert any("version 7" in one.value for one in app.caption)
    assert not any(one.value.startswith("[After") for one in app.markdown)
