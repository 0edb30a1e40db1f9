"""Addresses where no MLflow server answers, or one that refuses us, and what is said about them."""

import json
import time
from functools import partial
from importlib import import_module

import pytest

from assay.errors import SourceError
from assay.sources.rest import RestSource
from saying import refused, said
from sources.rows import quiet
from sources.servers import Reply, Request, answering, free_port, silent


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person sets who will not wait."""
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """Importing MLflow takes seconds, which are not those that the tests measure."""
    import_module("mlflow.utils.rest_utils")


def told(uri: str) -> str:
    with pytest.raises(SourceError) as caught:
        RestSource(uri).extract(None, quiet)
    return said(caught.value)


@pytest.mark.parametrize(
    "uri", ["ftp://host:1", "http://", "http://:5000", "http://host:port", "http://[::1", "host:5000", "http://a/b@c"]
)
def test_an_address_that_is_none_is_refused_at_once(uri: str) -> None:
    with refused(SourceError, "no address of a tracking server; write http://host:port"):
        RestSource(uri)


def test_nothing_that_listens_is_told_within_ten_seconds() -> None:
    began = time.monotonic()
    assert told(f"http://127.0.0.1:{free_port()}").startswith("Nothing listens at http://127.0.0.1:")
    assert time.monotonic() - began < 10


def test_a_name_nobody_has_is_told() -> None:
    assert told("http://no-such-host.invalid:5000").startswith("No machine answers to the name in http://no-such-host")


@pytest.mark.usefixtures("impatient")
def test_a_server_that_hangs_is_told_after_the_time_the_person_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_TIMEOUT", "1")
    with silent() as uri:
        began = time.monotonic()
        assert "does not answer in time" in told(uri)
        assert time.monotonic() - began < 15  # of 20 otherwise


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (Reply(200, b"<html>Welcome</html>", "text/html; charset=utf-8"), "not as an MLflow server (text/html)"),
        (Reply(200, b"[]"), "not as an MLflow server (JSON of another form)"),
        (Reply(200, b"[" * 300_000), "not as an MLflow server (application/json)"),
        (Reply(400, b"[" * 300_000), "not as an MLflow server (status 400)"),
        (Reply(200, b'{"jobs": []}'), "not as an MLflow server (JSON without experiments)"),
        (Reply(200, b'{"experiments": "many"}'), "not as an MLflow server"),
        (Reply(404, b"<h1>Not Found</h1>", "text/html"), "not as an MLflow server (status 404)"),
        (Reply(405, b"", "text/html"), "not as an MLflow server (status 405)"),
        (Reply(401, b"Unauthorized"), "asks who we are (401); set MLFLOW_TRACKING_USERNAME"),
        (
            Reply(403, b'{"error_code": "PERMISSION_DENIED"}'),
            "does not let us read (403); set MLFLOW_TRACKING_USERNAME",
        ),
        (Reply(500, b"Traceback: secret"), "keeps failing (500); look at the server's log"),
        (Reply(503, b"", "text/plain"), "keeps failing (503)"),
        (Reply(400, b'{"error_code": "BAD <b>"}'), "not as an MLflow server (status 400)"),
        (Reply(400, b'{"error_code": "INVALID_PARAMETER_VALUE"}'), "refuses a question of ours (400, INVALID_"),
        (Reply(302, b"", "text/html", "http://127.0.0.1:1/login"), "Nothing listens"),
    ],
)
@pytest.mark.usefixtures("impatient")
def test_servers_that_are_no_mlflow_or_refuse_us_are_told_apart(reply: Reply, sentence: str) -> None:
    with answering(lambda _: reply) as uri:
        assert sentence in told(uri)


@pytest.mark.parametrize("token", ["again", 7, ["again"]])
@pytest.mark.parametrize("of", ["experiments/search", "runs/search"])
@pytest.mark.usefixtures("impatient")
def test_a_listing_that_leads_back_to_itself_is_ended_with_a_sentence(of: str, token: object) -> None:
    def answer(request: Request) -> Reply:
        page = {"experiments": [{"experiment_id": "1"}]} if request.path.endswith("experiments/search") else {}
        return Reply(body=json.dumps(page | ({"next_page_token": token} if request.path.endswith(of) else {})).encode())

    with answering(answer) as uri:
        assert "not as an MLflow server (JSON of another form)" in told(uri)


@pytest.mark.usefixtures("impatient")
def test_a_history_that_leads_back_to_itself_is_ended_with_a_sentence() -> None:
    page = {"metrics": [{"value": 1.0}], "next_page_token": "again"}
    with (
        answering(lambda _: Reply(body=json.dumps(page).encode())) as uri,
        refused(SourceError, "JSON of another form"),
    ):
        RestSource(uri).series("a", "loss", 9)


@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.usefixtures("impatient")
def test_a_sweep_that_never_comes_round_is_ended_with_a_sentence(refuses: bool) -> None:
    asked: list[dict[str, object]] = []

    def answer(request: Request) -> Reply:
        if request.path.endswith("experiments/search"):
            return Reply(body=json.dumps({"experiments": [{"experiment_id": "1"}]}).encode())
        body = json.loads(request.body)
        sweeping = not body["filter"]
        if not asked and sweeping:
            runs = [{"info": {"run_id": f"r{n}", "experiment_id": "1", "status": "FINISHED"}} for n in range(3)]
            asked.append(body)
            return Reply(body=json.dumps({"runs": runs}).encode())
        if refuses and "page_token" in body:
            return Reply(400, b'{"error_code": "INVALID_PARAMETER_VALUE"}')
        return Reply(body=json.dumps({"next_page_token": "again"} if sweeping else {}).encode())

    with answering(answer) as uri:
        source = RestSource(uri, budget=1)
        first = source.extract(None, quiet)
        assert first is not None
        cursor = json.loads(json.dumps(first.cursor))
        cursor["experiments"]["1"][1] = 0
        with refused(SourceError, "refuses a question" if refuses else "JSON of another form"):
            source.extract(cursor, quiet)


def _echo(status: int, request: Request) -> Reply:
    return Reply(status, json.dumps(request.headers).encode())


@pytest.mark.usefixtures("impatient")
def test_no_credential_is_in_any_sentence_or_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    closed = free_port()
    sentences = [told(f"http://ann:s3cret@127.0.0.1:{closed}/?token=s3cret"), told("http://ann:s3cret@host.invalid")]
    for status in (401, 403, 404, 500):
        with answering(partial(_echo, status)) as uri:
            sentences.append(told(uri.replace("http://", "http://ann:s3cret@")))
    assert "s3cret" not in " ".join(sentences)
    assert "ann" not in " ".join(sentences)
    assert "s3cret" not in caplog.text
