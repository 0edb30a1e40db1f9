"""Asks an MLflow tracking server over MLflow's own HTTP stack and turns every failure into one sentence."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from assay.errors import SourceError
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
            raise SourceError(
                f"{self.name} is no address of a tracking server; write http://host:port, and in a password %2F, "
                "%3F, %23 and %40 for /, ?, # and @."
            )
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
            raise SourceError(self._stranger("JSON without experiments"))

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
        token: str | None = None
        while True:
            page = self.ask(endpoint, body | ({"page_token": token} if token else {}))
            yield page
            token = page.get("next_page_token")
            if not token:
                return

    @contextmanager
    def download(self, run_id: str, path: str) -> Iterator[Iterator[bytes]]:
        """The content of one artifact in pieces, served by the server from its own store.

        Raises SourceError; MissingError when there is no such run or file.
        """
        query = {"run_id": run_id, "path": path}
        with self._sentences():
            response = self._send("GET", "/get-artifact", query, _LATER, stream=True)
            try:
                if response.status_code != 200:
                    self._refuse(response.status_code, response.content)
                yield response.iter_content(1 << 20)
            finally:
                response.close()

    def _ask(self, method: str, endpoint: str, content: Json, patience: _Patience) -> Json:
        with self._sentences():
            response = self._send(method, API + endpoint, content, patience)
            if response.status_code != 200:
                self._refuse(response.status_code, response.content)
            try:
                answer = json.loads(response.content)
            except ValueError as error:
                kind = response.headers.get("Content-Type", "").partition(";")[0] or "text"
                raise SourceError(self._stranger(kind)) from error
        if not isinstance(answer, dict):
            raise SourceError(self._stranger("JSON of another form"))
        return answer

    def _send(self, method: str, path: str, content: Json, patience: _Patience, stream: bool = False) -> Any:
        # MLflow annotates none of these.
        mlflow: Any = import_module("mlflow.environment_variables")
        rest: Any = import_module("mlflow.utils.rest_utils")
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
        credentials: Any = import_module("mlflow.utils.credentials")
        found = credentials.get_default_host_creds(self.name)
        if self._user:
            found.username, found.password, found.token = self._user, self._password, None
        return found

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Turns what MLflow's HTTP stack raises into a SourceError with a sentence."""
        import requests
        from mlflow.exceptions import MlflowException

        try:
            yield
        except (MlflowException, requests.RequestException, ValueError) as error:
            raise SourceError(self._silence(error)) from None

    def _silence(self, error: BaseException) -> str:
        """The sentence for a request without an answer; never the error's own text, which may hold anything."""
        causes = tuple(_causes(error))
        for kinds, sentence in _silences():
            if any(isinstance(cause, kinds) for cause in causes):
                return sentence.format(self.name)
        return f"{self.name} cannot be asked ({type(causes[-1]).__name__}); check MLflow's MLFLOW_… variables."

    def _refuse(self, status: int, content: bytes) -> None:
        """Raises the SourceError for an answer that is no success."""
        code = _error_code(content)
        variables = "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN"
        if status == 401:
            raise SourceError(f"{self.name} asks who we are (401); set {variables}.")
        if status == 403:
            raise SourceError(
                f"{self.name} does not let us read (403); set {variables} to an account that may, or give an "
                "address that the server allows."
            )
        if status == 404 and code == "RESOURCE_DOES_NOT_EXIST":
            raise MissingError(f"{self.name} has no such run or file; it may have been deleted for good.")
        if status >= 500 or status in (408, 429):
            raise SourceError(f"{self.name} keeps failing ({status}); look at the server's log, then try again.")
        if code:
            raise RefusedError(f"{self.name} refuses a question of ours ({status}, {code}); update MLflow there.")
        raise SourceError(self._stranger(f"status {status}"))

    def _stranger(self, found: str) -> str:
        return f"{self.name} answers, but not as an MLflow server ({found}); check the address, its port and path."


def _silences() -> Iterator[tuple[tuple[type[BaseException], ...], str]]:
    """Kinds of failure, the most telling first, and the sentence for each, with the server's name to fill in."""
    import requests.exceptions as upper
    import urllib3.exceptions as lower

    yield (lower.NameResolutionError,), "No machine answers to the name in {}; check the address and your network."
    yield (
        (upper.ProxyError, lower.ProxyError),
        "The proxy on the way to {} does not answer; check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.",
    )
    yield (
        (upper.SSLError, lower.SSLError),
        "{} offers no TLS connection to be trusted; try http://, or name its certificate in "
        "MLFLOW_TRACKING_SERVER_CERT_PATH.",
    )
    yield (
        (ConnectionRefusedError,),
        "Nothing listens at {}; start the MLflow server there or check the address.",
    )
    yield (
        (upper.Timeout, lower.TimeoutError),
        "{} does not answer in time; check that the server is well, then try again.",
    )
    yield (lower.NewConnectionError,), "No way leads to {}; check the address and your network."
    yield (
        (upper.ConnectionError, upper.ChunkedEncodingError),
        "{} breaks the connection; check that the server is well, then try again.",
    )


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
    except ValueError:
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
