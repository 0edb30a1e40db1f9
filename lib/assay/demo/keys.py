"""Reads a mapping of a file key by key, so that every complaint names its place."""

from collections.abc import Mapping
from typing import Any

from assay.errors import RecipeError
from assay.model.note import Value
from assay.model.problems import Recipes

_MISSING = object()


class DemoKeys:
    """A mapping of a file that knows where it stands, so that every complaint says so."""

    def __init__(self, where: str, values: object) -> None:
        if not isinstance(values, Mapping):
            raise RecipeError(Recipes.RECIPE_NO_MAPPING, where=where, found=repr(values))
        self.where, self.values = where, values

    def wrong(self, code: Recipes, key: str, found: object, **values: Value) -> RecipeError:
        return RecipeError(code, where=self.where, key=key, found=repr(found), **values)

    def allow(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                raise RecipeError(Recipes.RECIPE_KEY_UNKNOWN, where=self.where, key=key, allowed=known)

    def get(self, key: str, kind: type | tuple[type, ...], default: Any = _MISSING) -> Any:
        value = self.values.get(key, default)
        if value is _MISSING:
            raise RecipeError(Recipes.RECIPE_KEY_MISSING, where=self.where, key=key)
        kinds = kind if isinstance(kind, tuple) else (kind,)
        if value is default or (isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))):
            return value
        raise self.wrong(Recipes.WRONG_TYPE, key, value, kinds=tuple(k.__name__ for k in kinds))

    def text(self, key: str, default: Any = _MISSING) -> str:
        return str(self.get(key, str, default))

    def positive(self, key: str) -> int:
        value = self.get(key, int)
        if value < 1:
            raise self.wrong(Recipes.NOT_POSITIVE, key, value)
        return int(value)

    def one_of(self, key: str, allowed: tuple[str, ...], default: Any = _MISSING) -> Any:
        value = self.get(key, str, default)
        if value not in allowed and value is not default:
            raise self.wrong(Recipes.NO_CHOICE, key, value, allowed=allowed)
        return value

    def part(self, key: str, default: Any = _MISSING) -> "DemoKeys":
        return DemoKeys(f"{self.where}, {key}", self.get(key, Mapping, default))
