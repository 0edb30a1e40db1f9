"""Ablations made by hand from the scores of their cells, for tests of how they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from assay.analysis.factorial import effects
from assay.analysis.comparison.family import decided
from assay.analysis.comparison.seeds import compared
from assay.analysis.multiplicity import holm
from assay.analysis.student import one_mean
from assay.model.ablation.answer import (
    Ablation,
    AblationDesign,
    Arm,
    Component,
    ComponentClass,
    Contribution,
    Corner,
    Fate,
    Gain,
    Interaction,
    Names,
    PairCase,
    Smallest,
    Square,
    TriedPair,
)
from assay.model.ablation.notes import AblationNote
from assay.model.ablation.policy import ClassLimits
from assay.model.ablation.question import AblationQuestion
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.metric import Direction, Metric, MetricUnit
from assay.model.note import note
from seeded import sample

Cells = Mapping[Names, Sequence[float]]

ACCURACY = Metric("accuracy", Direction.MAXIMIZE, "policy", MetricUnit.SHARE, 0.01)
LOG_LOSS = Metric("log_loss", Direction.MINIMIZE, "policy", MetricUnit.NONE, 0.02)
OF_SHARES = ClassLimits(0.05, 0.01)
DEMO: Cells = {
    names: tuple(right / 540 for right in counts)
    for names, counts in {
        (): (507, 511, 498, 516, 523),
        ("pca",): (519, 519, 514, 518, 523),
        ("augmentation",): (509, 511, 503, 516, 513),
        ("pca", "augmentation"): (513, 507, 512, 514, 507),
        ("scaling",): (467, 447, 428, 427, 446),
        ("scaling", "augmentation"): (459, 441, 383, 414, 424),
        ("scaling", "pca"): (413, 289, 267, 282, 364),
        ("scaling", "pca", "augmentation"): (389, 285, 267, 281, 373),
    }.items()
}
"""The demo's accuracies of five seeds, by what is off."""

THREE = ("scaling", "pca", "augmentation")
ONE_OF_TWO = {frozenset({"scaling", "pca"}): (PairCase.ONE_WINS, "scaling")}


def demo(cells: Cells = DEMO, **more: object) -> Ablation:
    """The demo's ablation, or with other cells."""
    return replace(ablated(cells, THREE, cases=ONE_OF_TWO), **more)  # type: ignore[arg-type]


def without(*gone: Names) -> Cells:
    """The demo's cells but for these."""
    return {off: scores for off, scores in DEMO.items() if set(off) not in map(set, gone)}


def ablated(
    cells: Cells,
    names: Names,
    metric: Metric = ACCURACY,
    *,
    limits: ClassLimits | None = OF_SHARES,
    rules: Rules | None = None,
    cases: Mapping[frozenset[str], tuple[PairCase, str]] | None = None,
) -> Ablation:
    """Everything that these cells can tell, paired by seed wherever two cells are."""
    made = _Made(cells, names, metric, limits, rules or Rules())
    family = _family(made, [(name,) for name in names if (name,) in cells])
    every = {off: _lost(made, off) for off in cells if off}
    singles = {c.off[0]: c.lost for c in family}
    arms = tuple(_arm(made, off, singles.get(off[0]) if len(off) == 1 else every.get(off)) for off in _ordered(made))
    together = tuple(name for name in names if any(name in off and len(off) > 1 for off in cells))
    complete = together if all(_has(made, off) for off in _subsets(together)) else ()
    yates, shapley = _factorial(made, complete)
    shares = tuple(
        _contribution(made, name, singles.get(name), yates.get((name,)), shapley.get(name), complete) for name in names
    )
    order = sorted(shares, key=lambda one: -np.inf if one.gain.value is None else one.gain.value, reverse=True)
    joint = _corrected([_interaction(made, own, complete) for own in _asked(names, complete)])
    pairs = tuple(_pair(made, own, every, joint, complete, cases or {}) for own in combinations(names, 2)
                  if _has(made, own))  # fmt: skip
    whole = every.get(_key(made, complete), Gain()) if complete else Gain()
    return Ablation(
        AblationQuestion(metric.name, names),
        made.rules,
        metric,
        AblationDesign.FACTORIAL if together else AblationDesign.LEAVE_ONE_OUT,
        tuple(Component(name, "on", "off") for name in names),
        arms,
        tuple(order),
        tuple(joint),
        pairs,
        complete,
        whole,
        _smallest(made, arms),
        limits,
        _compared(made, names),
    )


