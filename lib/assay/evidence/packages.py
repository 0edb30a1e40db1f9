"""The packages that are installed, and where those came from that no index gave."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from assay.evidence.repository import address

Origins = Mapping[str, Mapping[str, Any]]


def packages() -> dict[str, str]:
    """Name → version, by name. Of two of one name that which is imported; one that cannot be read is left out."""
    return {name: version for name, version, _ in _installed()}


def sources(top: Path | None = None) -> dict[str, dict[str, Any]]:
    """Name → {url, commit?, editable?, subdirectory?, folder?} of packages that were not installed from an index.

    `folder`: from `top`, the repository's, where it is one that lies in that.
    """
    found = {name: _source(origin, top) for name, _, origin in _installed() if origin}
    return {name: source for name, source in found.items() if source}


@lru_cache(maxsize=1)
def _installed() -> tuple[tuple[str, str, Mapping[str, Any]], ...]:
    """Name, version and the origin as PEP 610 has it; a process that goes on imports what it has found."""
    found: dict[str, tuple[str, str, Mapping[str, Any]]] = {}
    for name, version, origin in _readable():
        found.setdefault(name, (name, version, origin))
    return tuple(found[name] for name in sorted(found, key=str.lower))


def _readable() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each is read once: a metadata file is long."""
    for one in metadata.distributions():
        try:
            said = one.metadata
            name, version, origin = said["Name"], said["Version"], one.read_text("direct_url.json")
        except (OSError, ValueError, KeyError, TypeError, AttributeError, metadata.PackageNotFoundError):
            continue  # a broken installation; what else is there counts all the same
        if name and version:
            yield str(name), str(version), _mapping(origin)


def _mapping(text: str | None) -> Mapping[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _source(origin: Mapping[str, Any], top: Path | None) -> dict[str, Any]:
    url = origin.get("url")
    if not isinstance(url, str):
        return {}
    control, folder = _part(origin, "vcs_info"), _part(origin, "dir_info")
    found = {
        "url": address(url),
        "commit": control.get("commit_id"),
        "editable": folder.get("editable") is True,
        "subdirectory": origin.get("subdirectory"),
        "folder": _within(url, top) if folder else None,
    }
    return {key: value for key, value in found.items() if value}


def _part(origin: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = origin.get(name)
    return part if isinstance(part, dict) else {}


def _within(url: str, top: Path | None) -> str | None:
    parts = urlsplit(url)
    if top is None or parts.scheme != "file":
        return None
    path = Path(unquote(parts.path))
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else None
