"""Reads what a run logged of its environment, and what the model that it logged asks for."""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assay.cache.files import UNREADABLE
from assay.cache.score_files import UnreadableError
from assay.model.evidence.environment import (
    VERSION,
    Changes,
    CodeState,
    Environment,
    PackageSource,
    Requirements,
)
from assay.model.evidence.notes import RecordNote
from assay.yaml_files.plain import plain

_LARGEST, _LARGEST_LIST = 5_000_000, 1_000_000
_LONGEST = 10_000
_MOST = 20_000
_COUNTED = 2**63
"""Nobody has as much of anything, nor a number that can be divided."""


def environment(path: Path) -> Environment:
    """`evidence/environment.json`; a field of another type than it should have counts as one that is not there.

    Raises UnreadableError for what is no such file, and for one of a version that nobody here knows.
    """
    found = _json(path)
    version = found.get("version", 1)
    if not _is_count(version) or not 1 <= version <= VERSION:
        raise UnreadableError(RecordNote.ENVIRONMENT_OF_OTHER_VERSION, path, found=str(version)[:20], known=VERSION)
    cpu, container = _mapping(found.get("cpu")), _mapping(found.get("container"))
    return Environment(
        version=version,
        python=_text(found.get("python")),
        implementation=_text(found.get("implementation")),
        platform=_text(found.get("platform")),
        packages=_texts(found.get("packages")),
        sources=_sources(found.get("sources")),
        cuda=_text(found.get("cuda")),
        cudnn=_text(found.get("cudnn")),
        gpus=_list(found.get("gpus")),
        cpu=_text(cpu.get("model")),
        cpus=_count(cpu.get("usable")) or _count(cpu.get("logical")),
        ram_bytes=_count(found.get("ram_bytes")),
        threads={key: n for key, own in _some(found.get("threads")) if (n := _count(own)) is not None},
        container=_text(container.get("kind")),
        image=_text(container.get("image")),
        code=_code(_mapping(found.get("git"))),
        command=_text(found.get("command")),
        argv=_list(found.get("argv")),
        seeds=_texts(found.get("seeds")),
        changes=_changes(_mapping(found.get("patch"))),
    )


def requirements(path: Path, name: str) -> Requirements:
    """A `requirements.txt` or `conda.yaml`, which is `name` among the artifacts; raises UnreadableError."""
    try:
        if path.stat().st_size > _LARGEST_LIST:
            raise UnreadableError(RecordNote.REQUIREMENTS_DAMAGED, path)
        text = path.read_text(encoding="utf-8")
        python, lines = _conda(text) if name.endswith((".yaml", ".yml")) else (None, text.splitlines())
    except (OSError, yaml.YAMLError, *UNREADABLE):
        raise UnreadableError(RecordNote.REQUIREMENTS_DAMAGED, path) from None
    plain = (re.sub(r"(^|\s)#.*", "", line).strip() for line in lines[:_MOST])
    return Requirements(name, tuple(line[:_LONGEST] for line in plain if line), python)


def _conda(text: str) -> tuple[str | None, list[str]]:
    """Python's version and what pip is asked for; what only conda has is asked for as conda writes it."""
    python, lines = None, []
    wanted = _mapping(plain(text)).get("dependencies")
    for one in wanted if isinstance(wanted, list) else []:
        if isinstance(one, str) and (found := re.fullmatch(r"python\s*={1,2}\s*([\d.]+)", one)):
            python = found[1]
        elif isinstance(one, str) and not re.match(r"pip\b", one):
            lines.append(one)
        elif isinstance(one, Mapping):
            lines += _list(one.get("pip"))
    return python, lines


def _json(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(RecordNote.ENVIRONMENT_DAMAGED, path)
        found: Any = json.loads(path.read_bytes())
    except (OSError, *UNREADABLE):
        raise UnreadableError(RecordNote.ENVIRONMENT_DAMAGED, path) from None
    if not isinstance(found, Mapping):
        raise UnreadableError(RecordNote.ENVIRONMENT_DAMAGED, path)
    return found


def _code(found: Mapping[str, Any]) -> CodeState | None:
    if (commit := _text(found.get("commit"))) is None:
        return None
    script = _mapping(found.get("script"))
    return CodeState(
        commit=commit,
        branch=_text(found.get("branch")),
        dirty=_truth(found.get("dirty")),
        remote=_text(found.get("remote")),
        folder=_text(found.get("folder")),
        script=_text(script.get("path")),
        tracked=_truth(script.get("tracked")),
    )


def _changes(found: Mapping[str, Any]) -> Changes | None:
    if (lines := _count(found.get("lines"))) is None:
        return None
    return Changes(_text(found.get("sha256")), lines, _count(found.get("bytes")) or 0)


def _sources(found: object) -> dict[str, PackageSource]:
    made = {}
    for name, own in _some(found):
        one = _mapping(own)
        if url := _text(one.get("url")):
            commit, below = _text(one.get("commit")), _text(one.get("subdirectory"))
            made[name] = PackageSource(url, commit, one.get("editable") is True, below, _text(one.get("folder")))
    return made


def _mapping(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def _some(found: object) -> list[tuple[str, Any]]:
    """The first entries, with names that can be shown."""
    return [(_shown(str(name)), own) for name, own in list(_mapping(found).items())[:_MOST]]


def _texts(found: object) -> dict[str, str]:
    """Names and texts as they are in every file: thousands of runs have the same packages."""
    return {sys.intern(name): sys.intern(text) for name, own in _some(found) if (text := _text(own)) is not None}


def _list(found: object) -> tuple[str, ...]:
    own = found if isinstance(found, list) else []
    return tuple(text for one in own[:_MOST] if (text := _text(one)) is not None)


def _text(found: object) -> str | None:
    """A text or a number as text; None for anything else."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    return _shown(str(found)) or None


def _shown(text: str) -> str:
    """Half a character, which JSON can hold, is no text that anybody can be shown."""
    return text[:_LONGEST].encode("utf-8", "replace").decode()


def _truth(found: object) -> bool | None:
    return found if isinstance(found, bool) else None


def _is_count(found: object) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found >= 0


def _count(found: object) -> int | None:
    return found if isinstance(found, int) and _is_count(found) and found < _COUNTED else None
