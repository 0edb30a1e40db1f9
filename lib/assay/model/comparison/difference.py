"""Candidate − baseline with its intervals and p, and the verdict that they support."""

from dataclasses import dataclass
from enum import StrEnum

from assay.model.comparison.procedure import Interval, Procedure
from assay.model.note import Note


class Verdict(StrEnum):
    """What the evidence supports; `not_shown` never means equal.

    `differs`: a difference of a metric whose direction nobody told. Where no worse or the same was to be shown, `worse`
    and `better` are beyond the margin.
    """

    BETTER = "better"
    NO_WORSE = "no_worse"
    SAME = "same"
    WORSE = "worse"
    DIFFERS = "differs"
    NOT_SHOWN = "not_shown"
    CANNOT_BE_SIGNIFICANT = "cannot_be_significant"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Difference:
    """Candidate − baseline in the metric's unit.

    `value`: the difference of the sides' means, or of whichever statistic was asked for over examples.
    `std`: sd of the paired differences (ddof 1), None unpaired. `values`: (seed, difference) per pair, empty
    unpaired. `test`: what p comes from. `effect_size`: d_z paired, Hedges g unpaired. `min_attainable_p`: the
    smallest two-sided p that a permutation test could give at this size, after correction. `reason` says why any of
    them is None. With a margin p is one-sided, of the claim, and `p_beyond` that of lying beyond the margin instead;
    `p_beyond` is corrected in place.
    """

    value: float | None = None
    std: float | None = None
    interval: Interval | None = None
    bootstrap_interval: Interval | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    p_beyond: float | None = None
    test: Procedure | None = None
    paired: bool = False
    pairs: int = 0
    min_attainable_p: float | None = None
    effect_size: float | None = None
    verdict: Verdict = Verdict.TOO_FEW
    values: tuple[tuple[str, float], ...] = ()
    reason: Note | None = None

    @property
    def is_shown(self) -> bool:
        """Whether a test shows that there is a difference, whichever way."""
        return self.verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.DIFFERS)

    @property
    def p_method(self) -> str | None:
        """The name of the test."""
        return None if self.test is None else self.test.name
