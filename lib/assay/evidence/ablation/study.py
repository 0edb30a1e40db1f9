"""Evaluates a system without its components, one cell after the other, and says what each contributes."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from numbers import Integral
from os import PathLike
from statistics import fmean
from typing import Any, Literal

from assay.errors import EvidenceError
from assay.evidence.ablation.attempts import (
    PROCESS_TAG,
    Attempts,
    EvaluationFailed,
    LeftToOther,
    experiment_id,
    log_metrics,
    metrics_of_run,
)
from assay.evidence.ablation.cells import FULL, Cell, StudyDesign, blocks, cell, label
from assay.evidence.ablation.components import checked, digest, fresh, params
from assay.evidence.ablation.evaluator import chosen, metrics_of, takes_seed
from assay.evidence.ablation.plan import read_plan
from assay.evidence.ablation.processes import said
from assay.evidence.seeds import seed_everything
from assay.model.ablation.policy import AblationPolicy
from assay.model.ablation.tags import HYPOTHESIS_TAG, QUESTION_TAG

_log = logging.getLogger(__name__)
_LONGEST_NAME = 250
_LIMITS = AblationPolicy()


@dataclass(frozen=True, slots=True)
class StudyRuns:
    """What one `run` came to, in runs: a cell with a seed each.

    `finished`: evaluated now; `known`: finished before, or meanwhile by somebody else. `failed`: run → what its
    evaluation raised; `left`: run → the process that is at it.
    """

    finished: int = 0
    known: int = 0
    failed: Mapping[str, str] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)


class AblationStudy:
    """A system of components, and an evaluator that is called with those that are left.

    `components`: name → its value in the full system, or names alone, whose value is True. `evaluator`: called with
    what is left as keywords, and with `seed` if it names one (`**kwargs` name none); it returns a number or
    `{metric: number}`. Every generator is seeded before each call, as by `seed_everything`.

    `name`: of the study in the store. `experiment`: where `run` logs, the active one unless named. `metric`: which
    is the score, or what a bare number is called. `critical`, `removable`: contributions above and below which a
    component is listed as such. `plan`: a YAML file or mapping with a hypothesis, and a question for each experiment.

    Raises EvidenceError for components, options or a plan that cannot be used, and an evaluator that cannot be called.
    """

    def __init__(
        self,
        components: Mapping[str, Any] | Iterable[str],
        evaluator: Callable[..., Any],
        *,
        name: str = "ablation",
        experiment: str | None = None,
        metric: str | None = None,
        direction: Literal["maximize", "minimize"] = "maximize",
        critical: float = _LIMITS.critical,
        removable: float = _LIMITS.removable,
        plan: str | PathLike[str] | Mapping[str, Any] | None = None,
    ) -> None:
        self._components = checked(components)
        self._takes_seed = takes_seed(evaluator, self._components)
        self._evaluator = evaluator
        self._name, self._experiment, self._metric = _named(name), experiment, metric
        self._sign = _sign(direction)
        self._critical, self._removable = _limits(critical, removable)
        self._plan = read_plan(plan, self._components)
        self._metrics: dict[Cell, dict[int, dict[str, float]]] = {}

    def run_full(self, *, seed: int = 42) -> float:
        """The score of the full system, evaluated here and now; needs no MLflow."""
        return self._scored(FULL, seed)

    def run_ablation(self, remove: str | Iterable[str], *, seed: int = 42) -> float:
        """The score without `remove`, a component or several, evaluated here and now; needs no MLflow.

        Raises EvidenceError for what is no component, and for none.
        """
        removed = cell([remove] if isinstance(remove, str) else [*remove], self._components)
        if not removed:
            raise EvidenceError("Nothing is to be removed; run_full() evaluates the full system.")
        return self._scored(removed, seed)

    def run(self, seeds: Iterable[int] = (42, 123, 456, 789, 1011), design: StudyDesign = "leave-one-out") -> StudyRuns:
        """Logs every cell of the design, and every arm of the plan, with every seed as an MLflow run.

        First the full system and what lacks one component, and the plan's arms, seed by seed; then the rest, seed by
        seed. So an interrupted study has compared all components by the seeds that it came to. What is finished in the
        store under this name and with these components is not evaluated again.

        Raises EvidenceError, before anything runs, for seeds or a design that cannot be used.
        """
        numbers = _seeds(seeds)
        order = blocks(design, tuple(self._components), self._plan.questions)
        attempts = Attempts(experiment_id(self._experiment), self._name, digest(self._components))
        wanted = [(removed, seed) for block in order for seed in numbers for removed in block]
        found = attempts.taken()
        done = {one: run for one in wanted if (run := found.get(self._label(*one))) and run.info.status == "FINISHED"}
        for (removed, seed), run in done.items():
            self._remember(removed, seed, metrics_of_run(run))
        return self._run(attempts, [one for one in wanted if one not in done], len(done))

    def analyze(self) -> dict[str, Any]:
        """What each component contributes, largest first: full − without, or without − full where less is better.

        `full_score`; `contributions`: name → difference; `critical_components`: those above `critical`;
        `removable_components`: those below `removable`. Scores are means over seeds, differences over those that both
        have. What was not evaluated yet is, here and now.

        These are point estimates: whether a difference is more than luck, and whether another component only stands in
        for a removable one, is what `assay ablation --factors` answers from the runs that `run` logs.
        """
        if FULL not in self._metrics:
            self.run_full()
        for name in self._components:
            if (name,) not in self._metrics:
                for seed in [*self._metrics[FULL]]:
                    self.run_ablation(name, seed=seed)
        gains = {name: self._contribution(name) for name in self._components}
        ranked = dict(sorted(gains.items(), key=lambda one: one[1], reverse=True))
        return {
            "full_score": fmean(self._scores(FULL).values()),
            "contributions": ranked,
            "critical_components": [name for name, gain in ranked.items() if gain > self._critical],
            "removable_components": [name for name, gain in ranked.items() if gain < self._removable],
        }

    def _run(self, attempts: Attempts, wanted: list[tuple[Cell, int]], known: int) -> StudyRuns:
        finished, failed = 0, dict[str, str]()
        left: dict[tuple[Cell, int], str] = {}
        for again in (False, True):  # whoever was at a cell may have finished it meanwhile, or died
            waiting, left = ([*left] if again else wanted), {}
            for removed, seed in waiting:
                key = self._label(removed, seed)
                try:
                    self._attempt(attempts, removed, seed)
                    finished += 1
                except LeftToOther as other:
                    if other.run.info.status == "FINISHED":
                        self._remember(removed, seed, metrics_of_run(other.run))
                        known += 1
                    else:
                        left[removed, seed] = said(other.run.data.tags.get(PROCESS_TAG, ""))
                except EvaluationFailed as error:
                    failed[key] = str(error)
                    _log.warning("%s failed: %s", key, failed[key])
        return StudyRuns(finished, known, failed, {self._label(*one): who for one, who in left.items()})

    def _attempt(self, attempts: Attempts, removed: Cell, seed: int) -> None:
        tags = {HYPOTHESIS_TAG: self._plan.hypothesis, QUESTION_TAG: self._plan.questions.get(removed, "")}
        shown = {**params(self._components, removed), "seed": str(seed)}
        with attempts.begun(
            self._label(removed, seed), shown, {key: text for key, text in tags.items() if text}
        ) as run_id:
            metrics = self._evaluated(removed, seed)
            log_metrics(run_id, metrics)
        self._remember(removed, seed, metrics)

    def _evaluated(self, removed: Cell, seed: int) -> dict[str, float]:
        left = {name: fresh(value) for name, value in self._components.items() if name not in removed}
        seed_everything(seed)
        return metrics_of(self._evaluator(**left, **({"seed": seed} if self._takes_seed else {})), self._metric)

    def _scored(self, removed: Cell, seed: int) -> float:
        metrics = self._evaluated(removed, seed)
        self._remember(removed, seed, metrics)
        return chosen(metrics, self._metric)

    def _remember(self, removed: Cell, seed: int, metrics: Mapping[str, float]) -> None:
        self._metrics.setdefault(removed, {})[int(seed)] = dict(metrics)

    def _scores(self, removed: Cell) -> dict[int, float]:
        return {seed: chosen(metrics, self._metric) for seed, metrics in self._metrics[removed].items()}

    def _contribution(self, name: str) -> float:
        full, without = self._scores(FULL), self._scores((name,))
        common = [seed for seed in full if seed in without]
        if common:
            return self._sign * fmean(full[seed] - without[seed] for seed in common)
        return self._sign * (fmean(full.values()) - fmean(without.values()))

    def _label(self, removed: Cell, seed: int) -> str:
        return f"{label(removed, self._components)}, seed {seed}"


def _named(name: object) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST_NAME:
        raise EvidenceError(f"The study is called {name!r}; name it by a text of up to {_LONGEST_NAME} characters.")
    return name


def _sign(direction: str) -> float:
    signs = {"maximize": 1.0, "minimize": -1.0}
    if direction not in signs:
        raise EvidenceError(f"The direction is {direction!r}; there are maximize and minimize.")
    return signs[direction]


def _limits(critical: float, removable: float) -> tuple[float, float]:
    if not (isfinite(critical) and isfinite(removable) and removable <= critical):
        raise EvidenceError(f"Critical is {critical} and removable {removable}; give numbers, removable the smaller.")
    return critical, removable


def _seeds(seeds: Iterable[int]) -> tuple[int, ...]:
    if isinstance(seeds, (str, bytes)) or not isinstance(seeds, Iterable):
        raise EvidenceError(f"The seeds are {seeds!r}; pass a sequence of integers.")
    numbers = tuple(seeds)
    if not numbers:
        raise EvidenceError("There are no seeds; pass one integer or more.")
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, Integral) or not 0 <= number < 2**32:
            raise EvidenceError(f"A seed is {number!r}; it must be an integer from 0 to {2**32 - 1}.")
        if numbers.count(number) > 1:
            raise EvidenceError(f"The seed {number} is there twice; every run of a cell needs one of its own.")
    return tuple(int(number) for number in numbers)
