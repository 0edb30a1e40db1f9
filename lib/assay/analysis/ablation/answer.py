"""An ablation from its arms: what each component adds, what they do together, and what can go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assay.analysis.ablation import classes
from assay.analysis.ablation.arms import gains, side
from assay.analysis.ablation.block import Block
from assay.analysis.ablation.estimates import together
from assay.analysis.ablation.interactions import Combined, combined, interactions, main_effects
from assay.analysis.ablation.pairs import BEYOND, case, hurting, square, substitutes
from assay.analysis.bootstrap.intervals import BOOTSTRAPS
from assay.model.ablation.answer import (
    Ablation,
    AblationDesign,
    Arm,
    Component,
    ComponentClass,
    Contribution,
    Gain,
    Interaction,
    Names,
    Smallest,
    TriedPair,
)
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.policy import AblationPolicy, ClassLimits
from assay.model.ablation.question import MOST_TOGETHER, AblationQuestion
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample
from assay.model.metric import Metric
from assay.model.note import Note, note

_TOLD_OTHERWISE = frozenset({ComparisonNote.UNADJUSTED, ComparisonNote.DIRECTION_ASSUMED})
_MUCH_LUCK = 0.25
"""So many systems that lose just the limit are expected to keep up by luck before that is said."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every part is decided by."""

    metric: Metric
    rules: Rules
    names: Names
    limits: ClassLimits | None


def taken_apart(
    question: AblationQuestion,
    rules: Rules,
    policy: AblationPolicy,
    components: Sequence[Component],
    arms: Sequence[Arm],
    compared: MetricComparison,
) -> Ablation:
    """`arms`: the full system first, with samples alone, which may be empty. `compared`: it as baseline against each
    arm without one component, in the order of `arms`, with p corrected over these.
    """
    metric = compared.metric
    known = None if metric.assumed else classes.limits(policy, metric)
    basis = _Basis(metric, rules, tuple(one.name for one in components), known)
    cells = {frozenset(arm.off): arm.side.sample for arm in arms if arm.side.sample.scores}
    found = combined(basis.names, cells, metric.direction)
    made = _arms(arms, compared, found, basis)
    effects = interactions(found, basis.names, rules)
    fewest = classes.smallest(made[1:], basis.names, metric)
    return Ablation(
        question=question,
        rules=rules,
        metric=metric,
        design=AblationDesign.FACTORIAL if found.names else AblationDesign.LEAVE_ONE_OUT,
        components=tuple(components),
        arms=made,
        contributions=_contributions(made, found, basis),
        interactions=effects,
        pairs=_pairs(made, found, {one.components: one for one in effects}, basis),
        together=found.names if found.whole is not None else (),
        whole=_whole(made, found, rules),
        smallest=fewest,
        limits=known,
        comparison=compared,
        notes=(*_of_comparison(compared, rules), *_alike(found, basis.names), *_remarks(made, found, fewest, rules)),
    )


def _arms(arms: Sequence[Arm], compared: MetricComparison, found: Combined, basis: _Basis) -> tuple[Arm, ...]:
    """With what each scores, has lost and has above the system without all that were tried together."""
    samples, direction = [arm.side.sample for arm in arms], basis.metric.direction
    single = iter(compared.candidates)
    other = [place for place, arm in enumerate(arms) if len(arm.off) > 1]
    lost = gains(samples[0], [samples[place] for place in other], direction.opposite, basis.rules)
    rest = dict(zip(other, together(lost, basis.rules), strict=True))
    base = _base(arms, found, basis)
    above = _above(samples, base, basis)
    made = []
    for place, arm in enumerate(arms):
        if len(arm.off) == 1:
            own = next(single)
            n = (
                own.difference.pairs
                if own.difference.paired
                else min(compared.baseline.replicates, own.side.replicates)
            )
            judged, scored = Gain.lost(own.difference, direction, n), own.side
        elif arm.off:
            judged, scored = rest[place], side(arm.side.sample)
        else:
            judged, scored = Gain(), compared.baseline
        fate = classes.fate(judged, basis.limits, basis.rules) if arm.off and basis.limits else None
        made.append(replace(arm, side=scored, lost=judged, above=above[place], fate=fate))
    return tuple(made)


def _base(arms: Sequence[Arm], found: Combined, basis: _Basis) -> int | None:
    """The arm without all components that were tried together, else without all; of one there is nothing above."""
    wanted = [own for own in (set(found.names or basis.names), set(basis.names)) if len(own) > 1]
    places = (place for off in wanted for place, arm in enumerate(arms) if set(arm.off) == off)
    return next(places, None)


def _above(samples: Sequence[Sample], base: int | None, basis: _Basis) -> list[Gain]:
    if base is None:
        return [Gain()] * len(samples)
    others = [place for place in range(len(samples)) if place != base]
    found = gains(samples[base], [samples[place] for place in others], basis.metric.direction, basis.rules)
    known = dict(zip(others, together(found, basis.rules), strict=True))
    return [known.get(place, Gain()) for place in range(len(samples))]


