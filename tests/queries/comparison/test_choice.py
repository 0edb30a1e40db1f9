"""What a candidate was picked from: all configurations of its experiment, on the page or not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assay.analysis.planning import optimism
from assay.model.comparison.answer import Comparison
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Question
from assay.model.metric import Direction
from assay.queries.comparison.answer import compare
from assay.view.objects.comparison import comparison
from assay.workspace import Workspace
from scored import Scored

Ask = Callable[..., Comparison]
BEST, BASE, OTHER = (f"params.lr = '{k}'" for k in ("k9", "k0", "k5"))


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Scored:
    """Ten configurations of five seeds, best `k9`; another experiment with one that is better still."""
    store, rng = Scored(tmp_path_factory.mktemp("searched")), np.random.default_rng(4)
    for k in range(10):
        for seed in range(5):
            score = 0.8 + 0.01 * k + 0.002 * float(rng.normal())
            store.run(
                "search", params={"lr": f"k{k}", "seed": str(seed)}, metrics={"accuracy": score, "loss": 1 - score}
            )
    store.run("elsewhere", params={"lr": "other", "seed": "0"}, metrics={"accuracy": 0.99})
    return store


@pytest.fixture
def ask(searched: Scored, work_of: Callable[[Scored], Workspace]) -> Ask:
    work = work_of(searched)

    def asked(*metrics: str, candidate: str = BEST, **more: Any) -> Comparison:
        return compare(work, Question(metrics or ("accuracy",), BASE, (candidate,), **more))

    return asked


def test_the_best_of_ten_says_so_though_eight_are_not_on_the_page(ask: Ask) -> None:
    found = ask()
    chosen = found.first.candidates[0].chosen_from
    assert chosen is not None
    assert (chosen.configurations, chosen.replicates) == (10, 5)
    assert chosen.luck == pytest.approx(optimism(10, 5))
    stds = [side.std or 0.0 for side in found.first.sides]
    assert chosen.excess == pytest.approx(chosen.luck * 0.002, rel=0.3)
    assert min(stds) > 0
    [said] = [one for one in found.first.notes if one.code is Says.BEST_OF_CONFIGURATIONS]
    assert said["configurations"] == 10
    assert comparison(found)["selected_from"]["configurations"] == 10


def test_neither_a_second_best_nor_a_lost_direction_is_the_best(ask: Ask) -> None:
    assert ask(candidate=OTHER).first.candidates[0].chosen_from is None
    assert ask(direction=Direction.MINIMIZE).first.candidates[0].chosen_from is None
    assert comparison(ask(candidate=OTHER))["selected_from"] is None


def test_every_metric_has_a_field_of_its_own(ask: Ask) -> None:
    both = ask("accuracy", "loss")
    fields = [one.candidates[0].chosen_from for one in both.metrics]
    assert [field.configurations for field in fields if field] == [10, 10]


def test_a_side_of_several_configurations_was_not_picked(ask: Ask) -> None:
    assert ask(candidate="params.lr LIKE 'k%'").first.candidates[0].chosen_from is None
