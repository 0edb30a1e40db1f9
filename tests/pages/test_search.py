"""A search at a glance, as a reviewer meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from looking import synced
from stores import Store

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def folder(searches: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(searches, tmp_path_factory.mktemp("search"))


@pytest.fixture
def look(open_app: Open, searches: Store, folder: Path) -> Open:
    return lambda **query: open_app(
        uri=searches.uri, folder=folder, query={"search": "accuracy", "in": "search", **query}
    )


def words(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.header, app.markdown, app.caption, app.subheader) for e in kind)


def test_the_answer_comes_first_and_everything_else_is_counted(look: Open) -> None:
    app = look()
    assert not app.exception
    assert app.title[0].value == "Search"
    assert "The winner is not clear:" in app.header[0].value
    assert "of 61 trials, the best among them, lie within the noise." in app.header[0].value
    said = words(app)
    assert "`learning_rate` decides most" in said
    assert "Without a finite `accuracy`: 3 configurations. Runs in no mean: 1 failed." in said
    assert "Best of 61 by luck alone" in said
    assert len(app.get("plotly_chart")) == 7


def test_the_params_in_the_link_are_those_that_are_shown(look: Open) -> None:
    app = look(vary=["booster", "drop_rate"])
    assert len(app.get("plotly_chart")) == 3
    assert app.multiselect(key="vary").value == ["booster", "drop_rate"]


def test_the_command_names_the_best_by_their_params(look: Open) -> None:
    command = next(one.value for one in look().code if one.value.startswith("assay compare"))
    assert "--experiment search --metric accuracy --baseline" in command
    assert command.count("--candidate") == 4


def test_a_filter_narrows_and_a_button_takes_it_away(look: Open) -> None:
    app = look(where="params.booster = 'dart'")
    assert "Hidden by the filter" in words(app)
    next(one for one in app.button if one.label == "Show all trials again").click().run()
    assert app.text_input(key="where").value == ""
    assert "of 61 trials" in app.header[0].value


def test_an_unknown_noise_is_said(look: Open) -> None:
    app = look(**{"in": "unknown"})
    assert "whether that is luck can't be told here" in app.header[0].value


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"in": "serch"}, "search"),
        ({"search": "acuracy"}, "accuracy"),
        ({"vary": "learning"}, "rate"),
        ({"where": "params.booster > 1"}, "="),
        ({"better": "sideways"}, "higher"),
    ],
)
def test_what_a_link_asks_for_that_is_not_there_is_said(look: Open, query: dict[str, str], said: str) -> None:
    app = look(**query)
    assert not app.exception
    assert said in app.error[0].value


def test_without_an_experiment_one_has_to_be_chosen(open_app: Open, searches: Store, folder: Path) -> None:
    app = open_app(uri=searches.uri, folder=folder, query={"search": "accuracy"})
    assert "choose which" in app.error[0].value


def test_a_word_that_the_page_does_not_know_is_said(look: Open) -> None:
    assert "`params`" in look(params="booster").warning[0].value


def test_nothing_with_a_score_is_said(look: Open) -> None:
    app = look(where="params.learning_rate = '0.7'")
    assert not app.exception
    assert "No configuration here has a finite `accuracy`" in app.info[0].value


def test_runs_offers_it_for_one_experiment_that_searched(open_app: Open, searches: Store, folder: Path) -> None:
    def offered(**query: str) -> bool:
        app = open_app(uri=searches.uri, folder=folder, query=query)
        return any(link.value == "Search at a glance" for link in app.page_link)

    assert offered(**{"in": "search"})
    assert offered(**{"in": "search", "rows": "runs"})
    assert not offered()
    assert not offered(**{"in": "digits"})


def test_experiments_of_one_name_are_chosen_by_their_id(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
    mlruns, data = tmp_path / "mlruns", tmp_path / "data"
    store = Store(mlruns.as_uri())
    for name in ("dup", "twin"):
        for trial in range(8):
            store.run(name, params={"lr": trial, "of": name}, metrics={"accuracy": trial / 10})
    twin = store.experiment("twin")
    meta = mlruns / twin / "meta.yaml"
    meta.write_text(meta.read_text().replace("name: twin", "name: dup"))
    synced(store, data)
    for narrowed in ({}, {"where": "params.of = 'twin'"}):
        both = open_app(uri=store.uri, folder=data, query={"search": "accuracy", "in": "dup", **narrowed})
        assert "choose which" in both.error[0].value
        assert twin in both.selectbox(key="in").options
    one = open_app(uri=store.uri, folder=data, query={"search": "accuracy", "in": twin})
    assert "Best of 8 trials" in one.header[0].value
    listed = open_app(uri=store.uri, folder=data, query={"in": "dup", "where": "params.of = 'twin'"})
    [link] = [link for link in listed.page_link if link.value == "Search at a glance"]
    assert f"in={twin}" in link.proto.query_string
