"""A real MLflow server read over HTTP, and everything that is none or fails on the way to it."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from mlflow.entities import Dataset, DatasetInput, InputTag

from assay import evidence
from assay.demo.images import png
from assay.errors import SourceError
from assay.model.comparison.excerpts import ExcerptQuestion, ImageQuestion
from assay.model.policy import Policy
from assay.model.runs.store import MODELS, MetricPoint
from assay.queries.comparison.excerpts import excerpts
from assay.queries.comparison.images import images
from assay.sources.rest import RestSource
from assay.sources.source import Extract
from looking import looked_at
from modelled import modelled
from saying import refused, said
from sources.rows import Row, history, quiet, rows
from sources.servers import Reply, Request, answering, forwarded, mlflow_server
from stores import Store

if TYPE_CHECKING:
    from mlflow.tracking import MlflowClient

START = 1_600_000_000_000


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "mlflow.db"


@pytest.fixture(scope="module")
def uri(database: Path) -> Iterator[str]:
    with mlflow_server(f"sqlite:///{database}", database.parent) as address:
        yield address


@pytest.fixture(scope="module")
def client(uri: str) -> "MlflowClient":
    from mlflow.tracking import MlflowClient

    return MlflowClient(uri)


@pytest.fixture
def experiment(client: "MlflowClient", request: pytest.FixtureRequest) -> str:
    """A new experiment with six finished runs of long ago."""
    made = str(client.create_experiment(f"of {request.node.name}"))
    for number in range(6):
        run = client.create_run(made, start_time=START + number, run_name=f"old {number}").info.run_id
        client.log_metric(run, "loss", number, timestamp=START)
        client.set_terminated(run, end_time=START + 100)
    return made


def read(uri: str, cursor: Mapping[str, Any] | None = None, budget: int = 3) -> Extract:
    """One look that re-reads few old runs, its cursor through JSON as a cache keeps it."""
    found = RestSource(uri, budget=budget).extract(cursor and json.loads(json.dumps(cursor)), quiet)
    assert found is not None
    return found


def ids(client: "MlflowClient", experiment: str) -> list[str]:
    found = client.search_runs([experiment], order_by=["attributes.start_time ASC"], run_view_type=3)
    return [str(run.info.run_id) for run in found]


def by_id(found: Extract) -> dict[str, Row]:
    return {row[0]: row for row in rows(found)["runs"]}


def until(uri: str, first: Extract, seen: Callable[[Extract], bool]) -> Extract:
    """Looks again until something is seen, at most as often as the sweep may take to come round."""
    found = first
    for _ in range(2 + sum(len(known[2]) for known in first.cursor["experiments"].values()) // 3):
        found = read(uri, found.cursor)
        assert not found.full
        if seen(found):
            return found
    raise AssertionError("the sweep came round without seeing it")


# What changed


def test_all_is_read_at_first_and_progress_told(uri: str, experiment: str, client: "MlflowClient") -> None:
    told: list[int] = []
    found = RestSource(uri).extract(None, lambda done, _: told.append(done))
    assert found is not None
    assert found.full
    assert set(ids(client, experiment)) <= set(by_id(found))
    assert told == sorted(told)
    assert told[-1] == len(by_id(found))


def test_a_small_server_is_read_whole_in_every_look(uri: str, experiment: str) -> None:
    first = read(uri, budget=10_000)
    found = read(uri, first.cursor, budget=10_000)
    assert found.full
    assert rows(found) == rows(first)
    assert found.complete_as_of > first.complete_as_of


def test_a_new_run_and_one_that_ends_are_in_the_next_look(uri: str, experiment: str, client: "MlflowClient") -> None:
    running = client.create_run(experiment, start_time=START + 50).info.run_id
    first = read(uri)
    assert by_id(first)[running][3] == "RUNNING"
    new = client.create_run(experiment).info.run_id
    client.log_metric(running, "loss", 0.25, timestamp=START + 60)
    used = DatasetInput(Dataset("digits", "f6d9", "local", "{}"), [InputTag("mlflow.data.context", "test")])
    client.log_inputs(new, [used])
    found = read(uri, first.cursor)
    assert not found.full
    assert {new, running} <= set(by_id(found))
    assert len(by_id(found)) < len(by_id(first))
    assert (running, "loss", 0.25, 0, START + 60) in rows(found)["metrics"]
    assert rows(found)["inputs"] == [(new, "digits", "f6d9", "test")]
    client.set_terminated(running, "FAILED")
    client.set_terminated(new, "FINISHED")
    found = read(uri, found.cursor)
    assert by_id(found)[running][3] == "FAILED"
    assert by_id(found)[new][3] == "FINISHED"


def test_an_old_run_that_was_resumed_is_in_the_next_look(uri: str, experiment: str, client: "MlflowClient") -> None:
    first = read(uri)
    old = ids(client, experiment)[4]
    client.update_run(old, status="RUNNING")
    assert by_id(read(uri, first.cursor))[old][3] == "RUNNING"


def test_late_metrics_edited_tags_and_deletions_are_found_when_the_sweep_comes_round(
    uri: str, experiment: str, client: "MlflowClient"
) -> None:
    first = read(uri)
    late, edited, deleted, restored, *_ = ids(client, experiment)
    client.delete_run(restored)
    first = until(uri, first, lambda found: restored in by_id(found) and by_id(found)[restored][4] == "deleted")
    client.log_metric(late, "added later", 7.0, timestamp=START + 1)
    client.set_tag(edited, "note", "edited")
    client.delete_run(deleted)
    client.restore_run(restored)
    until(uri, first, lambda found: (late, "added later", 7.0, 0, START + 1) in rows(found)["metrics"])
    until(uri, first, lambda found: (edited, "note", "edited") in rows(found)["tags"])
    until(uri, first, lambda found: deleted in by_id(found) and by_id(found)[deleted][4] == "deleted")
    until(uri, first, lambda found: restored in by_id(found) and by_id(found)[restored][4] == "active")


def test_complete_as_of_moves_on_once_all_was_seen_again(uri: str, experiment: str) -> None:
    first = read(uri)
    assert read(uri, first.cursor).complete_as_of == first.complete_as_of
    until(uri, first, lambda found: found.complete_as_of > first.complete_as_of)


def test_a_run_that_was_collected_is_gone(uri: str, experiment: str, client: "MlflowClient", database: Path) -> None:
    first = read(uri)
    collected = ids(client, experiment)[2]
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        for table in ("latest_metrics", "metrics", "params", "tags", "runs"):
            connection.execute(f"DELETE FROM {table} WHERE run_uuid = ?", (collected,))
    found = until(uri, first, lambda found: bool(found.gone))
    assert found.gone == [collected]
    assert all(collected not in known[2] for known in found.cursor["experiments"].values())


def test_new_deleted_and_restored_experiments_are_read_whole_at_once(
    uri: str, experiment: str, client: "MlflowClient"
) -> None:
    runs = set(ids(client, experiment))
    first = read(uri)
    client.delete_experiment(experiment)
    deleted = read(uri, first.cursor)
    assert {row[0]: row[2] for row in rows(deleted)["experiments"]}[experiment] == "deleted"
    assert {by_id(deleted)[run][4] for run in runs} == {"deleted"}
    client.restore_experiment(experiment)
    other = client.create_experiment(f"made later than {experiment}")
    imported = client.create_run(other, start_time=1).info.run_id
    restored = read(uri, deleted.cursor)
    assert {by_id(restored)[run][4] for run in runs} == {"active"}
    assert imported in by_id(restored)


def test_a_page_token_that_the_server_no_longer_takes_begins_the_sweep_anew(uri: str, experiment: str) -> None:
    first = read(uri)
    cursor = json.loads(json.dumps(first.cursor))
    cursor["sweep"] = [[experiment], cursor["looked"], "no token of yours", []]
    assert read(uri, cursor).cursor["sweep"] != cursor["sweep"]


def test_a_cursor_of_another_kind_of_store_means_a_first_look(uri: str, experiment: str) -> None:
    assert read(uri, {"fingerprint": "x", "settled": True}).full


# Histories and artifacts


def test_a_history_has_every_value_by_time(uri: str, experiment: str, client: "MlflowClient") -> None:
    run = ids(client, experiment)[0]
    for value, at, step in ((1.0, 5, 0), (float("nan"), 3, 1), (float("inf"), 4, 2), (2.0, 5, 1)):
        client.log_metric(run, "a b/모델", value, timestamp=at, step=step)
    first, second, *others = history(RestSource(uri), run, "a b/모델")
    assert (str(first.value), first.step, first.timestamp) == ("nan", 1, 3)
    assert second == MetricPoint(float("inf"), 2, 4)
    assert others == [MetricPoint(1.0, 0, 5), MetricPoint(2.0, 1, 5)]
    assert history(RestSource(uri), run, "never logged") == ()


def test_artifacts_come_through_the_server(uri: str, experiment: str, client: "MlflowClient", tmp_path: Path) -> None:
    run, other, *_ = ids(client, experiment)
    client.log_text(run, "drawn", "plots/결과 1.txt")
    source = RestSource(uri)
    assert source.artifacts(other) == ()
    assert [(item.path, item.is_folder) for item in source.artifacts(run)] == [("plots", True)]
    [item] = source.artifacts(run, "plots")
    assert (item.path, item.is_folder, item.size) == ("plots/결과 1.txt", False, 5)
    target = source.artifact(run, item.path, tmp_path)
    assert target == tmp_path / "plots" / "결과 1.txt"
    assert target.read_text() == "drawn"


@pytest.mark.parametrize("proxied", [True, False])
def test_images_of_examples_come_through_the_server_wherever_they_lie(
    uri: str, client: "MlflowClient", tmp_path: Path, policy: Policy, *, proxied: bool
) -> None:
    place = None if proxied else (tmp_path / "elsewhere").as_uri()
    made = client.create_experiment(f"images, {proxied}", artifact_location=place)
    run = client.create_run(made).info.run_id
    (tmp_path / "x1.png").write_bytes(png(np.arange(64.0), 8))
    client.log_artifact(run, str(tmp_path / "x1.png"), "examples")
    scores = pd.DataFrame(
        {"example_id": ["x1", "x2"], "acc": [1.0, 0.0], "image": ["examples/x1.png", "examples/no.png"]}
    )
    evidence.log_scores(scores, run_id=run, client=client)
    client.log_metric(run, "acc", 0.5)
    client.set_terminated(run)
    work = looked_at(Store(uri), tmp_path / "data", policy)
    found = excerpts(work, ExcerptQuestion((run,), (), "acc", ("x1", "x2"))).found
    wanted = tuple(image for one in found.values() if (image := one.image))
    assert wanted == ((run, "examples/x1.png"), (run, "examples/no.png"))
    held = images(work, ImageQuestion(wanted, 100_000, 1_000_000))
    assert (held.found[wanted[0]].form, held.found[wanted[0]].pixels) == ("PNG", (64, 64))
    assert "no file" in said(held.refused[wanted[1]])


@pytest.mark.parametrize("proxied", [True, False])
def test_models_of_a_run_come_through_the_server_wherever_they_lie(
    uri: str, client: "MlflowClient", tmp_path: Path, *, proxied: bool
) -> None:
    place = None if proxied else (tmp_path / "elsewhere").as_uri()
    run, [old, new] = modelled(uri, ["numpy==1.26.4"], [f"scipy=={1 + proxied}"], place=place)
    source = RestSource(uri)
    assert [one.path for one in source.artifacts(run, MODELS)] == [f"{MODELS}/{new}", f"{MODELS}/{old}"]
    path = f"{MODELS}/{new}/requirements.txt"
    [found] = [one for one in source.artifacts(run, f"{MODELS}/{new}") if one.path == path]
    target = source.artifact(run, path, tmp_path, found.size)
    assert target.read_text().splitlines()[1:] == [f"scipy=={1 + proxied}"]
    with refused(SourceError, "sends more"):
        source.artifact(run, path, tmp_path, 3)
    client.delete_logged_model(new)
    assert source.artifacts(run, f"{MODELS}/{new}") == ()


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/etc/hostname", "", "a\\..\\x", "a\0"])
def test_paths_that_lead_elsewhere_are_refused(uri: str, tmp_path: Path, path: str) -> None:
    with refused(SourceError, "no path of an artifact"):
        RestSource(uri).artifact("0" * 32, path, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_artifact_that_is_not_there_leaves_nothing_behind(
    uri: str, experiment: str, client: "MlflowClient", tmp_path: Path
) -> None:
    with pytest.raises(SourceError):
        RestSource(uri).artifact(ids(client, experiment)[0], "no/such.txt", tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_unknown_run_is_told(uri: str) -> None:
    for ask in (lambda: history(RestSource(uri), "0" * 32, "x"), lambda: RestSource(uri).artifacts("0" * 32)):
        with refused(SourceError, "no such run"):
            ask()


# What fails on the way


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person sets who will not wait."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")


def told(uri: str) -> str:
    with pytest.raises(SourceError) as caught:
        RestSource(uri).extract(None, quiet)
    return said(caught.value)


@pytest.mark.usefixtures("impatient")
def test_tls_where_there_is_none_is_told(uri: str) -> None:
    assert "no TLS connection to be trusted; try http://" in told(uri.replace("http://", "https://"))


def test_a_failure_in_the_middle_is_tried_again(uri: str, experiment: str) -> None:
    failures = iter([502, 503, 500])

    def answer(request: Request) -> Reply:
        status = next(failures, None) if request.path.endswith("runs/search") else None
        return Reply(status) if status else forwarded(request, uri)

    with answering(answer) as flaky:
        assert rows(read(flaky)) == rows(read(uri))
    assert next(failures, None) is None


@pytest.mark.usefixtures("impatient")
def test_a_failure_that_stays_ends_the_reading_with_a_sentence(uri: str, experiment: str) -> None:
    def answer(request: Request) -> Reply:
        return Reply(500) if request.path.endswith("runs/search") else forwarded(request, uri)

    with answering(answer) as broken:
        assert "keeps failing (500)" in told(broken)


def test_a_run_with_an_unknown_status_is_taken_as_running_in_every_look_and_the_others_go_on(
    uri: str, experiment: str, client: "MlflowClient"
) -> None:
    odd, stage, *_ = ids(client, experiment)

    def answer(request: Request) -> Reply:
        reply = forwarded(request, uri)
        body = json.loads(reply.body)
        for run in (*body.get("runs", ()), body.get("run")):
            if run and run["info"]["run_id"] == odd:
                run["info"]["status"] = "PAUSED"
            if run and run["info"]["run_id"] == stage:
                run["info"]["lifecycle_stage"] = "archived"
        return reply._replace(body=json.dumps(body).encode())

    with answering(answer) as newer:
        first = read(newer)
        for found in (first, read(newer, first.cursor, budget=0)):
            assert by_id(found)[odd][3] == "RUNNING"
            assert "1 run has a status unknown to MLflow and is taken as RUNNING." in map(said, found.warnings)
    assert by_id(first)[stage][4] == "active"
    assert "1 run has a lifecycle stage unknown to MLflow and is taken as active." in map(said, first.warnings)
    assert by_id(first).keys() == by_id(read(uri)).keys()
    assert read(uri).warnings == ()


@pytest.mark.usefixtures("impatient")
def test_runs_in_an_unknown_form_are_told(uri: str) -> None:
    def answer(request: Request) -> Reply:
        strange = Reply(200, b'{"runs": [{"info": {"run_id": "a"}}]}')
        return strange if request.path.endswith("runs/search") else forwarded(request, uri)

    with answering(answer) as changed:
        assert "runs in a form that only a newer Assay may read" in told(changed)


def test_a_wrong_setting_of_mlflow_is_told(uri: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "soon")
    assert "cannot be asked (ValueError); check MLflow's MLFLOW_" in told(uri)


# Credentials


class Door:
    """Lets in who has the password, on the way to a real server, and notes what was shown."""

    def __init__(self, uri: str, key: str) -> None:
        self.uri = uri
        self.key = key
        self.shown: set[str] = set()

    def __call__(self, request: Request) -> Reply:
        self.shown.add(request.headers.get("Authorization", ""))
        return forwarded(request, self.uri) if self.key in self.shown else Reply(401)


BASIC = "Basic " + base64.b64encode(b"ann:s3cret@x").decode()


def test_user_and_password_come_from_the_address(uri: str, experiment: str, tmp_path: Path) -> None:
    door = Door(uri, BASIC)
    with answering(door) as address:
        named = address.replace("http://", "http://ann:s3cret%40x@")
        assert rows(read(named)) == rows(read(uri))
    assert door.shown == {BASIC}


@pytest.mark.parametrize(
    ("variables", "header"),
    [
        ({"MLFLOW_TRACKING_USERNAME": "ann", "MLFLOW_TRACKING_PASSWORD": "s3cret@x"}, BASIC),
        ({"MLFLOW_TRACKING_TOKEN": "t0ken"}, "Bearer t0ken"),
    ],
)
def test_or_from_mlflows_variables(
    uri: str, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], header: str
) -> None:
    door = Door(uri, header)
    with answering(door) as address:
        assert "asks who we are (401)" in told(address)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert read(address).full


def test_a_name_that_the_server_refuses_is_no_reason_to_update_it(tmp_path: Path) -> None:
    def answer(request: Request) -> Reply:
        return Reply(400, b'{"error_code": "INVALID_PARAMETER_VALUE"}')

    with answering(answer) as strict, refused(SourceError, "refuses the name 'q[?]x=1&y#frag.txt'; copy the file"):
        RestSource(strict).artifact("0" * 32, "q?x=1&y#frag.txt", tmp_path)


def test_what_leads_elsewhere_is_not_listed(uri: str) -> None:
    def answer(request: Request) -> Reply:
        return Reply(200, b'{"files": [{"path": "../../etc", "is_dir": true}]}')

    with answering(answer) as hostile:
        assert RestSource(hostile).artifacts("0" * 32) == ()
