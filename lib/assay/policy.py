"""Policy files: YAML in, validated model values out, every error with its file, line, key and what is allowed."""

import hashlib
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assay.errors import PolicyError
from assay.model.comparison import Direction, Method
from assay.model.policy import MetricPolicy, MetricUnit, ParamsPolicy, Policy, StatisticsPolicy
from assay.settings import SHIPPED

DEFAULT = SHIPPED / "policy" / "default.yaml"

Pattern = Annotated[str, Field(min_length=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Metric(_Section):
    direction: Direction | None = None
    unit: MetricUnit | None = None
    smallest_effect: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class _Statistics(_Section):
    level: Annotated[float, Field(ge=0.5, lt=1)] = 0.95
    resamples: Annotated[int, Field(ge=1_000, le=1_000_000, strict=True)] = 10_000
    minimum_runs: Annotated[int, Field(ge=3, le=100, strict=True)] = 3
    method: Method = Method.AUTO
    correction: Literal["holm", "none"] = "holm"
    seeds: tuple[Annotated[int, Field(strict=True)], ...] = ()


class _Params(_Section):
    seed: tuple[Pattern, ...] = ()
    ignored: tuple[Pattern, ...] = ()


class _Policy(_Section):
    metrics: dict[Pattern, _Metric] = {}
    statistics: _Statistics = _Statistics()
    params: _Params = _Params()


def load(path: Path = DEFAULT) -> Policy:
    """The policy in `path`, on top of the shipped one: what it leaves out keeps the shipped value, metric by metric.

    Raises PolicyError when the file cannot be read or one key of it is wrong; nothing is half-read.
    """
    text = _text(path)
    shipped_text = _text(DEFAULT)
    shipped = _validated(DEFAULT, shipped_text)
    itself = path.resolve() == DEFAULT.resolve()
    given = shipped if itself else _validated(path, text)
    return Policy(
        metrics=_metrics(given),
        statistics=StatisticsPolicy(**_merged(given.statistics, shipped.statistics)),
        params=ParamsPolicy(**_merged(given.params, shipped.params)),
        origin=str(path),
        digest=hashlib.sha256(f"{shipped_text}\0{text}".encode()).hexdigest(),
        shipped=() if itself else _metrics(shipped),
    )


def _metrics(policy: _Policy) -> tuple[MetricPolicy, ...]:
    return tuple(
        MetricPolicy(pattern, metric.direction, metric.unit, metric.smallest_effect)
        for pattern, metric in policy.metrics.items()
    )


def _merged(given: _Section, shipped: _Section) -> dict[str, Any]:
    def chosen(key: str) -> Any:
        return getattr(given if key in given.model_fields_set else shipped, key)

    return {key: chosen(key) for key in type(given).model_fields}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PolicyError(f"There is no policy file {path}; name one in ASSAY_POLICY or --policy.") from None
    except IsADirectoryError:
        raise PolicyError(f"{path} is a folder; a policy is one YAML file.") from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path} is not UTF-8 text; a policy is one YAML file.") from None
    except OSError as error:
        raise PolicyError(f"The policy file {path} cannot be read: {error.strerror}.") from None


def _validated(path: Path, text: str) -> _Policy:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise PolicyError(f"{path}{where}: this is not YAML: {error.problem}.") from None
    except (yaml.YAMLError, ValueError) as error:
        raise PolicyError(f"{path}: this is not YAML: {error}") from None
    if content is None:
        content = {}
    if not isinstance(content, Mapping):
        allowed = ", ".join(_Policy.model_fields)
        raise PolicyError(f"{path}, line 1: found {_brief(content)}; a policy has the sections {allowed}.")
    _refuse_duplicates(path, tree)
    try:
        return _Policy.model_validate(content)
    except ValidationError as error:
        raise PolicyError(_sentence(path, tree, error)) from None


def _refuse_duplicates(path: Path, node: yaml.Node | None, above: str = "") -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[Hashable] = set()
    for key, value in node.value:
        name = f"{above}{key.value}"
        if key.value in seen:
            raise PolicyError(f"{path}, line {key.start_mark.line + 1}: {name} stands here a second time; keep one.")
        seen.add(key.value)
        _refuse_duplicates(path, value, f"{name}.")


def _sentence(path: Path, tree: yaml.Node | None, error: ValidationError) -> str:
    """The first wrong key as one sentence, and how many more there are."""
    first, *others = error.errors(include_url=False)
    keys = [key for key in first["loc"] if key != "[key]"]
    line = _line(tree, keys)
    name = ".".join(str(key) for key in keys) or "the file"
    more = f" ({len(others)} more after it.)" if others else ""
    if first["type"] == "extra_forbidden":
        allowed = ", ".join(_allowed_keys(keys[:-1]))
        return f"{path}, line {line}: {name} is no key of a policy; allowed here: {allowed}.{more}"
    return f"{path}, line {line}: {name} is {_brief(first['input'])}; {_allowed(first)}.{more}"


_SHAPES = {
    "tuple_type": "it should be a list, such as [a, b]",
    "dict_type": "it should hold keys and values",
    "model_type": "it should hold keys and values",
    "string_type": "it should be text, in quotes where it looks like a number",
}


def _allowed(error: Any) -> str:
    expected = error.get("ctx", {}).get("expected")
    if expected:
        return f"allowed: {expected.replace(' or ', ', ')}"
    if error["type"] in _SHAPES:
        return _SHAPES[error["type"]]
    message: str = error["msg"].replace("Input should", "it should")
    return message[0].lower() + message[1:]


def _allowed_keys(keys: list[Any]) -> list[str]:
    sections: dict[str, type[_Section]] = {"metrics": _Metric, "statistics": _Statistics, "params": _Params}
    return list((sections[keys[0]] if keys else _Policy).model_fields)


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


def _brief(value: Any) -> str:
    if value is None:
        return "empty"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
