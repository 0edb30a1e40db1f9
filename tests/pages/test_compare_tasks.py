"""A comparison over several tasks, as a reviewer meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assay.settings import ROOT
from claimed import claim
from looking import synced
from stores import Store
from tasked import A, B, C

Asked = Callable[..., AppTest]
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def folder(arcade: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(arcade, tmp_path_factory.mktemp("synced"))


@pytest.fixture
def ask(open_app: Open, arcade: Store, folder: Path) -> Asked:
    usual = {"experiment": "arcade", "metric": "score", "baseline": A, "candidate": B, "task": "env"}
    compare = str(ROOT / "pages" / "compare.py")
    return lambda **more: open_app(compare, uri=arcade.uri, folder=folder, query=usual | more)


def test_headline_badges_and_tables_speak_of_tasks(ask: Asked) -> None:
    app = ask(scale="minmax", steps="true")
    assert not app.exception
    assert app.header[0].value.startswith(":green[▲] `B` is better than `A`: interquartile mean normalised score is ")
    assert all(fact in claim(app) for fact in ("3 tasks", "9 runs each"))
    headings = [one.value for one in app.subheader]
    for heading in ("Over all tasks, with intervals", "Performance profiles", "Over steps", "Task by task"):
        assert heading in headings
    assert "Plan the next runs" not in headings
    assert app.dataframe[1].value["task"].tolist() == ["pong", "qbert", "race"]
    assert any("2 tasks are left out" in caption.value for caption in app.caption)


def test_scores_far_apart_are_not_called_better(ask: Asked) -> None:
    app = ask()
    assert app.header[0].value.startswith(":gray[≈] No difference shown")
    assert "too far apart to be averaged" in app.header[0].value
    assert any("choose a scale" in caption.value for caption in app.caption)


def test_the_link_keeps_task_scale_and_steps(ask: Asked) -> None:
    app = ask(scale="baseline", steps="true", candidate=[B, C])
    [link] = [block.value for block in app.code if "compare?" in block.value]
    assert all(part in link for part in ("task=env", "scale=baseline", "steps=true", "direction=maximize"))


def test_a_task_or_a_scale_that_there_is_not_is_said(ask: Asked) -> None:
    assert "There is no param 'enw'" in ask(task="enw").error[0].value.replace("\\", "")
    assert "There is no scale 'huge'" in ask(scale="huge").error[0].value.replace("\\", "")


def test_the_whole_result_and_the_tables_can_be_taken_along(ask: Asked) -> None:
    app = ask(scale="minmax")
    app.session_state["take"] = True
    app.run()
    assert not app.exception
    [table] = [one for one in app.selectbox if one.label == "Table"]
    assert table.options[:2] == ["Over all tasks", "Task by task"]


def test_sides_to_choose_from_are_not_split_by_task(ask: Asked) -> None:
    [baseline] = [one for one in ask().selectbox if one.label == "Baseline"]
    assert sorted(baseline.options) == [A, B, C]
