"""Reads a mapping of a file key by key, so that every complaint names its place."""

from collections.abc import Mapping
from typing import Any

from assay.errors import RecipeError

_MISSING = object()


class Keys:
    """A mapping of a file that knows where it stands, so that every complaint says so."""

    def __init__(self, where: str, values: object) -> None:
        if not isinstance(values, Mapping):
            raise RecipeError(f"{where} holds {values!r}; it must be a mapping of keys to values.")
        self.where, self.values = where, values

    def wrong(self, key: str, found: object, allowed: str) -> RecipeError:
        return RecipeError(f"{self.where}: {key} is {found!r}; it must be {allowed}.")

    def allow(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                raise RecipeError(f"{self.where}: unknown key {key!r}; allowed are {', '.join(known)}.")

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = _MISSING) -> Any:
        value = self.values.get(key, default)
        if value is _MISSING:
            raise RecipeError(f"{self.where}: {key} is missing; add it.")
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if value is default or (isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))):
            return value
        raise self.wrong(key, value, f"of type {' or '.join(k.__name__ for k in kinds)}")

    def text(self, key: str, default: Any = _MISSING) -> str:
        return str(self.get(key, str, default))

    def positive(self, key: str) -> int:
        value = self.get(key, int)
        if value < 1:
            raise self.wrong(key, value, "a whole number above 0")
        return int(value)

    def one_of(self, key: str, allowed: tuple[str, ...], default: Any = _MISSING) -> Any:
        value = self.get(key, str, default)
        if value not in allowed:
            raise self.wrong(key, value, f"one of {', '.join(allowed)}")
        return value

    def part(self, key: str, default: Any = _MISSING) -> "Keys":
        return Keys(f"{self.where}, {key}", self.get(key, Mapping, default))