class _Made:
    def __init__(
        self, cells: Cells, names: Names, metric: Metric, limits: ClassLimits | None, rules: Rules
    ) -> None:
        self.cells, self.names, self.metric, self.limits, self.rules = cells, names, metric, limits, rules

    def of(self, off: Iterable[str]) -> np.ndarray:  # type: ignore[type-arg]
        return np.array(self.cells[_key(self, off)])

    def gains(self, off: Iterable[str]) -> np.ndarray:  # type: ignore[type-arg]
        return self.of(off) * (1 if self.metric.direction is Direction.MAXIMIZE else -1)


def _key(made: _Made, off: Iterable[str]) -> Names:
    wanted = set(off)
    return next((own for own in made.cells if set(own) == wanted), ("not there",))


def _has(made: _Made, off: Iterable[str]) -> bool:
    return _key(made, off) in made.cells


def _subsets(names: Names) -> list[Names]:
    return [own for n in range(len(names) + 1) for own in combinations(names, n)]


def _ordered(made: _Made) -> list[Names]:
    return sorted(made.cells, key=len)


def _label(off: Names) -> str:
    return f"without {' and '.join(off)}" if off else "full"


def _comparison(made: _Made, offs: Sequence[Names]) -> MetricComparison:
    base, *others = (sample(_label(off), made.cells[off]) for off in ((), *offs))
    (found,) = decided([compared(made.metric, base, others, made.rules)], made.rules)
    return found


def _compared(made: _Made, names: Names) -> MetricComparison | None:
    singles = [(name,) for name in names if (name,) in made.cells]
    return _comparison(made, singles) if singles else None


def _family(made: _Made, offs: Sequence[Names]) -> list[Arm]:
    if not offs:
        return []
    found = _comparison(made, offs)
    return [Arm(off, c.side, "", _gain(made, c)) for off, c in zip(offs, found.candidates, strict=True)]


def _gain(made: _Made, found: Candidate) -> Gain:
    own = found.difference
    return Gain.lost(own, made.metric.direction, own.pairs or found.side.replicates)


def _lost(made: _Made, off: Names) -> Gain:
    return replace(_gain(made, _comparison(made, [off]).candidates[0]), p_adjusted=None)


def _arm(made: _Made, off: Names, lost: Gain | None) -> Arm:
    found = _comparison(made, [off])
    none = _key(made, made.names)
    above = Gain()
    if off != none and none in made.cells:
        above = _of_values(made, made.gains(off) - made.gains(none))
    side = found.candidates[0].side if off else found.baseline
    where = " AND ".join(f"params.{name} = '{'off' if name in off else 'on'}'" for name in made.names)
    return Arm(off, side, where, lost or Gain(), above)


def _of_values(made: _Made, values: np.ndarray) -> Gain:  # type: ignore[type-arg]
    if values.size < 2:
        return Gain(float(values.mean()), n=1, reason=note(AblationNote.CELL_OF_ONE, n=1))
    found = one_mean(values, Technique.PAIRED_T)
    p = 2 * min(found.greater(0.0), found.less(0.0))
    return Gain(found.estimate, found.interval(made.rules.level), p, p, found.procedure, True, values.size)


def _factorial(made: _Made, together: Names) -> tuple[dict[Names, float], dict[str, float]]:
    if not together:
        return {}, {}
    count = len(together)
    column = []
    for place in range(2**count):
        off = [name for k, name in enumerate(together) if not place >> k & 1]
        column.append(float(made.gains(off).mean()))
    found = {tuple(together[k - 1] for k in own): value for own, value in effects(column).items()}
    shares = dict.fromkeys(together, 0.0)
    for own, value in found.items():
        for name in own if len(own) % 2 else ():
            shares[name] += value / len(own)
    return found, shares


def _contribution(
    made: _Made, name: str, gain: Gain | None, yates: float | None, share: float | None, together: Names
) -> Contribution:
    if gain is None:
        missing = note(AblationNote.ARM_MISSING, component=name)
        return Contribution(name, Gain(reason=missing), reason=missing)
    alone = Gain()
    rest = tuple(other for other in together if other != name)
    if together and name in together and _has(made, rest):
        alone = _of_values(made, made.gains(rest) - made.gains(together))
    if made.limits is None:
        return Contribution(name, gain, None, alone, yates, share, note(AblationNote.NO_LIMITS, metric=made.metric.name))
    return Contribution(name, gain, _class(gain, made.limits), alone, yates, share)


