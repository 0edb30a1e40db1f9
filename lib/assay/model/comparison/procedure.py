"""How an interval or a p value was made, as a value that names it and leads to its page."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assay.model.comparison.question import Statistic
from assay.model.metric import Direction


class Technique(StrEnum):
    """Everything that makes intervals or p values, by its name in the field."""

    T = "t"
    PAIRED_T = "paired t"
    WELCH_T = "Welch t"
    SATTERTHWAITE_T = "Satterthwaite t"
    TWO_WAY_T = "two-way t"
    CLUSTERED_T = "cluster-robust t"
    CLUSTERED_PERCENTILE = "percentile bootstrap of clusters"
    CLUSTERED_BASIC = "basic bootstrap of clusters"
    CLUSTERED_FLIPS = "sign flips of clusters"
    PERCENTILE = "percentile bootstrap"
    BASIC = "basic bootstrap"
    BCA = "BCa bootstrap"
    BOOTSTRAP_T = "beta bootstrap-t"
    STRATIFIED_PERCENTILE = "percentile stratified bootstrap"
    STRATIFIED_BASIC = "basic stratified bootstrap"
    SIGN_FLIPS = "sign flips"
    PERMUTATION = "permutation"
    WILSON = "Wilson"
    NEWCOMBE = "Newcombe"
    PAIRED_NEWCOMBE = "paired Newcombe"
    MCNEMAR = "McNemar"
    TANGO = "Tango score"


@dataclass(frozen=True, slots=True)
class Procedure:
    """`of`: what was resampled other than a mean; `prefix`, `detail`: how it was carried out, e.g. `exact`.

    `inverted`: a p value that an interval of this kind gives.
    """

    technique: Technique
    detail: str = ""
    prefix: str = ""
    of: Statistic | None = None
    inverted: bool = False

    @property
    def what(self) -> str:
        """`percentile bootstrap of the median`."""
        named = f"{self.prefix} {self.technique}".lstrip()
        return f"{named} of the {self.of.term}" if self.of else named

    @property
    def name(self) -> str:
        """`percentile bootstrap, exact, inverted`."""
        return ", ".join(filter(None, (self.what, self.detail, "inverted" if self.inverted else "")))

    @property
    def as_test(self) -> "Procedure":
        """The p value that inverts it."""
        return replace(self, inverted=True)


@dataclass(frozen=True, slots=True)
class Interval:
    """A two-sided interval at `level`, in the metric's unit; together with `over` − 1 others where that is above 1."""

    low: float
    high: float
    level: float
    procedure: Procedure
    over: int = 1

    def loss(self, direction: Direction, *, both: bool = False) -> float:
        """The largest loss that it holds, negative where it holds none; of `both` ways the largest distance from 0."""
        ends = (self.low, self.high)
        return max(map(abs, ends)) if both else max(-direction.gain(end) for end in ends)

    @property
    def method(self) -> str:
        """The procedure's full name, e.g. `paired t`."""
        return f"{self.procedure.name}, Bonferroni over {self.over}" if self.over > 1 else self.procedure.name
