"""What is wrong with a policy file, with its line, its key, what was found and what is allowed."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assay.errors import PolicyError
from assay.model.note import Value
from assay.model.problems import PolicyFiles
from assay.policy.sections import MetricSection, ParamsSection, PolicyFile, Section, StatisticsSection, TaskSection


def refuse_duplicates(path: Path, node: yaml.Node | None, above: str = "") -> None:
    """Raises PolicyError for the first key that stands twice in one mapping."""
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[Hashable] = set()
    for key, value in node.value:
        name = f"{above}{key.value}"
        if key.value in seen:
            raise PolicyError(PolicyFiles.KEY_TWICE, file=str(path), line=key.start_mark.line + 1, key=name)
        seen.add(key.value)
        refuse_duplicates(path, value, f"{name}.")


def refused(path: Path, tree: yaml.Node | None, error: ValidationError) -> PolicyError:
    """The first wrong key, and how many more there are."""
    first, *others = error.errors(include_url=False)
    keys = [key for key in first["loc"] if key != "[key]"]
    name = ".".join(str(key) for key in keys)
    where: dict[str, Value] = {"file": str(path), "line": _line(tree, keys), "key": name, "more": len(others)}
    if first["type"] == "extra_forbidden":
        return PolicyError(PolicyFiles.NO_POLICY_KEY, allowed=_allowed_keys(keys[:-1]), **where)
    where["found"] = brief(first["input"])
    if expected := first.get("ctx", {}).get("expected"):
        return PolicyError(PolicyFiles.NOT_ALLOWED, allowed=expected.replace(" or ", ", "), **where)
    if first["type"] in _SHAPES:
        return PolicyError(_SHAPES[first["type"]], **where)
    return PolicyError(PolicyFiles.WRONG_VALUE, message=first["msg"], **where)


_SHAPES = {
    "tuple_type": PolicyFiles.NO_LIST,
    "dict_type": PolicyFiles.NO_MAPPING,
    "model_type": PolicyFiles.NO_MAPPING,
    "string_type": PolicyFiles.NO_TEXT,
}


def _allowed_keys(keys: list[Any]) -> tuple[str, ...]:
    sections: dict[str, type[Section]] = {
        "metrics": MetricSection,
        "statistics": StatisticsSection,
        "params": ParamsSection,
        "tasks": TaskSection,
    }
    return tuple((sections[keys[0]] if keys else PolicyFile).model_fields)


def _line(tree: yaml.Node | None, keys: list[Any]) -> int:
    """The line of the deepest node that `keys` lead to, counted from 1."""
    line, node = 1, tree
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(key)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            line = node.start_mark.line + 1
    return line


def brief(value: Any) -> str | None:
    """What was found, as short as it is shown; None for nothing."""
    if value is None:
        return None
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
