"""Where something stands in a YAML file, and what stands there, in short."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from reprlib import Repr
from typing import Any

import yaml


def line(tree: yaml.Node | None, keys: Sequence[Any]) -> int:
    """The line of the deepest node that `keys` lead to, counted from 1."""
    found, node = 1, tree
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            if str(key) not in (places := _places(node)):
                break
            found, node = places[str(key)]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            found = node.start_mark.line + 1
    return found


@lru_cache(maxsize=32)
def _places(node: yaml.MappingNode) -> dict[str, tuple[int, yaml.Node]]:
    """The line and value of each key; kept while a file is read, whose every rule asks for those above it.

    Of a key that stands there twice, by << and by itself, the last, which holds.
    """
    return {key.value: (key.start_mark.line + 1, value) for key, value in node.value}


_BRIEF = Repr()
_BRIEF.maxlevel, _BRIEF.maxstring, _BRIEF.maxother = 3, 60, 60


def brief(value: Any) -> str | None:
    """What was found, as short as it is shown; None for nothing."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    text = _BRIEF.repr(value)  # aliases make a value that is longer than any memory
    return text if len(text) <= 60 else text[:57] + "…"
