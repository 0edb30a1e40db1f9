"""Scorecards and objectives of a policy file as model values, and the lines that scorecards stand in."""

from collections.abc import Callable, Iterator
from typing import Any

from assay.model.criteria import Criterion, ObjectiveSet, Scorecard
from assay.model.metric import Direction
from assay.model.yaml_files import PolicyFiles, YamlFiles
from assay.policy.reading import ReadFile

EVALUATION = "evaluation"
"""Of a file in the form of the guide to experiment quality: its section, and what its scorecard is called."""

Keys = tuple[str | int, ...]


def scorecards(file: ReadFile) -> tuple[Scorecard, ...] | None:
    """Those of `scorecards`, then that of `evaluation`; None where the file has neither section.

    Raises PolicyError for a name that two of them have, and for a metric in two groups of one, in any case.
    """
    if file.given.scorecards is None and file.given.evaluation is None:
        return None
    return tuple(_cards(file))


def _cards(file: ReadFile) -> Iterator[Scorecard]:
    names: set[str] = set()
    for place, one in enumerate(file.given.scorecards or ()):
        keys: Keys = ("scorecards", place)
        _refuse_twice(file, (*keys, "name"), one.name, names)
        criteria = tuple(
            Criterion(metric, c.group, c.threshold, c.weight, c.alert) for metric, c in one.metrics.items()
        )
        yield Scorecard(one.name, one.experiments, criteria, one.promotion, file.shipped)
    if file.given.evaluation is not None:
        _refuse_twice(file, (EVALUATION,), EVALUATION, names)
        text = file.given.promotion_criteria
        yield Scorecard(EVALUATION, ("*",), tuple(_evaluated(file)), text, file.shipped)


def _evaluated(file: ReadFile) -> Iterator[Criterion]:
    metrics: set[str] = set()
    for group, measures in (file.given.evaluation or {}).items():
        for metric, c in measures.items():
            keys = (EVALUATION, group, metric)
            _refuse_twice(file, keys, metric.lower(), metrics)
            yield Criterion(metric, group, c.threshold, c.weight, c.alert)


def lines(file: ReadFile) -> dict[tuple[str, ...], int]:
    """Where scorecards stand, by name, and their criteria, by name and metric."""
    found: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(file.given.scorecards or ()):
        found[one.name,] = file.line("scorecards", place)
        found |= {(one.name, metric): file.line("scorecards", place, "metrics", metric) for metric in one.metrics}
    if file.given.evaluation is not None:
        found[EVALUATION,] = file.line(EVALUATION)
        for group, measures in file.given.evaluation.items():
            found |= {(EVALUATION, metric): file.line(EVALUATION, group, metric) for metric in measures}
    return found


def _refuse_twice(file: ReadFile, keys: Keys, name: str, seen: set[str]) -> None:
    if name in seen:
        raise file.refusal(PolicyFiles.NAME_TWICE, *keys, name=name)
    seen.add(name)


def refuse_against(file: ReadFile, direction: Callable[[str], Direction | None]) -> None:
    """Raises PolicyError for the first threshold that asks a metric to be worse than a value.

    `direction`: what the policy says of a metric, None where it says nothing; names that it does not know are not
    judged.
    """
    for keys, metric, threshold in _thresholds(file):
        better = direction(metric)
        if better is not None and threshold.direction is not better:
            allowed = (">", ">=") if better is Direction.MAXIMIZE else ("<", "<=")
            raise file.refusal(
                PolicyFiles.AGAINST_DIRECTION, *keys, "threshold",
                metric=metric, better=better.better, allowed=allowed,
            )  # fmt: skip


def _thresholds(file: ReadFile) -> Iterator[Any]:
    for place, card in enumerate(file.given.scorecards or ()):
        for metric, c in card.metrics.items():
            yield ("scorecards", place, "metrics", metric), metric, c.threshold
    for group, measures in (file.given.evaluation or {}).items():
        for metric, own in measures.items():
            yield (EVALUATION, group, metric), metric, own.threshold


def objectives(file: ReadFile) -> tuple[ObjectiveSet, ...]:
    """The named sets in the file's order; raises PolicyError for a metric that stands twice in one, in any case."""
    for name, own in file.given.objectives.items():
        first: dict[str, str] = {}
        for place, one in enumerate(own):
            if (metric := one.metric.lower()) in first:
                raise file.refusal(
                    YamlFiles.KEY_TWICE, "objectives", name, place,
                    key=f"objectives.{name}.{one.text}", name=one.text, first=first[metric],
                )  # fmt: skip
            first[metric] = one.text
    return tuple(ObjectiveSet(name, own, file.shipped) for name, own in file.given.objectives.items())
