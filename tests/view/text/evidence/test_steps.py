"""What to do: every check has steps and a line that logs what it looks at."""

import ast
from dataclasses import replace

import pytest

from assay import evidence
from assay.model.evidence.leakage import LeakageCheck
from assay.view.text.evidence.checks import LOOKS_FOR, NAMES, badge, measured
from assay.view.text.evidence.kinds import KINDS, standing, table
from assay.view.text.evidence.steps import FIRST, steps
from leaked import FAIL, NOT_LOGGED, PASS, WARN, cell, leaked


@pytest.mark.parametrize("check", LeakageCheck)
def test_every_check_has_a_name_what_it_looks_for_and_what_to_do(check: LeakageCheck) -> None:
    assert NAMES[check]
    assert LOOKS_FOR[check].endswith(".")
    assert len(steps(check, FAIL)) >= 2
    assert steps(check, WARN) == steps(check, FAIL)
    assert steps(check, PASS) == ()
    assert steps(check, NOT_LOGGED)[0].code


def test_no_two_checks_have_one_name() -> None:
    assert len({*NAMES.values()}) == len(LeakageCheck)


@pytest.mark.parametrize("check", LeakageCheck)
def test_every_line_of_code_can_be_read_and_calls_what_there_is(check: LeakageCheck) -> None:
    lines = [step.code for status in (FAIL, NOT_LOGGED) for step in steps(check, status) if step.code]
    for line in [*lines, FIRST]:
        if line.startswith("leakage:"):
            continue
        for node in ast.walk(ast.parse(line)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "evidence":
                assert hasattr(evidence, node.attr)


def test_what_a_check_measures_stands_in_its_own_unit() -> None:
    assert measured(cell(LeakageCheck.GROUP_OVERLAP, FAIL, value=1 / 3, limit=0.0)) == "Value 33.3 %, limit 0 %."
    assert measured(cell(LeakageCheck.SPLIT_SIZES, WARN, value=12.0, limit=30.0)) == "Value 12 rows, limit 30."
    assert measured(cell(LeakageCheck.PREPROCESSING_FIT, FAIL, value=1, limit=0)) == "Value 1 step, limit 0."
    assert measured(cell(LeakageCheck.TEST_LOOKS, WARN, value=15, limit=10)) == "Value 15 configurations, limit 10."
    assert measured(cell(LeakageCheck.SUSPICIOUS_SCORE, WARN, value=0.9931, limit=0.99)) == "Value 0.9931, limit 0.99."
    assert measured(cell(LeakageCheck.SUSPICIOUS_SCORE, WARN, value=99.31, limit=99.0)) == "Value 99.31, limit 99."
    assert (
        measured(cell(LeakageCheck.TRAIN_TEST_GAP, WARN, value=0.5200001, limit=0.2))
        == "Value 52 points, limit 20 points."
    )
    assert measured(cell(LeakageCheck.FEATURE_NAMES, WARN, value=0.91, limit=0.8)) == "Value 91 %, limit 80 %."
    assert measured(cell(LeakageCheck.TEST_BETTER_THAN_TRAIN, PASS, value=-0.02)) == "Value −0.02."


def test_the_mean_stands_beside_the_worst_where_runs_differ() -> None:
    own = cell(LeakageCheck.TRAIN_TEST_GAP, WARN, "abc", value=0.52, limit=0.2)
    assert measured(replace(own, mean=0.51)) == "Value 52 points, mean of 3 runs 51 points, limit 20 points."
    assert measured(replace(own, mean=0.52)) == "Value 52 points, limit 20 points."
    assert measured(replace(own, mean=0.52001)) == "Value 52 points, limit 20 points."


def test_a_size_that_is_not_what_is_wrong_stays_unsaid() -> None:
    assert measured(cell(LeakageCheck.FEATURE_NAMES, WARN, value=0.2, limit=0.8)) == ""
    assert measured(cell(LeakageCheck.PREPROCESSING_FIT)) == ""


def test_every_check_looks_for_one_kind_and_every_kind_has_a_question() -> None:
    assert sorted(check for kind in KINDS for check in kind.checks) == sorted(LeakageCheck)
    assert all(kind.question.endswith("?") for kind in KINDS)


def test_a_kind_stands_as_its_checks_do_the_worst_first() -> None:
    found = leaked()
    contamination, groups = KINDS[0], KINDS[1]
    assert standing(found, contamination) == (
        ":red-badge[✕ 1 fail] fitted on train :green-badge[✓ pass] ids apart, split sizes, train = test, test looks, data apart"
    )
    assert standing(found, groups) == ":red-badge[✕ 2 fail] groups apart"
    some = leaked({"a": {LeakageCheck.TEMPORAL_OVERLAP: NOT_LOGGED}, "b": {}})
    assert standing(some, KINDS[2]) == ":green-badge[✓ pass] time order (1 not logged)"
    none = leaked({"a": {LeakageCheck.TEMPORAL_OVERLAP: NOT_LOGGED}})
    assert standing(none, KINDS[2]) == ":gray-badge[– not logged] time order"
    assert badge(NOT_LOGGED) == ":gray-badge[– not logged]"
    assert {len(column) for column in table(found).values()} == {len(KINDS)}
