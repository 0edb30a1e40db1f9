"""Frozen dataclasses as JSON and back: what the journal keeps for years is read by the fields that its values have."""

import json
import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from assay.model.note import Note, as_record, from_record

T = TypeVar("T")


def canonical(value: Any) -> str:
    """The one JSON text of a value: names ascending, no spaces, no NaN; a float that is no number as its name."""
    return json.dumps(
        plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )  # fmt: skip


def plain(value: Any) -> Any:  # noqa: PLR0911
    """`value` as JSON has it: dataclasses and mappings as objects, tuples as arrays, NaN and infinity as text."""
    if isinstance(value, Note):
        return plain(as_record(value))
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def made(kind: type[T], found: Any) -> T:
    """The value of `kind` that `plain` made `found` of; fields that it does not know are left alone.

    Raises KeyError, TypeError or ValueError for what is none.
    """
    return cast(T, _made(kind, found))


@lru_cache(maxsize=256)
def _fields(kind: type) -> tuple[tuple[str, Any, bool], ...]:
    """Name, type and whether it has to be there, of each field."""
    hints = get_type_hints(kind)
    return tuple(
        (own.name, hints[own.name], own.default is MISSING and own.default_factory is MISSING) for own in fields(kind)
    )


def _made(kind: Any, found: Any) -> Any:  # noqa: PLR0911
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if found is None else _made(next(one for one in inner if one is not type(None)), found)
    if origin is tuple:
        each = inner[:1] * len(found) if inner[1:] == (Ellipsis,) else inner
        return tuple(_made(one, value) for one, value in zip(each, found, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {_made(inner[0], key): _made(inner[1], value) for key, value in found.items()}
    if kind is Note:
        return from_record(found)
    if is_dataclass(kind):
        given = {
            name: _made(own, found[name]) for name, own, needed in _fields(cast(type, kind)) if needed or name in found
        }
        return cast(Any, kind)(**given)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(found)
    if kind is float:
        return float(found)
    if kind in (str, int, bool) and type(found) is not kind:
        raise TypeError(type(found).__name__)
    return found
