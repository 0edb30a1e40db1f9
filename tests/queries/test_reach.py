"""What of a store the rules decide."""

from pathlib import Path

import pytest

from assay import settings as configuration
from assay.model.rules import Reach
from assay.queries.policies import book
from assay.queries.reach import reach
from assay.workspace import Workspace
from looking import looked_at
from stores import Store

OWN = """metrics:
  "*acc*": {unit: share}
  accuracy: {smallest_effect: 0.02}
  nobody: {direction: maximize}
scorecards:
- name: own
  experiments: ["DIGITS"]
  metrics:
    accuracy: {group: g, threshold: "> 0.9", weight: 1}
    nobody: {group: g, threshold: "> 0.9", weight: 1}
evaluation: {quality: {loss: {threshold: "<1", weight: 1}}}
objectives: {both: [accuracy, nobody]}
"""


@pytest.fixture(scope="module")
def found(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reach]:
    file = tmp_path_factory.mktemp("policy") / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    work = looked_at(digits, data, book(file).policy)
    settings = configuration.read({}, tracking_uri=digits.uri, data=data, policy=file)
    return reach(Workspace(settings, work.policy, work.snapshot))


@pytest.mark.parametrize(
    ("path", "kind", "names"),
    [
        ("metrics.*acc*.unit", "metric", ("accuracy",)),
        ("metrics.accuracy.smallest_effect", "metric", ("accuracy",)),
        ("metrics.accuracy.direction", "metric", ("accuracy",)),
        ("metrics.nobody.direction", "metric", ()),
        ("params.seed", "param", ("seed",)),
        ("params.ignored", "param", ()),
        ("params.task", "param", ()),
        ("scorecards.own.experiments", "experiment", ("digits",)),
        ("scorecards.own.metrics.accuracy.threshold", "metric", ("accuracy",)),
        ("scorecards.own.metrics.nobody.weight", "metric", ()),
        ("evaluation.quality.loss.threshold", "metric", ("loss",)),
        ("objectives.both", "metric", ("accuracy",)),
        ("objectives.serving", "metric", ()),
    ],
)
def test_a_rule_decides_what_it_is_first_to_speak_of(
    found: dict[str, Reach], path: str, kind: str, names: tuple[str, ...]
) -> None:
    assert (found[path].kind, found[path].names) == (kind, names)


def test_a_rule_that_another_goes_before_decides_nothing_and_one_for_every_comparison_has_no_count(
    found: dict[str, Reach],
) -> None:
    assert "metrics.accuracy.unit" not in found, "the team's wildcard covers it"
    assert "statistics.level" not in found


def test_whatever_has_a_count_is_a_rule(found: dict[str, Reach], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    # A file's one list of cards has no rule of its own for the experiments of its `evaluation`.
    assert set(found) - {rule.path for rule in book(file).rules} == {"scorecards.evaluation.experiments"}
