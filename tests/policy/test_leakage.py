"""The section `leakage:` of a policy file: what it may say, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from assay import policy
from assay.errors import PolicyError
from assay.model.evidence.policy import LeakagePolicy
from assay.policy.reading import DEFAULT, pair
from assay.policy.rules import rules
from saying import refused

SHARES = ("duplicate_rows", "temporal_overlap", "train_test_gap", "suspicious_score", "fold_spread", "feature_share")
COUNTS = ("split_sizes", "test_looks", "top_features")
PARTS = ("train", "validation", "test")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def read(file: Path, text: str) -> LeakagePolicy:
    file.write_text(text, encoding="utf-8")
    return policy.load(file).leakage


def refusal(file: Path, text: str, sentence: str) -> None:
    with refused(PolicyError, sentence):
        read(file, text)


def test_the_shipped_file_says_what_holds_where_nothing_is_said() -> None:
    assert policy.load().leakage == LeakagePolicy()


def test_the_shipped_limits_are_the_guides() -> None:
    usual = policy.load().leakage
    assert (usual.train_test_gap, usual.suspicious_score) == (0.2, 0.99)


def test_every_key_is_a_rule_with_its_line() -> None:
    lines = DEFAULT.read_text(encoding="utf-8").splitlines()
    found = {rule.path: rule for rule in rules(*pair(DEFAULT), policy.load()) if rule.part == "leakage"}
    assert {*found} == {f"leakage.{field.name}" for field in fields(LeakagePolicy)}
    assert all(lines[rule.line - 1].startswith(f"  {rule.keys[1]}:") for rule in found.values())


def test_a_key_of_the_teams_replaces_the_shipped_one_and_no_other(own: Path) -> None:
    found = read(own, 'leakage:\n  rows: unique\n  split_sizes: 100\n  train: ["fit_*"]\n  expected_features: [age]\n')
    assert (found.rows, found.split_sizes, found.train, found.expected_features) == (
        "unique", 100, ("fit_*",), ("age",),
    )  # fmt: skip
    assert (found.test, found.train_test_gap) == (LeakagePolicy().test, 0.2)
    assert policy.load(own).digest != policy.load().digest
    said = {rule.path: rule for rule in rules(*pair(own), policy.load(own)) if rule.part == "leakage"}
    assert (said["leakage.split_sizes"].usual, said["leakage.split_sizes"].line) == (30, 3)
    assert said["leakage.train_test_gap"].shipped


def test_an_empty_list_leaves_none(own: Path) -> None:
    found = read(own, "leakage: {train: [], suspicious_metrics: [], target_features: []}")
    assert (found.train, found.suspicious_metrics, found.target_features) == ((), (), ())


@pytest.mark.parametrize("key", SHARES)
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0", "is 0; it should be greater than 0"),
        ("1", "is 1; it should be less than 1"),
        ("20", "is 20; it should be less than 1"),
        ("-0.2", "is -0.2; it should be greater than 0"),
        (".nan", "is nan; it should be a finite number"),
        ("20%", "is '20%'; it should be a number"),
        ("true", "is True; it should be a number"),
        ("[0.2]", r"is \[0.2\]; it should be a number"),
        ("", "is empty; it should be a number"),
    ],
)
def test_a_share_lies_between_0_and_1(own: Path, key: str, value: str, sentence: str) -> None:
    refusal(own, f"leakage:\n  {key}: {value}\n", f"own.yaml, line 2: leakage.{key} {sentence}")


@pytest.mark.parametrize("key", COUNTS)
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0", "is 0; it should be greater than or equal to 1"),
        ("-3", "is -3; it should be greater than or equal to 1"),
        ("2.5", "is 2.5; it should be a whole number"),
        ("5.0", "is 5.0; it should be a whole number"),
        ("ten", "is 'ten'; it should be a whole number"),
        ("true", "is True; it should be a whole number"),
        ("10000000000", "is 10000000000; it should be less than or equal to 1000000000"),
    ],
)
def test_a_count_is_a_whole_number_from_1_on(own: Path, key: str, value: str, sentence: str) -> None:
    refusal(own, f"\n\nleakage:\n  {key}: {value}\n", f"own.yaml, line 4: leakage.{key} {sentence}")


@pytest.mark.parametrize("value", ["often", "Unique", "true", "''", "1"])
def test_rows_are_sampled_or_unique(own: Path, value: str) -> None:
    refusal(own, f"leakage: {{rows: {value}}}", "line 1: leakage.rows is .*; allowed: 'sampled', 'unique'")


@pytest.mark.parametrize("key", PARTS)
@pytest.mark.parametrize("pattern", ["train", "*_*", "**", "[*]", "train_?"])
def test_a_pattern_of_metrics_has_one_star(own: Path, key: str, pattern: str) -> None:
    found = pattern.replace("*", r"\*").replace("[", r"\[").replace("?", r"\?")
    refusal(
        own,
        f'leakage:\n  {key}:\n  - "a_*"\n  - "{pattern}"\n',
        rf"own.yaml, line 4: leakage\.{key}\.1 is '{found}'; allowed: a pattern with one \*, for what names share",
    )


@pytest.mark.parametrize("key", [*PARTS, "suspicious_metrics", "identifier_features", "expected_features"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("a_b*", "is 'a_b\\*'; it should be a list, such as"),
        ("{a: b}", "is {'a': 'b'}; it should be a list, such as"),
        ("", "is empty; it should be a list, such as"),
        ("[1]", r"\.0 is 1; it should be text, in quotes where it looks like a number"),
        ("[' ']", r"\.0 is empty; something has to stand there"),
    ],
)
def test_patterns_are_a_list_of_texts(own: Path, key: str, value: str, sentence: str) -> None:
    refusal(own, f"leakage:\n  {key}: {value}\n", f"line 2: leakage.{key}.*{sentence}")


def test_the_first_wrong_key_is_named_and_the_others_are_counted(own: Path) -> None:
    refusal(
        own, "leakage:\n  gap: 0.2\n  rows: 3\n  split_sizes: 0\n", r"line 3: leakage.rows is 3; .*\(2 more after it.\)"
    )
    refusal(own, "leakage: {gap: 0.2}", "leakage.gap is no key of a policy; allowed here: rows, duplicate_rows, .*test")
    refusal(own, "leakage: 5", "leakage is 5; it should hold keys and values")
    refusal(own, "leakage:\n", "leakage is empty; it should hold keys and values")
