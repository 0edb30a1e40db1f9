"""YAML that a program wrote into a store: flat, and written out."""

from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 100
_SHORT = 2_000
"""Letters, or bytes, in which nothing can lie so deep that it hurts."""


def plain(text: str | bytes) -> Any:
    """What `text` holds; raises yaml.YAMLError and what its values raise.

    libyaml ends the process over 30,000 brackets, and a page of aliases and `<<` may stand for more than any memory.
    """
    if len(text) > _SHORT or ("*" in text if isinstance(text, str) else b"*" in text):
        _refuse_bombs(text)
    return yaml.load(text, Loader=_LOADER)


def _refuse_bombs(text: str | bytes) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise yaml.YAMLError
