"""Every arm of an ablation against one of them."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assay.analysis.ablation.estimates import judged, of_cell, over_seeds, squared_error
from assay.analysis.comparison.pairing import by_seed
from assay.analysis.sample import Moments
from assay.analysis.student import satterthwaite
from assay.model.ablation.answer import Gain
from assay.model.ablation.notes import AblationNote as Says
from assay.model.comparison.procedure import Technique
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Sample, Side
from assay.model.metric import Direction
from assay.model.note import note


def side(sample: Sample) -> Side:
    """Mean and standard deviation, without an interval: of thousands of arms nobody reads those."""
    if not (scores := sample.scores):
        return Side(sample, reason=note(Says.CELL_UNSCORED, n=len(sample.run_ids)))
    if len(scores) == 1:
        return Side(sample, scores[0], reason=note(Says.CELL_OF_ONE, n=1))
    found = of_cell(scores)
    return Side(sample, found.mean, found.std, reason=note(Says.GAINS_ALONE))


def gains(base: Sample, arms: Sequence[Sample], direction: Direction, rules: Rules) -> list[Gain]:
    """What each arm has over `base`: paired t where seeds pair as in a comparison, else Welch's; p is not corrected."""
    found: dict[int, Gain] = {}
    alike: defaultdict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for place, arm in enumerate(arms):
        alike[tuple(one.seed for one in arm.replicates)].append(place)
    for places in alike.values():  # arms of the same seeds pair alike
        own = [arms[place] for place in places]
        seeds = by_seed(base, own[0], 1).seeds
        made = _paired(base, own, seeds, direction, rules) if seeds else _unpaired(base, own, direction, rules)
        found |= zip(places, made, strict=True)
    return [found[place] for place in range(len(arms))]


def _paired(
    base: Sample, arms: Sequence[Sample], seeds: Sequence[str], direction: Direction, rules: Rules
) -> list[Gain]:
    scores = np.array([_of_seeds(one, seeds) for one in (base, *arms)])
    scales = np.abs(scores).max(axis=1)
    return over_seeds(direction.gain(1.0) * (scores[1:] - scores[0]), np.maximum(scales[1:], scales[0]), rules)


def _of_seeds(sample: Sample, seeds: Sequence[str]) -> list[float | None]:
    known = {one.seed: one.score for one in sample.replicates}
    return [known[seed] for seed in seeds]


def _unpaired(base: Sample, arms: Sequence[Sample], direction: Direction, rules: Rules) -> list[Gain]:
    if not base.replicates:
        return [Gain(reason=note(Says.CELL_UNSCORED, n=len(base.run_ids)))] * len(arms)
    own = of_cell(base.scores)
    return [_by_errors(own, arm, direction, rules) for arm in arms]


def _by_errors(base: Moments, arm: Sample, direction: Direction, rules: Rules) -> Gain:
    if not arm.replicates:
        return Gain(reason=note(Says.CELL_UNSCORED, n=len(arm.run_ids)))
    own = of_cell(arm.scores)
    shares, freedoms = [squared_error(base), squared_error(own)], [base.n - 1.0, own.n - 1.0]
    error, spent = sum(shares) ** 0.5, satterthwaite(shares, freedoms)
    return judged(direction.gain(own.mean - base.mean), error, spent, min(base.n, own.n), rules, Technique.WELCH_T)
