"""`assay checklist`, called as a shell would."""

from pathlib import Path

import pytest

import proving
from evidenced import Evidenced
from looking import synced
from proving import HERE, NEW, OLD
from shell import Assay, Result

OURS = """
version: 2
title: {en: Ours, ko: 우리}
items:
- {id: seeds, text: {en: "Three seeds?", ko: "시드 3개?"}, severity: block, needs: automatic, check: seeds_per_side}
- {id: card, text: {en: "A **card**?", ko: "카드?"}, severity: warn, needs: link}
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Evidenced:
    return proving.filled(tmp_path_factory.mktemp("proving"))


@pytest.fixture(scope="module")
def folder(held: Evidenced, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("proving-data"))


@pytest.fixture
def asked(assay: Assay, held: Evidenced, folder: Path) -> Assay:
    def call(*words: str) -> Result:
        found: Result = assay("checklist", *words, "--tracking-uri", held.uri, "--no-sync", data=folder)
        return found

    return call


SIDES = ("--filter", NEW, "--baseline", OLD, "--experiment", HERE)


def test_the_list_says_what_runs_can_prove_and_with_a_candidate_what_they_do(asked: Assay) -> None:
    bare, counted = asked("list", "--json"), asked("list", *SIDES, "--json")
    assert (bare.code, counted.code, counted.err) == (0, 0, "")
    names = [one["name"] for one in bare.object["checklists"]]
    assert names[:6] == ["before", "during", "after", "promotion", "deployment", "leakage"]
    own = [one for one in counted.object["checklists"] if not one["template"]]
    assert sum(one["items"] for one in own) == 84
    assert sum(one["automatic"] for one in own) >= 30
    assert sum(one["proved"] for one in own) >= 20
    assert all(one["proved"] + one["against"] + one["open"] == one["items"] for one in own)
    assert {one["proved"] for one in bare.object["checklists"]} == {None}
    lines = asked("list", *SIDES, "--language", "ko").out.splitlines()
    assert "proved" in lines[0]
    assert "승격" in lines[4]


def test_people_get_the_sentence_and_a_line_an_item(asked: Assay) -> None:
    found = asked("show", "promotion", *SIDES)
    assert (found.code, found.err) == (0, "")
    lines = found.out.splitlines()
    assert lines[0].startswith("new: runs prove ")
    assert "of 13 items" in lines[0]
    [performance] = [line for line in lines if "latency" in line and "✓ yes" in line]
    assert "latency_p95_ms 2.040 ms, needs < 5 ms" in performance
    assert sum("? open" in line for line in lines) == int(lines[0].split("; ")[-1].split()[0])
    scored = asked("show", "ml-test-score", *SIDES).out
    assert "Score 0 of 7: that of the lowest section" in scored
    nobody = asked("show", "deployment")
    assert nobody.out.startswith("Deployment: no candidate is chosen, so all 15 items are open.")


def test_the_json_is_the_documented_one(asked: Assay) -> None:
    made = asked("show", "before", *SIDES, "--json").object
    assert (made["name"], made["version"], made["template"], made["score"]) == ("before", 1, False, None)
    assert (made["candidate"]["label"], made["candidate"]["n"], made["baseline"]["filter"]) == ("new", 5, OLD)
    items = {one["id"]: one for one in made["items"]}
    seeds = items["seeds-per-side"]
    assert (seeds["status"], seeds["severity"], seeds["needs"]) == ("yes", "block", "automatic")
    assert {*seeds["text"]} == {"en", "ko"}
    proof = seeds["proof"]
    assert (proof["check"], proof["holds"], proof["of"], proof["metric"]) == (
        "seeds_per_side", True, "comparison", "accuracy",
    )  # fmt: skip
    assert proof["note"]["code"] == "replicates"
    assert proof["sentence"] == "5 + 5 replicates of accuracy, no two alike; 3 are needed a side"
    assert proof["page"].startswith("compare?experiment=digits-proving&metric=accuracy")
    assert items["testable-hypothesis"]["proof"] is None
    assert made["proved"] == sum(one["status"] == "yes" for one in made["items"])


def test_markdown_has_boxes_and_what_they_rest_on(asked: Assay) -> None:
    found = asked("show", "leakage", *SIDES, "--markdown", "--language", "ko").out
    assert found.startswith("# 누수, v1\n")
    assert "- [x] 1\\. " in found
    assert f"`{NEW}`, 5 runs." in found
    assert "Assay " in found.splitlines()[-1]


def test_what_is_wrong_is_one_line_and_a_teams_list_holds_beside_the_broken_one(
    asked: Assay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = asked("show", "nope")
    assert (unknown.code, unknown.out) == (2, "")
    assert "There is no checklist 'nope'; there are before, during" in unknown.err
    assert asked("show", "before", "--filter", "accuracy > 1").code == 2
    assert asked("show", "before", "--json", "--markdown").code == 2
    assert asked("show", "before", "--baseline", " ").code == 2
    assert asked("show", "before", "--language", "de").code == 2
    (tmp_path / "ours.yaml").write_text(OURS, encoding="utf-8")
    (tmp_path / "before.yaml").write_text("version: none\n", encoding="utf-8")
    monkeypatch.setenv("ASSAY_CHECKLISTS", str(tmp_path))
    ours = asked("show", "ours", *SIDES)
    assert ours.code == 0, ours.err
    assert ours.out.splitlines()[0].startswith("new: runs prove 1 of 2 items; 1 wait")
    assert "before.yaml, line 1" in ours.err
    broken = asked("show", "before")
    assert (broken.code, broken.out) == (2, "")
    assert "before.yaml, line 1" in broken.err
