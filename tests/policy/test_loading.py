"""Policy files are read whole or not at all, and every refusal says where and what is allowed."""

from itertools import pairwise
from pathlib import Path

import pytest

from assay import policy
from assay.errors import PolicyError
from assay.model.comparison.question import Method
from assay.model.metric import Direction, MetricUnit
from saying import refused, said


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_policy_knows_the_briefs_metrics() -> None:
    shipped = policy.load()
    accuracy = shipped.metric("accuracy")
    assert (accuracy.direction, accuracy.unit, accuracy.smallest_effect) == (
        Direction.MAXIMIZE,
        MetricUnit.SHARE,
        0.01,
    )
    assert shipped.metric("latency_p95_ms").direction is Direction.MINIMIZE
    assert shipped.statistics.level == 0.95
    assert shipped.statistics.seeds == (42, 123, 456, 789, 1011)


def test_an_exact_name_wins_over_a_wildcard_and_case_does_not_matter() -> None:
    shipped = policy.load()
    assert shipped.metric("Accuracy").smallest_effect == 0.01
    assert shipped.metric("val_accuracy").smallest_effect is None


def test_a_metric_nobody_named_has_no_direction() -> None:
    assert policy.load().metric("wibble").direction is None


def test_seed_and_ignored_params_are_recognised() -> None:
    params = policy.load().params
    keys = ("z_random_state", "seed", "run_name", "lr", "output_dir", "SEED")
    assert params.seeds_among(keys) == ("z_random_state", "seed", "SEED")
    assert params.ignored_among(keys) == ("run_name", "output_dir")


def test_a_file_of_ones_own_keeps_shipped_values_where_it_is_silent(tmp_path: Path) -> None:
    own = policy.load(written(tmp_path, "statistics: {method: t}\nmetrics:\n  accuracy: {direction: minimize}\n"))
    assert own.statistics.method is Method.T
    assert own.statistics.level == 0.95
    assert own.metric("accuracy").direction is Direction.MINIMIZE
    assert own.metric("latency_p95_ms").unit is MetricUnit.MILLISECONDS
    assert own.digest != policy.load().digest