def _contributions(arms: Sequence[Arm], found: Combined, basis: _Basis) -> tuple[Contribution, ...]:
    by = {frozenset(arm.off): arm for arm in arms}
    effects = main_effects(found)
    made = []
    for name in basis.names:
        arm = by.get(frozenset({name}))
        gain = arm.lost if arm and arm.side.sample.run_ids else Gain(reason=note(Says.ARM_MISSING, component=name))
        if not arms[0].side.sample.scores:
            gain = Gain(reason=note(Says.FULL_MISSING))
        alone = by.get(frozenset(found.names or basis.names) - {name})
        importance, reason = _importance(gain, basis)
        yates, share = effects.get(name, (None, None))
        made.append(Contribution(name, gain, importance, alone.above if alone else Gain(), yates, share, reason))
    return tuple(sorted(made, key=lambda one: float("inf") if one.gain.value is None else -one.gain.value))


def _importance(gain: Gain, basis: _Basis) -> tuple[ComponentClass | None, Note | None]:
    if basis.metric.assumed:
        return None, note(Says.NOBODY_SAID_BETTER, metric=basis.metric.name)
    if basis.limits is None:
        return None, note(Says.NO_LIMITS, metric=basis.metric.name)
    return classes.importance(gain, basis.limits, basis.rules), None


def _pairs(
    arms: Sequence[Arm], found: Combined, effects: Mapping[Names, Interaction], basis: _Basis
) -> tuple[TriedPair, ...]:
    """Those that are off together, in the order of their components; what they lose together is a family."""
    by = {frozenset(arm.off): arm for arm in arms}
    tried = [
        pair for pair in combinations(basis.names, 2) if (arm := by.get(frozenset(pair))) and arm.lost.value is not None
    ]
    here = [found.at_full(*pair) for pair in tried]
    beyond = [Gain() if cells is None else cells.contrast(BEYOND, basis.rules) for cells in here]
    return tuple(
        _pair(pair, by[frozenset(pair)], own, cells, found.averaged(*pair) or cells, effects[pair], basis)
        for pair, own, cells in zip(tried, together(beyond, basis.rules), here, strict=True)
    )


def _pair(
    pair: tuple[str, str],
    arm: Arm,
    beyond: Gain,
    here: Block | None,
    drawn: Block | None,
    effect: Interaction,
    basis: _Basis,
) -> TriedPair:
    """`here`: in the full system, where something may go, by which it is judged; `drawn`: the cells to look at."""
    made = TriedPair(pair, arm, beyond, square=square(drawn, basis.rules) if drawn else None, interaction=effect)
    if here is None or basis.metric.assumed:
        return made
    own = square(here, basis.rules)
    kind, winner = case(own, beyond, pair, basis.rules)
    return replace(
        made, case=kind, winner=winner, hurting=hurting(own, pair, basis.rules),
        substitutes=substitutes(own, beyond, basis.rules),
    )  # fmt: skip


def _whole(arms: Sequence[Arm], found: Combined, rules: Rules) -> Gain:
    """What the full system has over the one without all that were tried together, of the runs that shares rest on."""
    if found.whole is None:
        return Gain()
    own, above = found.whole.total(rules), arms[0].above
    return above if (above.paired, above.n) == (own.paired, own.n) else together([own], rules)[0]


def _of_comparison(compared: MetricComparison, rules: Rules) -> list[Note]:
    """What it says, with those that an interval alone would show as one: of twelve components they are many.

    A bootstrap that the policy names says how much it covers: classes go by it. That nobody said what is better is the
    reason why there are no classes.
    """
    served = rules.method in BOOTSTRAPS
    covered = [own for c in compared.candidates for own in c.caveats if served and own.code is ComparisonNote.COVERAGE]
    alone = sum(own.code is ComparisonNote.UNADJUSTED for own in compared.notes)
    together = note(Says.INTERVALS_ALONE, n=alone, of=len(compared.candidates))
    said = (own for own in compared.notes if own.code not in _TOLD_OTHERWISE)
    return [*covered, *said, *([together] if alone else [])]


def _alike(found: Combined, names: Names) -> list[Note]:
    """Components that are off in the same cells: which of them does what, no run tells."""
    alike: defaultdict[tuple[bool, ...], list[str]] = defaultdict(list)
    for name in names:
        alike[tuple(name in off for off in found.cells)].append(name)
    groups = [own for off, own in alike.items() if len(own) > 1 and any(off)]
    return [note(Says.CHANGE_TOGETHER, components=tuple(own)) for own in groups]


def _remarks(arms: Sequence[Arm], found: Combined, fewest: Smallest | None, rules: Rules) -> list[Note]:
    said = []
    luck = fewest.picked_from * rules.alpha / 2 if fewest else 0.0
    if fewest and luck > _MUCH_LUCK:
        said.append(note(Says.MANY_SYSTEMS, n=fewest.picked_from, luck=luck))
    if len(found.names) > MOST_TOGETHER:
        said.append(note(Says.TOO_MANY_TOGETHER, n=len(found.names), most=MOST_TOGETHER))
    elif found.names and found.whole is None:
        missing = 2 ** len(found.names) - sum(off <= {*found.names} for off in found.cells)
        said.append(note(Says.NOT_ALL_TOGETHER, n=missing, of=2 ** len(found.names), components=found.names))
    if found.whole is not None and found.whole.seeds is None and len(arms) > 1:
        said.append(note(Says.SEEDS_DIFFER_BETWEEN, n=2 ** len(found.names)))
    return said
