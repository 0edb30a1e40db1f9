"""The Ablation page without a browser: what it answers, what it asks for first, and its link."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import parted
from assay.settings import ROOT
from assay.view.text.escape import markdown
from looking import synced
from paged import link, table, words
from stores import Store

PAGE = str(ROOT / "pages" / "ablation.py")

Open = Callable[..., AppTest]
Query = Mapping[str, str | list[str]]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return parted.filled(tmp_path_factory.mktemp("ablating"))


@pytest.fixture(scope="module")
def folder(held: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(held, tmp_path_factory.mktemp("ablating-data"))


@pytest.fixture
def look(open_app: Open, held: Store, folder: Path) -> Open:
    def looked(experiment: str = "parts", **query: str | list[str]) -> AppTest:
        given: Query = {"ablated-in": experiment} if experiment else {}
        more = {f"ablated-{name}": value for name, value in query.items()}
        return open_app(PAGE, uri=held.uri, folder=folder, query={**given, **more})

    return looked


def texts(app: AppTest) -> list[str]:
    return [one.value for kind in (app.header, app.subheader, app.markdown, app.caption) for one in kind]


def popovers(app: AppTest) -> list[str]:
    return [one.proto.popover.label for one in app.get("popover")]


def test_all_components_that_are_on_and_off_are_taken_apart_unasked(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.header[0].value == (
        ":blue[◆] `scaling` is critical: `accuracy` loses 12.6 points without it. "
        "`pca` can go, for it only stands in for `scaling`."
    )
    said = words(app)
    assert "34.8 points without both: they are substitutes" in said
    assert "picked from 7" in said
    assert "Left out of every mean: 1 failed." in said
    assert "Shapley shares 24.7 + 9.7 + 1.1 = 35.6 points" in said
    assert "Why `pca` has a share of 9.7 and can still go:" in said
    assert popovers(app)[:2] == ["Full: all on", "Critical > 5, removable < 1"]


def test_the_plans_hypothesis_stands_above_the_answer_letter_by_letter_and_its_question_beside_the_arm(
    look: Open,
) -> None:
    app = look()
    assert ":gray[The plan's hypothesis]  \nScaling carries it \\*all\\*\\." in [one.value for one in app.markdown]
    asked = table(app, "question").set_index("arm")["question"].to_dict()
    assert asked["− pca"] == "Is pca needed?"


def test_the_strongest_pair_is_drawn_until_another_is_chosen(look: Open) -> None:
    app = look()
    assert app.radio[0].value == "pca × scaling"
    other = look(pair="augmentation × pca")
    assert other.radio[0].value == "augmentation × pca"
    assert link(other)["ablated-pair"] == ["augmentation × pca"]


def test_the_order_of_the_components_is_the_readers(look: Open) -> None:
    app = look(components=[*parted.PARTS])
    assert [name for name in map(str, table(app, "arm")) if name.startswith("factor:")] == [
        f"factor:{name}" for name in parted.PARTS
    ]
    assert "scaling × pca" in table(app, "effect")["components"].tolist()


def test_the_copied_link_names_every_choice_those_too_that_the_page_made(look: Open) -> None:
    assert link(look()) == {
        "ablated-in": ["parts"],
        "ablated-metric": ["accuracy"],
        "ablated-components": ["augmentation", "pca", "scaling"],
        "ablated-direction": ["maximize"],
        "ablated-pair": ["pca × scaling"],
    }
    full = "params.scaling = 'on' and params.pca = 'on' and params.augmentation = 'on'"
    without = "no pca=params.scaling = 'on' and params.pca = 'off' and params.augmentation = 'on'"
    given = link(look(full=full, without=without, where="params.seed != '42'", ignore="augmentation"))
    assert given["ablated-full"] == [full]
    assert given["ablated-without"] == [without]
    assert given["ablated-where"] == ["params.seed != '42'"]
    assert given["ablated-ignore"] == ["augmentation"]
    assert "ablated-components" not in given


def test_every_arm_leads_to_compare_with_the_full_system_as_baseline(look: Open) -> None:
    app = look(where="params.seed != '42'")
    assert app.button(key="to-compare").disabled
    key = next(key for key in (one.key or "" for one in app.dataframe) if key.startswith("arms-"))
    app.session_state[key] = {"selection": {"rows": [0, 2], "columns": [], "cells": []}}
    app.run()
    button = app.button(key="to-compare")
    assert (button.label, button.disabled) == ("Compare 1 arm with full", False)
    button.click().run()
    assert app.title[0].value == "Compare"
    assert not app.error
    candidate = app.query_params["candidate"]
    assert "params.pca = 'off'" in candidate
    assert candidate.endswith("and params.seed != '42'")
    assert "pca=off" in words(app)


def test_the_smallest_system_is_a_click_away_from_its_comparison(look: Open) -> None:
    app = look()
    app.button(key="smallest").click().run()
    assert app.title[0].value == "Compare"
    assert not app.error


def test_components_are_told_by_filters_where_no_param_tells(look: Open) -> None:
    on = "params.scaling = 'on' and params.augmentation = 'on' and"
    app = look(full=f"{on} params.pca = 'on'", without=f"the reduction={on} params.pca = 'off'")
    assert not app.exception
    assert app.header[0].value.startswith(":gray[■] `the reduction` can go")
    assert "One component has no other to interact with." in words(app)
    assert popovers(app)[0] == "1 component by filters"


def test_which_level_is_on_is_asked_before_anything_is_refused(look: Open) -> None:
    app = look("sizes", components="model")
    assert app.header[0].value == "Which level does the full system have?"
    assert not app.error
    [large] = [one for one in app.button if one.label == "large"]
    app = large.click().run()
    assert app.header[0].value.startswith(":blue[◆] `model` is critical: `accuracy` loses 10.0")
    assert app.multiselect(key="ablated-on").value == ["model=large"]
    turned = look("sizes", components="model", on="model=small")
    assert popovers(turned)[0] == "Full: model\\=small"
    assert "hurts" in words(turned)
    assert not look("sizes", components="model", full="params.model = 'large'").error


def test_params_of_two_levels_are_offered_where_none_is_on_and_off(look: Open) -> None:
    app = look("sizes")
    assert app.header[0].value == "Choose components"
    [offered] = [one for one in app.button if one.label.startswith("model")]
    assert offered.label == "model: large or small"
    assert offered.click().run().header[0].value == "Which level does the full system have?"


@pytest.mark.parametrize(
    ("experiment", "title", "said"),
    [
        ("", "Choose an experiment", "takes the system of one experiment apart"),
        ("bare", "No component here", "this logs them"),
        ("silent", "No metric is logged", "nothing to lose"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(look: Open, experiment: str, title: str, said: str) -> None:
    app = look(experiment)
    assert not app.exception
    assert not app.error
    assert app.header[0].value == title
    assert said in words(app)


def test_a_filter_that_leaves_no_component_is_named_as_the_reason(look: Open) -> None:
    app = look(where="params.seed = 'x'")
    assert app.header[0].value == "No component here"
    assert "No param of the runs that the filter finds has two levels where they finished." in words(app)


def test_an_experiment_is_chosen_by_a_click(look: Open) -> None:
    app = look("")
    [parts] = [one for one in app.button if one.label == "parts"]
    assert parts.click().run().header[0].value.startswith(":blue[◆] `scaling` is critical")


def test_one_seed_and_one_arm_still_have_an_answer(look: Open) -> None:
    app = look("once")
    assert not app.exception
    assert not app.error
    assert app.header[0].value
    assert len(table(app, "arm")) == 2


def test_names_that_want_to_act_are_shown_letter_by_letter(look: Open) -> None:
    app = look("odd", components=[parted.HOSTILE, parted.KOREAN])
    assert not app.exception
    assert not app.error
    shown = [re.sub(r"`[^`]*`", "", text) for text in texts(app)]
    assert not [
        text for text in shown if "[click](" in text or ":red:" in text or "http:" in text or " www.evil" in text
    ]
    assert markdown(parted.HOSTILE) in words(app)
    assert f"factor:{parted.KOREAN}" in table(app, "arm")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"metric": "loss"}, "loss"),
        ({"components": ["scaling", "pca", "nothing"]}, "nothing"),
        ({"components": "scaling", "without": "pca=params.pca = 'off'"}, "Components"),
        ({"without": "pca=params.pca = 'off'"}, "full"),
        ({"without": "pca", "full": "params.pca = 'on'"}, "NAME\\=F"),
        ({"on": "pca"}, "PARAM\\=LEVEL"),
        ({"on": "pca=perhaps"}, "perhaps"),
        ({"full": "pca = on"}, "pca"),
        ({"where": "accuracy > 0.9"}, "accuracy"),
        ({"where": "params.scaling = 'on'", "components": "scaling"}, "scaling"),
        ({"direction": "sideways"}, "sideways"),
        ({"ignore": "nothing"}, "nothing"),
    ],
)
def test_what_cannot_be_asked_gets_a_sentence_and_every_input_stays(look: Open, query: Query, said: str) -> None:
    app = look(**query)
    assert not app.exception
    assert said in app.error[0].value
    assert not app.dataframe
    assert {"ablated-where", "ablated-full"} <= {one.key for one in app.text_input}
    assert {"ablated-components", "ablated-on", "ablated-without"} <= {one.key for one in app.multiselect}


def test_an_unknown_experiment_gets_a_sentence(look: Open) -> None:
    assert "nowhere" in look("nowhere").error[0].value


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"pair": "scaling × soup"}, "The link asks for the pair `scaling × soup`, which is none of these"),
        ({"deleted": "perhaps"}, "`ablated-deleted` = `perhaps`, which there isn't; shown is `false`"),
        ({"colour": "red"}, "The link holds `ablated-colour`, which this page does not know"),
    ],
)
def test_what_a_link_asks_for_and_there_is_not_is_said(look: Open, query: Query, said: str) -> None:
    app = look(**query)
    assert not app.exception
    assert any(said in one.value for one in app.warning), [one.value for one in app.warning]
    assert app.header[0].value.startswith(":blue[◆] `scaling` is critical")


def test_everything_can_be_taken_along(look: Open) -> None:
    app = look()
    app.session_state["take"] = True
    app.run()
    assert not app.exception
    tables = ["Arms of the ablation", "What each adds", "What can go", "What they do together"]
    assert app.selectbox(key="take-table").options == tables
    app.selectbox(key="take-table").select("What can go").run()
    assert any("scaling and pca" in one.value or "pca and scaling" in one.value for one in app.code)
