"""Two sides compared by the scores of single examples: flips, losses, gains and slices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assay.model.comparison import Difference, Direction, DirectionSource, Interval, Method, Statistic, Verdict
from assay.model.policy import MetricUnit

ExampleUnit = Literal["examples", "both"]


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
    """Examples that changed between wrong and right; `rule` says what counts as right.

    `gained`: wrong → right, `lost`: right → wrong. The examples listed are at most `limit` of each kind, the
    largest changes first, then by id.
    """

    gained: int
    lost: int
    both_right: int
    both_wrong: int
    rule: str
    limit: int
    gained_examples: tuple[Example, ...] = ()
    lost_examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Slice:
    """One category of one column: n examples that both sides have, their means, candidate − baseline.

    `p_adjusted`: over all rows of all tables shown together (`slice_comparisons`). `interval` and `p_value` are
    None with a `reason`.
    """

    column: str
    category: str
    n: int
    baseline: float
    candidate: float
    difference: float
    interval: Interval | None
    p_value: float | None
    p_adjusted: float | None
    p_method: str | None
    verdict: Verdict
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NotLogged:
    """A run whose example scores cannot be used, and why; the sentence names the line that logs them."""

    run_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExampleSide:
    """One side: the runs whose scores are used and what the examples in *every* one of them say.

    `found_ids`: every run that the filter found; `counted`: how many of them finished, repeats too.
    `examples`: how many these are. `uneven`: examples that only some of the runs hold. `only_here`: examples
    that the other side lacks; they are in no difference. `undefined`: scores that are NaN, infinite or no
    number; `repeated`: rows whose example id stands more than once in its run; both are left out. `mean` is that
    of the `examples` that both sides share, or of all of them where the sides share none; `std` (ddof 1) and the
    intervals too, which speak of examples whatever the unit. Where a comparison's `statistic` is another, `mean` and
    the intervals are that statistic's. `excluded`: reason → count of runs that the filter found but statistics
    leave out.
    """

    label: str
    filter: str
    run_ids: tuple[str, ...]
    examples: int
    mean: float | None
    interval: Interval | None
    uneven: int = 0
    only_here: int = 0
    undefined: int = 0
    repeated: int = 0
    std: float | None = None
    bootstrap_interval: Interval | None = None
    not_logged: tuple[NotLogged, ...] = ()
    excluded: Mapping[str, int] = field(default_factory=dict)
    reason: str | None = None
    found_ids: tuple[str, ...] = ()
    counted: int = 0

    @property
    def runs(self) -> int:
        """How many trainings the scores come from."""
        return len(self.run_ids)


@dataclass(frozen=True, slots=True)
class ExampleComparison:
    """One candidate against the baseline, example by example.

    `unit`: `examples` speaks of new examples for these trainings, `both` of new seeds and new examples.
    `statistic`: of what over examples the difference is; slices, always of means, are there for the mean only.
    `column`: the scores' column that was read for `metric`. `id_column`: what identifies an example. `examples`:
    how many enter the difference. `binary`: every score is 0 or 1; then there are `flips`. `losses`, `gains`:
    the examples that changed most for the worse and the better, worst and best first, whatever the direction.
    `slices`: worst regression first. `columns`: numeric columns of the scores, `slice_columns`: those that
    slices can be made by. `reason` says why nothing could be compared; then `difference` has no numbers.
    `comparisons` and `slice_comparisons`: the families that p was corrected over.
    """

    metric: str
    column: str
    id_column: str
    unit: ExampleUnit
    direction: Direction
    direction_source: DirectionSource
    metric_unit: MetricUnit
    smallest_effect: float | None
    method: Method
    level: float
    correction: str
    comparisons: int
    resamples: int
    seed: int
    binary: bool
    examples: int
    baseline: ExampleSide
    candidate: ExampleSide
    difference: Difference
    flips: Flips | None = None
    losses: tuple[Example, ...] = ()
    gains: tuple[Example, ...] = ()
    slices: tuple[Slice, ...] = ()
    slice_by: str | None = None
    slice_comparisons: int = 0
    columns: tuple[str, ...] = ()
    slice_columns: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    reason: str | None = None
    statistic: Statistic = Statistic.MEAN
