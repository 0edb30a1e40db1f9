"""Servers for tests: MLflow's own, and some that are none or that misbehave on the way to it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 90.0


@contextmanager
def mlflow_server(store_uri: str, folder: Path) -> Iterator[str]:
    """The address of a running `mlflow server` over a store; its log and artifacts lie in `folder`."""
    environment = os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false", "MLFLOW_DISABLE_TELEMETRY": "true"}
    with (folder / "server.log").open("wb") as log:
        port = free_port()
        places = ("--backend-store-uri", store_uri, "--artifacts-destination", str(folder / "served"))
        network = ("--host", "127.0.0.1", "--port", str(port), "--workers", "1")
        process = subprocess.Popen(
            [sys.executable, "-m", "mlflow", "server", *places, *network],
            env=environment,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/health", process, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"mlflow server did not start: {log.read_text()[-2000:]}")


class Request(NamedTuple):
    """What a server of ours was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """What it answers."""

    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    location: str = ""


@contextmanager
def answering(answer: Callable[[Request], Reply]) -> Iterator[str]:
    """The address of an HTTP server that answers every request by a function."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _do(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = answer(Request(self.command, self.path, dict(self.headers), content))
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            self.send_header("Content-Length", str(len(reply.body)))
            if reply.location:
                self.send_header("Location", reply.location)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def forwarded(request: Request, uri: str) -> Reply:
    """What the server at `uri` answers to a request."""
    connection = http.client.HTTPConnection(uri.removeprefix("http://"), timeout=60)
    kept = {key: value for key, value in request.headers.items() if key in ("Content-Type", "Accept")}
    connection.request(request.method, request.path, request.body, kept)
    with connection.getresponse() as response:
        reply = Reply(response.status, response.read(), response.headers.get("Content-Type", ""))
    connection.close()
    return reply


@contextmanager
def silent() -> Iterator[str]:
    """The address of a server that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
