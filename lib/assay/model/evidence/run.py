"""What one run logged as evidence, as far as it could be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.model.evidence.splits import SplitFacts
from assay.model.evidence.training import FeatureShare, FittedStep
from assay.model.note import Note
from assay.model.problems import Artifacts


@dataclass(frozen=True, slots=True)
class RunEvidence:
    """What is None, or empty, has its `reasons` by path where it is not just missing.

    `features`: the most important ones. `notes`: what is odd about its files. `waiting`: whether a store that is away,
    or slow, kept some of it back.
    """

    splits: SplitFacts | None = None
    steps: tuple[FittedStep, ...] = ()
    features: tuple[FeatureShare, ...] = ()
    reasons: Mapping[str, Note] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    waiting: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing is there, nor will be by asking again."""
        nothing = self.splits is None and not (self.steps or self.features or self.notes or self.waiting)
        return nothing and all(map(lasts, self.reasons.values()))


def lasts(why: Note) -> bool:
    """Whether a reason for which nothing could be read stays one, however often it is asked."""
    return isinstance(why.code, Artifacts) and why.code.lasts
