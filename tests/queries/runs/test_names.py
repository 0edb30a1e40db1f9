"""What configurations are called, asked of real runs."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from assay.model.comparison.question import Question
from assay.model.runs.listing import Listing, ListQuestion
from assay.queries.comparison.answer import compare
from assay.queries.runs.listing import listing
from assay.queries.runs.names import alone, leads
from assay.workspace import Workspace
from stores import Store


@pytest.fixture
def models(tmp_path: Path, work_of: Callable[[Store], Workspace]) -> Workspace:
    """Two models, one with three rates of which one comes with another momentum; all log a constant."""
    store = Store.sqlite(tmp_path / "mlflow.db")
    for params in (
        {"model": "forest", "trees": 100},
        {"model": "mlp", "learning_rate_init": 0.003, "momentum": 0.9},
        {"model": "mlp", "learning_rate_init": 0.0003, "momentum": 0.9},
        {"model": "mlp", "learning_rate_init": 0.03, "momentum": 0.5},
    ):
        for seed in range(3):
            store.run("e", params={**params, "scaling": "on", "seed": seed}, metrics={"accuracy": 0.9 + seed / 1e3})
    return work_of(store)


def called(found: Listing) -> dict[str, int]:
    return {name.text: name.more for name in found.rows["called"]}


def test_a_model_is_a_name_and_those_that_share_it_add_what_tells_them_apart(models: Workspace) -> None:
    assert called(listing(models, ListQuestion(("e",)))) == {
        "forest": 0,
        "mlp, learning_rate_init=0.003": 0,
        "mlp, learning_rate_init=0.0003": 0,
        "mlp, learning_rate_init=0.03": 1,
    }


def test_a_filter_changes_nobodys_name_and_a_comparison_uses_the_same(models: Workspace) -> None:
    filters = ("params.learning_rate_init = '0.03'", "params.learning_rate_init = '0.003'")
    names = [name for text in filters for name in called(listing(models, ListQuestion(filter=text)))]
    found = compare(models, Question(("accuracy",), filters[0], filters[1:]))
    assert names == list(found.labels) == ["mlp, learning_rate_init=0.03", "mlp, learning_rate_init=0.003"]


def test_a_difference_counts_the_params_that_no_name_tells(models: Workspace) -> None:
    base, *others = (f"params.learning_rate_init = '{rate}'" for rate in ("0.003", "0.0003", "0.03"))
    found = compare(models, Question(("accuracy",), base, (*others, "params.model = 'forest'")))
    assert [side.sample.unnamed for side in found.first.sides] == [0, 0, 1, 0]


def test_without_params_a_run_keeps_its_name_and_runs_of_one_name_their_id(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    store.run("alone", name="첫 실행", metrics={"accuracy": 0.5})
    first = store.run("e", name="same", params={"x": "1"}, metrics={"accuracy": 0.5})
    found = listing(work_of(store), ListQuestion())
    assert sorted(found.rows["name"]) == ["same", "첫 실행"]
    assert first


@pytest.mark.parametrize(
    ("param", "expected"),
    [
        ("model", True),
        ("z_model_name", True),
        ("model.type", True),
        ("agent", True),
        ("model_dim", False),
        ("name", False),
        ("C", False),
    ],
)
def test_params_that_say_what_is_trained_lead(param: str, expected: bool) -> None:
    assert leads(param) is expected


def test_a_model_that_is_blank_is_told_from_none_and_named_by_its_param() -> None:
    table = pd.DataFrame({"model": ["", None, "svc"]}, dtype=object)
    assert [name.text for name in alone(table)] == ["model=", "", "svc"]
