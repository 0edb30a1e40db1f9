"""Facts about files of splits, counted once per content and kept in the data folder."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assay.cache import splits
from assay.cache.files import MISSING, UNREADABLE, read_json, write_json
from assay.cache.split_files import unreadable
from assay.errors import CacheError
from assay.model.evidence.check import Offender
from assay.model.evidence.splits import Copies, PairFacts, Shared, Sizes, SplitFacts, SplitRole, TimeOrder
from assay.model.note import as_record, from_record

_FORMAT = 1
"""Of what is kept; facts of another one are counted anew."""


def digest(path: Path) -> str:
    """The SHA-256 of a file of splits, in hex; raises UnreadableError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(path, error) from None


def kept(folder: Path, content: str) -> SplitFacts | None:
    """What is known of the file with this SHA-256; None where nobody counted it, or in another format."""
    path = _place(folder, content)
    found: Any = read_json(path) if path else MISSING
    if found is MISSING or found is None:
        return None
    try:
        sound = found["format"] == _FORMAT and found["sum"] == _sum(found["facts"])
        return _facts(found["facts"]) if sound else None
    except UNREADABLE:
        return None


def counted(folder: Path, path: Path, content: str = "") -> SplitFacts:
    """The facts of a file, kept ones where its content is known; `content`: its SHA-256, where that is known.

    Raises UnreadableError for a file of no splits.
    """
    content = content or digest(path)
    found = kept(folder, content)
    if found is None:
        found = splits.facts(path)
        keep(folder, content, found)
    return found


def keep(folder: Path, content: str, facts: SplitFacts) -> None:
    """Writes them down; a folder that can't be written keeps nothing, and they are counted again."""
    path = _place(folder, content)
    record = asdict(facts) | {"notes": [as_record(one) for one in facts.notes]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path:
            write_json(path, {"format": _FORMAT, "sum": _sum(record), "facts": record})
    except (OSError, CacheError):
        return


def _sum(facts: Mapping[str, Any]) -> str:
    """What tells a record that was damaged, or changed by hand, from one that was counted."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _place(folder: Path, content: str) -> Path | None:
    """None for what is no SHA-256: the text of a tag is never a path."""
    return folder / f"{content}.json" if re.fullmatch(r"[0-9a-f]{64}", content) else None


def _facts(found: Mapping[str, Any]) -> SplitFacts:
    return SplitFacts(
        rows=int(found["rows"]),
        sizes=tuple(Sizes(**one) for one in found["sizes"]),
        names={str(name): int(n) for name, n in found["names"].items()},
        missing={str(name): int(n) for name, n in found["missing"].items()},
        pairs=tuple(map(_pair, found["pairs"])),
        notes=tuple(map(from_record, found["notes"])),
    )


def _pair(found: Mapping[str, Any]) -> PairFacts:
    copies, order = found["copies"], found["order"]
    return PairFacts(
        train=SplitRole(found["train"]),
        held=SplitRole(found["held"]),
        ids=_shared(found["ids"]),
        copies=None
        if copies is None
        else Copies(**{**copies, "held": _shared(copies["held"]), "multiplicities": _pairs(copies["multiplicities"])}),
        conflicts=_optional(found["conflicts"]),
        same_id=int(found["same_id"]),
        groups=_optional(found["groups"]),
        order=None if order is None else TimeOrder(**{**order, "before": _shared(order["before"])}),
    )


def _optional(found: Mapping[str, Any] | None) -> Shared | None:
    return None if found is None else _shared(found)


def _shared(found: Mapping[str, Any]) -> Shared:
    return Shared(**{**found, "named": tuple(Offender(**one) for one in found["named"])})


def _pairs(found: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((int(m), int(c)) for m, c in found)
