"""What is wrong with a YAML file, with its line, its key, what was found and what is allowed."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assay.errors import AssayError
from assay.model.note import Value
from assay.model.yaml_files import YamlFiles
from assay.yaml_files.form import Form, ObjectionError, Section
from assay.yaml_files.lines import brief, line


def refuse_unreadable(path: Path, node: yaml.Node | None, form: Form[Section]) -> None:
    """Raises for the first text that no text file may hold and the first key that is no text or stands twice in one
    mapping.
    """
    _refuse_unreadable(path, node, form, (), set())


def _refuse_unreadable(
    path: Path, node: yaml.Node | None, form: Form[Section], above: tuple[str, ...], done: set[int]
) -> None:
    """`done`: nodes looked at, as aliases may lead to one often, or round in a circle."""
    if id(node) in done:
        return
    done.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            _refuse_unreadable(path, value, form, (*above, str(place)), done)
    if isinstance(node, yaml.ScalarNode) and _HALF.search(node.value):
        raise form.error(YamlFiles.HALF_CHARACTER, path, line=node.start_mark.line + 1, found=brief(node.value))
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue  # refused where its value is made
        _refuse_unreadable(path, key, form, above, done)
        name, at = key.value, key.start_mark.line + 1
        if key.tag not in _TEXTS and not form.free(above):
            raise form.error(YamlFiles.KEY_NO_TEXT, path, line=at, key=".".join(above), name=brief(name))
        alike = form.spelled(above, name)
        if alike in seen:
            keys = ".".join((*above, name))
            raise form.error(YamlFiles.KEY_TWICE, path, line=at, key=keys, first=seen[alike], name=name)
        seen[alike] = name
        _refuse_unreadable(path, value, form, (*above, name), done)


_HALF = re.compile("[\ud800-\udfff]")
_TEXTS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "merge", "value")}


def refused(path: Path, tree: yaml.Node | None, form: Form[Section], error: ValidationError) -> AssayError:
    """The first wrong key, and how many more there are; one that is missing may stand there misspelt, so it waits."""
    first, *others = sorted(_wrong(error), key=lambda one: one["type"] == "missing")
    keys = tuple(key for key in first["loc"] if key != "[key]")
    where: dict[str, Value] = {"line": line(tree, keys), "key": named(keys), "more": len(others)}
    kind, values = first["type"], first.get("ctx", {})
    if kind == "extra_forbidden":
        return form.error(YamlFiles.NO_SUCH_KEY, path, allowed=tuple(form.section(keys[:-1]).model_fields), **where)
    if kind == "missing":
        return form.error(YamlFiles.KEY_MISSING, path, **where)
    where["found"] = brief(first["input"])
    if isinstance(objection := values.get("error"), ObjectionError):
        return form.error(objection.code, path, **where | objection.given)
    if expected := values.get("expected"):
        return form.error(YamlFiles.NOT_ALLOWED, path, allowed=expected.replace(" or ", ", "), **where)
    if kind in _SHAPES:
        return form.error(_SHAPES[kind], path, **where)
    return form.error(YamlFiles.WRONG_VALUE, path, message=first["msg"], **where)


def _wrong(error: ValidationError) -> list[Any]:
    """Without lists that are too short only because what stands in them is wrong, and was not counted."""
    found = error.errors(include_url=False)
    above = {one["loc"][:length] for one in found for length in range(len(one["loc"]))}
    return [one for one in found if one["type"] != "too_short" or one["loc"] not in above]


def named(keys: Sequence[Any]) -> str:
    """Keys as one name."""
    return ".".join(text if (text := str(key)).strip() else repr(text) for key in keys)


_SHAPES = {
    "tuple_type": YamlFiles.NO_LIST,
    "dict_type": YamlFiles.NO_MAPPING,
    "model_type": YamlFiles.NO_MAPPING,
    "string_type": YamlFiles.NO_TEXT,
    "float_type": YamlFiles.NO_FIGURE,
    "float_parsing": YamlFiles.NO_FIGURE,
    "int_type": YamlFiles.NO_WHOLE_NUMBER,
    "int_parsing": YamlFiles.NO_WHOLE_NUMBER,
    "int_from_float": YamlFiles.NO_WHOLE_NUMBER,
    "string_pattern_mismatch": YamlFiles.NO_ENTRY,
    "too_short": YamlFiles.NO_ENTRY,
}