def test_an_empty_file_is_the_shipped_policy(tmp_path: Path) -> None:
    assert policy.load(written(tmp_path, "")).statistics == policy.load().statistics


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("statistics:\n  level: 95\n", ["line 2", "statistics.level is 95", "less than 1"]),
        ("statistics:\n  methud: t\n", ["line 2", "statistics.methud is no key", "method"]),
        (
            "metrics:\n  acc:\n    direction: up\n",
            ["line 3", "metrics.acc.direction is 'up'", "'maximize', 'minimize'"],
        ),
        ("params: {seed: 3}\n", ["line 1", "params.seed is 3", "a list"]),
        ("\n\na: [\n", ["line 4", "not YAML"]),
        ("- 1\n", ["found [1]", "metrics, statistics, params"]),
        ("statistics:\n  level: .9\n  level: .8\n", ["line 3", "a second time"]),
        (
            "metrics:\n  acc: {}\n  Acc: {}\n",
            ["line 3: metrics.Acc stands here a second time, as acc, which is no other"],
        ),
        ("metrics:\n  acc: 5\n", ["line 2", "metrics.acc is 5", "keys and values"]),
        ("statistics:\n", ["statistics is empty"]),
        ("statistics: {minimum_runs: 2.5, level: x}\n", ["line 1", "1 more after it"]),
        ("metrics: {x: {smallest_effect: .nan}}\n", ["metrics.x.smallest_effect is nan", "finite|greater"]),
        ("<html>\n", ["found '<html>'"]),
        (
            "a: b: c\n",
            ["line 1: this is not YAML: a colon that makes a key stands within text; put the text in quotes."],
        ),
        ("metrics:\n\ta: 1\n", ["line 2: this is not YAML: a tab stands where spaces should."]),
        ("? [a]\n: 1\n", ["line 1: this is not YAML: a key has to be text."]),
        ("metrics: *own\n", ["this is not YAML: *own repeats nothing, as no &own stands above it."]),
        ("a: !!python/name:os.system\n", ["what begins with ! has no meaning in a policy."]),
        ("a: 1\n---\nb: 2\n", ["line 2: this is not YAML: a second document begins here; a policy is one."]),
        ("- a\nb\n", ["a key without a colon after it"]),
        ("metrics:\n  - a\n  b: 1\n", ["line 3: this is not YAML: this does not stand in line with what is above it."]),
        ("metrics:\n  <<: 1\n", ["line 2: this is not YAML: << takes keys and values alone"]),
        ("metrics: @a\n", ["no text may begin with @ but in quotes."]),
        ("metrics: 'a\n", ["a quote is never closed."]),
        ("a: &x 1\nb: &x 2\n", ["line 2: this is not YAML: the name after this & stands further up already."]),
        ("metrics: {\n", ["expected the node content, but the file ends."]),
        ("a: !!timestamp x\n", ["line 1: 'x' can't be read as a date; put text in quotes."]),
        ("a: !!bool x\n", ["line 1: 'x' can't be read as true or false; put text in quotes."]),
        ("tasks: {pong: {zero: false, one: 1}}\n", ["tasks.pong.zero is False; it should be a number."]),
        ("metrics: {x: {smallest_effect: a}}\n", ["metrics.x.smallest_effect is 'a'; it should be a number."]),
        ("metrics: {x: {unknown: [a]}}\n", ["metrics.x.unknown.0 is 'a'; it should be a number."]),
        ("objectives: {x: [3]}\n", ["objectives.x.0 is 3; allowed: a metric, METRIC:max or METRIC:min."]),
        ("statistics: {level: true}\n", ["statistics.level is True; it should be a number."]),
        ("statistics: {resamples: 1e4}\n", ["statistics.resamples is '1e4'; it should be a whole number."]),
        ("metrics: {'': {unit: s}}\n", ["metrics.'' is empty; something has to stand there."]),
    ],
)
def test_a_wrong_file_is_refused_with_line_key_and_what_is_allowed(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = written(tmp_path, text)
    with pytest.raises(PolicyError) as caught:
        policy.load(path)
    message = said(caught.value)
    assert str(path) in message
    assert all(any(option in message for option in part.split("|")) for part in parts), message


def test_a_missing_file_a_folder_and_binary_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    for path, sentence in [
        (tmp_path / "none.yaml", "There is no policy file"),
        (tmp_path, "is a folder"),
        (tmp_path / "binary.yaml", "not UTF-8"),
    ]:
        with refused(PolicyError, sentence):
            policy.load(path)


def test_a_file_that_is_no_policy_by_its_size_or_depth_is_refused_at_once(tmp_path: Path) -> None:
    with refused(PolicyError, "has 1,200,000 bytes; a policy has at most 1,000,000"):
        policy.load(written(tmp_path, "# a\n" * 300_000))
    with refused(PolicyError, "too deep in each other"):
        policy.load(written(tmp_path, f"promotion_criteria: {'[' * 3000}{']' * 3000}"))


@pytest.mark.parametrize("wrong", ["statistics: *i", "params: {seed: [*i]}", "metrics: {a: {unknown: *i}}"])
def test_aliases_that_stand_for_more_than_any_memory_are_named_in_short(tmp_path: Path, wrong: str) -> None:
    lists = "".join(f"  {b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi"))
    with pytest.raises(PolicyError) as caught:
        policy.load(written(tmp_path, f"promotion_criteria:\n  a: &a [x, x]\n{lists}{wrong}\n"))
    assert "[...]" in said(caught.value)
    assert len(said(caught.value)) < 300 + len(str(tmp_path))


def test_an_entry_of_ones_own_keeps_what_the_shipped_one_says_beside_it(tmp_path: Path) -> None:
    own = policy.load(written(tmp_path, "metrics:\n  accuracy: {smallest_effect: 0.02}\n"))
    accuracy = own.metric("accuracy")
    assert (accuracy.direction, accuracy.unit, accuracy.smallest_effect) == (
        Direction.MAXIMIZE,
        MetricUnit.SHARE,
        0.02,
    )


def test_a_wildcard_of_ones_own_comes_before_a_shipped_exact_name(tmp_path: Path) -> None:
    own = policy.load(written(tmp_path, 'metrics:\n  "f1*": {direction: minimize}\n'))
    assert own.metric("f1_macro").direction is Direction.MINIMIZE
    assert (own.metric("f1_macro").unit, own.metric("f1_macro").smallest_effect) == (MetricUnit.SHARE, 0.01)


