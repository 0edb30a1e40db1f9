"""Which files with example scores do runs have, and how often is anybody asked for them?"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from assay import evidence
from assay.artifacts import NOT_LOGGED
from assay.cache.snapshots import Cache
from assay.model.comparison.question import Question, Unit
from assay.model.note import note
from assay.model.problems import Servers
from assay.model.sync import SyncStatus
from assay.queries.comparison.answer import compare
from assay.queries.comparison.scores import fetched
from assay.workspace import Workspace
from scored import A, B, C, Scored, filled
from sources.servers import Reply, Request, answering, forwarded, mlflow_server
from stores import Store

FRAME = pd.DataFrame({"example_id": ["a", "b"], "accuracy": [1.0, 0.0]})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Scored(tmp_path / "store")


def test_tables_of_mlflows_evaluation_are_found_by_their_tag(
    store: Store, work_of: Callable[[Store], Workspace]
) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    store.client.log_table(run_id, FRAME, "eval_results_table.json")
    store.client.log_table(run_id, FRAME, "deep/er.json")
    found = fetched(work_of(store), [run_id]).found[run_id]
    assert [file.path.name for file in found] == ["eval_results_table.json.parquet", "er.json.parquet"]
    assert [file.numbers for file in found] == [("accuracy",)] * 2


@pytest.mark.parametrize("tag", ["no json", '{"path": "x.json"}', '[{"path": "../../x.json", "type": "table"}]', "[3]"])
def test_a_tag_that_lists_nonsense_is_no_table(tag: str, store: Store, work_of: Callable[[Store], Workspace]) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5}, tags={"mlflow.loggedArtifacts": tag})
    found = fetched(work_of(store), [run_id])
    assert (dict(found.found), dict(found.missing)) == ({}, {run_id: NOT_LOGGED})


def test_a_store_that_a_sync_found_away_is_not_asked_for_what_is_kept(
    store: Store, work_of: Callable[[Store], Workspace]
) -> None:
    run_id = store.run("e", metrics={"accuracy": 0.5})
    evidence.log_scores(FRAME, run_id=run_id, client=store.client)
    work = work_of(store)
    (before,) = fetched(work, [run_id]).found[run_id]
    Cache(work.settings.data / "cache", store.uri).note(
        SyncStatus(problem=note(Servers.NOTHING_LISTENS, server="http://there"))
    )
    evidence.log_scores(FRAME.iloc[:1], run_id=run_id, client=store.client)
    assert fetched(work, [run_id]).found[run_id] == (before,)
    assert before.rows == 2


def test_a_store_is_asked_for_the_evidence_of_a_run_once_whatever_the_number_of_metrics_and_candidates(
    tmp_path: Path, work_of: Callable[[Store], Workspace]
) -> None:
    made = filled(tmp_path / "store")
    work = work_of(made)
    listed: Counter[str] = Counter()
    copied: Counter[str] = Counter()

    with mlflow_server(made.uri, tmp_path) as uri:

        def answer(request: Request) -> Reply:
            address = urlsplit(request.path)
            [run_id] = parse_qs(address.query)["run_id"]
            (listed if address.path.endswith("/artifacts/list") else copied)[run_id] += 1
            return forwarded(request, uri)

        with answering(answer) as between:
            asked = replace(work, settings=replace(work.settings, tracking_uri=between))
            question = Question(("accuracy", "log_loss"), A, (B, C), unit=Unit.EXAMPLES)
            first, again = compare(asked, question), compare(asked, question)

    runs = {run_id for side in first.first.sides for run_id in side.sample.used_ids}
    assert len(runs) == 12
    assert copied == dict.fromkeys(runs, 1)
    assert listed == dict.fromkeys(runs, 2)
    assert first == again
    assert all(c.examined and c.examined.n for one in first.metrics for c in one.candidates)
