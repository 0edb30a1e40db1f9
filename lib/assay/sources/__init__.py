"""The only readers of MLflow stores: SQLite files, mlruns folders and tracking servers, all read-only."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from assay.errors import SourceError
from assay.sources.source import Source
from assay.uri import scheme_of, shown, sqlite_path

_FORMS = "sqlite:///path/to/mlflow.db, a folder of runs such as ./mlruns, or the http(s) address of an MLflow server"


def open(tracking_uri: str, artifact_roots: Sequence[Path] = ()) -> Source:
    """The store at `tracking_uri`, not yet read; relative paths start at the working directory.

    `artifact_roots`: folders besides a database's own in which its artifacts may be opened.

    Raises SourceError when the URI is of no kind that Assay reads.
    """
    scheme = scheme_of(tracking_uri)
    if scheme in ("http", "https"):
        from assay.sources.rest import RestSource

        return RestSource(tracking_uri)
    if scheme.partition("+")[0] == "sqlite":
        return _sql(_sqlite_path(tracking_uri), artifact_roots)
    if scheme == "file" or (not scheme and "://" not in tracking_uri):
        return _path(_plain_path(tracking_uri, scheme), tracking_uri, artifact_roots)
    if scheme.partition("+")[0] in ("postgresql", "postgres"):
        raise SourceError(
            f"{shown(tracking_uri)} is a PostgreSQL database, which Assay does not read yet; "
            "give the http address of an MLflow server that runs on it."
        )
    raise SourceError(f"{shown(tracking_uri)} is no tracking URI that Assay reads; give {_FORMS}.")


def _sql(path: Path, artifact_roots: Sequence[Path]) -> Source:
    from assay.sources.sql import SqlSource

    return SqlSource(path, artifact_roots)


def _path(path: Path, tracking_uri: str, artifact_roots: Sequence[Path]) -> Source:
    from assay.sources import sqlite
    from assay.sources.files import FileSource

    if sqlite.head(path).startswith(sqlite.MAGIC):
        return _sql(path, artifact_roots)
    return FileSource(path, tracking_uri)


def _plain_path(uri: str, scheme: str) -> Path:
    if not uri.strip():
        raise SourceError(f"The tracking URI is empty; give {_FORMS}.")
    if not scheme:
        return Path(uri).expanduser().absolute()
    parts = urlsplit(uri)
    if parts.netloc not in ("", "localhost"):
        raise SourceError(f"{shown(uri)} names another machine; a local folder is written file:///path/to/mlruns.")
    return Path(url2pathname(parts.path)).absolute()


def _sqlite_path(uri: str) -> Path:
    _, slashes, rest = uri.partition(":///")
    written = rest.partition("?")[0]
    if not slashes:
        raise SourceError(
            f"{shown(uri)} names no file; write sqlite:/// and the path, with four slashes when it is absolute."
        )
    if written in ("", ":memory:"):
        raise SourceError(f"{shown(uri)} is a database in memory, which no one else can read; give a file's path.")
    return sqlite_path(written)
