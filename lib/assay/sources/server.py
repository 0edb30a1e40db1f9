"""Asks an MLflow tracking server over MLflow's own HTTP stack and turns every failure into a SourceError."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from assay.errors import SourceError
from assay.model.note import Value
from assay.model.problems import Servers
from assay.sources.circles import mlflow_module
from assay.uri import shown

API = "/api/2.0/mlflow/"

Json = dict[str, Any]


class MissingError(SourceError):
    """The server answers that it has no such run."""


class RefusedError(SourceError):
    """The server understands MLflow's API but not what was asked."""


class _Patience(NamedTuple):
    """How long one request may take: seconds to connect, seconds without a byte, and further attempts."""

    connect: float
    read: float
    retries: int


# A server that is away must be told within ten seconds, before anything long is asked of it.
_FIRST = _Patience(connect=3.0, read=4.0, retries=1)
_LATER = _Patience(connect=3.0, read=60.0, retries=3)


class Server:
    """One tracking server; credentials come from MLflow's variables or from user and password in `uri`.

    MLFLOW_HTTP_REQUEST_TIMEOUT, _MAX_RETRIES and _BACKOFF_FACTOR replace our patience when they are set.
    """

    def __init__(self, uri: str) -> None:
        self.name = shown(uri)
        if not _valid(uri):
            raise self._error(Servers.NO_ADDRESS)
        parts = urlsplit(uri)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")

    def greet(self) -> None:
        """Makes sure, quickly, that an MLflow server listens and lets us read.

        Raises SourceError.
        """
        answer = self._ask("POST", "experiments/search", {"max_results": 1, "view_type": "ALL"}, _FIRST)
        found = answer.get("experiments", [])
        listed = isinstance(found, list) and all(isinstance(experiment, dict) for experiment in found)
        if not listed or not answer.keys() <= {"experiments", "next_page_token"}:
            raise self._error(Servers.NO_EXPERIMENTS)

    def ask(self, endpoint: str, body: Json) -> Json:
        """The answer to a POST request.

        Raises SourceError.
        """
        return self._ask("POST", endpoint, body, _LATER)

    def get(self, endpoint: str, query: Mapping[str, str | int]) -> Json:
        """The answer to a GET request.

        Raises SourceError; MissingError when there is no such run.
        """
        return self._ask("GET", endpoint, dict(query), _LATER)

    def pages(self, endpoint: str, body: Json) -> Iterator[Json]:
        """Every page of a search, one after the other.

        Raises SourceError.
        """
        return self._pages(partial(self.ask, endpoint), body)

    def listing(self, endpoint: str, query: Mapping[str, str | int]) -> Iterator[Json]:
        """Every page of the answer to a GET request, one after the other.

        Raises SourceError; MissingError when there is no such run.
        """
        return self._pages(partial(self.get, endpoint), dict(query))

    def next_page(self, page: Json, seen: Collection[str | None]) -> str | None:
        """The token of the page after `page`, None behind the last.

        Raises SourceError for one that is no text or among those `seen`, with which a listing would never end.
        """
        token = page.get("next_page_token") or None
        if token is not None and (not isinstance(token, str) or token in seen):
            raise self._error(Servers.STRANGE_FORM)
        return token

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turns what an answer of another form raises into a SourceError."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise self._error(Servers.STRANGE_FORM) from error

    def _pages(self, ask: Callable[[Json], Json], question: Json) -> Iterator[Json]:
        seen: set[str | None] = set()
        token: str | None = None
        while token is not None or not seen:
            seen.add(token)
            page = ask(question | ({"page_token": token} if token else {}))
            yield page
            token = self.next_page(page, seen)

    @contextmanager
    def download(self, address: str, query: Mapping[str, str]) -> Iterator[Iterator[bytes]]:
        """The content of one artifact in pieces, served by the server from its own store.

        Raises SourceError; MissingError when there is no such run or file.
        """
        with self._answering():
            response = self._send("GET", address, dict(query), _LATER, stream=True)
            try:
                if response.status_code != 200:
                    self._refuse(response.status_code, response.content)
                yield response.iter_content(1 << 20)
            finally:
                response.close()

    def _ask(self, method: str, endpoint: str, content: Json, patience: _Patience) -> Json:
        with self._answering():
            response = self._send(method, API + endpoint, content, patience)
            if response.status_code != 200:
                self._refuse(response.status_code, response.content)
            try:
                answer = json.loads(response.content)
            except (ValueError, RecursionError) as error:
                kind = response.headers.get("Content-Type", "").partition(";")[0] or "text"
                raise self._error(Servers.STRANGE_ANSWER, kind=kind) from error
        if not isinstance(answer, dict):
            raise self._error(Servers.STRANGE_FORM)
        return answer

    def _send(self, method: str, path: str, content: Json, patience: _Patience, stream: bool = False) -> Any:
        mlflow = mlflow_module("environment_variables")
        rest = mlflow_module("utils.rest_utils")
        timeout, retries = mlflow.MLFLOW_HTTP_REQUEST_TIMEOUT, mlflow.MLFLOW_HTTP_REQUEST_MAX_RETRIES
        backoff = mlflow.MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR
        return rest.http_request(
            self._credentials(),
            path,
            method,
            timeout=timeout.get() if timeout.is_set() else (patience.connect, patience.read),
            max_retries=retries.get() if retries.is_set() else patience.retries,
            backoff_factor=backoff.get() if backoff.is_set() else 0.5,
            backoff_jitter=0.1,
            raise_on_status=False,
            respect_retry_after_header=False,
            stream=stream,
            **{"json" if method == "POST" else "params": content},
        )

    def _credentials(self) -> Any:
        credentials = mlflow_module("utils.credentials")
        found = credentials.get_default_host_creds(self.name)
        if self._user:
            found.username, found.password, found.token = self._user, self._password, None
        return found

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Turns what MLflow's HTTP stack raises into a SourceError."""
        import requests

        exceptions = mlflow_module("exceptions")
        try:
            yield
        except (exceptions.MlflowException, requests.RequestException, ValueError) as error:
            raise self._silence(error) from None

    def _silence(self, error: BaseException) -> SourceError:
        """For a request without an answer; never with the error's own text, which may hold anything."""
        causes = tuple(_causes(error))
        for kinds, code in _silences():
            if any(isinstance(cause, kinds) for cause in causes):
                return self._error(code)
        return self._error(Servers.NOT_ASKED, error=type(causes[-1]).__name__)

    def _refuse(self, status: int, content: bytes) -> None:
        """Raises the SourceError for an answer that is no success."""
        code = _error_code(content)
        if status == 401:
            raise self._error(Servers.WHO)
        if status == 403:
            raise self._error(Servers.FORBIDDEN)
        if status == 404 and code == "RESOURCE_DOES_NOT_EXIST":
            raise MissingError(Servers.NOT_THERE, server=self.name)
        if status >= 500 or status in (408, 429):
            raise self._error(Servers.FAILING, status=status)
        if code:
            raise RefusedError(Servers.QUESTION_REFUSED, server=self.name, status=status, error=code)
        raise self._error(Servers.STRANGE_STATUS, status=status)

    def _error(self, code: Servers, **values: Value) -> SourceError:
        return SourceError(code, server=self.name, **values)


