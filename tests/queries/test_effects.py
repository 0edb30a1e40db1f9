"""What a team's rules do to the runs of a store, counted by both values."""

from pathlib import Path

import pytest

from assay import settings as configuration
from assay.model.note import Note
from assay.policy import load
from assay.queries.effects import consequences
from assay.queries.reach import reach
from assay.workspace import Workspace
from looking import looked_at
from saying import said
from stores import Store

OWN = """statistics: {minimum_runs: 4, level: 0.95, resamples: 2000}
metrics:
  cost: {unknown: [0, -1]}
  "*nobody*": {unknown: 7}
params: {seed: [fold], ignored: [lr, run_name]}
scorecards:
- name: a
  experiments: ["a*"]
  metrics: {cost: {group: g, threshold: "< 1", weight: 1}}
- name: none
  experiments: ["zzz"]
  metrics: {cost: {group: g, threshold: "< 1", weight: 1}}
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three configurations by the shipped rules: of four seeds that count and a failed one, of two, and of none."""
    made = Store.sqlite(tmp_path_factory.mktemp("store") / "mlflow.db")
    for seed in range(5):
        status = "FAILED" if seed == 4 else "FINISHED"
        made.run("a-digits", params={"lr": 1, "seed": seed}, metrics={"cost": seed - 1.0, "x": 0.0}, status=status)
    for seed in range(2):
        made.run("b", params={"lr": 2, "seed": seed, "fold": 1}, metrics={"cost": 3.0 + seed})
    made.run("b", params={"lr": 3, "seed": 0, "fold": 1}, status="FAILED")
    return made


def counted(store: Store, folder: Path, text: str) -> dict[str, Note]:
    file = folder / "own.yaml"
    file.write_text(text, encoding="utf-8")
    data = folder / "data"
    work = looked_at(store, data, load(file))
    settings = configuration.read({}, tracking_uri=store.uri, data=data, policy=file)
    looked = Workspace(settings, work.policy, work.snapshot)
    decided, found = consequences(looked)
    assert decided == reach(looked)
    return found


def test_each_rule_of_the_teams_is_judged_by_both_values(store: Store, tmp_path: Path) -> None:
    alone = "statistics: {minimum_runs: 5}\nparams: {ignored: [run_name, lr, seed]}\n"
    found = counted(store, tmp_path, alone)
    assert {path: said(one) for path, one in found.items()} == {
        "statistics.minimum_runs": ("2 of 2 configurations have too few replicates; 1 as shipped."),
        "params.ignored": "8 runs are 2 configurations; 3 as shipped.",
    }


def test_seeds_scores_and_cards_are_counted(store: Store, tmp_path: Path) -> None:
    found = counted(store, tmp_path, OWN)
    assert {path: said(one) for path, one in found.items() if path != "statistics.minimum_runs"} == {
        "params.seed": "8 runs are 7 configurations; 2 as shipped.",
        "params.ignored": "8 runs are 7 configurations; 8 as shipped.",
        "metrics.cost.unknown": "Scores left out as not known: 2.",
        "metrics.*nobody*.unknown": "Scores left out as not known: 0.",
        "scorecards.a.experiments": "Judges 1 experiment, as shipped guide; no card now: 1 experiment.",
        "scorecards.none.experiments": "Judges no experiment in the store; no card now: 1 experiment.",
    }


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "statistics: {level: 0.9, correction: none}",
            {
                "statistics.level": "Intervals are of 90 %; 95 % as shipped: they are narrower, and more differences "
                "count as shown.",
                "statistics.correction": "The p of several metrics or candidates is not corrected (none), as shipped it "
                "is (holm): more differences count as shown, some of them by chance.",
            },
        ),
        (
            "statistics: {level: 0.995, correction: holm}",
            {
                "statistics.level": "Intervals are of 99.5 %; 95 % as shipped: they are wider, and fewer differences "
                "count as shown."
            },
        ),
    ],
)
def test_what_changes_every_comparison_is_told(
    store: Store, tmp_path: Path, text: str, sentences: dict[str, str]
) -> None:
    assert {path: said(one) for path, one in counted(store, tmp_path, text).items()} == sentences


def test_an_empty_list_of_cards_leaves_all_without_one(store: Store, tmp_path: Path) -> None:
    found = counted(store, tmp_path, "scorecards: []")
    assert said(found["scorecards"]) == "Replaces the shipped scorecards; no card now: 2 experiments."


@pytest.mark.parametrize("text", ["", "statistics: {minimum_runs: 3}\n"])
def test_what_is_shipped_or_as_shipped_has_no_effect(store: Store, tmp_path: Path, text: str) -> None:
    assert counted(store, tmp_path, text) == {}
