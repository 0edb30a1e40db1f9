"""One run's page."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from assay import evidence, sync
from assay import settings as configuration
from scored import Scored
from stores import Store

Open = Callable[..., AppTest]


def run_of(store: Store, condition: str) -> str:
    experiments = [e.experiment_id for e in store.client.search_experiments()]
    return str(store.client.search_runs(experiments, condition)[0].info.run_id)


def test_a_run_shows_what_it_logged_and_its_replicates(open_app: Open, digits: Store) -> None:
    run_id = run_of(digits, "params.model = 'svc' and params.seed = '123'")
    app = open_app(query={"run": run_id})
    assert not app.exception
    assert app.query_params["run"] == run_id
    metrics, params = app.dataframe[0].value, app.dataframe[1].value
    assert metrics["value"].tolist() == ["95.7 %"]
    assert dict(zip(params["key"], params["value"], strict=True))["seed"] == "123"
    assert any("8 of them count as replicates" in c.value for c in app.caption)
    assert any("not logged" in str(t.value) for t in app.table)
    assert any("evidence.log_scores(frame)" in c.value for c in app.code)


def test_an_unknown_run_gets_a_sentence_and_the_way_back(open_app: Open) -> None:
    app = open_app(query={"run": "0123456789abcdef"})
    assert not app.exception
    assert "0123456789abcdef" in app.error[0].value
    assert app.page_link[0].value == "All runs"


def test_a_diverged_run_shows_nan(open_app: Open, digits: Store) -> None:
    experiments = [e.experiment_id for e in digits.client.search_experiments()]
    runs = digits.client.search_runs(experiments)
    diverged = next(r for r in runs if str(r.data.metrics.get("accuracy")) == "nan")
    app = open_app(query={"run": diverged.info.run_id})
    assert app.dataframe[0].value["value"].tolist() == ["NaN"]
    assert any("No finite value" in i.value for i in app.info)


def test_a_korean_run_has_its_name(open_app: Open, digits: Store) -> None:
    app = open_app(query={"run": run_of(digits, "params.`모델` = '트리'")})
    assert app.header[0].value == "`첫 실행`"


def test_with_the_store_away_the_page_works_from_the_cache(open_app: Open, copy: Store, tmp_path: Path) -> None:
    run_id = run_of(copy, "params.model = 'svc' and params.seed = '123'")
    sync.sync(configuration.read({}, tracking_uri=copy.uri, data=tmp_path / "data"))
    path = Path(copy.uri.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    app = open_app(uri=copy.uri, folder=tmp_path / "data", query={"run": run_id})
    assert not app.exception
    assert app.dataframe[0].value["metric"].tolist() == ["accuracy"]
    assert any("Latest values are from the cache" in i.value for i in app.info)
    assert any("can't be looked at now" in c.value for c in app.caption)


def test_evidence_that_is_logged_later_is_seen_at_the_next_look(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    run_id, data = store.scored(None), tmp_path / "data"
    sync.sync(configuration.read({}, tracking_uri=store.uri, data=data))
    hint = "evidence.log_scores(frame)"
    assert any(hint in c.value for c in open_app(uri=store.uri, folder=data, query={"run": run_id}).code)
    evidence.log_scores(pd.DataFrame({"example_id": ["a"], "accuracy": [1.0]}), run_id=run_id, client=store.client)
    app = open_app(uri=store.uri, folder=data, query={"run": run_id})
    assert not any(hint in c.value for c in app.code)
    assert app.code
