"""The only readers of MLflow stores: SQLite files, mlruns folders and tracking servers, all read-only."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from assay.errors import SourceError
from assay.model.problems import Stores
from assay.sources.source import Source
from assay.uri import fixed, scheme_of, shown, sqlite_path


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
        raise SourceError(Stores.POSTGRESQL, uri=shown(tracking_uri))
    raise SourceError(Stores.URI_UNKNOWN, uri=shown(tracking_uri))


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
        raise SourceError(Stores.URI_EMPTY)
    if not scheme:
        return fixed(Path(uri).expanduser())
    parts = urlsplit(uri)
    if parts.netloc not in ("", "localhost"):
        raise SourceError(Stores.OTHER_MACHINE, uri=shown(uri))
    return fixed(Path(url2pathname(parts.path)))


def _sqlite_path(uri: str) -> Path:
    _, slashes, rest = uri.partition(":///")
    written = rest.partition("?")[0]
    if not slashes:
        raise SourceError(Stores.FILE_UNNAMED, uri=shown(uri))
    if written in ("", ":memory:"):
        raise SourceError(Stores.IN_MEMORY, uri=shown(uri))
    return sqlite_path(written)
