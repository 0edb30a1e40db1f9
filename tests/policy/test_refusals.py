"""Files that nobody means, and that no page and no terminal could show: each is refused with its line."""

import os
from pathlib import Path

import pytest

from assay import policy
from assay.errors import PolicyError
from saying import refused

CRITERION = "{group: g, threshold: '> 0.5', weight: 1}"
CARD = f"scorecards:\n- name: own\n  metrics: {{f1: {CRITERION}}}\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own.yaml"


def refusal(file: Path, text: str, sentence: str) -> None:
    file.write_text(text, encoding="utf-8")
    with refused(PolicyError, sentence):
        policy.load(file)


@pytest.mark.parametrize(
    "text",
    [
        '\npromotion_criteria: "a\\ud800"',
        '\npromotion_criteria: [{b: "a\\ud800"}]',
        CARD.replace("own", '"a\\ud800"'),
        '\nobjectives: {x: ["a\\ud800"]}',
        '\nmetrics: {"a\\ud800": {unit: s}}',
        '\n"a\\ud800": 1',
    ],
)
def test_half_a_character_is_refused_wherever_it_stands(own: Path, text: str) -> None:
    refusal(own, text, r"line 2: 'a\\ud800' holds half a character, \\ud800 to \\udfff, which no text can")


def test_what_cannot_be_seen_in_free_text_is_no_reason_to_refuse_it(own: Path) -> None:
    own.write_text('evaluation: {q: {f1: {threshold: "> 0.5", weight: 1}}}\npromotion_criteria: "a\\x01\\e[31mb"')
    assert policy.load(own).scorecards[0].promotion == "a\x01\x1b[31mb"


@pytest.mark.parametrize("key", ["true", "2020-01-01", "1", "~", "1.5", "on"])
def test_a_key_that_is_no_text_is_named_as_it_was_written(own: Path, key: str) -> None:
    refusal(own, f"metrics:\n  {key}: {{unit: s}}", f"line 2: metrics has a key that is no text; .*quotes: '{key}'")
    refusal(own, f"{key}: 1", f"line 1: the file has a key that is no text; put it in quotes: '{key}'")


def test_keys_of_free_text_are_any(own: Path) -> None:
    own.write_text(f"{CARD}  promotion: {{1: all}}\npromotion_criteria: [{{true: b}}]\n")
    assert policy.load(own).scorecards[0].promotion == "1: all"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2020-13-45", "a date"),
        (f"{'1:' * 400}1.5", "a number"),
        ("!!float x", "a number"),
        ("!!int ''", "a number"),
        (f"{'9' * 5000}", "a number"),
        ("!!bool maybe", "true or false"),
    ],
)
def test_a_value_of_which_nothing_can_be_made_is_refused_in_its_line(own: Path, value: str, kind: str) -> None:
    refusal(
        own, f"\nstatistics: {{level: {value}}}", f"line 2: '.{{0,60}}' can't be read as {kind}; put text in quotes"
    )


def test_a_date_is_told_as_it_is_written(own: Path) -> None:
    refusal(own, "metrics: {a: {smallest_effect: 2020-01-02}}", "smallest_effect is 2020-01-02; it should be a number")


def test_a_set_is_no_list(own: Path) -> None:
    refusal(own, "params: {seed: !!set {a, b}}", "params.seed is .*; it should be a list")
    refusal(own, "metrics: !!set {a}", "metrics.a is empty; it should hold keys and values")


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("f1", "f1", r"objectives\.a\.f1 stands here a second time; keep one"),
        ("f1:max", "f1:min", r"objectives\.a\.f1:min stands here a second time, as f1:max, which is no other metric"),
        ("f1", "F1:max", r"objectives\.a\.F1:max stands here a second time, as f1, which is no other metric"),
    ],
)
def test_a_metric_that_is_two_objectives_of_one_set_is_refused(
    own: Path, first: str, second: str, sentence: str
) -> None:
    refusal(own, f"objectives:\n  b: [f1]\n  a:\n  - {first}\n  - cost\n  - {second}\n", f"line 6: {sentence}")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("scorecards: [{name: a, experiments: [], metrics: {f1: %s}}]", "scorecards.0.experiments"),
        ("scorecards: [{name: ' ', metrics: {f1: %s}}]", "scorecards.0.name"),
        ("scorecards: [{name: a, metrics: {' ': %s}}]", "scorecards.0.metrics.' '"),
        ("evaluation: {' ': {f1: {threshold: '> 1', weight: 1}}}", "evaluation.' '"),
    ],
)
def test_what_names_nothing_is_refused_as_empty(own: Path, text: str, place: str) -> None:
    refusal(own, text.replace("%s", CRITERION), f"line 1: {place} is empty; something has to stand there")


@pytest.mark.parametrize("limit", ["> 1_0", "> ٥", "> 1e999", "> .", "> 1e", "> infinity", "> 0x1"])
def test_a_threshold_is_a_plain_number(own: Path, limit: str) -> None:
    refusal(own, CARD.replace("> 0.5", limit), f"threshold is '{limit}'; allowed: >, >=, < or <= and a number")


def test_a_threshold_may_have_a_sign_and_an_exponent(own: Path) -> None:
    found = []
    for limit in ("> -1.5e-3", ">=+2E2", "> .5", "> 1."):
        own.write_text(CARD.replace("> 0.5", limit))
        found.append(policy.load(own).scorecards[0].criteria[0].threshold.value)
    assert found == [-0.0015, 200.0, 0.5, 1.0]


def test_a_pipe_is_refused_and_not_waited_for(own: Path) -> None:
    os.mkfifo(own)
    with refused(PolicyError, "own.yaml is not a regular file; a policy is one YAML file"):
        policy.load(own)
