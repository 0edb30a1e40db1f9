"""Evidence is fetched once and outlives its store."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from assay import evidence, settings, sources
from assay.cache import score_files
from assay.cache.snapshots import Cache
from assay.errors import SourceError
from assay.model.evidence import SCORES
from assay.model.sync import Snapshot, SyncStatus
from assay.queries import evidence_files
from assay.settings import Settings
from scored import Scored
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


def test_scores_are_kept_and_outlive_the_store(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot], tmp_path: Path
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    assert path.is_relative_to(own.data / "artifacts")
    assert path.parts[-3:] == (run_id, "evidence", "scores.parquet")
    (tmp_path / "store").rename(tmp_path / "away")
    assert evidence_files.scores(snapshot, own, [run_id])[run_id].paths == (path,)
    assert pd.read_parquet(path).equals(FRAME)
    assert [p.name for p in path.parents[1].iterdir()] == ["evidence"]


def test_scores_that_are_logged_again_are_fetched_again_even_at_the_same_size(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    for score in (0.25, 0.75):
        frame = FRAME.assign(accuracy=[score, score])
        evidence.log_scores(frame, run_id=run_id, client=store.client)
        (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
        assert pd.read_parquet(path).equals(frame)


def test_scores_that_did_not_change_are_fetched_once(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    before = path.stat()
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_kept_scores_are_taken_without_asking_a_store_that_is_known_to_be_away(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot], tmp_path: Path
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    Cache(own.data / "cache", own.tracking_uri).note(SyncStatus(problem="Nothing listens."))
    evidence.log_scores(FRAME.iloc[:1], run_id=run_id, client=store.client)
    assert evidence_files.scores(snapshot, own, [run_id])[run_id].paths == (path,)
    assert len(pd.read_parquet(path)) == 2


def test_a_table_that_grew_is_fetched_and_read_again(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    store.client.log_table(run_id, FRAME, "table.json")
    snapshot = snapshot_of(store)
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    assert score_files.inspect(path).rows == 2
    store.client.log_table(run_id, FRAME, "table.json")
    (path,) = evidence_files.scores(snapshot, own, [run_id])[run_id].paths
    assert score_files.inspect(path).rows == 4


def test_two_stores_never_share_a_folder(own: Settings) -> None:
    other = replace(own, tracking_uri="http://elsewhere")
    assert evidence_files.folder(own, "r").parent != evidence_files.folder(other, "r").parent


def test_a_run_without_evidence_says_how_to_log_it_and_others_go_on(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    bare, good = store.run("e", metrics={"accuracy": 0.5}), scored(store)
    found = evidence_files.scores(snapshot_of(store), own, [bare, good])
    assert found[bare].paths == ()
    assert "evidence.log_scores(frame)" in found[bare].reason
    assert found[good].paths


def test_a_store_that_is_away_is_a_reason(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot], tmp_path: Path
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    (tmp_path / "store").rename(tmp_path / "away")
    found = evidence_files.scores(snapshot, own, [run_id])[run_id]
    assert found.paths == ()
    assert "mlflow.db" in found.reason


def test_tables_of_mlflows_evaluation_are_found_by_their_tag(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    store.client.log_table(run_id, FRAME, "eval_results_table.json")
    store.client.log_table(run_id, FRAME, "deep/er.json")
    found = evidence_files.scores(snapshot_of(store), own, [run_id])[run_id]
    assert [path.name for path in found.paths] == ["eval_results_table.json", "er.json"]


@pytest.mark.parametrize("tag", ["no json", '{"path": "x.json"}', '[{"path": "../../x.json", "type": "table"}]', "[3]"])
def test_a_tag_that_lists_nonsense_is_no_table(
    tag: str, store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5}, tags={"mlflow.loggedArtifacts": tag})
    found = evidence_files.scores(snapshot_of(store), own, [run_id])[run_id]
    assert "evidence.log_scores(frame)" in found.reason


def test_a_run_id_is_never_a_path(own: Settings) -> None:
    with pytest.raises(SourceError, match="cannot be a folder's name"):
        evidence_files.folder(own, "../../etc")


def test_a_data_folder_that_cannot_be_written_is_a_sentence(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = scored(store)
    snapshot = snapshot_of(store)
    own.data.mkdir(exist_ok=True)
    (own.data / "artifacts").write_text("in the way")
    found = evidence_files.scores(snapshot, own, [run_id])[run_id]
    assert "cannot be written" in found.reason


def test_a_discarded_file_is_fetched_again(
    store: Store, own: Settings, snapshot_of: Callable[[Store], Snapshot]
) -> None:
    run_id = scored(store)
    source = sources.open(store.uri)
    path = evidence_files.fetch(own, source, run_id, SCORES)
    path.write_bytes(b"damaged")
    assert evidence_files.fetch(own, source, run_id, SCORES).read_bytes() == b"damaged"
    evidence_files.discard(path)
    assert len(pd.read_parquet(evidence_files.fetch(own, source, run_id, SCORES))) == 2
