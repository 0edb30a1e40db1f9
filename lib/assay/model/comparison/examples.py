"""Single examples behind a difference: flips, losses, gains and slices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.model.comparison.difference import Verdict
from assay.model.comparison.procedure import Interval, Procedure
from assay.model.comparison.side import Side
from assay.model.note import Note


@dataclass(frozen=True, slots=True)
class Example:
    """One example under both sides, each averaged over its runs; `slices`: column → category."""

    example_id: str
    baseline: float
    candidate: float
    difference: float
    slices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flips:
    """Examples that changed between wrong and right.

    Right is a score of 1, or a mean of at least one half where scores are `averaged` over runs; 0, or below one half,
    where `higher` is not better. `gained`: wrong → right, `lost`: right → wrong. The examples listed are at most
    `limit` of each kind, the largest changes first, then by id. `unsettled`: about how many
    would flip if the candidate were the baseline trained anew, None with one training.
    """

    gained: int
    lost: int
    both_right: int
    both_wrong: int
    averaged: bool
    higher: bool
    limit: int
    gained_examples: tuple[Example, ...] = ()
    lost_examples: tuple[Example, ...] = ()
    unsettled: float | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """One category of one column: n examples that both sides have, their means, candidate − baseline.

    `p_adjusted`: over all rows of all candidates together. `interval` and `p_value` are None with a `reason`.
    """

    column: str
    category: str
    n: int
    baseline: float
    candidate: float
    difference: float
    interval: Interval | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    test: Procedure | None = None
    verdict: Verdict = Verdict.NOT_SHOWN
    reason: Note | None = None

    @property
    def p_method(self) -> str | None:
        """The name of the test."""
        return None if self.test is None else self.test.name


@dataclass(frozen=True, slots=True)
class Clustering:
    """The column that says which examples are alike, and how many clusters it makes of those that are compared.

    `icc`: the intraclass correlation of the differences, negative where examples of one cluster are less alike than
    others; None where it can't be told.
    """

    column: str
    clusters: int
    icc: float | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """What single examples say of one candidate.

    `baseline`: that side over the examples that this candidate shares. `n`: how many enter the difference. `column`:
    the scores' column that was read, `id_column` what identifies an example; "" where nothing could be. `binary`:
    every score is 0 or 1; then there are `flips`. `losses`, `gains`: the examples that changed most for the worse and
    the better, worst and best first, whatever the direction. `slices`: worst regression first. `slice_columns`: those
    that slices can be made by. `cluster`: None where examples count as independent. `reason`: why nothing could be
    compared.
    """

    baseline: Side
    n: int = 0
    column: str = ""
    id_column: str = ""
    binary: bool = False
    flips: Flips | None = None
    losses: tuple[Example, ...] = ()
    gains: tuple[Example, ...] = ()
    slices: tuple[Slice, ...] = ()
    slice_columns: tuple[str, ...] = ()
    cluster: Clustering | None = None
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class ScoreColumns:
    """What the example scores hold: numeric columns to compare on, texts to slice by."""

    numbers: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def keeps_seconds(self) -> float:
        """Scores that were not there may be logged any moment."""
        return float("inf") if self.numbers else 0.0
