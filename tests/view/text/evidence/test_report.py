"""Sentences for a report."""

from assay.model.evidence.leakage import LeakageCheck
from assay.view.text.evidence.leakage import CAVEAT
from assay.view.text.evidence.report import reports
from leaked import FAIL, WARN, found, leaked


def test_the_answer_stands_first_then_fails_then_warnings_then_the_caveat() -> None:
    said = reports(leaked())
    assert said[0].startswith("4 of 5 configurations leak.")
    assert said[1].startswith("✕ fail: groups apart, moved-before-split, split-by-visit: ")
    assert [line.partition(":")[0] for line in said[1:-2]] == ["✕ fail"] * 3 + ["! warn"] * 2
    assert said[-1] == CAVEAT


def test_one_finding_of_many_configurations_is_one_line() -> None:
    [_, line, *_] = reports(leaked({name: {LeakageCheck.TEST_LOOKS: WARN} for name in "abcdef"}))
    assert line.startswith("! warn: test looks, a, b, c and 3 more: ")
    [_, line, *_] = reports(leaked({"C=1, gamma=2": {LeakageCheck.TEST_LOOKS: FAIL}}))
    assert '"C=1, gamma=2": ' in line


def test_what_a_finding_is_worth_stands_behind_it() -> None:
    known = {("moved-before-split-0", str(LeakageCheck.GROUP_OVERLAP)): found()}
    assert "they are worth 2.1 points" in reports(leaked(), known)[1]
    assert reports(leaked({})) == ["No run to check."]
    assert reports(leaked({"a": {}}))[0] == "Every check passes in 1 configuration."
