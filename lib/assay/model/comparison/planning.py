"""What the next runs could show."""

from dataclasses import dataclass

from assay.model.note import Note


@dataclass(frozen=True, slots=True)
class Need:
    """`replicates` per side (or pairs) show a difference of `effect`; None when a million would not do."""

    effect: float
    replicates: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Seeds that differences need, by the upper 80 % limit of the spread; effects in the metric's unit.

    `n` replicates per side, or pairs, are there and can detect `detectable`. `needs`: for what the reader wants to
    see and the smallest effect that matters, or, where nobody named any, for what was seen. `permutation_n`: from how
    many a permutation test can reach the level after correction. `reason`: why there is nothing to plan with.

    With a margin the effects are margins, `needs` says how many replicates show that it is kept if the true difference
    is the one that was seen, and `supported` is the smallest margin that today's replicates show.
    """

    n: int
    paired: bool
    power: float = 0.8
    upper_std: float | None = None
    detectable: float | None = None
    needs: tuple[Need, ...] = ()
    permutation_n: int | None = None
    supported: float | None = None
    reason: Note | None = None

    def needed(self, effect: float | None) -> int | None:
        """Replicates for a planned `effect`; None where it was not planned for or cannot be had."""
        return next((need.replicates for need in self.needs if need.effect == effect), None)
