"""One run's page."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

import leaking
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
    assert metrics["value"].tolist() == ["95.70 %"]
    assert dict(zip(params["key"], params["value"], strict=True))["seed"] == "123"
    assert params["varying"].iloc[-1] == "8 seeds"
    assert app.header[0].value.endswith(" of its 5 seeds")
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
    assert app.header[0].value == "`첫 실행, seed 1`"


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
    assert len({i.value for i in app.info if "mlflow" in i.value}) == 1


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


def files_of(store: Scored, run_id: str) -> Path:
    folder = store.folder / "artifacts" / run_id / "artifacts"
    folder.mkdir(parents=True)
    return folder


def synced(store: Store, data: Path) -> dict[str, Any]:
    sync.sync(configuration.read({}, tracking_uri=store.uri, data=data))
    return {"uri": store.uri, "folder": data}


def test_what_somebody_wrote_about_a_run_stands_on_top_and_a_megabyte_is_cut(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    short = store.run("e", metrics={"accuracy": 0.5}, tags={"mlflow.note.content": "first\n\n**second** [a](b)"})
    long = store.run("e", metrics={"accuracy": 0.6})
    with closing(sqlite3.connect(store.folder / "mlflow.db")) as database, database:
        values = ("mlflow.note.content", "word " * 200_000, long)
        database.execute("INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)", values)
    at = synced(store, tmp_path / "data")
    app = open_app(**at, query={"run": short})
    assert any(m.value.startswith("first") and r"\*\*second\*\*" in m.value for m in app.markdown)
    assert not any("mlflow.note" in str(table.value) for table in app.dataframe)
    app = open_app(**at, query={"run": long})
    assert not app.exception
    assert any("999,999 characters" in e.label for e in app.expander)
    assert any("Cut after 20,000 characters" in c.value for c in app.caption)
    assert sum(len(m.value) for m in app.markdown) < 50_000


def test_a_run_says_where_it_comes_from_with_the_page_of_its_commit(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    tags = {
        "mlflow.user": "박하늘",
        "mlflow.source.name": "train.py",
        "mlflow.source.git.commit": "42d9398a" * 5,
        "mlflow.source.git.repoURL": "git@github.com:team/digits.git",
    }
    run_id = store.run("e", metrics={"accuracy": 0.5}, tags=tags)
    app = open_app(**synced(store, tmp_path / "data"), query={"run": run_id})
    facts = " ".join(text for table in app.table for text in table.value.iloc[:, 0])
    assert "박하늘" in facts
    assert "github.com/team/digits/commit/42d9398a" in facts
    assert "train" in facts


def test_ticked_files_are_opened_and_what_can_not_be_says_why(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    run_id = store.run("e", metrics={"accuracy": 0.5})
    folder = files_of(store, run_id)
    (folder / "a.html").write_text("<script>alert(1)</script>")
    (folder / "b.csv").write_text("label,recall\n8,0.92\n9,0.94\n")
    (folder / "c.csv").write_bytes(b"\0\xff")
    with (folder / "d.bin").open("wb") as file:
        file.truncate(5_000_000_000)
    at = synced(store, tmp_path / "data")
    app = open_app(**at, query={"run": run_id, "tick": ["a.html", "b.csv", "c.csv", "gone.txt"]})
    assert not app.exception
    assert [s.value for s in app.subheader if "Artifacts" in s.value] == ["Artifacts, 4 files, 5 GB"]
    assert any(c.value == "<script>alert(1)</script>" for c in app.code)
    assert app.dataframe[-1].value["1"].tolist() == [0.92, 0.94]
    said = " ".join(i.value for i in app.info)
    assert "other bytes than the text" in said
    assert "no file" in said
    assert len(app.get("download_button")) == 3
    app = open_app(**at, query={"run": run_id, "tick": "d.bin"})
    assert any("It is 5 GB" in i.value for i in app.info)
    assert not app.get("download_button")


def test_an_unknown_choice_in_the_link_is_said(open_app: Open, digits: Store) -> None:
    app = open_app(query={"run": run_of(digits, "params.model = 'svc' and params.seed = '123'"), "colour": "red"})
    assert any("`colour`" in w.value for w in app.warning)


def test_ways_on_name_the_configuration_and_the_experiment(open_app: Open, digits: Store) -> None:
    app = open_app(query={"run": run_of(digits, "params.model = 'svc' and params.seed = '123'")})
    labels = [link.value for link in app.page_link]
    assert any(label.startswith("Its configuration svc, ") for label in labels)
    assert "Reproducibility" in labels
    assert "Its experiment, digits" in labels
    assert app.button(key="to-compare").label == "Compare this run"


def test_a_run_shows_its_own_leakage_checks_and_the_way_to_their_evidence(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    leaky = leaking.logged(store, "patients", "by-visit", 0, shared=leaking.SHARED)
    bare = store.run("patients", params={"model": "none"})
    where = synced(store, tmp_path / "data")
    app = open_app(**where, query={"run": leaky})
    assert not app.exception
    said = [one.value for one in app.markdown]
    assert any(text.startswith(":red-badge[✕ fail] **groups apart**: 40 of 100 test rows") for text in said)
    assert any(text.startswith(":green-badge[✓ ") and "ids apart" in text for text in said)
    assert any(text.startswith(":gray-badge[– ") and "time order" in text for text in said)
    [way] = [one for one in app.get("page_link") if one.proto.label == "Evidence, and what to do"]
    assert f"leak-row={leaky}" in way.proto.query_string
    app = open_app(**where, query={"run": bare})
    assert ":gray-badge[– 15 not logged]" in " ".join(one.value for one in app.markdown)


def test_a_deleted_run_has_its_checks_too(open_app: Open, tmp_path: Path) -> None:
    store = Scored(tmp_path / "store")
    gone = leaking.logged(store, "patients", "by-visit", 0, shared=leaking.SHARED)
    store.client.delete_run(gone)
    app = open_app(**synced(store, tmp_path / "data"), query={"run": gone})
    assert not app.exception
    assert any("**groups apart**" in one.value for one in app.markdown)
    [way] = [one for one in app.get("page_link") if one.proto.label == "Evidence, and what to do"]
    assert "leak-deleted=true" in way.proto.query_string
