"""`assay policy`: a file is checked, one rule printed, or all of them."""

from pathlib import Path

import pytest

from assay.policy import load
from assay.policy.reading import DEFAULT
from shell import Assay

OWN = """statistics: {minimum_runs: 5}
scorecards:
- name: <b>own</b>
  metrics: {f1: {group: g, threshold: '> 0.5', weight: 0.9}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_good_file_is_said_to_be_one_with_what_was_read(assay: Assay, own: Path) -> None:
    found = assay("policy", "check", str(own))
    assert found.code == 0
    assert f"{own} is a good policy. The team sets 4 of " in found.out
    assert "Scorecards: <b>own</b>. Objectives: digits, serving, rag." in found.out
    assert "add up to 0.9, not 1" in found.err
    machine = assay("policy", "check", "--policy", str(own), "--json").object
    assert (machine["ok"], machine["own"], machine["scorecards"]) == (True, 4, ["<b>own</b>"])
    assert [note["code"] for note in machine["notes"]] == ["weights_not_one"]
    assert machine["warnings"] == [machine["notes"][0]["sentence"]]


def test_a_wrong_file_is_a_no_with_its_line(assay: Assay, own: Path) -> None:
    own.write_text(OWN.replace("> 0.5", "0.5"), encoding="utf-8")
    found = assay("policy", "check", str(own))
    assert found.code == 1
    assert f"{own}, line 4: scorecards.0.metrics.f1.threshold is '0.5'; allowed: >, >=" in found.out
    machine = assay("policy", "check", str(own), "--json")
    assert (machine.code, machine.object["ok"], machine.object["note"]["line"]) == (1, False, 4)
    assert assay("policy", "check", str(own.parent / "none.yaml")).code == 1


def test_an_empty_name_is_no_file_and_the_command_alone_is_its_help(assay: Assay) -> None:
    empty = assay("policy", "check", "")
    assert (empty.code, empty.out) == (2, "")
    assert "FILE is empty; leave it out to check the policy in use." in empty.err
    alone = assay("policy")
    assert (alone.code, alone.err) == (0, "")
    assert "check" in alone.out


def test_the_policy_in_use_is_checked_where_no_file_is_named(assay: Assay) -> None:
    found = assay("policy", "check")
    assert (found.code, found.err) == (0, "")
    assert "demo.yaml is a good policy" in found.out


def test_one_rule_is_printed_alone_and_where_it_stands_beside_it(assay: Assay, own: Path) -> None:
    found = assay("policy", "get", "statistics.minimum_runs", "--policy", str(own))
    assert (found.code, found.out) == (0, "5\n")
    assert found.err == f"statistics.minimum_runs in {own}, line 1 (team)\n"
    machine = assay("policy", "get", "statistics.minimum_runs", "--policy", str(own), "--json").object
    assert machine == {
        "path": "statistics.minimum_runs", "value": 5, "file": str(own), "line": 1, "shipped": False, "usual": 3,
    }  # fmt: skip
    lists = assay("policy", "get", "statistics.seeds", "--json").object
    assert (lists["value"], lists["usual"]) == ([42, 123, 456, 789, 1011], None)
    missing = assay("policy", "get", "wibble")
    assert (missing.code, missing.out) == (2, "")


def test_every_rule_is_printed_with_its_line(assay: Assay, own: Path) -> None:
    found = assay("policy", "tree", "--policy", str(own))
    first, second, *rest = found.out.splitlines()
    assert first == "statistics:"
    assert second.split() == ["minimum_runs:", "5", "#", "team,", "own.yaml:1;", "shipped:", "3"]
    assert any("# shipped, default.yaml:" in line for line in rest)
    (own.parent / "whole.yaml").write_text(found.out, encoding="utf-8")
    assert assay("policy", "check", str(own.parent / "whole.yaml")).code == 0
    machine = assay("policy", "tree", "--policy", str(own), "--json").object
    assert len(machine["rules"]) == found.out.count("  # ")
    assert {one["file"] for one in machine["rules"]} == {str(own), str(DEFAULT)}


def test_limits_of_leakage_are_checked_printed_alone_and_printed_again(assay: Assay, own: Path) -> None:
    own.write_text("leakage:\n  train_test_gap: 0.1\n  train: ['fit_*', 'train[-_/.]*']\n", encoding="utf-8")
    assert assay("policy", "check", str(own)).code == 0
    gap = assay("policy", "get", "leakage.train_test_gap", "--policy", str(own))
    assert (gap.out, gap.err) == ("0.1\n", f"leakage.train_test_gap in {own}, line 2 (team)\n")
    names = assay("policy", "get", "leakage.train", "--policy", str(own), "--json").object
    assert (names["value"], names["usual"][0]) == (["fit_*", "train[-_/.]*"], "train[-_/.]*")
    printed = assay("policy", "tree", "--policy", str(own)).out
    (own.parent / "whole.yaml").write_text(printed, encoding="utf-8")
    assert load(own.parent / "whole.yaml").leakage == load(own).leakage
    shown = next(line.split() for line in printed.splitlines() if "suspicious_score:" in line)
    assert shown[:4] == ["suspicious_score:", "0.99", "#", "shipped,"]


def test_a_wrong_limit_of_leakage_is_a_no_with_its_line(assay: Assay, own: Path) -> None:
    own.write_text("leakage:\n  rows: unique\n  train_test_gap: 20\n", encoding="utf-8")
    found = assay("policy", "check", str(own))
    assert (found.code, found.out) == (1, f"{own}, line 3: leakage.train_test_gap is 20; it should be less than 1.\n")
    own.write_text("leakage:\n  test:\n  - test_\n", encoding="utf-8")
    machine = assay("policy", "check", str(own), "--json").object["note"]
    assert {key: machine[key] for key in ("code", "line", "key", "found")} == {
        "code": "no_star", "line": 3, "key": "leakage.test.0", "found": "'test_'",
    }  # fmt: skip


def test_what_is_printed_can_be_used_where_shipped_scorecards_contradict_the_team(assay: Assay, own: Path) -> None:
    own.write_text("metrics: {f1_score: {direction: minimize}}", encoding="utf-8")
    found = assay("policy", "tree", "--policy", str(own))
    assert "Without the shipped scorecards" in found.err
    whole = own.parent / "whole.yaml"
    whole.write_text(found.out, encoding="utf-8")
    assert assay("policy", "check", str(whole)).code == 0
    machine = assay("policy", "tree", "--policy", str(own), "--json").object
    assert any(one["path"].startswith("scorecards.") for one in machine["rules"]), "they hold all the same"


def test_a_wrong_policy_is_bad_input_to_whoever_needs_one(assay: Assay, own: Path) -> None:
    own.write_text("statistics: {level: 2}", encoding="utf-8")
    for asked in (("policy", "tree"), ("policy", "get", "statistics.level")):
        assert assay(*asked, "--policy", str(own)).code == 2
