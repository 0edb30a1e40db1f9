"""Policy files: YAML in, validated model values out, every error with its file, line, key and what is allowed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assay.errors import PolicyError
from assay.model.policy import MetricPolicy, ParamsPolicy, Policy, StatisticsPolicy, TaskReference
from assay.model.problems import PolicyFiles
from assay.policy.refusals import brief, refuse_duplicates, refused
from assay.policy.sections import PolicyFile, Section
from assay.settings import SHIPPED

DEFAULT = SHIPPED / "policy" / "default.yaml"


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


def _metrics(policy: PolicyFile) -> tuple[MetricPolicy, ...]:
    return tuple(
        MetricPolicy(pattern, metric.direction, metric.unit, metric.smallest_effect)
        for pattern, metric in policy.metrics.items()
    )


def _merged(given: Section, shipped: Section) -> dict[str, Any]:
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


def _validated(path: Path, text: str) -> PolicyFile:
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
        allowed = tuple(PolicyFile.model_fields)
        raise PolicyError(PolicyFiles.NO_SECTIONS, file=str(path), found=brief(content), allowed=allowed)
    refuse_duplicates(path, tree)
    try:
        return PolicyFile.model_validate(content)
    except ValidationError as error:
        raise refused(path, tree, error) from None
