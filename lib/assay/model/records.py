"""Frozen dataclasses as JSON and back: what the journal keeps for years is read by the fields that its values have."""

import json
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from assay.model.note import Note, as_record, from_record

T = TypeVar("T")

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading raises of a text that is no such value."""


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

    Raises one of `UNREADABLE` for what is none.
    """
    return cast(T, _reader(cast(Any, kind))(found))


_Read = Callable[[Any], Any]


@lru_cache(maxsize=512)
def _reader(kind: Any) -> _Read:  # noqa: PLR0911
    """What makes a value of `kind` of its JSON; told once a type, for a journal has a hundred thousand values."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _or_none(_reader(next(one for one in inner if one is not type(None))))
    if origin is tuple:
        return _of_tuple(inner)
    if origin is not None and issubclass(origin, Mapping):
        key, value = map(_reader, inner)
        return lambda found: {key(name): value(one) for name, one in found.items()}
    if kind is Note:
        return from_record
    if is_dataclass(kind):
        return _of_dataclass(cast(type, kind))
    if (isinstance(kind, type) and issubclass(kind, Enum)) or kind is float:
        return cast(_Read, kind)
    return _of_scalar(kind) if kind in (str, int, bool) else lambda found: found


def _or_none(read: _Read) -> _Read:
    return lambda found: None if found is None else read(found)


def _of_tuple(inner: tuple[Any, ...]) -> _Read:
    if inner[1:] == (Ellipsis,):
        each = _reader(inner[0])
        return lambda found: tuple(each(one) for one in found)
    places = [_reader(one) for one in inner]
    return lambda found: tuple(read(one) for read, one in zip(places, found, strict=True))


def _of_dataclass(kind: type) -> _Read:
    hints = get_type_hints(kind)
    every = [
        (own.name, _reader(hints[own.name]), own.default is MISSING and own.default_factory is MISSING)
        for own in fields(kind)
    ]

    def read(found: Any) -> Any:
        return kind(**{name: own(found[name]) for name, own, needed in every if needed or name in found})

    return read


def _of_scalar(kind: type) -> _Read:
    def read(found: Any) -> Any:
        if type(found) is not kind:
            raise TypeError(type(found).__name__)
        return found

    return read
