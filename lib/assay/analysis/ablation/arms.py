"""Every arm of an ablation against one of them."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from assay.analysis.ablation.judged import freedom, judged, of_cell, over_seeds, squared_error
from assay.analysis.comparison.pairing import by_seed, matched
from assay.analysis.sample import Moments
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
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    own = of_cell(base.scores) if base.scores else None
    for place, arm in enumerate(arms):
        if own is None or not arm.scores:
            found[place] = Gain(reason=note(Says.CELL_UNSCORED, n=len((arm if own else base).run_ids)))
        elif pairing := by_seed(base, arm, 1).seeds:
            alike[pairing].append(place)
        else:
            found[place] = _unpaired(own, of_cell(arm.scores), direction, rules)
    for seeds, places in alike.items():
        before = np.array(matched(base, seeds).scores)
        after = np.array([matched(arms[place], seeds).scores for place in places])
        scale = np.maximum(np.abs(before).max(), np.abs(after).max(axis=1))
        found |= zip(places, over_seeds(direction.gain(1.0) * (after - before), scale, rules), strict=True)
    return [found[place] for place in range(len(arms))]


def _unpaired(base: Moments, arm: Moments, direction: Direction, rules: Rules) -> Gain:
    shares, freedoms = [squared_error(base), squared_error(arm)], [base.n - 1.0, arm.n - 1.0]
    error, own = sum(shares) ** 0.5, freedom(shares, freedoms)
    return judged(direction.gain(arm.mean - base.mean), error, own, min(base.n, arm.n), rules, Technique.WELCH_T)