def _class(gain: Gain, limits: ClassLimits) -> ComponentClass:
    if gain.interval is None:
        return ComponentClass.UNDECIDED
    if gain.interval.low > limits.critical:
        return ComponentClass.CRITICAL
    if gain.interval.low > limits.removable:
        return ComponentClass.IMPORTANT
    if gain.interval.high < limits.removable:
        return ComponentClass.REMOVABLE
    return ComponentClass.OPTIONAL if gain.interval.high < limits.critical else ComponentClass.UNDECIDED


def _asked(names: Names, together: Names) -> list[Names]:
    higher = [own for own in _subsets(together) if len(own) > 2]
    return [*combinations(names, 2), *higher]


def _interaction(made: _Made, own: Names, together: Names) -> Interaction:
    """Σ (−1)^|off| of what is off of them, averaged over what else was tried together."""
    others = tuple(name for name in together if name not in own) if set(own) <= set(together) else ()
    backgrounds = _subsets(others)
    needed = [(*off, *back) for off in _subsets(own) for back in backgrounds]
    missing = tuple(tuple(name for name in made.names if name in off) for off in needed if not _has(made, off))
    if missing:
        why = note(AblationNote.CELLS_MISSING, n=len(missing), first=missing[0])
        return Interaction(own, Gain(reason=why), missing=missing)
    parts = [
        sum(((-1.0) ** len(off) * made.gains((*off, *back)) for off in _subsets(own)), np.zeros(()))
        for back in backgrounds
    ]
    effect = _of_values(made, np.mean(parts, axis=0))
    return Interaction(own, effect, (effect.value or 0.0) / 2 ** (len(own) - 1), others)


def _corrected(found: Sequence[Interaction]) -> list[Interaction]:
    fixed = holm([one.effect.p_value for one in found if one.estimable])
    left = iter(fixed)
    return [
        replace(one, effect=replace(one.effect, p_adjusted=next(left))) if one.estimable else one for one in found
    ]


def _pair(
    made: _Made,
    own: tuple[str, str],
    every: Mapping[Names, Gain],
    joint: Sequence[Interaction],
    together: Names,
    cases: Mapping[frozenset[str], tuple[PairCase, str]],
) -> TriedPair:
    loss = every[_key(made, own)]
    case, winner = cases.get(frozenset(own), (PairCase.UNKNOWN, ""))
    interaction = next(one for one in joint if set(one.components) == set(own))
    square = _square(made, own, together) if interaction.estimable else None
    swapped = case is PairCase.ONE_WINS and (interaction.effect.value or 0.0) < 0
    return TriedPair(own, loss, _fate(loss, made.limits), case, winner, (), swapped, square, interaction)


def _fate(loss: Gain, limits: ClassLimits | None) -> Fate | None:
    if limits is None or loss.interval is None:
        return None if limits is None else Fate.NOT_SHOWN
    if loss.interval.high < limits.removable:
        return Fate.CAN_GO
    return Fate.NEEDED if loss.interval.low > limits.removable else Fate.NOT_SHOWN


def _square(made: _Made, own: tuple[str, str], together: Names) -> Square:
    a, b = own
    backs = _subsets(tuple(name for name in together if name not in own) if set(own) <= set(together) else ())

    def mean(off: Names) -> np.ndarray:  # type: ignore[type-arg]
        found: np.ndarray = np.mean([made.of((*off, *back)) for back in backs], axis=0)  # type: ignore[type-arg]
        return found

    def corner(off: Names) -> Corner:
        values = mean(off)
        interval = one_mean(values).interval(made.rules.level) if values.size > 1 else None
        return Corner(float(values.mean()), interval, values.size)

    sign = 1 if made.metric.direction is Direction.MAXIMIZE else -1
    none, first, second, both = mean((a, b)), mean((b,)), mean((a,)), mean(())
    return Square(
        (corner((a, b)), corner((b,)), corner((a,)), corner(())),
        (_of_values(made, sign * (first - none)), _of_values(made, sign * (both - second))),
        (_of_values(made, sign * (second - none)), _of_values(made, sign * (both - first))),
    )


def _smallest(made: _Made, arms: Sequence[Arm]) -> Smallest | None:
    if made.limits is None:
        return None
    tried = [arm for arm in arms if arm.off]
    limit = made.limits.removable
    passed = [arm for arm in tried if arm.lost.interval and arm.lost.interval.high < limit]
    if not passed:
        return None
    best = max(passed, key=lambda arm: len(arm.off))
    kept = tuple(name for name in made.names if name not in best.off)
    return Smallest(kept, best, len(tried), len(passed))
