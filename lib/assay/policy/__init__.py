"""Policy files: YAML in, validated model values out, every error with its file, line, key and what is allowed."""

import hashlib
from pathlib import Path
from typing import Any

from assay.model.ablation.policy import AblationPolicy
from assay.model.evidence.policy import LeakagePolicy
from assay.model.people import Role
from assay.model.policy import MetricPolicy, ParamsPolicy, Policy, StatisticsPolicy, TaskReference
from assay.model.review.policy import AccessPolicy, PromotionPolicy
from assay.model.yaml_files import PolicyFiles
from assay.policy.cards import objectives, refuse_against, scorecards
from assay.policy.reading import DEFAULT, ReadFile, pair
from assay.yaml_files.form import Section


def load(path: Path = DEFAULT) -> Policy:
    """The policy in `path`, on top of the shipped one: what it leaves out keeps the shipped value, metric by metric.

    Scorecards are replaced as a whole. Raises PolicyError when the file cannot be read or one key of it is wrong;
    nothing is half-read.
    """
    return of_files(*pair(path))


def of_files(shipped: ReadFile, file: ReadFile) -> Policy:
    """The policy of files that were read, as `load`."""
    itself = file is shipped
    own = scorecards(file)
    named = () if itself else objectives(shipped)
    made = Policy(
        metrics=_metrics(file),
        statistics=StatisticsPolicy(**_merged(file.given.statistics, shipped.given.statistics)),
        params=ParamsPolicy(**_merged(file.given.params, shipped.given.params)),
        leakage=LeakagePolicy(**_merged(file.given.leakage, shipped.given.leakage)),
        ablation=AblationPolicy(**_merged(file.given.ablation, shipped.given.ablation)),
        promotion=PromotionPolicy(**_merged(file.given.promotion, shipped.given.promotion)),
        access=_access(shipped, file),
        origin=str(file.path),
        digest=hashlib.sha256(repr([_said(shipped), _said(file)]).encode()).hexdigest(),
        shipped=() if itself else _metrics(shipped),
        tasks=tuple(TaskReference(pattern, task.zero, task.one) for pattern, task in file.given.tasks.items()),
        scorecards=scorecards(shipped) or () if own is None else own,
        objectives=(*objectives(file), *(one for one in named if one.name not in file.given.objectives)),
    )
    refuse_against(file, lambda metric: made.metric(metric).direction)
    _refuse_crossed(file, made.ablation)
    return made


def _refuse_crossed(file: ReadFile, limits: AblationPolicy) -> None:
    """Raises PolicyError where what can go would be critical too; a limit that is left out is the shipped one."""
    said = file.given.ablation.model_fields_set
    if said and limits.critical <= limits.removable:
        key, other = ("critical", "removable") if "critical" in said else ("removable", "critical")
        sense = "above" if key == "critical" else "below"
        raise file.refusal(
            PolicyFiles.LIMITS_CROSSED, "ablation", key, sense=sense, other=other, limit=getattr(limits, other)
        )


def _access(shipped: ReadFile, file: ReadFile) -> AccessPolicy:
    roles = _merged(file.given.roles, shipped.given.roles)
    return AccessPolicy({Role(name): own for name, own in roles.items()}, {**shipped.given.people, **file.given.people})


def _said(file: ReadFile) -> dict[str, Any]:
    return file.given.model_dump(exclude_unset=True, exclude_none=True, warnings=False)


def _metrics(file: ReadFile) -> tuple[MetricPolicy, ...]:
    return tuple(
        MetricPolicy(pattern, own.direction, own.unit, own.smallest_effect, own.unknown or (), own.measured)
        for pattern, own in file.given.metrics.items()
    )


def _merged(given: Section, shipped: Section) -> dict[str, Any]:
    def chosen(key: str) -> Any:
        return getattr(given if key in given.model_fields_set else shipped, key)

    return {key: chosen(key) for key in type(given).model_fields}
