"""Cells of an ablation made from plain numbers, and what is said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from assay.analysis.ablation.answer import taken_apart
from assay.analysis.comparison import family, seeds
from assay.model.ablation.answer import Ablation, Arm, Component, Contribution, Gain, Interaction, Names, TriedPair
from assay.model.ablation.policy import AblationPolicy
from assay.model.ablation.question import AblationQuestion
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample, Side
from assay.model.metric import Direction, Metric, MetricUnit
from seeded import sample

POINTS = Metric("accuracy", Direction.MAXIMIZE, unit=MetricUnit.PERCENT)
ERRORS = Metric("error", Direction.MINIMIZE, unit=MetricUnit.PERCENT)
BY_RULE = Rules()
Z = np.array([-1.0, -0.5, 0.0, 0.5, 1.0]) / np.std([-1.0, -0.5, 0.0, 0.5, 1.0], ddof=1)
"""Five scores with a mean of 0 and a standard deviation (ddof 1) of 1."""

Cells = Mapping[str, Sequence[float]]
"""What is off, a letter a component, → the scores of that cell; "": the full system."""


def apart(
    cells: Cells,
    names: Iterable[str] = "",
    *,
    paired: bool = True,
    metric: Metric = POINTS,
    rules: Rules = BY_RULE,
    policy: AblationPolicy = AblationPolicy(),  # noqa: B008 – frozen
) -> Ablation:
    """Components in the order of `names`, or of the alphabet; `paired`: run i of every cell has the seed i."""
    known = tuple(names) or tuple(sorted(set("".join(cells))))
    made = {off: sample(off or "full", scores, () if paired else None) for off, scores in cells.items()}
    return of_samples(made, known, metric=metric, rules=rules, policy=policy)


def of_samples(
    cells: Mapping[str, Sample],
    names: Names,
    *,
    metric: Metric = POINTS,
    rules: Rules = BY_RULE,
    policy: AblationPolicy = AblationPolicy(),  # noqa: B008 – frozen
) -> Ablation:
    """The same from samples."""
    full = cells.get("", Sample("full", "", ()))
    offs = sorted(
        (tuple(name for name in names if name in off) for off in cells if off), key=lambda off: (len(off), off)
    )
    by = {frozenset(off): own for off, own in cells.items()}
    arms = [Arm((), Side(full), ""), *(Arm(off, Side(by[frozenset(off)]), "") for off in offs)]
    single = [arm.side.sample for arm in arms if len(arm.off) == 1]
    [compared] = family.decided([seeds.compared(metric, full, single, rules)], rules)
    question = AblationQuestion(metric.name, names)
    return taken_apart(question, rules, policy, [Component(name) for name in names], arms, compared)


def subsets(names: str) -> list[str]:
    """Every set of these, by size."""
    return ["".join(own) for size in range(len(names) + 1) for own in combinations(names, size)]


def drawn(names: str, n: int = 5, seed: int = 0) -> dict[str, list[float]]:
    """All combinations, with scores around 80 that share an effect of their seed."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=n)
    return {off: (80.0 - 3.0 * len(off) + shared + rng.normal(size=n)).tolist() for off in subsets(names)}


def added(found: Ablation, name: str) -> Contribution:
    """What one component adds."""
    return next(one for one in found.contributions if one.component == name)


def effect(found: Ablation, names: str) -> Interaction:
    """What these do together."""
    return next(one for one in found.interactions if set(one.components) == set(names))


def tried(found: Ablation, names: str) -> TriedPair:
    """The pair of these."""
    return next(one for one in found.pairs if set(one.components) == set(names))


def ends(gain: Gain) -> tuple[float, float]:
    """Of its interval."""
    assert gain.interval is not None
    return gain.interval.low, gain.interval.high


def alike(one: Gain, other: Gain) -> bool:
    """Whether they are the same to rounding, whatever family their p is corrected in."""
    plain, rest = (replace(own, value=None, interval=None, p_value=None, p_adjusted=None) for own in (one, other))
    return plain == rest and _figures(one) == pytest.approx(_figures(other), rel=1e-9, abs=1e-11)


def _figures(gain: Gain) -> list[float | None]:
    ends = (None, None) if gain.interval is None else (gain.interval.low, gain.interval.high)
    return [gain.value, gain.p_value, *ends]
