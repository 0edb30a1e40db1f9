"""The sections of a policy file: what each key may hold."""

from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from assay.model.ablation.policy import AblationPolicy
from assay.model.comparison.question import Method
from assay.model.criteria import Limit
from assay.model.evidence.policy import LeakagePolicy
from assay.model.metric import Direction, MetricUnit
from assay.model.yaml_files import PolicyFiles
from assay.policy.grants import Grant, Names, PromotionSection, RolesSection
from assay.policy.limits import Bound, NamedObjective, asking, beyond, counting, parting, weighing
from assay.yaml_files.form import ObjectionError, Section

Pattern = Annotated[str, Field(pattern=r"\S")]
Number = Annotated[float, BeforeValidator(counting)]
Score = Annotated[Number, Field(allow_inf_nan=False)]
Weight = Annotated[Number, AfterValidator(weighing)]
Share = Annotated[Score, Field(gt=0, lt=1)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]
NamePattern = Annotated[Pattern, AfterValidator(parting)]
_USUAL = LeakagePolicy()
_CLASSES = AblationPolicy()


def _several(value: Any) -> Any:
    """One value as a list of one."""
    return [value] if isinstance(counting(value), int | float) else value


def _text(value: Any) -> str:
    """What a team wrote, lists and mappings as YAML."""
    if value is None or isinstance(value, str):
        return (value or "").strip()
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False)).strip()


FreeText = Annotated[str, BeforeValidator(_text)]


class MetricSection(Section):
    direction: Direction | None = None
    unit: MetricUnit | None = None
    smallest_effect: Annotated[Score, Field(gt=0)] | None = None
    unknown: Annotated[tuple[Score, ...], BeforeValidator(_several), Field(min_length=1)] | None = None
    measured: Annotated[bool, Field(strict=True)] | None = None


class StatisticsSection(Section):
    level: Annotated[Score, Field(ge=0.5, lt=1)] = 0.95
    resamples: Annotated[int, Field(ge=1_000, le=1_000_000, strict=True)] = 10_000
    minimum_runs: Annotated[int, Field(ge=3, le=100, strict=True)] = 3
    method: Method = Method.AUTO
    correction: Literal["holm", "none"] = "holm"
    seeds: tuple[Annotated[int, Field(strict=True)], ...] = ()
    cluster: tuple[Pattern, ...] = ()


class ParamsSection(Section):
    seed: tuple[Pattern, ...] = ()
    ignored: tuple[Pattern, ...] = ()
    task: tuple[Pattern, ...] = ()


class LeakageSection(Section):
    rows: Literal["sampled", "unique"] = _USUAL.rows
    duplicate_rows: Share = _USUAL.duplicate_rows
    temporal_overlap: Share = _USUAL.temporal_overlap
    split_sizes: Count = _USUAL.split_sizes
    train_test_gap: Share = _USUAL.train_test_gap
    suspicious_score: Share = _USUAL.suspicious_score
    suspicious_metrics: tuple[Pattern, ...] = _USUAL.suspicious_metrics
    fold_spread: Share = _USUAL.fold_spread
    test_looks: Count = _USUAL.test_looks
    feature_share: Share = _USUAL.feature_share
    top_features: Count = _USUAL.top_features
    identifier_features: tuple[Pattern, ...] = _USUAL.identifier_features
    target_features: tuple[Pattern, ...] = _USUAL.target_features
    expected_features: tuple[Pattern, ...] = _USUAL.expected_features
    train: tuple[NamePattern, ...] = _USUAL.train
    validation: tuple[NamePattern, ...] = _USUAL.validation
    test: tuple[NamePattern, ...] = _USUAL.test


class AblationSection(Section):
    critical: Share = _CLASSES.critical
    removable: Share = _CLASSES.removable


class TaskSection(Section):
    zero: Score
    one: Score

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero == self.one:
            raise ObjectionError(PolicyFiles.NO_RANGE, value=self.zero)
        return self


class CriterionSection(Section):
    group: Pattern
    threshold: Bound
    alert: Bound | None = None
    weight: Weight

    @field_validator("alert")
    @classmethod
    def _bad(cls, alert: Limit | None, info: ValidationInfo) -> Limit | None:
        return beyond(info.data.get("threshold"), alert)


class ScorecardSection(Section):
    name: Pattern
    experiments: Annotated[tuple[Pattern, ...], Field(min_length=1)] = ("*",)
    metrics: Annotated[dict[Pattern, CriterionSection], AfterValidator(asking)]
    promotion: FreeText = ""


class EvaluationSection(Section):
    """A criterion as the guide to experiment quality writes it, whose group is the key above."""

    threshold: Bound
    weight: Weight
    alert_below: Score | None = None
    alert_above: Score | None = None

    @property
    def alert(self) -> Limit | None:
        """What both keys say."""
        if self.alert_below is not None:
            return Limit("<", self.alert_below)
        return None if self.alert_above is None else Limit(">", self.alert_above)

    @field_validator("alert_below", "alert_above")
    @classmethod
    def _bad(cls, alert: float | None, info: ValidationInfo) -> float | None:
        if alert is not None:
            beyond(info.data.get("threshold"), Limit("<" if info.field_name == "alert_below" else ">", alert))
        return alert


EvaluationGroup = Annotated[dict[Pattern, EvaluationSection], AfterValidator(asking)]


class PolicyFile(Section):
    metrics: dict[Pattern, MetricSection] = Field(default_factory=dict)
    statistics: StatisticsSection = StatisticsSection()
    params: ParamsSection = ParamsSection()
    leakage: LeakageSection = LeakageSection()
    ablation: AblationSection = AblationSection()
    promotion: PromotionSection = PromotionSection()
    roles: RolesSection = RolesSection()
    people: dict[Grant, Names] = Field(default_factory=dict)
    tasks: dict[Pattern, TaskSection] = Field(default_factory=dict)
    scorecards: tuple[ScorecardSection, ...] | None = None
    evaluation: Annotated[dict[Pattern, EvaluationGroup], AfterValidator(asking)] | None = None
    promotion_criteria: FreeText = ""
    objectives: dict[Pattern, Annotated[tuple[NamedObjective, ...], Field(min_length=1)]] = Field(default_factory=dict)
