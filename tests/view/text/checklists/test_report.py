"""A checklist in words: counts, languages, hostile texts, the score, and Markdown to paste."""

from dataclasses import replace
from pathlib import Path

import pytest

from assay.model.evidence.checklist import (
    Checklist,
    Item,
    ItemSection,
    ItemStatus,
    Language,
    Needs,
    Proof,
    ProofOf,
    Severity,
    Text,
)
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.evidence.proved import AnsweredChecklist, ChecklistQuestion, Proved
from assay.model.note import note
from assay.view.tables.checklists import items as table
from assay.view.text.checklists import headline, items
from assay.view.text.checklists.phrases import PHRASES
from assay.view.text.checklists.report import markdown, reports

EN, KO = Language
HOSTILE = "**x** <b>[click](http://evil.example)</b> | `y` :red[hot]"
ABOUT = {
    "assay": "1.0",
    "store": "sqlite:///x.db",
    "snapshot": {"complete_as_of": "2026-11-22"},
    "policy": {"digest": "0123456789abcdef"},
}


def text(en: str, ko: str = "질문") -> Text:
    return {EN: en, KO: ko}


def item(name: str, check: str = "", severity: Severity = Severity.BLOCK, en: str = "") -> Item:
    return Item(name, text(en or f"Is {name}?"), severity, Needs.AUTOMATIC if check else Needs.LINK, check)


LIST = Checklist(
    "ours",
    3,
    text("Ours", "우리"),
    (
        ItemSection(text("First", "먼저"), (item("good", "tracked"), item("bad", "all_finished"))),
        ItemSection(
            text("Then", "다음"),
            (item("silent", "no_leak"), item("asked", severity=Severity.WARN, en=HOSTILE)),
        ),
    ),
    Path("ours.yaml"),
    scored=True,
)
YES = Proof(ProofOf.RUNS, True, note(Says.ALL_TRACKED, n=5, params=2, metrics=1))
NO = Proof(ProofOf.RUNS, False, note(Says.RUNS_UNFINISHED, n=1, of=5), run_id="r1")
SILENT = Proof(ProofOf.LEAKAGE, None, note(Says.NO_BASELINE))
FOUND = Proved(
    ChecklistQuestion("params.model = 'a'"),
    ("e",),
    candidate="model=a",
    run_ids=("r1",),
    proofs={"tracked": YES, "all_finished": NO, "no_leak": SILENT},
)
ANSWERED = AnsweredChecklist.of(LIST, FOUND)


def test_counts_tell_proofs_from_what_waits_and_what_speaks_against() -> None:
    assert (ANSWERED.yes, ANSWERED.no, ANSWERED.open, ANSWERED.blocking, ANSWERED.score) == (1, 1, 2, 2, 0.0)
    said = headline.headline(FOUND, ANSWERED, EN)
    assert said == (
        "`model=a`: runs prove 1 of 4 items; 1 proved against; 2 wait for people or for what is not logged, 1 of them "
        "blocks."
    )
    assert headline.headline(FOUND, ANSWERED, KO).startswith("`model=a`: 4개 중 1개는 실행 기록이 증명합니다")
    assert [fact.label for fact in headline.badges(ANSWERED, EN)] == [
        "✓ 1 proved", "? 2 open, 1 block", "✕ 1 proved against",
    ]  # fmt: skip
    assert headline.mark(ANSWERED).colour == "red"
    freely = replace(LIST, sections=tuple(
        replace(own, items=tuple(replace(one, severity=Severity.INFO) for one in own.items)) for own in LIST.sections
    ))  # fmt: skip
    lightly = AnsweredChecklist.of(freely, FOUND)
    assert headline.headline(FOUND, lightly, EN).endswith("2 wait for people or for what is not logged.")
    assert headline.headline(FOUND, lightly, KO).endswith("니다. 2개는 사람의 답이나 빠진 기록을 기다립니다.")
    assert headline.badges(lightly, EN)[1].label == "? 2 open"
    nobody = Proved(ChecklistQuestion())
    assert headline.headline(nobody, AnsweredChecklist.of(LIST, nobody), EN) == (
        "Ours: no candidate is chosen, so all 4 items are open."
    )
    assert headline.score(ANSWERED, EN).startswith("Score 0 of 2: ")


def test_what_speaks_against_comes_first_and_every_proof_is_a_link() -> None:
    states, questions, proofs = items.settled(FOUND, ANSWERED, EN, lambda one: f"/{one.item.id}").values()
    assert [one.replace("\\", "") for one in questions] == ["2 · First: Is bad?", "1 · First: Is good?"]
    assert proofs == ["[1 run of 5 did not finish](/bad)", "[5 runs with 2 params and 1 metric](/good)"]
    assert states[0].startswith(":red-badge[✕ no]")
    states, questions, needs = items.waiting(FOUND, ANSWERED, KO, lambda _: "").values()
    assert needs == ["No baseline is chosen\\.", "근거: 링크"]
    assert states[0].startswith(":violet-badge[? 대기]")
    assert ":material/block: 차단" in states[0]


def test_texts_of_a_teams_file_are_shown_letter_by_letter() -> None:
    _, questions, _ = items.waiting(FOUND, ANSWERED, EN, lambda _: "").values()
    assert "\\*\\*x\\*\\* \\<b\\>\\[click\\]" in questions[-1]
    pasted = markdown(FOUND, ANSWERED, EN, ABOUT)
    assert "4\\. \\*\\*x\\*\\* \\<b\\>\\[click\\](http://evil.example)\\</b\\> \\| \\`y\\` :red\\[hot\\]" in pasted


def test_markdown_has_boxes_proofs_and_what_they_rest_on() -> None:
    linked = markdown(FOUND, ANSWERED, EN, ABOUT, lambda one: f"/{one.item.id}" if one.proof else "")
    assert "**no** (block): [1 run of 5 did not finish](/bad)" in linked
    lines = markdown(FOUND, ANSWERED, EN, ABOUT).splitlines()
    assert lines[0] == "# Ours, v3"
    assert "- [x] 1\\. Is good? **yes**: 5 runs with 2 params and 1 metric" in lines
    assert "- [ ] 2\\. Is bad? **no** (block): 1 run of 5 did not finish" in lines
    assert "- [ ] 3\\. Is silent? **open** (block): No baseline is chosen" in lines
    assert lines.index("## Then") > lines.index("## First")
    assert lines[-4:] == [
        "Candidate: `params.model = 'a'`, 1 run.",
        "Experiments: `e`.",
        "Store `sqlite:///x.db`, complete as of 2026-11-22; policy 0123456789ab.",
        "Assay 1.0.",
    ]
    assert "## 먼저" in markdown(FOUND, ANSWERED, KO, ABOUT)
    assert reports(FOUND, ANSWERED, EN)[1] == "1. Is good? ✓ yes: 5 runs with 2 params and 1 metric"
    shown = table(FOUND, ANSWERED, EN).frame
    assert shown["severity"].tolist() == ["", "block", "block", "warn"]


@pytest.mark.parametrize("language", Language)
def test_every_language_has_every_word(language: Language) -> None:
    own = PHRASES[language]
    assert {*own.statuses} == {*ItemStatus}
    assert {*own.severities} == {*Severity}
    assert {*own.needs} == {*Needs}
    assert items.ticks([ANSWERED], language)
    assert "ours.yaml" in items.origin(LIST, "ours.yaml", language)
    assert "http" not in items.templates([ANSWERED], "ours", language, lambda name: f"http://{name}")
    assert "http://ours" in items.templates([ANSWERED], "", language, lambda name: f"http://{name}")
