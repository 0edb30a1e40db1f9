"""What is wrong with a policy file, with its line, its key, what was found and what is allowed."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from reprlib import Repr
from typing import Any

import yaml
from pydantic import ValidationError

from assay.errors import PolicyError
from assay.model.note import Value
from assay.model.problems import PolicyFiles
from assay.policy.limits import ObjectionError
from assay.policy.sections import (
    AblationSection,
    CriterionSection,
    EvaluationSection,
    LeakageSection,
    MetricSection,
    ParamsSection,
    PolicyFile,
    ScorecardSection,
    Section,
    StatisticsSection,
    TaskSection,
)


def refuse_unreadable(path: Path, node: yaml.Node | None) -> None:
    """Raises PolicyError for the first text that no text file may hold and the first key that is no text or stands
    twice in one mapping; names of metrics are alike in any case.
    """
    _refuse_unreadable(path, node, (), set())


def _refuse_unreadable(path: Path, node: yaml.Node | None, above: tuple[str, ...], done: set[int]) -> None:
    """`done`: nodes looked at, as aliases may lead to one often, or round in a circle."""
    if id(node) in done:
        return
    done.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            _refuse_unreadable(path, value, (*above, str(place)), done)
    if isinstance(node, yaml.ScalarNode) and _HALF.search(node.value):
        where = {"file": str(path), "line": node.start_mark.line + 1}
        raise PolicyError(PolicyFiles.HALF_CHARACTER, found=brief(node.value), **where)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue  # refused where its value is made
        _refuse_unreadable(path, key, above, done)
        name, keys = key.value, (*above, key.value)
        if key.tag not in _TEXTS and not _free(above):
            where = {"file": str(path), "line": key.start_mark.line + 1}
            raise PolicyError(PolicyFiles.KEY_NO_TEXT, key=".".join(above), name=brief(name), **where)
        alike = name.lower() if _of_metrics(above) else name
        if alike in seen:
            where = {"file": str(path), "line": key.start_mark.line + 1}
            raise PolicyError(PolicyFiles.KEY_TWICE, key=".".join(keys), first=seen[alike], name=name, **where)
        seen[alike] = name
        _refuse_unreadable(path, value, keys, done)


_HALF = re.compile("[\ud800-\udfff]")
_TEXTS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "merge", "value")}


def _free(keys: tuple[str, ...]) -> bool:
    """Whether text in any form stands below these keys."""
    return keys[:1] == ("promotion_criteria",) or (keys[:1] == ("scorecards",) and keys[2:3] == ("promotion",))


def _of_metrics(keys: tuple[str, ...]) -> bool:
    """Whether metrics are what stands below these keys."""
    return keys == ("metrics",) or (keys[:1] == ("scorecards",) and keys[2:] == ("metrics",))


def refused(path: Path, tree: yaml.Node | None, error: ValidationError) -> PolicyError:
    """The first wrong key, and how many more there are; one that is missing may stand there misspelt, so it waits."""
    first, *others = sorted(error.errors(include_url=False), key=lambda one: one["type"] == "missing")
    keys = [key for key in first["loc"] if key != "[key]"]
    name = ".".join(text if (text := str(key)).strip() else repr(text) for key in keys)
    where: dict[str, Value] = {"file": str(path), "line": line(tree, keys), "key": name, "more": len(others)}
    kind, values = first["type"], first.get("ctx", {})
    if kind == "extra_forbidden":
        return PolicyError(PolicyFiles.NO_POLICY_KEY, allowed=_allowed_keys(keys[:-1]), **where)
    if kind == "missing":
        return PolicyError(PolicyFiles.KEY_MISSING, **where)
    where["found"] = brief(first["input"])
    if isinstance(objection := values.get("error"), ObjectionError):
        return PolicyError(objection.code, **objection.given, **where)
    if expected := values.get("expected"):
        return PolicyError(PolicyFiles.NOT_ALLOWED, allowed=expected.replace(" or ", ", "), **where)
    if kind in _SHAPES:
        return PolicyError(_SHAPES[kind], **where)
    return PolicyError(PolicyFiles.WRONG_VALUE, message=first["msg"], **where)


_SHAPES = {
    "tuple_type": PolicyFiles.NO_LIST,
    "dict_type": PolicyFiles.NO_MAPPING,
    "model_type": PolicyFiles.NO_MAPPING,
    "string_type": PolicyFiles.NO_TEXT,
    "float_type": PolicyFiles.NO_FIGURE,
    "float_parsing": PolicyFiles.NO_FIGURE,
    "int_type": PolicyFiles.NO_WHOLE_NUMBER,
    "int_parsing": PolicyFiles.NO_WHOLE_NUMBER,
    "int_from_float": PolicyFiles.NO_WHOLE_NUMBER,
    "string_pattern_mismatch": PolicyFiles.NO_ENTRY,
    "too_short": PolicyFiles.NO_ENTRY,
}

_SECTIONS: dict[tuple[str, int], type[Section]] = {
    ("", 0): PolicyFile,
    ("metrics", 2): MetricSection,
    ("statistics", 1): StatisticsSection,
    ("params", 1): ParamsSection,
    ("leakage", 1): LeakageSection,
    ("ablation", 1): AblationSection,
    ("tasks", 2): TaskSection,
    ("scorecards", 2): ScorecardSection,
    ("scorecards", 4): CriterionSection,
    ("evaluation", 3): EvaluationSection,
}
"""First key and how many keys lead to it → what may stand there."""


def _allowed_keys(keys: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_SECTIONS[keys[0] if keys else "", len(keys)].model_fields)


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
