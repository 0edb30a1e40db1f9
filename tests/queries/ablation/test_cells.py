"""Which cells a design has, what belongs to a factor, and what makes a cell two."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import SelectionError
from assay.model.ablation.answer import Component
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.question import Question
from assay.queries.comparison.answer import compare
from assay.workspace import Workspace
from factored import FACTORS, arm, ask, cells, log
from noted import of, only
from stores import Store

WorkOf = Callable[[Store], Workspace]
THREE = [0.9, 0.91, 0.89]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.sqlite(tmp_path / "mlflow.db")


def test_params_that_follow_from_a_factor_belong_to_it(store: Store, work_of: WorkOf) -> None:
    for on in cells(("pca", "lora")):
        params = {"pca_components": 20} if "pca" in on else {}
        log(store, "e", on, THREE, factors=("pca", "lora"), params={**params, "lr": 1 if "lora" in on else 2})
    found = ask(work_of(store), "e", "pca", "lora")
    assert found.components == (
        Component("pca", "on", "off", (("pca_components", "20", None),)),
        Component("lora", "on", "off", (("lr", "1", "2"),)),
    )
    # What is there on both sides may be what makes the difference.
    assert of(only(found.notes, Says.FOLLOWS), Says.FOLLOWS) == {
        "param": "lr", "component": "lora", "on": "1", "off": "2",
    }  # fmt: skip


def test_a_param_that_changes_with_several_components_is_named(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a", "b")):
        log(store, "e", on, THREE, factors=("a", "b"), params={"lr": len(on)})
    found = ask(work_of(store), "e", "a", "b")
    assert of(only(found.notes, Says.CHANGES_BESIDE), Says.CHANGES_BESIDE) == {"params": ("lr",)}


def test_a_param_that_varies_inside_a_cell_is_refused_until_it_is_filtered(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        for lr in (1, 2):
            log(store, "e", on, THREE, factors=("a",), params={"lr": lr})
    with pytest.raises(SelectionError) as refusal:
        ask(work_of(store), "e", "a")
    said = of(refusal.value.note, Says.TWO_CONFIGURATIONS)
    assert (said["param"], set(said["values"])) == ("lr", {"1", "2"})
    assert said["filter"] in {"params.lr = '1'", "params.lr = '2'"}
    for narrowed in ({"within": said["filter"]}, {"ignore": ("lr",)}):
        assert ask(work_of(store), "e", "a", **narrowed).full.side.value == pytest.approx(0.9)


def test_a_run_that_failed_makes_no_cell_two(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        log(store, "e", on, THREE, factors=("a",), params={"lr": 1})
    log(store, "e", ("a",), THREE, factors=("a",), params={"lr": 2}, status="FAILED")
    assert ask(work_of(store), "e", "a").full.side.replicates == 3


def test_what_is_logged_when_it_is_on_is_off_where_it_is_not_logged(store: Store, work_of: WorkOf) -> None:
    for a in (True, False):
        for b in (True, False):
            own = ({"a": "on"} if a else {}) | ({"b": "yes"} if b else {})
            log(store, "e", (), THREE, factors=(), params={**own, "model": "svc"})
    work = work_of(store)
    found = ask(work, "e", "a", "b")
    assert found.components == (Component("a", "on"), Component("b", "yes"))
    assert len(found.arms) == 4
    none = arm(found, "a", "b")
    assert none.filter == "params.a IS NULL and params.b IS NULL"
    compared = compare(work, Question(("accuracy",), found.full.filter, (none.filter,), ("e",)))
    assert [side.replicates for side in compared.first.sides] == [3, 3]


def test_runs_without_the_factors_stand_outside_and_are_counted(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        log(store, "e", on, THREE, factors=("a",))
    log(store, "e", (), THREE, factors=(), params={"model": "other"})
    log(store, "elsewhere", (), THREE, factors=(), params={"model": "other"})
    found = ask(work_of(store), "e", "a")
    assert of(only(found.notes, Says.RUNS_OUTSIDE), Says.RUNS_OUTSIDE) == {"n": 3, "params": ("a",)}


def test_the_experiment_that_logs_the_factors_is_found_and_two_are_refused(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        log(store, "e", on, THREE, factors=("a",))
    log(store, "elsewhere", (), THREE, factors=(), params={"model": "other"})
    assert ask(work_of(store), "e", "a").experiment == "e"
    for on in cells(("a",)):
        log(store, "f", on, THREE, factors=("a",))
    with pytest.raises(SelectionError) as refusal:
        ask(work_of(store), "e", "a", experiments=())
    assert of(refusal.value.note, Says.SEVERAL_EXPERIMENTS_HOLD) == {"names": ("e", "f")}


def test_names_and_levels_of_any_letters_find_their_runs(store: Store, work_of: WorkOf) -> None:
    names = ("a: b/c", "한글 요소")
    for on in cells(names):
        store.run("e", params={name: "on" if name in on else "of'f\"" for name in names[:2]} | {"seed": 1},
                  metrics={"accuracy": 0.9})  # fmt: skip
    found = ask(work_of(store), "e", *names[:2])
    assert [one.side.sample.label for one in found.arms[:1]] == ["a: b/c=on, 한글 요소=on"]
    none = arm(found, *names[:2])
    assert none.filter.startswith("run_id IN (")


@pytest.mark.parametrize(
    ("levels", "more", "code"),
    [
        (("on",), {}, Says.ONE_LEVEL),
        (("a", "b", "c"), {}, Says.MANY_LEVELS),
        (("large", "small"), {}, Says.WHICH_IS_ON),
        (("1", "true"), {}, Says.WHICH_IS_ON),
        (("large", "small"), {"on": (("model", "huge"),)}, Says.NO_SUCH_LEVEL),
        (("large", "small"), {"on": (("model", "large"), ("model", "small"))}, Says.ON_TWICE),
        (("large", "small"), {"full": "params.model = 'huge'"}, Says.FULL_FINDS_NOTHING),
        (("large", "small"), {"full": "params.model != 'huge'"}, Says.FULL_FINDS_SEVERAL),
    ],
)
def test_levels_that_make_no_design_are_refused_by_name(
    store: Store, work_of: WorkOf, levels: tuple[str, ...], more: dict[str, object], code: Says
) -> None:
    for level in levels:
        log(store, "e", (), THREE, factors=(), params={"model": level})
    with pytest.raises(SelectionError) as refusal:
        ask(work_of(store), "e", "model", **more)
    assert refusal.value.note.code is code
    assert dict(refusal.value.note.values).get("param", "model") == "model"


@pytest.mark.parametrize("more", [{"on": (("model", "large"),)}, {"full": "params.model = 'large'"}])
def test_the_reader_says_which_level_is_the_full_systems(
    store: Store, work_of: WorkOf, more: dict[str, object]
) -> None:
    for level in ("large", "small"):
        log(store, "e", (), THREE, factors=(), params={"model": level})
    assert ask(work_of(store), "e", "model", **more).components == (Component("model", "large", "small"),)


def test_deleted_runs_belong_to_a_cell_only_when_they_are_asked_for(store: Store, work_of: WorkOf) -> None:
    for on in cells(FACTORS[:1]):
        ids = log(store, "e", on, [0.9, 0.91, 0.89, 0.9], factors=FACTORS[:1])
        store.client.delete_run(ids[0])
    work = work_of(store)
    assert ask(work, "e", "scaling").full.side.replicates == 3
    assert ask(work, "e", "scaling", deleted=True).full.side.replicates == 4


def test_a_level_that_ends_in_a_backslash_is_found_by_the_filter_of_its_arm(store: Store, work_of: WorkOf) -> None:
    levels = {"root": ("C:\\data\\", "D:\\data\\"), "cache": ("on", "off")}
    for place, root in enumerate(levels["root"]):
        for cache in levels["cache"]:
            log(store, "e", (), [one - place / 10 for one in THREE], factors=(), params={"root": root, "cache": cache})
    work = work_of(store)
    for own in ask(work, "e", "root", "cache", on=(("root", levels["root"][0]),)).arms:
        again = compare(work, Question(("accuracy",), own.filter, (own.filter,), ("e",)))
        assert {*again.metrics[0].baseline.sample.run_ids} == {*own.side.sample.run_ids}


def test_an_empty_level_can_be_the_full_systems(store: Store, work_of: WorkOf) -> None:
    for level in ("", "crop"):
        log(store, "e", (), THREE, factors=(), params={"aug": level})
    work = work_of(store)
    with pytest.raises(SelectionError) as refusal:
        ask(work, "e", "aug")
    assert of(refusal.value.note, Says.WHICH_IS_ON)["levels"] == ("''", "crop")
    assert ask(work, "e", "aug", on=(("aug", None),)).components == (Component("aug", "", "crop"),)


def test_a_level_on_of_what_is_no_component_is_said_to_be_unused(store: Store, work_of: WorkOf) -> None:
    for on in cells(("a",)):
        log(store, "e", on, THREE, factors=("a",))
    found = ask(work_of(store), "e", "a", on=(("b", "large"),))
    assert of(only(found.notes, Says.ON_OF_NONE), Says.ON_OF_NONE) == {"params": ("b",)}


@pytest.mark.parametrize(("status", "n"), [("FAILED", 3), (None, 3), ("KILLED", 3)])
def test_runs_that_logged_the_factors_and_have_not_finished_are_counted(
    store: Store, work_of: WorkOf, status: str, n: int
) -> None:
    log(store, "e", ("a",), THREE, factors=("a", "b"), status=status)
    log(store, "e", ("a",), THREE, factors=("a",))
    with pytest.raises(SelectionError) as refusal:
        ask(work_of(store), "e", "a", "b")
    assert of(refusal.value.note, Says.NO_RUN_HOLDS) == {"params": ("a", "b"), "n": n}
