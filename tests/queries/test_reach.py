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
leakage: {split_sizes: 50}
"""


@pytest.fixture(scope="module")
def found(digits: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reach]:
    return decided(digits, OWN, tmp_path_factory.mktemp("own"))


def decided(store: Store, own: str, folder: Path) -> dict[str, Reach]:
    file, data = folder / "own.yaml", folder / "data"
    file.write_text(own, encoding="utf-8")
    work = looked_at(store, data, book(file).policy)
    settings = configuration.read({}, tracking_uri=store.uri, data=data, policy=file)
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
        ("leakage.suspicious_metrics", "metric", ("accuracy",)),
        ("leakage.train", "metric", ()),
        ("leakage.validation", "metric", ()),
        ("leakage.test", "metric", ("accuracy", "loss", "정확도")),
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
    limits = {"leakage.split_sizes", "leakage.train_test_gap", "leakage.identifier_features", "leakage.rows"}
    assert not limits & {*found}


def test_whatever_has_a_count_is_a_rule(found: dict[str, Reach], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    # A file's one list of cards has no rule of its own for the experiments of its `evaluation`.
    assert set(found) - {rule.path for rule in book(file).rules} == {"scorecards.evaluation.experiments"}


def test_rules_of_leakage_decide_the_metrics_of_each_part_and_those_of_suspicious_kinds(tmp_path: Path) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    names = ("train/AUC", "val/AUC", "AUC", "rank_test_AUC", "fit_accuracy", "eval_loss")
    store.run("parts", metrics=dict.fromkeys(names, 0.5))
    own = "leakage: {train: ['train/*', 'fit_*'], test: ['eval_*', AUC*], suspicious_metrics: [auc, accuracy]}"
    found = decided(store, own, tmp_path).items()
    assert {path: reach.names for path, reach in found if path.startswith("leakage.")} == {
        "leakage.suspicious_metrics": ("val/AUC",),
        "leakage.train": ("fit_accuracy", "train/AUC"),
        "leakage.validation": ("val/AUC",),
        "leakage.test": ("eval_loss",),
    }, "AUC has nothing behind it for the star of AUC*, and a rank is no score"