def test_among_ones_own_entries_each_field_is_the_exact_names_then_the_first_wildcards(tmp_path: Path) -> None:
    text = 'metrics:\n  "a*": {unit: s, direction: minimize}\n  "*b": {unit: ms}\n  ab: {direction: maximize}\n'
    found = policy.load(written(tmp_path, text)).metric("AB")
    assert (found.direction, found.unit) == (Direction.MAXIMIZE, MetricUnit.SECONDS)


def test_a_smallest_effect_does_not_outlive_its_unit(tmp_path: Path) -> None:
    own = policy.load(written(tmp_path, 'metrics:\n  accuracy: {unit: ""}\n'))
    assert own.metric("accuracy").smallest_effect is None
    assert own.metric("accuracy").direction is Direction.MAXIMIZE
    mine = policy.load(written(tmp_path, 'metrics:\n  accuracy: {unit: "", smallest_effect: 2}\n'))
    assert mine.metric("accuracy").smallest_effect == 2


def test_params_that_name_a_task_are_offered_first() -> None:
    assert policy.load().params.tasks_first(("lr", "Env_ID", "model", "dataset")) == (
        "Env_ID",
        "dataset",
        "lr",
        "model",
    )


def test_references_of_tasks_are_found_by_exact_name_then_by_the_first_wildcard(tmp_path: Path) -> None:
    assert policy.load().tasks == ()
    text = 'tasks:\n  "*pong*": {zero: -20.7, one: 14.6}\n  "*": {zero: 0, one: 1}\n  ALE/Pong-v5: {zero: 1, one: 2}\n'
    own = policy.load(written(tmp_path, text))
    found = [own.reference(task) for task in ("PongNoFrameskip-v4", "ale/pong-v5", "other")]
    assert [(one.zero, one.one) for one in found if one] == [(-20.7, 14.6), (1.0, 2.0), (0.0, 1.0)]
    assert policy.load().reference("pong") is None


def test_a_reference_without_a_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        policy.load(written(tmp_path, "tasks:\n  pong: {zero: 1, one: 1.0}\n"))
    assert all(
        part in said(caught.value) for part in ("line 2", "tasks.pong has 1 for zero and for one; they have to differ")
    )


def test_the_first_pattern_with_a_column_names_the_cluster(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text("statistics: {cluster: [patient, '*_DOC']}", encoding="utf-8")
    usual = policy.load(file).statistics
    assert usual.cluster_among(("kind", "first_doc", "second_doc")) == "first_doc"
    assert usual.cluster_among(("first_doc", "patient")) == "patient"
    assert usual.cluster_among(("kind",)) is None
    assert policy.load().statistics.cluster == ()


def test_comments_and_the_order_in_which_things_are_said_change_nothing(tmp_path: Path) -> None:
    card = "scorecards:\n- name: own\n  metrics: {f1: {group: g, threshold: '> 1', weight: 1}}\n"
    other = "# Why\nscorecards:\n- metrics: {f1: {weight: 1.0, threshold: '>1.0', group: g}}\n  # of it\n  name: own\n"
    said = "params: {task: [a], seed: []}\nstatistics: {minimum_runs: 5, level: 0.9}\n"
    again = "statistics:\n  level: .90\n\n  minimum_runs: 5\nparams: {seed: [], task: [a]}\n"
    path = tmp_path / "policy.yaml"
    assert policy.load(written(tmp_path, card + said)) == policy.load(written(tmp_path, again + other))
    known = {policy.load(path).digest, policy.load().digest}
    for text in (
        card + said.replace("0.9", "0.91"),
        card.replace("> 1", ">= 1") + said,
        card.replace("own", "Own") + said,
        card + said.replace(", seed: []", ""),
        card + said + "metrics: {'*a': {unit: s}, '*b': {unit: ms}}",
        card + said + "metrics: {'*b': {unit: ms}, '*a': {unit: s}}",
    ):
        digest = policy.load(written(tmp_path, text)).digest
        assert digest not in known, text
        known.add(digest)
