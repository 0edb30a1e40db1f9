"""The shipped checklists: as many questions as meant, each in every language, and none that stands there twice."""

import re
from collections import Counter
from pathlib import Path

import pytest

from assay import checklists
from assay.model.evidence.checklist import Checklist, Language, Severity
from assay.model.evidence.proofs import ProofCheck
from assay.settings import ROOT, read

FOUND = checklists.load(read({}))
LISTS = {one.name: one for one in FOUND.known}
OWN = [item for one in FOUND.known if not one.template for item in one.items]
PAGE = (ROOT / "docs" / "checklists.md").read_text(encoding="utf-8")
HANGUL = re.compile("[가-힣]")


def headed(name: str) -> list[int]:
    return [len(section.items) for section in LISTS[name].sections]


def test_lists_come_as_work_goes_then_the_methods_of_others() -> None:
    names = ["before", "during", "after", "promotion", "deployment", "leakage"]
    assert [*LISTS] == [*names, "leakage-taxonomy", "ml-test-score", "reforms"]
    assert [name for name, one in LISTS.items() if not one.template] == names
    assert FOUND.problems == ()


def test_there_are_as_many_items_as_their_sources_ask_for() -> None:
    counted = {"before": 18, "during": 10, "after": 18, "promotion": 13, "leakage-taxonomy": 8}
    assert {name: len(LISTS[name].items) for name in counted} == counted
    assert headed("deployment") == [5, 5, 5]
    assert headed("leakage") == [6, 4]
    assert headed("ml-test-score") == [7, 7, 7, 7]
    assert headed("reforms") == [3, 5, 7, 3, 6, 3, 3, 2]
    assert len(OWN) == 84


def test_at_least_thirty_of_our_own_items_can_be_proved_by_runs() -> None:
    assert sum(bool(item.check) for item in OWN) >= 30
    assert {item.check for one in FOUND.known for item in one.items} - {""} <= {*ProofCheck}


@pytest.mark.parametrize("one", FOUND.known, ids=lambda one: one.name)
def test_every_question_stands_in_every_language_once(one: Checklist) -> None:
    for texts in ([item.text for item in one.items], [section.title for section in one.sections if section.title]):
        assert all(text.keys() == {*Language} for text in texts)
        for language in Language:
            assert len({text[language] for text in texts}) == len(texts)
    for item in one.items:
        assert not HANGUL.search(item.text[Language.EN])
        assert HANGUL.search(item.text[Language.KO])
        assert item.text[Language.EN].endswith("?")
        assert item.text[Language.KO].endswith("요?")
    assert one.title.keys() == {*Language}


@pytest.mark.parametrize("one", FOUND.known, ids=lambda one: one.name)
def test_no_two_items_of_a_list_ask_for_the_same_proof(one: Checklist) -> None:
    asked = Counter(item.check for item in one.items if item.check)
    assert [check for check, times in asked.items() if times > 1] == []


def test_what_answers_are_kept_under_does_not_change() -> None:
    """An id that is given up or given to another question takes answers of people with it."""
    assert [item.id for item in LISTS["promotion"].items] == [
        *("better-with-seeds", "quality-kept", "performance-met", "cost-in-budget", "no-category-worse"),
        *("worst-examples-seen", "errors-handled", "canary-steps", "rollback-tried", "alerts-set", "on-call"),
        *("tech-lead-reviewed", "production-agreed"),
    ]
    assert [item.id for item in LISTS["promotion"].items if item.severity is not Severity.BLOCK] == ["on-call"]
    assert len({item.id for item in OWN}) == len(OWN), "an answer is found by its id, whatever list it is in"


def test_methods_of_others_name_their_authors_and_where_to_read_them() -> None:
    for one in FOUND.known:
        assert bool(re.search(r", (19|20)\d\d, doi:10\.\d{4,}/\S+$", one.source)) is one.template
    assert [one.name for one in FOUND.known if one.scored] == ["ml-test-score"]


def test_the_page_on_checklists_counts_them_and_names_every_proof() -> None:
    for name, one in LISTS.items():
        assert f"| `{name}` | {len(one.items)} | {sum(bool(item.check) for item in one.items)} |" in PAGE
    told = PAGE.partition("## What runs can prove")[2]
    assert {*re.findall(r"`([a-z_]+)`", told)} == {*ProofCheck}


def test_the_example_of_the_page_is_a_checklist(tmp_path: Path) -> None:
    text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    (tmp_path / "our-release.yaml").write_text(text, encoding="utf-8")
    found = checklists.load(read({"ASSAY_CHECKLISTS": str(tmp_path)}))
    assert [item.id for item in checklists.named(found, "our-release").items] == ["three-seeds", "model-card"]
