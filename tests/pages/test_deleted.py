"""What was deleted in MLflow, on every page that a link leads to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from mlflow.entities import Metric
from streamlit.testing.v1 import AppTest

from assay import settings as configuration
from looking import synced
from stores import Store

COMPARE = str(configuration.ROOT / "pages" / "compare.py")
A, B = "params.model = 'a'", "params.model = 'b'"

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A deleted experiment of two configurations and eight scores, logged step by step, beside one that is there."""
    store = Store.sqlite(tmp_path_factory.mktemp("gone") / "mlflow.db")
    store.run("there", params={"model": "a"}, metrics={"accuracy": 0.5})
    for model in "ab":
        for run_id in store.configuration("gone", {"model": model}, "loss", dict(enumerate([0.5, 0.6, 0.7, 0.8]))):
            steps = [Metric("loss", 0.5 / step, 1_700_000_000_000 + step, step) for step in range(1, 5)]
            store.client.log_batch(run_id, metrics=steps)
    store.client.delete_experiment(store.experiment("gone"))
    return store


@pytest.fixture(scope="module")
def folder(gone: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synced(gone, tmp_path_factory.mktemp("deleted"))


@pytest.fixture
def look(open_app: Open, gone: Store, folder: Path) -> Open:
    return lambda page="", **query: open_app(page, uri=gone.uri, folder=folder, query=query)


def run_ids(gone: Store) -> list[str]:
    experiment = gone.client.get_experiment_by_name("gone")
    assert experiment is not None
    return [run.info.run_id for run in gone.client.search_runs([experiment.experiment_id], run_view_type=3)]


def test_the_page_of_a_deleted_run_is_whole(look: Open, gone: Store) -> None:
    app = look(run=run_ids(gone)[0])
    assert not app.exception
    assert not app.error
    assert "Curves of this configuration" in [link.value for link in app.page_link]
    assert "Same configuration" in [s.value for s in app.subheader]


def test_two_ticked_rows_keep_the_foot_of_the_list_which_offers_no_search(look: Open, gone: Store) -> None:
    ids = run_ids(gone)
    app = look(**{"in": "gone", "deleted": "true", "rows": "runs", "tick": ids[:2]})
    assert not app.error
    assert "Curves" in [link.value for link in app.page_link]
    assert "Search at a glance" not in [link.value for link in app.page_link]
    assert any("Shift+Space" in c.value for c in app.caption)


def test_compare_and_curves_take_deleted_runs_where_the_link_says_so(look: Open) -> None:
    sides = {"experiment": "gone", "baseline": A, "candidate": B, "with-deleted": "true"}
    compared = look(COMPARE, metric="loss", **sides)
    assert not compared.error
    assert "`b`" in compared.header[0].value
    assert "gone" in compared.selectbox(key="experiment").options
    assert compared.selectbox(key="baseline").options
    drawn = look(COMPARE, curve="loss", **sides)
    assert not drawn.error
    assert drawn.title[0].value == "Curves"
    assert drawn.subheader[0].value == "`loss` over steps"
    assert look(COMPARE, **(sides | {"with-deleted": "false"})).error
