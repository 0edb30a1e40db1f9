"""What may stand where in a policy file, and how its keys are told apart."""

from assay.errors import PolicyError
from assay.model.yaml_files import YamlKind
from assay.policy.grants import PromotionSection, RolesSection
from assay.policy.sections import (
    AblationSection,
    CriterionSection,
    EvaluationSection,
    LeakageSection,
    MetricSection,
    ParamsSection,
    PolicyFile,
    ScorecardSection,
    StatisticsSection,
    TaskSection,
)
from assay.yaml_files.form import Form, Section

_SECTIONS: dict[tuple[str | int, int], type[Section]] = {
    ("", 0): PolicyFile,
    ("metrics", 2): MetricSection,
    ("statistics", 1): StatisticsSection,
    ("params", 1): ParamsSection,
    ("leakage", 1): LeakageSection,
    ("ablation", 1): AblationSection,
    ("promotion", 1): PromotionSection,
    ("roles", 1): RolesSection,
    ("tasks", 2): TaskSection,
    ("scorecards", 2): ScorecardSection,
    ("scorecards", 4): CriterionSection,
    ("evaluation", 3): EvaluationSection,
}
"""First key and how many keys lead to it → what may stand there."""


def _section(keys: tuple[str | int, ...]) -> type[Section]:
    return _SECTIONS[keys[0] if keys else "", len(keys)]


def _free(keys: tuple[str, ...]) -> bool:
    """Whether text in any form stands below these keys."""
    return keys[:1] == ("promotion_criteria",) or (keys[:1] == ("scorecards",) and keys[2:3] == ("promotion",))


def _spelled(keys: tuple[str, ...], name: str) -> str:
    """Names of metrics are alike in any case."""
    metrics = keys == ("metrics",) or (keys[:1] == ("scorecards",) and keys[2:] == ("metrics",))
    return name.lower() if metrics else name


FORM = Form(YamlKind.POLICY, PolicyFile, PolicyError, _section, _free, _spelled)
