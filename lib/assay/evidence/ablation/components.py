"""What a full system is made of: names that MLflow takes, and texts that any process makes of the same values."""

import hashlib
import inspect
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from assay.errors import EvidenceError

_TAKEN_BY_MLFLOW = re.compile(r"[/\w.\- :]{1,240}")
_SEED = re.compile(r".*(seed|random_state)", re.IGNORECASE)
_VALUE = "_value"
_LONGEST = 500


def checked(components: Mapping[str, Any] | Iterable[str]) -> dict[str, Any]:
    """Name → value in the full system, True of bare names; EvidenceError of a name or value that cannot be used."""
    if isinstance(components, str) or not isinstance(components, Iterable):
        raise EvidenceError(f"The components are {components!r}; pass their names, or a mapping of names to values.")
    pairs = [*components.items()] if isinstance(components, Mapping) else [(name, True) for name in components]
    if not pairs:
        raise EvidenceError("There are no components; name what can be taken out of the full system.")
    found: dict[str, Any] = {}
    for name, value in pairs:
        _refuse_unusable(name, value)
        if name in found:
            raise EvidenceError(f"The component {name!r} is named twice; name each once.")
        found[name] = value
    clash = next((name for name, value in found.items() if not is_true(value) and name + _VALUE in found), None)
    if clash:
        raise EvidenceError(
            f"The value of {clash!r} is logged as {clash + _VALUE!r}, which is a component too; rename it."
        )
    return found


def is_true(value: object) -> bool:
    """Whether it says no more than that the component is on."""
    return isinstance(value, (bool, np.bool_)) and bool(value)


def digest(components: Mapping[str, Any]) -> str:
    """SHA-256 of names and values in any order; EvidenceError of a value that only this process can tell apart."""
    pairs = [(name, _plain(value, name)) for name, value in sorted(components.items())]
    return hashlib.sha256(json.dumps(pairs, sort_keys=True).encode()).hexdigest()


def fresh(value: object) -> object:
    """The same, so that whoever is called with it cannot change the containers of the next call."""
    if type(value) is dict:
        return {key: fresh(own) for key, own in value.items()}
    if type(value) is list:
        return [fresh(own) for own in value]
    return value.copy() if type(value) is set or isinstance(value, np.ndarray) else value


def value_text(value: object, name: str) -> str:
    """As a param shows it; raises as `digest` does."""
    text = value if isinstance(value, str) else json.dumps(_plain(value, name), ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def params(components: Mapping[str, Any], removed: Iterable[str]) -> dict[str, str]:
    """`on` or `off` of each component, and `NAME_value` of one that is on and more than True."""
    gone = {*removed}
    found = {name: "off" if name in gone else "on" for name in components}
    told = (name for name, value in components.items() if name not in gone and not is_true(value))
    return found | {name + _VALUE: value_text(components[name], name) for name in told}


def _refuse_unusable(name: object, value: object) -> None:
    if not isinstance(name, str) or not _TAKEN_BY_MLFLOW.fullmatch(name) or _is_another_path(name):
        raise EvidenceError(
            f"The component {name!r} cannot be a param of MLflow; use letters, digits, spaces and _ - . : / alone, up "
            "to 240 of them, and no path such as ../a."
        )
    if _SEED.fullmatch(name):
        raise EvidenceError(f"The component {name!r} would be taken for the seed, by which runs are paired; rename it.")
    if isinstance(value, (bool, np.bool_)) and not value:
        raise EvidenceError(f"The component {name!r} is False in the full system; give what it is when it is on.")


def _is_another_path(name: str) -> bool:
    """Whether a file of that name would have another one, which MLflow refuses."""
    return posixpath.normpath(name) != name or name in {".", ".."} or name.startswith(("/", "../"))


def _plain(value: object, name: str) -> object:
    """What JSON takes, equal in every process."""
    if isinstance(value, (np.generic, np.ndarray)):
        value = value.tolist()
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(own, name) for key, own in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(own, name) for own in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(own, name) for own in value), key=repr)
    return _told(value, name)


def _told(value: object, name: str) -> str:
    """A function or class by its full name, anything else by its own text."""
    named = inspect.isfunction(value) or inspect.isclass(value)
    text = f"{value.__module__}.{value.__qualname__}" if named else repr(value)  # type: ignore[attr-defined]
    if " at 0x" in text or "..." in text or (named and "<" in text):
        raise EvidenceError(
            f"The value of component {name!r} is {text[:100]}, which another process could not tell from others; name "
            "it by a text and make it in the evaluator."
        )
    return text
