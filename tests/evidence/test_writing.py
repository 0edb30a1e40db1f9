import hashlib

import mlflow
import pandas as pd
import pytest

from assay import evidence
from assay.errors import EvidenceError
from assay.model.evidence.files import LOGGED_BY, tag_of
from evidence.conftest import Run
from stores import Store

SPLITS = pd.DataFrame({"example_id": ["a", "b", "c"], "split": ["train", "train", "test"], "group": ["x", "y", "x"]})


def test_without_an_active_run_nothing_is_started_and_the_way_out_is_named(store: Store) -> None:
    before = len(store.client.search_runs([store.experiment("training")]))
    with pytest.raises(EvidenceError, match="no active MLflow run"):
        evidence.log_splits(SPLITS)
    assert mlflow.active_run() is None
    assert len(store.client.search_runs([store.experiment("training")])) == before


def test_a_run_that_is_not_active_is_reached_by_its_id_and_a_client(store: Store) -> None:
    run_id = store.run("training")
    evidence.log_splits(SPLITS, run_id=run_id, client=store.client)
    assert [a.path for a in store.client.list_artifacts(run_id, "evidence")] == ["evidence/splits.parquet"]


def test_every_file_is_tagged_with_its_content_once_it_is_there(run: Run) -> None:
    evidence.log_scores(pd.DataFrame({"example_id": ["a"], "accuracy": [1]}))
    evidence.log_recipe({"model": "svc"})
    evidence.log_feature_importance(pd.Series({"age": 1.0}))
    evidence.log_environment(code=run.folder)
    files = [path for path in LOGGED_BY if (run.folder / path).is_file()]
    assert run.tags == {tag_of(path): hashlib.sha256((run.folder / path).read_bytes()).hexdigest() for path in files}
    assert {*run.tags} == {
        f"assay.evidence.{name}" for name in ("scores", "recipe", "feature_importance", "environment")
    }


def test_equal_evidence_has_equal_tags_and_logging_again_replaces_them(run: Run) -> None:
    evidence.log_recipe({"model": "svc"})
    first = run.tags
    evidence.log_recipe({"model": "svc"})
    assert run.tags == first
    evidence.log_recipe({"model": "mlp"})
    assert run.tags.keys() == first.keys()
    assert run.tags != first


def test_what_is_refused_or_cannot_be_stored_leaves_no_tag(run: Run, store: Store) -> None:
    with pytest.raises(EvidenceError):
        evidence.log_recipe({})
    (run.folder / "evidence").mkdir(parents=True)
    (run.folder / "evidence" / "recipe.yaml").mkdir()
    with pytest.raises(OSError, match=r"recipe\.yaml"):
        evidence.log_recipe({"model": "svc"})
    assert run.tags == {}


def test_a_column_that_parquet_has_no_type_for_is_named(run: Run) -> None:
    mixed = pd.DataFrame({"example_id": ["a", "b"], "accuracy": [1, 0], "colour": [1, "red"]})
    with pytest.raises(EvidenceError, match=r"scores.parquet cannot be written: .*colour.* values of one kind"):
        evidence.log_scores(mixed)
    assert not (run.folder / "evidence").exists()
