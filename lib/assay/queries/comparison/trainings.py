"""Which runs of two sides have example scores, and which of them belong together?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assay.analysis.comparison.pairing import by_seed, matched
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import UNPAIRED, Question, Unit
from assay.model.comparison.side import Sample
from assay.model.note import Note, note
from assay.queries.comparison.scores import Scores

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """The samples whose scores are joined, what pairing them left to say, and why seeds × examples is refused."""

    baseline: Sample
    candidate: Sample
    place: int
    notes: tuple[Note, ...] = ()
    refusal: Note | None = None

    @property
    def ids(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The runs of either side."""
        return self.baseline.used_ids, self.candidate.used_ids

    @property
    def trainings(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The runs of either side, those of one replicate together."""
        return tuple(tuple(one.run_ids for one in side.replicates) for side in (self.baseline, self.candidate))

    @property
    def weights(self) -> tuple[Array, Array]:
        """What each run's predictions weigh, for every replicate of a side the same."""
        before, after = (np.concatenate([np.full(len(own), 1.0 / len(own)) for own in side]) for side in self.trainings)
        return before, after

    @property
    def single(self) -> bool:
        """Whether a score is that of one run on either side."""
        return all(len(ids) == 1 for ids in self.ids)


def scored_pair(samples: Sequence[Sample], place: int, scores: Scores, question: Question) -> ScoredPair:
    """The runs that have scores; over seeds × examples those that share a seed, in the same order."""
    baseline, candidate = usable(samples[0], scores), usable(samples[place], scores)
    pair = ScoredPair(baseline, candidate, place)
    if question.unit is not Unit.BOTH:
        return pair
    if question.pair_by == UNPAIRED:
        return replace(pair, refusal=note(ComparisonNote.PAIRS_REFUSED, why=None))
    pairing = by_seed(baseline, candidate, place, wanted=True)
    if not pairing.paired:
        return replace(pair, refusal=note(ComparisonNote.PAIRS_REFUSED, why=pairing.refusal))
    return ScoredPair(matched(baseline, pairing.seeds), matched(candidate, pairing.seeds), place, pairing.notes)


def usable(sample: Sample, scores: Scores) -> Sample:
    """The sample without runs that have no scores, and without replicates that are left with no run."""
    kept = (
        replace(one, run_ids=tuple(run_id for run_id in one.run_ids if run_id in scores.files))
        for one in sample.replicates
    )
    return replace(sample, replicates=tuple(one for one in kept if one.run_ids))
