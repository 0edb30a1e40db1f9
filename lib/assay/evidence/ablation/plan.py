"""Reads the plan of an ablation: its hypothesis, and which question is put to which arm."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.errors import EvidenceError
from assay.evidence.ablation.cells import FULL, Cell, cell, label
from assay.evidence.ablation.components import is_true, value_text
from assay.model.ablation.question import OFF, ON

if TYPE_CHECKING:
    import yaml

_TOP = "ablation"
_EXPERIMENTS = "experiments"
_REMOVED = ("remove", "without")
_NESTED = ("config", "settings", "components")
_SAID = ("name", "question", "description", "purpose", "hypothesis", "expected", "note", "notes", "id")
_WITHOUT = re.compile(r"(?:without|no|minus)[ _-]+(.+)|-\s*(.+)", re.IGNORECASE)
_ONLY = re.compile(r"(.+)[ _-]only|only[ _-](.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """`questions`: by what an arm takes out of the full system; empty where the plan asks none of it."""

    hypothesis: str = ""
    questions: Mapping[Cell, str] = field(default_factory=dict)


def read_plan(plan: str | PathLike[str] | Mapping[str, Any] | None, components: Mapping[str, Any]) -> StudyPlan:
    """Of a YAML file, or of the mapping that one holds; with or without the top key `ablation`.

    Raises EvidenceError with the file, and the line where there is one, when it cannot be read or an experiment cannot
    be placed.
    """
    if plan is None:
        return StudyPlan()
    if isinstance(plan, Mapping):
        return _planned(plan, components, "The plan", ())
    if not isinstance(plan, (str, PathLike)):
        raise EvidenceError(f"The plan is {plan!r}; pass the path of a YAML file, or a mapping.")
    content, lines = _loaded(Path(plan))
    return _planned(content, components, str(plan), lines)


def _planned(content: object, components: Mapping[str, Any], source: str, lines: Collection[int]) -> StudyPlan:
    inner = content.get(_TOP, content) if isinstance(content, Mapping) else content
    if not isinstance(inner, Mapping) or not {"hypothesis", _EXPERIMENTS} & {*inner}:
        raise EvidenceError(f"{source}: there is no {_TOP} with a hypothesis or {_EXPERIMENTS}.")
    experiments = inner.get(_EXPERIMENTS) or []
    if not isinstance(experiments, list):
        raise EvidenceError(f"{source}: {_EXPERIMENTS} is {experiments!r}; it must be a list.")
    told = [f"{source}, line {line}" for line in lines]
    places = told if len(told) == len(experiments) else [source] * len(experiments)
    try:
        hypothesis = _text(inner, "hypothesis")
    except EvidenceError as error:
        raise EvidenceError(f"{source}: {error}") from None
    questions: dict[Cell, str] = {}
    for place, number, experiment in zip(places, range(1, len(experiments) + 1), experiments, strict=True):
        try:
            arm, question = _arm(experiment, components), _text(experiment, "question")
            if arm in questions:
                raise EvidenceError(f"it is {label(arm, components)!r}, as one before it.")
        except EvidenceError as error:
            raise EvidenceError(f"{place}: experiment {_called(experiment, number)}: {error}") from None
        questions[arm] = question
    return StudyPlan(hypothesis, questions)


def _called(experiment: object, number: int) -> str:
    name = experiment.get("name") if isinstance(experiment, Mapping) else None
    return str(number) if name is None else repr(name)


def _text(of: Mapping[str, Any], key: str) -> str:
    value = of.get(key)
    if value is not None and not isinstance(value, str):
        raise EvidenceError(f"the {key} is {value!r}; it must be a text.")
    return (value or "").strip()


def _arm(experiment: object, components: Mapping[str, Any]) -> Cell:
    """By what is removed, else by the settings, else by the name."""
    if not isinstance(experiment, Mapping):
        raise EvidenceError(f"{experiment!r} is no mapping with a name, a question and settings.")
    settings = _settings(experiment, components)
    off = {name for name, value in settings.items() if not _is_on(name, value, components[name])}
    if any(key in experiment for key in _REMOVED):
        removed = _removed(experiment, components)
        wrong = next((name for name in settings if (name in off) != (name in removed)), None)
        if wrong:
            raise EvidenceError(f"it says two things of {wrong!r}.")
        return removed
    if not settings:
        return _by_name(_text(experiment, "name"), components)
    missing = [name for name in components if name not in settings]
    if missing:
        raise EvidenceError(f"it does not say whether {', '.join(missing)} is on; set each component, or use remove.")
    return cell(off, components)


def _removed(experiment: Mapping[str, Any], components: Mapping[str, Any]) -> Cell:
    names: list[str] = []
    for value in (experiment[key] for key in _REMOVED if key in experiment):
        if not isinstance(value, (str, list, tuple, type(None))):
            raise EvidenceError(f"what it removes is {value!r}; name a component, or list some.")
        names += [value] if isinstance(value, str) else (value or [])
    return cell([str(name) for name in names], components)


def _settings(experiment: Mapping[str, Any], components: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of components, in the experiment itself and in what is nested in it."""
    known = {*_SAID, *_REMOVED, *_NESTED}
    parts = [{key: value for key, value in experiment.items() if key not in known}]
    for key in _NESTED:
        part = experiment.get(key) or {}
        if not isinstance(part, Mapping):
            raise EvidenceError(f"{key} is {part!r}; it must be a mapping of components to on or off.")
        parts.append(dict(part))
    found: dict[str, Any] = {}
    for key, value in (pair for part in parts for pair in part.items()):
        if key not in components:
            raise EvidenceError(f"{key!r} is no component; there are {', '.join(components)}.")
        if key in found and found[key] != value:
            raise EvidenceError(f"it says two things of {key!r}.")
        found[key] = value
    return found


