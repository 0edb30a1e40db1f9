"""The rules a team decides by: metrics with direction and unit, how statistics are done, what leaks and what can go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from glob import escape
from typing import Literal

from assay.model.ablation.policy import AblationPolicy
from assay.model.comparison.question import Correction, Method
from assay.model.criteria import ObjectiveSet, Scorecard
from assay.model.evidence.policy import LeakagePolicy
from assay.model.metric import Direction, MetricUnit
from assay.model.patterns import any_match
from assay.model.review.policy import AccessPolicy, PromotionPolicy

MetricField = Literal["direction", "unit", "smallest_effect", "unknown", "measured"]


@dataclass(frozen=True, slots=True)
class MetricPolicy:
    """What the policy says of the metrics that `pattern` (shell wildcards, case ignored) names.

    `smallest_effect`: the smallest difference that matters, in the metric's own unit. `unknown`: values that mean that
    nobody knows. `measured`: whether it varies where nothing else does, as a latency; None leaves that to its unit.
    """

    pattern: str
    direction: Direction | None = None
    unit: MetricUnit | None = None
    smallest_effect: float | None = None
    unknown: tuple[float, ...] = ()
    measured: bool | None = None

    def matches(self, metric: str) -> bool:
        """Whether this entry speaks of `metric`."""
        return fnmatchcase(metric.lower(), self.pattern.lower())


@dataclass(frozen=True, slots=True)
class StatisticsPolicy:
    """How comparisons are made; `minimum_runs` is the fewest replicates per side that a claim may rest on.

    `cluster`: columns of example scores whose equal values make examples alike (shell wildcards, case ignored).
    """

    level: float = 0.95
    resamples: int = 10_000
    minimum_runs: int = 3
    method: Method = Method.AUTO
    correction: Correction = "holm"
    seeds: tuple[int, ...] = ()
    cluster: tuple[str, ...] = ()

    def cluster_among(self, columns: Sequence[str]) -> str | None:
        """The column of example scores that the first pattern with one names; None where none is named."""
        named = (name for pattern in self.cluster for name in columns if any_match(name, (pattern,)))
        return next(named, None)


@dataclass(frozen=True, slots=True)
class TaskReference:
    """Scores that count as 0 and as 1 on the tasks that `pattern` (shell wildcards, case ignored) names."""

    pattern: str
    zero: float
    one: float


@dataclass(frozen=True, slots=True)
class ParamsPolicy:
    """Which params are seeds, which say nothing about a configuration, and which name a task (shell wildcards, case
    ignored).

    `left_out`: names of params that a question wants to say nothing either, seeds too. `kept`: those that make a
    configuration whatever else is said of them.
    """

    seed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def seeds_among(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that name a seed."""
        free = [key for key in keys if key not in (*self.left_out, *self.kept)]
        return tuple(key for key in free if any_match(key, self.seed))

    def configuring_among(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys whose values make a configuration: neither a seed nor ignored."""
        patterns = (*self.seed, *self.ignored)
        free = [key for key in keys if key not in self.left_out and not any_match(key, patterns)]
        return tuple(key for key in keys if key in free or key in self.kept)

    def tasks_first(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """`keys` with those first that name a task; order kept otherwise."""
        named = self.tasks_among(keys)
        return (*named, *(key for key in keys if key not in named))

    def tasks_among(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that name a task."""
        return tuple(key for key in keys if any_match(key, self.task))

    def ignored_among(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that a configuration does not depend on, seeds not among them."""
        apart = {*self.seeds_among(keys), *self.configuring_among(keys)}
        return tuple(key for key in keys if key not in apart)


@dataclass(frozen=True, slots=True)
class Policy:
    """A whole, validated policy; `origin` is the file it was read from.

    `digest`: of what it says and not of how that is written; comments do not count, nor does the order in which things
    are said but for that of patterns, scorecards, criteria and objectives.

    `metrics`: the team's entries; `shipped`: those that are asked where the team's say nothing. `tasks`: the scores
    that tasks are normalised by. `scorecards`: the team's, or else those shipped; `objectives`: the team's before
    those shipped. `ways`: metric → the way it gets better by a scorecard, for metrics of which no entry tells one.
    """

    metrics: tuple[MetricPolicy, ...]
    statistics: StatisticsPolicy
    params: ParamsPolicy
    origin: str = ""
    digest: str = ""
    shipped: tuple[MetricPolicy, ...] = ()
    tasks: tuple[TaskReference, ...] = ()
    scorecards: tuple[Scorecard, ...] = ()
    objectives: tuple[ObjectiveSet, ...] = ()
    ways: tuple[tuple[str, Direction], ...] = ()
    leakage: LeakagePolicy = field(default_factory=LeakagePolicy)
    ablation: AblationPolicy = field(default_factory=AblationPolicy)
    promotion: PromotionPolicy = field(default_factory=PromotionPolicy)
    access: AccessPolicy = field(default_factory=AccessPolicy)

    def scorecard(self, experiments: Sequence[str], name: str = "") -> Scorecard | None:
        """The one of this name; without a name the first that speaks of all these experiments; None where none does.

        Of no experiment at all none speaks.
        """
        chosen = (card for card in self.scorecards if card.name == name or not name)
        return next((card for card in chosen if name or (experiments and all(map(card.covers, experiments)))), None)

    def reference(self, task: str) -> TaskReference | None:
        """What counts as 0 and as 1 on `task`: its exact name before wildcards, which go from top to bottom."""
        said = [entry for entry in self.tasks if fnmatchcase(task.lower(), entry.pattern.lower())]
        return min(said, key=lambda entry: entry.pattern.lower() != task.lower(), default=None)

    def not_knowing(self, unknown: Iterable[tuple[str, Iterable[float]]]) -> "Policy":
        """The same with these values of these metrics, by exact name, meaning that nobody knows, beside its own."""
        more: dict[str, tuple[float, ...]] = {}
        for name, values in unknown:
            more[name] = (*more.get(name, ()), *values)
        said = (
            MetricPolicy(escape(name), unknown=tuple(dict.fromkeys((*values, *self.metric(name).unknown))))
            for name, values in more.items()
        )
        return replace(self, metrics=(*said, *self.metrics))

    def leaving_out(self, params: tuple[str, ...]) -> "Policy":
        """The same with these params making no configurations."""
        return replace(self, params=replace(self.params, left_out=params))

    def telling_apart(self, params: tuple[str, ...]) -> "Policy":
        """The same with these params making configurations: runs of two tasks never repeat each other."""
        return replace(self, params=replace(self.params, kept=params))

    def metric(self, name: str) -> MetricPolicy:
        """All that is said of `name`, as `deciding`; `pattern`: of the first entry that speaks of it."""
        spoken, silent = self._speaking_of(name), MetricPolicy(name)
        said = _deciding(spoken)
        return MetricPolicy(
            pattern=spoken[0].pattern if spoken else name,
            direction=said.get("direction", silent).direction,
            unit=said.get("unit", silent).unit,
            smallest_effect=said.get("smallest_effect", silent).smallest_effect,
            unknown=said.get("unknown", silent).unknown,
            measured=said.get("measured", silent).measured,
        )

    def deciding(self, name: str) -> dict[MetricField, MetricPolicy]:
        """Each field of `name` that anything is said of, with the first entry that says it.

        The team's entries come before the shipped ones, and exact names before wildcards, which go from top to
        bottom. A smallest effect is in its entry's unit, so it does not outlive another unit that was said first.
        """
        return _deciding(self._speaking_of(name))

    def _speaking_of(self, name: str) -> list[MetricPolicy]:
        return [entry for entries in (self.metrics, self.shipped) for entry in _speaking_of(name, entries)]

    def place(self, name: str) -> int:
        """How far down the first entry that speaks of `name` stands, the team's before the shipped ones."""
        entries = (*self.metrics, *self.shipped)
        return next((at for at, entry in enumerate(entries) if entry.matches(name)), len(entries))


def _speaking_of(name: str, entries: tuple[MetricPolicy, ...]) -> list[MetricPolicy]:
    """Entries for `name`, exact ones first."""
    found = [entry for entry in entries if entry.matches(name)]
    return sorted(found, key=lambda entry: entry.pattern.lower() != name.lower())


def _deciding(said: list[MetricPolicy]) -> dict[MetricField, MetricPolicy]:
    found: dict[MetricField, MetricPolicy] = {}
    for entry in said:
        if entry.direction is not None:
            found.setdefault("direction", entry)
        if entry.unit is not None:
            found.setdefault("unit", entry)
        if entry.unknown:
            found.setdefault("unknown", entry)
        if entry.measured is not None:
            found.setdefault("measured", entry)
    unit = found["unit"].unit if "unit" in found else None
    for entry in said:
        if entry.smallest_effect is not None and entry.unit in (None, unit):
            found.setdefault("smallest_effect", entry)
    return found
