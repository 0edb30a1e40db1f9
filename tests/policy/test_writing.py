"""Rules written as one file mean what they meant where they stood."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from assay.model.policy import Policy
from assay.policy import load
from assay.policy.reading import DEFAULT
from assay.policy.writing import written
from assay.queries.policies import as_file, book, whole
from assay.view.text.policy import tree

GUIDE = """evaluation:
  quality:
    f1_score: {threshold: '>0.75', weight: 0.15, alert_below: 0.70}
  performance:
    latency_p50_ms: {threshold: '<100', weight: 0.10, alert_above: 150}
promotion_criteria:
  - all thresholds met
  - {also: "p < 0.05"}
"""
TEAM = """metrics:
  Accuracy: {smallest_effect: 0.00001}
  "*accuracy": {unit: ms}
  "*cost*": {unknown: [0, -1], unit: USD}
  "a.b: c # d": {direction: minimize}
  "a\\nb": {direction: minimize}
  "x\\u202e\\u2028\\ty": {direction: minimize}
statistics: {minimum_runs: 5, cluster: ['yes', 'no', "1"], seeds: []}
params: {ignored: [model, "x, y", "[z]", "정확도", "p\\nq", "\\u202er"]}
tasks: {"*pong*": {zero: -20.7, one: 14.6}}
scorecards:
- name: "정확도: <b>"
  experiments: ["null", "~"]
  metrics: {f1: {group: "true", threshold: "> 1e-5", alert: "< -3", weight: 0.9}}
  promotion: "  first\\n\\n second: x  \\n\\ttab # no comment"
- name: "2"
  promotion: "a\\u202e\\nb"
  metrics: {f1: {group: g, threshold: "> 0.5", weight: 1}}
objectives: {serving: ["a:b:max", c], Serving: [d]}
"""
NAMES = (
    "accuracy", "val_accuracy", "f1_macro", "cost", "my_cost_usd", "a.b: c # d", "latency_ms", "loss", "roc_auc",
    "ACCURACY", "loss_accuracy", "wibble", "a\nb", "x\u202e\u2028\ty",
)  # fmt: skip


def again(text: str, folder: Path) -> tuple[Policy, Policy]:
    """A policy and the one of what was written of it, comments too."""
    first, second = folder / "first.yaml", folder / "second.yaml"
    first.write_text(text, encoding="utf-8")
    second.write_text(tree(as_file(whole(book(first)))), encoding="utf-8")
    return load(first), load(second)


def meaning(policy: Policy) -> object:
    """All that a policy says, without where it stands."""
    cards = [replace(card, shipped=False) for card in policy.scorecards]
    sets = [replace(one, shipped=False) for one in policy.objectives]
    order = sorted(NAMES, key=policy.place)
    fields = [replace(policy.metric(name), pattern="") for name in NAMES]
    return policy.statistics, policy.params, policy.tasks, cards, sets, order, fields


@pytest.mark.parametrize(
    "text",
    [
        "",
        DEFAULT.read_text(encoding="utf-8"),
        GUIDE,
        TEAM,
        f"{TEAM}\n{GUIDE}",
        "scorecards: []",
        "scorecards:",
        "metrics: {'*': {direction: minimize, unit: s, smallest_effect: 2}, accuracy: {unit: share}}",
        "metrics: {accuracy: {direction: minimize}, '*cc*': {unit: count}}\npromotion_criteria: |2\n    far\n   in\n",
    ],
    ids=["nothing", "shipped", "guide", "team", "both", "no-cards", "null", "wildcards", "text"],
)
def test_a_policy_written_as_one_file_is_read_as_an_equal_one(text: str, tmp_path: Path) -> None:
    first, second = again(text, tmp_path)
    assert meaning(first) == meaning(second)


def test_what_was_written_is_written_again_as_it_is(tmp_path: Path) -> None:
    again(TEAM, tmp_path)
    once, twice = (as_file(whole(book(tmp_path / name))) for name in ("first.yaml", "second.yaml"))
    assert [line.text for line in once] == [line.text for line in twice]


def test_a_metric_that_the_team_writes_in_another_case_than_shipped_is_written_once(tmp_path: Path) -> None:
    again("metrics: {Accuracy: {smallest_effect: 0.2}}", tmp_path)
    metrics = yaml.safe_load((tmp_path / "second.yaml").read_text(encoding="utf-8"))["metrics"]
    assert metrics["Accuracy"] == {"smallest_effect": 0.2, "direction": "maximize", "unit": "share"}
    assert "accuracy" not in metrics


def test_every_rule_is_on_one_line_with_its_keys_above_it() -> None:
    found = book(DEFAULT).rules
    lines = tuple(written(found))
    text = "\n".join(line.text for line in lines)
    assert "- name: guide\n  experiments: ['*']\n  metrics:\n    f1_score:\n      group: quality\n" in text
    assert sorted(line.rule.path for line in lines if line.rule) == sorted(rule.path for rule in found)
    assert max(map(len, text.splitlines())) < 120
    assert yaml.safe_load(text)["params"]["ignored"][0] == "run_name"