def _is_on(name: str, value: object, own: object) -> bool:
    """Any other value than the full system's is off, unless the component has none but True."""
    word = str("" if value is None else value).strip().casefold()
    if word in ON:
        return True
    if is_true(own) and word not in {*OFF, ""}:
        raise EvidenceError(f"{name!r} is {value!r}; it must be on or off.")
    return not is_true(own) and _is_same(value, own, name)


def _is_same(value: object, own: object, name: str) -> bool:
    try:
        return value_text(value, name) == value_text(own, name)
    except EvidenceError:  # an object, which YAML has no text for
        return False


def _by_name(name: str, components: Mapping[str, Any]) -> Cell:
    word = name.casefold()
    if word in {"full", "all"} or (word == "both" and len(components) == 2):
        return FULL
    if word in {"none", "baseline"}:
        return cell([*components], components)
    for pattern, keeps in ((_WITHOUT, False), (_ONLY, True)):
        if (found := pattern.fullmatch(name)) and (one := found[1] or found[2]) in components:
            return cell([other for other in components if (other != one) == keeps], components)
    raise EvidenceError(
        "it tells no arm; say remove: [names], set each component on or off, or call it full, none, without_X, X_only."
    )


def _loaded(path: Path) -> tuple[object, list[int]]:
    """What the file holds, and the lines in which its experiments begin."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise EvidenceError(f"{path}: the plan cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise EvidenceError(f"{path}: the plan is no text in UTF-8.") from None
    try:
        root, content = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{path}, line {mark.line + 1}" if mark else str(path)
        raise EvidenceError(f"{where}: the plan is no YAML: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise EvidenceError(f"{path}: the plan is no YAML: {error}.") from None
    lines: list[int] = []
    for keys in ((_TOP, _EXPERIMENTS), (_EXPERIMENTS,)):
        lines = lines or [one.start_mark.line + 1 for one in _items(root, keys, path)]
    return content, lines


def _items(node: "yaml.Node | None", keys: tuple[str, ...], path: Path) -> "Iterator[yaml.Node]":
    """What stands in the list below `keys`; refuses a key that is there twice on the way and in the list's mappings."""
    import yaml

    for key in keys:
        pairs = _pairs(node, path)
        node = pairs.get(key)
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            for inner in _pairs(one, path).values():
                _pairs(inner, path)
            yield one


def _pairs(node: "yaml.Node | None", path: Path) -> "dict[str, yaml.Node]":
    import yaml

    found: dict[str, yaml.Node] = {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in found:
            raise EvidenceError(f"{path}, line {key.start_mark.line + 1}: {key.value!r} is there twice.")
        found[str(key.value)] = value
    return found
