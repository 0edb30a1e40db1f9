"""`assay leakage`, called as a shell would."""

from importlib import import_module
from pathlib import Path

import pytest

import leaking
from assay.model.evidence.leakage import LeakageCheck
from looking import synced
from scored import Scored
from shell import Assay, Result


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    return leaking.filled(tmp_path_factory.mktemp("leaking"))


@pytest.fixture(scope="module")
def folder(held: Scored, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("leaking-data"))


@pytest.fixture
def asked(assay: Assay, held: Scored, folder: Path) -> Assay:
    def call(*options: str, experiment: str = "patients") -> Result:
        where = ("--tracking-uri", held.uri, "--no-sync", *(("--experiment", experiment) if experiment else ()))
        found: Result = assay("leakage", *where, *options, data=folder)
        return found

    return call


def test_people_get_the_sentence_the_rows_and_a_line_a_finding(asked: Assay) -> None:
    found = asked()
    assert found.code == 1
    lines = found.out.splitlines()
    assert lines[0].startswith("1 of 2 configurations leaks. by-visit: 40 of 100 test rows")
    assert lines[2].startswith("configuration")
    assert "groups apart" in lines[2]
    assert any(line.startswith("by-visit") and "✕ fail" in line for line in lines)
    [fail] = [line for line in lines if line.startswith("✕ fail: ")]
    assert fail.startswith("✕ fail: groups apart, by-visit: 40 of 100 test rows")
    assert "Without them accuracy is" in fail
    assert lines[-1].startswith("A pass means that this check found nothing")


def test_the_json_is_the_documented_one(asked: Assay) -> None:
    found = asked("--json")
    assert (found.code, found.err) == (1, "")
    made = found.object
    assert (made["rows"], made["found"], made["read"]) == (6, 6, 6)
    leaky = next(one for one in made["runs"] if one["label"].startswith("by-visit"))
    assert [one["check"] for one in leaky["checks"]] == [*LeakageCheck]
    groups = leaky["checks"][1]
    assert (groups["status"], groups["value"], groups["limit"]) == ("fail", 0.4, 0)
    assert groups["message"].startswith("40 of 100 test rows")
    assert groups["evidence"]["sources"] == ["evidence/splits.parquet"]
    assert (groups["evidence"]["n"], len(groups["evidence"]["ids"])) == (40, 40)
    assert (groups["worth"]["metric"], groups["worth"]["without"]["n"], groups["worth"]["over"]) == (
        "accuracy", 60, "examples",
    )  # fmt: skip
    times = leaky["checks"][2]
    assert (times["status"], times["worth"]) == ("not_logged", None)
    assert made["summary"]["group_overlap"] == {"pass": 3, "not_logged": 0, "warn": 0, "fail": 3}
    assert made["summary"]["temporal_overlap"]["not_logged"] == 6


def test_without_a_fail_the_answer_is_yes(asked: Assay) -> None:
    found = asked("--filter", "params.model = 'by-patient'")
    assert found.code == 0
    assert "✕ fail" not in found.out


def test_names_do_not_act_and_korean_ones_stay_aligned(asked: Assay) -> None:
    found = asked(experiment="odd")
    assert "[click](http://evil.example) <b…: 40 of 100" in found.out.splitlines()[0]
    assert leaking.KOREAN in found.out


def test_a_run_without_evidence_passes_nothing_by_that(asked: Assay) -> None:
    found = asked("--json", experiment="bare")
    assert found.code == 0
    assert {one["status"] for one in found.object["runs"][0]["checks"]} == {"not_logged"}
    assert {one["evidence"] for one in found.object["runs"][0]["checks"]} == {None}


def test_more_than_can_be_listed_is_said(asked: Assay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("assay.cli.leakage"), "_MOST", 2)
    found = asked("--json")
    assert len(found.object["runs"]) == 2
    assert "Listed are 2 of 6; narrow them by --experiment or --filter." in found.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--experiment", "nowhere"), "nowhere"),
        (("--filter", "accuracy > 0.9"), "accuracy"),
        (("--ignore", "nothing"), "nothing"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(asked: Assay, options: tuple[str, ...], said: str) -> None:
    found = asked(*options, experiment="")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("assay: ")
    assert said in found.err
    assert found.err.count("\n") == 1


def test_no_run_is_an_answer(asked: Assay) -> None:
    found = asked("--filter", "params.model = 'none'")
    assert (found.code, found.out.splitlines()[0]) == (0, "No run to check.")
    assert asked("--json", "--filter", "params.model = 'none'").object["runs"] == []
