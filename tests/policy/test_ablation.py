"""The section `ablation:` of a policy file: what it may say, and what is refused."""

from dataclasses import fields
from pathlib import Path

import pytest

from assay import policy
from assay.errors import PolicyError
from assay.model.ablation.policy import AblationPolicy
from assay.policy.reading import DEFAULT, pair
from assay.policy.rules import rules
from saying import refused


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def read(file: Path, text: str) -> AblationPolicy:
    file.write_text(text, encoding="utf-8")
    return policy.load(file).ablation


def refusal(file: Path, text: str, sentence: str) -> None:
    with refused(PolicyError, sentence):
        read(file, text)


def test_the_shipped_limits_are_the_guides_and_hold_where_nothing_is_said(own: Path) -> None:
    assert policy.load().ablation == AblationPolicy() == AblationPolicy(0.05, 0.01)
    assert read(own, "statistics: {level: 0.9}") == AblationPolicy()


def test_every_key_is_a_rule_with_its_line() -> None:
    lines = DEFAULT.read_text(encoding="utf-8").splitlines()
    found = {rule.path: rule for rule in rules(*pair(DEFAULT), policy.load()) if rule.part == "ablation"}
    assert {*found} == {f"ablation.{field.name}" for field in fields(AblationPolicy)}
    assert all(lines[rule.line - 1].startswith(f"  {rule.keys[1]}:") for rule in found.values())


def test_a_limit_of_the_teams_replaces_the_shipped_one_and_not_the_other(own: Path) -> None:
    assert read(own, "ablation:\n  critical: 0.1\n") == AblationPolicy(0.1, 0.01)
    assert policy.load(own).digest != policy.load().digest
    said = {rule.path: rule for rule in rules(*pair(own), policy.load(own)) if rule.part == "ablation"}
    assert (said["ablation.critical"].usual, said["ablation.critical"].line) == (0.05, 2)
    assert said["ablation.removable"].shipped


@pytest.mark.parametrize("key", ["critical", "removable"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("0", "is 0; it should be greater than 0"),
        ("1", "is 1; it should be less than 1"),
        ("5", "is 5; it should be less than 1"),
        ("-0.05", "is -0.05; it should be greater than 0"),
        (".nan", "is nan; it should be a finite number"),
        ("5%", "is '5%'; it should be a number"),
        ("true", "is True; it should be a number"),
        ("[0.05]", r"is \[0.05\]; it should be a number"),
        ("", "is empty; it should be a number"),
    ],
)
def test_a_limit_is_a_share(own: Path, key: str, value: str, sentence: str) -> None:
    refusal(own, f"ablation:\n  {key}: {value}\n", f"own.yaml, line 2: ablation.{key} {sentence}")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "  removable: 0.02\n  critical: 0.02\n",
            "line 3: ablation.critical is 0.02; .* above removable, which is 0.02",
        ),
        (
            "  critical: 0.02\n  removable: 0.03\n",
            "line 2: ablation.critical is 0.02; .* above removable, which is 0.03",
        ),
        ("  critical: 0.01\n", "line 2: ablation.critical is 0.01; it should be above removable, which is 0.01"),
        ("\n  removable: 0.05\n", "line 3: ablation.removable is 0.05; it should be below critical, which is 0.05"),
    ],
)
def test_what_can_go_is_never_critical_too(own: Path, text: str, sentence: str) -> None:
    refusal(own, f"ablation:\n{text}", f"own.yaml, {sentence}")


def test_a_key_that_is_none_is_named_with_those_there_are(own: Path) -> None:
    refusal(own, "ablation: {optional: 0.02}", "ablation.optional is no key of a policy; allowed here: critical, remov")
    refusal(own, "ablation: 5", "ablation is 5; it should hold keys and values")
    refusal(own, "ablation:\n", "ablation is empty; it should hold keys and values")
