"""The sections of a policy file: what each key may hold."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assay.model.comparison.question import Method
from assay.model.metric import Direction, MetricUnit

Pattern = Annotated[str, Field(min_length=1)]
Score = Annotated[float, Field(allow_inf_nan=False)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MetricSection(Section):
    direction: Direction | None = None
    unit: MetricUnit | None = None
    smallest_effect: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None


class StatisticsSection(Section):
    level: Annotated[float, Field(ge=0.5, lt=1)] = 0.95
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


class TaskSection(Section):
    zero: Score
    one: Score

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero == self.one:
            raise ValueError("zero and one must differ")
        return self


class PolicyFile(Section):
    metrics: dict[Pattern, MetricSection] = {}
    statistics: StatisticsSection = StatisticsSection()
    params: ParamsSection = ParamsSection()
    tasks: dict[Pattern, TaskSection] = {}
