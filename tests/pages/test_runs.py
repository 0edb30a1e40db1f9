"""The list of runs, as a reviewer meets it."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from looking import synced
from scored import Scored
from stores import Store

Open = Callable[..., AppTest]


def words(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.markdown, app.caption, app.header) for e in kind)


def test_configurations_come_first_with_mean_std_and_n(open_app: Open) -> None:
    app = open_app(query={"in": "digits"})
    assert not app.exception
    frame = app.dataframe[0].value
    svc = frame[frame["label"].str.contains("svc")].iloc[0]
    assert (svc["n"], svc["n:accuracy"]) == (6, 5)
    assert round(svc["mean:accuracy"], 2) == 95.32
    assert "3 configurations" in app.header[0].value


def test_everything_that_is_in_no_mean_is_counted_in_sight(open_app: Open) -> None:
    said = words(open_app(query={"in": "digits"}))
    assert "1 exact copy of another run" in said
    assert "1 failed" in said
    assert "1 running" in said
    assert "NaN or infinite" in said


def test_runs_one_by_one_say_why_they_are_left_out(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "rows": "runs"})
    frame = app.dataframe[0].value
    assert len(frame) == 21
    assert set(frame["why"]) >= {"", "failed", "running"}


def test_a_filter_narrows_the_list_and_says_what_it_hides(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "where": "params.model = 'svc'"})
    assert len(app.dataframe[0].value) == 1
    assert "Hidden by the filter: 10 runs" in words(app)


def test_a_filter_that_cannot_be_read_is_explained_below_the_inputs(open_app: Open) -> None:
    app = open_app(query={"where": "accuracy > 0.9"})
    assert not app.exception
    assert len(app.error) == 1
    assert app.text_input(key="where").value == "accuracy > 0.9"


def test_a_filter_that_finds_nothing_says_what_to_do(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "where": "params.model = 'nobody'"})
    assert "it hides 21 runs" in app.info[0].value


def test_an_unknown_experiment_in_a_link_is_named(open_app: Open) -> None:
    app = open_app(query={"in": "digit"})
    assert "digits" in app.error[0].value


def test_an_unknown_view_in_a_link_is_said_and_not_silently_replaced(open_app: Open) -> None:
    app = open_app(query={"rows": "trees"})
    assert "`trees`" in app.warning[0].value


def test_a_column_nobody_logged_is_named(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "metrics": "acuracy"})
    assert "accuracy" in app.error[0].value


def test_columns_and_groups_come_from_the_link(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "metrics": ["loss", "accuracy"], "by": "C"})
    frame = app.dataframe[0].value
    assert list(frame.filter(like="mean:")) == ["mean:loss", "mean:accuracy"]
    assert len(frame) == 1


def test_korean_names_are_shown(open_app: Open) -> None:
    app = open_app(query={"in": "한국어 실험", "rows": "runs", "params": "모델"})
    assert app.dataframe[0].value["label"].tolist() == ["첫 실행"]
    assert app.dataframe[0].value["param:모델"].tolist() == ["트리"]


def test_new_and_failed_runs_of_the_last_day_are_news(open_app: Open) -> None:
    said = words(open_app())
    assert "New since yesterday" in said
    assert "1 failed" in said


def test_an_empty_store_says_how_runs_appear(open_app: Open, tmp_path: Path) -> None:
    empty = Scored(tmp_path / "store")
    synced(empty, tmp_path / "data")
    app = open_app(uri=empty.uri, folder=tmp_path / "data")
    assert not app.exception
    assert "No run here yet" in app.info[0].value


def test_what_a_link_ticks_is_ticked_and_a_run_stands_for_its_configuration(open_app: Open, digits: Store) -> None:
    experiment = digits.client.get_experiment_by_name("digits")
    assert experiment is not None
    runs = digits.client.search_runs([experiment.experiment_id], "params.model = 'ridge' and params.seed = '123'")
    app = open_app(query={"in": "digits", "tick": [runs[0].info.run_id, "0123"]})
    assert any("Open a run" in link.value for link in app.page_link)
    assert any("Not in this list: 1 ticked row." in caption.value for caption in app.caption)


def test_a_word_in_a_link_that_the_page_does_not_know_is_said(open_app: Open) -> None:
    app = open_app(query={"in": "digits", "filter": "params.model = 'svc'"})
    assert "holds `filter`, which this page does not know" in app.warning[0].value


def test_names_leave_out_the_param_that_all_have_in_common(open_app: Open) -> None:
    frame = open_app(query={"in": "digits"}).dataframe[0].value
    assert sorted(frame["label"]) == ["logreg", "ridge", "svc"]


def test_a_store_of_deleted_runs_says_so_and_one_click_shows_them(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    runs = [store.run(name, params={"a": seed}, metrics={"m": 0.5}) for name in ("gone", "emptied") for seed in "12"]
    store.client.delete_experiment(store.experiment("gone"))
    for run_id in runs[2:]:
        store.client.delete_run(run_id)
    data = tmp_path / "data"
    synced(store, data)

    app = open_app(uri=store.uri, folder=data)
    assert "deleted in MLflow: 4 runs" in app.info[0].value
    assert not app.dataframe
    app.button[0].click().run()
    assert not app.info
    assert len(app.dataframe[0].value) == 4

    for name in ("gone", "emptied"):
        app = open_app(uri=store.uri, folder=data, query={"in": name, "rows": "runs"})
        assert not app.error
        assert "deleted in MLflow: 2 runs" in app.info[0].value
        app = open_app(uri=store.uri, folder=data, query={"in": name, "rows": "runs", "deleted": "true"})
        assert len(app.dataframe[0].value) == 2


def test_the_same_test_data_are_claimed_of_every_run_or_of_none(open_app: Open, tmp_path: Path) -> None:
    store, data = Store.sqlite(tmp_path / "store" / "mlflow.db"), tmp_path / "data"
    for model in ("a", "b"):
        for seed, run_id in enumerate(store.configuration("mixed", {"model": model}, "accuracy", [0.5, 0.6, 0.7])):
            store.tested(run_id, "aaaa" if seed == 2 else f"bbb{seed}")
        for run_id in store.configuration("alike", {"model": model}, "accuracy", [0.5, 0.6]):
            store.tested(run_id, "aaaa")
    store.run("alike", params={"model": "a", "seed": 9}, metrics={"accuracy": 0.1}, status="FAILED")
    synced(store, data)
    mixed, alike = (open_app(uri=store.uri, folder=data, query={"in": name}) for name in ("mixed", "alike"))
    assert "same test data" not in words(mixed)
    assert mixed.dataframe[0].value["data"].tolist() == ["3 sets", "3 sets"]
    assert "All on the same test data as far as MLflow looks: `digits aaaa`." in words(alike)
    assert "data" not in alike.dataframe[0].value


def test_a_link_from_a_run_empties_every_input_in_the_browser_too(open_app: Open) -> None:
    """The run's page may not have come to its end, and then the browser still holds what the list held before it."""
    app = open_app(query={"in": "digits"})
    held = {
        "find": "svc",
        "where": "params.model = 'svc'",
        "best": "accuracy, highest",
        "rows": "runs",
        "deleted": True,
    }
    several = {"by": ["model"], "metrics": ["accuracy"], "params": ["model"], "ignore": ["C"]}
    for key, value in {**held, **several, "looked-at-run": True}.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception
    kinds = (app.text_input, app.selectbox, app.multiselect, app.toggle, app.radio)
    inputs = {one.key: one for kind in kinds for one in kind}
    left = {key: inputs[key] for key in (*held, *several)}
    assert {key: one.value or None for key, one in left.items()} == dict.fromkeys(left) | {"rows": "configurations"}
    assert all(one.proto.set_value for one in left.values())
    assert inputs["in"].value == "digits"
