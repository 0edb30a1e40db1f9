"""The Policy page without a browser."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay.policy import load
from assay.settings import ROOT

PAGE = str(ROOT / "pages" / "policy.py")
OWN = """statistics: {minimum_runs: 5}
scorecards:
- name: <b>own</b>
  metrics: {f1: {group: g, threshold: '> 0.5', weight: 0.9}}
  promotion: "[all](http://evil.example)"
"""

Open = Callable[..., AppTest]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("ASSAY_POLICY", str(file))
    return file


def test_the_shipped_rules_are_shown_with_their_lines_and_what_they_decide(open_app: Open) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert app.title[0].value == "Policy"
    assert app.header[0].value.endswith(" rules are the shipped ones.")
    table = app.dataframe[0].value
    assert list(table) == ["path", "value", "where", "reach"]
    row = table[table["path"] == "metrics.accuracy.direction"].iloc[0]
    assert (row["value"], row["reach"]) == ("maximize", "1 metric: accuracy")
    assert row["where"].startswith("default.yaml:")
    assert app.dataframe[1].value["metric"].tolist()[0] == "accuracy"


def test_a_teams_rules_come_first_and_their_doubts_into_the_headline(open_app: Open, own: Path) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert app.header[0].value.startswith(":orange[!] The team sets 5 of ")
    assert "add up to 0.9, not 1" in app.header[0].value.replace("\\", "")
    first = app.dataframe[0].value.iloc[0]
    assert (first["path"], first["value"], first["usual"], first["whose"]) == (
        "statistics.minimum_runs",
        "5",
        "3",
        ["● team"],
    )
    assert not [m.value for m in app.markdown if "](http" in m.value]


def test_a_link_brings_back_search_part_card_and_the_rule(open_app: Open, own: Path) -> None:
    picked = "scorecards.<b>own</b>.metrics.f1.threshold"
    app = open_app(
        PAGE, query={"rule": "F1", "whose": "the team's", "part": "scorecards", "card": "<b>own</b>", "picked": picked}
    )
    assert not app.exception
    assert app.dataframe[0].value["path"].tolist() == [
        f"scorecards.<b>own</b>.metrics.f1.{key}" for key in ("group", "threshold", "weight")
    ]
    assert app.subheader[0].value == "3 of " + app.subheader[0].value.split(" of ")[1]
    assert "> 0.5" in str(app.table[0].value)
    link = app.code[-1].value
    assert all(f"{key}=" in link for key in ("rule", "whose", "part", "card", "picked"))
    assert "/policy?" in link


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"part": "metric"}, "'metrics', 'statistics'"),
        ({"whose": "mine"}, "the team's"),
        ({"card": "nobody's"}, "'digits', 'rag', 'guide'"),
    ],
)
def test_what_a_link_holds_that_there_isnt_is_said(open_app: Open, query: dict[str, str], said: str) -> None:
    app = open_app(PAGE, query=query)
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "")


def test_a_rule_that_is_not_there_and_a_search_without_one_are_said(open_app: Open) -> None:
    app = open_app(PAGE, query={"picked": "wibble"})
    assert any("`wibble` is not among these rules" in caption.value for caption in app.caption)
    assert open_app(PAGE, query={"rule": "wibble"}).info[0].value == "No rule holds what you look for."


def test_an_empty_list_of_scorecards_is_a_sentence_and_the_rest_goes_on(open_app: Open, own: Path) -> None:
    own.write_text("scorecards: []\n", encoding="utf-8")
    app = open_app(PAGE)
    assert not app.exception
    assert "no scorecard" in app.header[0].value
    assert len(app.dataframe) == 1


def test_a_wrong_policy_is_one_sentence_with_its_line(open_app: Open, own: Path) -> None:
    own.write_text("statistics: {level: 2}\n", encoding="utf-8")
    app = open_app(PAGE)
    assert not app.exception
    assert "line 1: statistics.level is 2" in app.error[0].value.replace("\\", "")


def test_as_a_tree_the_rules_are_a_file_with_whose_and_where_behind_each(open_app: Open, own: Path) -> None:
    picked = "statistics.minimum_runs"
    app = open_app(PAGE, query={"as": "tree", "whose": "the team's", "picked": picked})
    assert not app.exception
    first, second, *_ = app.code[0].value.splitlines()
    assert (first, second.split()) == (
        "statistics:",
        ["minimum_runs:", "5", "#", "team,", "own.yaml:1;", "shipped:", "3"],
    )
    assert "5" in str(app.table[0].value)
    assert "as=tree" in app.code[-1].value
    app = open_app(PAGE, query={"as": "forest"})
    assert "forest" in app.warning[0].value


def test_the_policy_that_holds_can_be_copied_as_one_file_that_is_a_policy(
    open_app: Open, own: Path, tmp_path: Path
) -> None:
    app = open_app(PAGE)
    app.session_state["yaml"] = True
    app.run()
    assert not app.exception
    file = tmp_path / "copy.yaml"
    file.write_text(app.code[0].value, encoding="utf-8")
    assert load(file).statistics.minimum_runs == 5
    assert [card.name for card in load(file).scorecards] == ["<b>own</b>"]


def test_a_file_that_goes_or_turns_wrong_while_the_page_is_open_is_a_sentence_until_it_is_back(
    open_app: Open, own: Path
) -> None:
    app = open_app(PAGE, query={"rule": "F1"})
    app.selectbox(key="part").select("scorecards").run()
    good = own.read_text(encoding="utf-8")
    own.unlink()
    app.run()
    assert not app.exception
    assert "There is no policy file" in app.error[0].value
    for stamp, (text, sentence) in enumerate(
        [
            (good.replace("0.5'", "x'"), "line 4"),
            ("metrics: {a: {unit: ms}, a: {unit: s}}", "stands here a second time"),
            ("[" * 3000, "too deep"),
        ]
    ):
        own.write_text(text, encoding="utf-8")
        os.utime(own, ns=(stamp, stamp))
        app.run()
        assert not app.exception
        assert sentence in app.error[0].value.replace("\\", "")
    own.write_text(good, encoding="utf-8")
    app.run()
    assert not app.error
    assert app.header[0].value.startswith(":orange[!] The team sets 5 of ")
    assert (app.text_input(key="rule").value, app.selectbox(key="part").value) == ("F1", "scorecards")


def test_names_in_any_script_and_hundreds_of_doubts_leave_the_page_readable(open_app: Open, own: Path) -> None:
    cards = "".join(
        f"- {{name: '품질 <b>{n}</b>', experiments: ['정확도-{n}'], metrics: {{f1: {{group: g, threshold: '> 1', weight: 2}}}}}}\n"
        for n in range(60)
    )
    own.write_text(f"scorecards:\n{cards}", encoding="utf-8")
    app = open_app(PAGE, query={"card": "품질 <b>59</b>", "as": "tree"})
    assert not app.exception
    assert "- name: 품질 <b>0</b>" in app.code[0].value
    assert [c.value for c in app.caption if "54 more warnings" in c.value]
    assert "`정확도-59`" in "".join(m.value for m in app.markdown)
    assert len(app.markdown) < 30
