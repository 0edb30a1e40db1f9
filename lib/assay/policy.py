"""Policy files: YAML in, validated model values out, every error with its file, line, key and what is allowed."""

import hashlib
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assay.errors import PolicyError
from assay.model.comparison.question import Method
from assay.model.metric import Direction, MetricUnit
from assay.model.note import Value
from assay.model.policy import MetricPolicy, ParamsPolicy, Policy, StatisticsPolicy, TaskReference
from assay.model.problems import PolicyFiles
from assay.settings import SHIPPED

DEFAULT = SHIPPED / "policy" / "default.yaml"

Pattern = Annotated[str, Field(min_length=1)]
Score = Annotated[float, Field(allow_inf_nan=False)]


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
    cluster: tuple[Pattern, ...] = ()


class _Params(_Section):
    seed: tuple[Pattern, ...] = ()
    ignored: tuple[Pattern, ...] = ()
    task: tuple[Pattern, ...] = ()


class _Task(_Section):
    zero: Score
    one: Score

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero == self.one:
            raise ValueError("zero and one must differ")
        return self


class _Policy(_Section):
    metrics: dict[Pattern, _Metric] = {}
    statistics: _Statistics = _Statistics()
    params: _Params = _Params()
    tasks: dict[Pattern, _Task] = {}


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
        tasks=tuple(TaskReference(pattern, task.zero, task.one) for pattern, task in given.tasks.items()),
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
        raise PolicyError(PolicyFiles.NO_POLICY, file=str(path)) from None
    except IsADirectoryError:
        raise PolicyError(PolicyFiles.POLICY_FOLDER, file=str(path)) from None
    except UnicodeDecodeError:
        raise PolicyError(PolicyFiles.POLICY_NO_TEXT, file=str(path)) from None
    except OSError as error:
        raise PolicyError(PolicyFiles.POLICY_CLOSED, file=str(path), error=error.strerror) from None


def _validated(path: Path, text: str) -> _Policy:
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            raise PolicyError(PolicyFiles.POLICY_NO_YAML, file=str(path), error=error.problem) from None
        raise PolicyError(
            PolicyFiles.POLICY_NO_YAML_AT, file=str(path), line=mark.line + 1, error=error.problem
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise PolicyError(PolicyFiles.POLICY_UNPARSED, file=str(path), error=str(error)) from None
    if content is None:
        content = {}
    if not isinstance(content, Mapping):
        allowed = tuple(_Policy.model_fields)
        raise PolicyError(PolicyFiles.NO_SECTIONS, file=str(path), found=_brief(content), allowed=allowed)
    _refuse_duplicates(path, tree)
    try:
        return _Policy.model_validate(content)
    except ValidationError as error:
        raise _refused(path, tree, error) from None


def _refuse_duplicates(path: Path, node: yaml.Node | None, above: str = "") -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    seen: set[Hashable] = set()
    for key, value in node.value:
        name = f"{above}{key.value}"
        if key.value in seen:
            raise PolicyError(PolicyFiles.KEY_TWICE, file=str(path), line=key.start_mark.line + 1, key=name)
        seen.add(key.value)
        _refuse_duplicates(path, value, f"{name}.")


def _refused(path: Path, tree: yaml.Node | None, error: ValidationError) -> PolicyError:
    """The first wrong key, and how many more there are."""
    first, *others = error.errors(include_url=False)
    keys = [key for key in first["loc"] if key != "[key]"]
    name = ".".join(str(key) for key in keys)
    where: dict[str, Value] = {"file": str(path), "line": _line(tree, keys), "key": name, "more": len(others)}
    if first["type"] == "extra_forbidden":
        return PolicyError(PolicyFiles.NO_POLICY_KEY, allowed=_allowed_keys(keys[:-1]), **where)
    where["found"] = _brief(first["input"])
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
    sections: dict[str, type[_Section]] = {
        "metrics": _Metric,
        "statistics": _Statistics,
        "params": _Params,
        "tasks": _Task,
    }
    return tuple((sections[keys[0]] if keys else _Policy).model_fields)


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


def _brief(value: Any) -> str | None:
    """What was found, as short as it is shown; None for nothing."""
    if value is None:
        return None
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
