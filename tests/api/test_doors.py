"""Whom the server answers: the whole of it, Streamlit's routes and ours, as `streamlit run app.py` builds it."""

import asyncio
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route

from assay import api
from assay import settings as configuration
from assay.settings import ROOT

STREAMLITS = ("/_stcore/", "/media/", "/component/", "/auth/", "/oauth2callback")
FRAMED = {"content-security-policy": "frame-ancestors 'none'", "x-frame-options": "DENY"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[st.App]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSAY_DATA", str(tmp_path_factory.mktemp("data")))
        patch.setattr("assay.logs.configure", lambda _: None)
        yield run_path(str(ROOT / "app.py"))["app"]


@pytest.fixture(scope="module")
def served(app: st.App) -> Starlette:
    return app._build_starlette_app()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


def sent(
    served: Starlette, scope: dict[str, Any], host: str, *received: dict[str, Any]
) -> list[MutableMapping[str, Any]]:
    """What the application sends back to a request with this `Host`."""
    found: list[MutableMapping[str, Any]] = []
    waiting = list(received)

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        found.append(message)

    whole = {"query_string": b"", "headers": [(b"host", host.encode())], "client": ("127.0.0.1", 1), "app": served}
    asyncio.run(served({**whole, "scheme": "http", "root_path": "", "http_version": "1.1", **scope}, receive, send))
    return found


def asked(served: Starlette, path: str, host: str = "localhost:8501", method: str = "GET") -> Answer:
    body = {"type": "http.request", "body": b"", "more_body": False}
    start, *rest = sent(served, {"type": "http", "method": method, "path": path, "raw_path": path.encode()}, host, body)
    headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(one.get("body", b"") for one in rest).decode(errors="replace"))


def test_no_route_of_ours_writes_and_the_agent_api_is_off(served: Starlette) -> None:
    routes = [route for route in served.routes if isinstance(route, Route)]
    read = {"GET", "HEAD", "OPTIONS"}
    agent, upload = "/_stcore/agent/", "/_stcore/upload_file/{session_id}/{file_id}"
    writing = {route.path for route in routes if {*(route.methods or ())} - read}
    assert {path for path in writing if not path.startswith(agent)} == {upload}
    ours = [route for route in api.routes(configuration.read({}), "") if isinstance(route, Route)]
    assert {route.path for route in ours} == {route.path for route in routes if not route.path.startswith(STREAMLITS)}
    assert all(route.methods == {"GET", "HEAD"} for route in ours)
    assert not st.get_option("server.enableAgentApi")
    assert all(asked(served, agent + path, method="POST").status >= 400 for path in ("interact", "mcp"))


PATHS = ["/api/health", "/_stcore/health", "/", "/media/none.png", "/auth/login"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_says_that_nobody_may_frame_it_and_no_foreign_name_gets_one(served: Starlette, path: str) -> None:
    found = asked(served, path)
    assert {name: found.headers[name] for name in FRAMED} == FRAMED
    for host in ("evil.example", "localhost.evil.example:8501", "", "a b"):
        refused = asked(served, path, host)
        assert refused.status == 400
        assert "server.allowedHosts" in refused.text
        assert refused.headers["x-frame-options"] == "DENY"
    assert asked(served, path, "127.0.0.1:1").status == found.status != 400


def test_a_page_that_a_foreign_name_led_to_opens_no_session(served: Starlette) -> None:
    scope = {"type": "websocket", "path": "/_stcore/stream", "subprotocols": [], "scheme": "ws"}
    assert sent(served, scope, "evil.example", {"type": "websocket.connect"}) == [
        {"type": "websocket.close", "code": 1008}
    ]


def test_a_setting_that_lets_anybody_be_anybody_is_one_sentence_and_no_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSAY_AUTH", "oidc")
    with pytest.raises(SystemExit, match=r"^assay: ASSAY_AUTH is oidc, and \[auth\]"):
        run_path(str(ROOT / "app.py"))
