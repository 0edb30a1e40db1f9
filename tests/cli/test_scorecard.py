"""`assay scorecard`, as scripts and people use it."""

from dataclasses import replace

import pytest

from assay.cli.scorecard import show
from assay.model.note import note
from assay.model.rules import PolicyNote
from carded import BOOK, DIGITS, LOST, OPEN, around, filled, lost, scored
from shell import Assay
from stores import Store

A, B, C, D = (f"params.model = '{name}'" for name in "abcd")
VALUES = {"accuracy": around(0.965, 0.003), "latency_p95_ms": around(0.56, 0.07)}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return filled(tmp_path_factory.mktemp("carded"))


def asked(store: Store, candidate: str, *more: str) -> list[str]:
    return ["scorecard", "--tracking-uri", store.uri, "--experiment", "digits", "--candidate", candidate, *more]


def test_people_read_the_sentence_first_then_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    card = replace(DIGITS, promotion="every threshold met")
    doubt = note(PolicyNote.WEIGHTS_NOT_ONE, name="digits", total=0.9)
    show(scored(card, VALUES, doubt, **lost(LOST, OPEN)), BOOK)
    captured = capsys.readouterr()
    lines = captured.out.splitlines()
    assert (
        lines[0] == "it is not shown to meet digits: 1 uncertain (accuracy), 1 not logged (availability), 1 of 3 met."
    )
    assert lines[2].startswith("| metric | status | value | 95 % CI | n | needs | alert | weight | group |")
    assert lines[3].startswith("| --- | --- | ---: |")
    assert "Score 0.20 of 1.00; 0.80 if the uncertain one turns out met." in lines
    assert any(line.startswith("| accuracy | ▼ worse | −2.0 points |") for line in lines)
    assert "Promotion, in the words of the card: every threshold met" in lines
    assert lines[-1] == 'mlflow.log_metric("availability", value)'
    assert captured.err.startswith("assay: warning: The weights of scorecard digits (line 41) add up to 0.9, not 1")


def test_a_reason_that_is_the_headline_is_no_warning_too(capsys: pytest.CaptureFixture[str]) -> None:
    show(scored(DIGITS, {}), BOOK)
    captured = capsys.readouterr()
    assert captured.out.startswith("it logged no metric of scorecard digits, so there is no score.\n")
    assert captured.err == ""


def test_losses_are_looked_for_against_a_baseline_alone(assay: Assay, store: Store) -> None:
    found = assay(*asked(store, D, "--baseline", C, "--json"))
    assert found.code == 0
    lost = {own["metric"]: own["status"] for own in found.object["regressions"]}
    assert lost == {"accuracy": "worse", "latency_p95_ms": "worse"}
    assert found.object["comparisons"] == 2
    alone = assay(*asked(store, D, "--json")).object
    assert (alone["baseline"], alone["regressions"], alone["comparisons"]) == (None, [], 0)


def test_values_that_nobody_knows_can_be_named(assay: Assay, store: Store) -> None:
    unknown = ("--scorecard", "digits", "--unknown", "accuracy=0.965", "--unknown", "accuracy=1")
    found = assay(*asked(store, "params.model = 'still'", *unknown))
    judged = assay(*asked(store, "params.model = 'still'", *unknown, "--json")).object["metrics"]
    [accuracy] = [one for one in judged if one["metric"] == "accuracy"]
    assert (accuracy["value"], accuracy["excluded"]) == (None, {"accuracy not known": 3})
    assert "accuracy not known" in found.out
    assert "log_metric(" not in found.out
    odd = assay(*asked(store, A, "--unknown", "accuracy"))
    assert (odd.code, "is no METRIC=VALUE" in odd.err) == (2, True)


def test_what_cannot_be_asked_is_one_line_and_exit_code_2(assay: Assay, store: Store) -> None:
    unknown = assay(*asked(store, A, "--scorecard", "nobody's"))
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err.startswith('assay: There is no scorecard "nobody\'s"; the policy has ')
    missing = assay("scorecard", "--tracking-uri", store.uri)
    assert missing.code == 2
    assert "--candidate" in missing.err
    for side in (asked(store, ""), asked(store, A, "--baseline", " ")):
        nobody = assay(*side)
        assert (nobody.code, "it is empty and would find every run" in nobody.err) == (2, True)
    odd = assay(*asked(store, "model = 'a' or model = 'b'"))
    assert odd.code == 2
