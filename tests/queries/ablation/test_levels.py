"""Which params could be factors, and which level says on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.model.ablation.question import FactorsQuestion, Offered
from assay.queries.ablation.levels import offered, said_on
from assay.workspace import Workspace
from factored import cells, log
from stores import Store


def test_params_of_two_levels_are_offered_those_that_say_on_first(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    store = Store.sqlite(tmp_path / "mlflow.db")
    for place, on in enumerate(cells(("b",))):
        params = {
            "model": "large" if on else "small",
            "lr": place,
            "C": 10**place,
            "same": 1,
            **({"lora": 8} if on else {}),
        }
        log(store, "e", on, [0.9, 0.91], factors=("b",), params=params)
    log(store, "e", (), [0.9], factors=("b",), params={"same": 2}, status="FAILED")
    log(store, "f", (), [0.9], factors=("c",))
    found = offered(work_of(store), FactorsQuestion(("e",)))
    assert {one.param: (one.levels, one.on, one.switch) for one in found} == {
        "b": (("off", "on"), "on", True), "lr": (("0", "1"), "1", True), "C": (("1", "10"), "1", False),
        "model": (("large", "small"), None, False), "lora": (("8", None), None, False),
    }  # fmt: skip
    assert [one.on is None for one in found] == [False, False, False, True, True]
    assert [one.switch for one in found] == [True, True, False, False, False]
    assert Offered("b", ("off", "on"), "on", switch=True) in offered(
        work_of(store), FactorsQuestion(("e",), "params.same = '1'")
    )


@pytest.mark.parametrize(
    ("levels", "on"),
    [
        (("False", "True"), "True"),
        (("no", "YES "), "YES "),
        (("0", "1"), "1"),
        (("disabled", "Enabled"), "Enabled"),
        (("on", "yes"), None),
        (("8", None), None),
        (("large", "small"), None),
    ],
)
def test_a_level_says_on_in_one_of_five_words(levels: tuple[str | None, ...], on: str | None) -> None:
    assert said_on(levels) == on