def _silences() -> Iterator[tuple[tuple[type[BaseException], ...], Servers]]:
    """Kinds of failure, the most telling first, and what each means."""
    import requests.exceptions as upper
    import urllib3.exceptions as lower

    yield (lower.NameResolutionError,), Servers.NAME_UNKNOWN
    yield (upper.ProxyError, lower.ProxyError), Servers.PROXY
    yield (upper.SSLError, lower.SSLError), Servers.TLS
    yield (ConnectionRefusedError,), Servers.NOTHING_LISTENS
    yield (upper.Timeout, lower.TimeoutError), Servers.SILENT
    yield (lower.NewConnectionError,), Servers.NO_WAY
    yield (upper.ConnectionError, upper.ChunkedEncodingError), Servers.BREAKING_OFF


def _valid(uri: str) -> bool:
    try:
        parts = urlsplit(uri)
        # An @ behind the host: the host is rather the first part of a password, and nothing is sent there.
        stray = "@" in parts.path + parts.query + parts.fragment
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not stray
    except ValueError:
        return False


def _error_code(content: bytes) -> str:
    """MLflow's own code in an error's body, "" when there is none."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    code = body.get("error_code") if isinstance(body, dict) else None
    return code if isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum() else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it, whether chained or handed on as a value."""
    pending: list[object] = [error]
    seen: set[int] = set()
    while pending:
        item = pending.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            pending += [item.__cause__, item.__context__, getattr(item, "reason", None), *item.args]
