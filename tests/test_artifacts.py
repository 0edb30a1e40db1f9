"""Evidence is fetched once and outlives its store."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from assay import artifacts, evidence, settings, sources
from assay.artifacts import NOT_LOGGED, Fetched
from assay.cache import score_files
from assay.errors import SourceError
from assay.model.evidence.files import SCORES
from assay.model.runs.notes import ArtifactNote
from assay.settings import Settings
from saying import refused, said
from scored import Scored
from sources.servers import Reply, answering
from stores import Store

FRAME = pd.DataFrame({"example_id": ["a", "b"], "accuracy": [1.0, 0.0]})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Scored(tmp_path / "store")


@pytest.fixture
def own(store: Store, tmp_path: Path) -> Settings:
    return settings.read({}, tracking_uri=store.uri, data=tmp_path / "data")


def scored(store: Store) -> str:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    evidence.log_scores(FRAME, run_id=run_id, client=store.client)
    return run_id


def fetched(own: Settings, run_id: str, tables: Sequence[str] = (), *, away: bool = False) -> Fetched:
    return artifacts.scores(own, {run_id: tables}, away=away)[run_id]


def test_scores_are_kept_and_outlive_the_store(store: Store, own: Settings, tmp_path: Path) -> None:
    run_id = scored(store)
    (path,) = fetched(own, run_id).paths
    assert path.is_relative_to(own.data / "artifacts")
    assert path.parts[-3:] == (run_id, "evidence", "scores.parquet")
    (tmp_path / "store").rename(tmp_path / "away")
    assert fetched(own, run_id).paths == (path,)
    assert pd.read_parquet(path).equals(FRAME)
    assert [p.name for p in path.parents[1].iterdir()] == ["evidence"]


def test_scores_that_are_logged_again_are_fetched_again_even_at_the_same_size(store: Store, own: Settings) -> None:
    run_id = scored(store)
    for score in (0.25, 0.75):
        frame = FRAME.assign(accuracy=[score, score])
        evidence.log_scores(frame, run_id=run_id, client=store.client)
        (path,) = fetched(own, run_id).paths
        assert pd.read_parquet(path).equals(frame)


def test_scores_that_did_not_change_are_fetched_once(store: Store, own: Settings) -> None:
    run_id = scored(store)
    (path,) = fetched(own, run_id).paths
    before = path.stat()
    (path,) = fetched(own, run_id).paths
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_kept_scores_are_taken_without_asking_a_store_that_is_known_to_be_away(store: Store, own: Settings) -> None:
    run_id = scored(store)
    (path,) = fetched(own, run_id).paths
    evidence.log_scores(FRAME.iloc[:1], run_id=run_id, client=store.client)
    assert fetched(own, run_id, away=True).paths == (path,)
    assert len(pd.read_parquet(path)) == 2


def test_a_table_that_grew_is_fetched_and_read_again(store: Store, own: Settings) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    for rows in (2, 4):
        store.client.log_table(run_id, FRAME, "table.json")
        (path,) = fetched(own, run_id, ["table.json"]).paths
        assert score_files.inspect(path).rows == rows


def test_two_stores_never_share_a_folder(own: Settings) -> None:
    other = replace(own, tracking_uri="http://elsewhere")
    assert artifacts.folder(own, "r").parent != artifacts.folder(other, "r").parent


def test_a_run_without_evidence_says_how_to_log_it_and_others_go_on(store: Store, own: Settings) -> None:
    bare, good = store.run("e", metrics={"accuracy": 0.5}), scored(store)
    found = artifacts.scores(own, {bare: (), good: ()}, away=False)
    assert found[bare] == Fetched(reason=NOT_LOGGED)
    assert "evidence.log_scores(frame)" in said(found[bare].reason)
    assert found[good].paths


def test_a_store_that_is_away_is_a_reason(store: Store, own: Settings, tmp_path: Path) -> None:
    run_id = scored(store)
    (tmp_path / "store").rename(tmp_path / "away")
    found = fetched(own, run_id)
    assert found.paths == ()
    assert "mlflow.db" in said(found.reason)


def test_a_run_id_is_never_a_path(own: Settings) -> None:
    with refused(SourceError, "cannot be a folder's name"):
        artifacts.folder(own, "../../etc")


def test_a_data_folder_that_cannot_be_written_is_a_sentence(store: Store, own: Settings) -> None:
    run_id = scored(store)
    own.data.mkdir(exist_ok=True)
    (own.data / "artifacts").write_text("in the way")
    assert "cannot be written" in said(fetched(own, run_id).reason)


def test_a_file_whose_size_the_server_does_not_say_is_not_fetched(own: Settings) -> None:
    listed = Reply(body=json.dumps({"files": [{"path": "a.png", "is_dir": False}]}).encode())
    with answering(lambda request: listed if "artifacts/list" in request.path else Reply(body=b"x")) as uri:
        [found] = artifacts.files(replace(own, tracking_uri=uri), [("r", "a.png")], 10, away=None).values()
    assert found.reason is not None
    assert (found.paths, found.reason.code) == ((), ArtifactNote.SIZE_UNKNOWN)


def test_a_discarded_file_is_fetched_again(store: Store, own: Settings) -> None:
    run_id = scored(store)
    source = sources.open(store.uri)
    path = artifacts.fetch(own, source, run_id, SCORES)
    path.write_bytes(b"damaged")
    assert artifacts.fetch(own, source, run_id, SCORES).read_bytes() == b"damaged"
    artifacts.discard(path)
    assert len(pd.read_parquet(artifacts.fetch(own, source, run_id, SCORES))) == 2
