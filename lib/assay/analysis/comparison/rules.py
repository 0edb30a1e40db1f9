"""How a comparison is to be made, as one value that its steps share."""

from dataclasses import dataclass

from assay.model.comparison import Direction, Method, Statistic

BOOTSTRAPS = frozenset({Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T})
FEWEST_FOR_A_CLAIM = 3


@dataclass(frozen=True, slots=True)
class Rules:
    """`minimum_runs` replicates (or pairs) per side are needed before a verdict; never fewer than three.

    `statistic`: what examples' scores are summed up by; comparisons over seeds are of means whatever it is.
    """

    direction: Direction
    method: Method
    level: float
    resamples: int
    seed: int
    minimum_runs: int
    statistic: Statistic = Statistic.MEAN

    def __post_init__(self) -> None:
        if not 0.0 < self.level < 1.0:
            raise ValueError(f"level is {self.level}; it must lie between 0 and 1, such as 0.95")
        if self.resamples < 1:
            raise ValueError(f"resamples is {self.resamples}; it must be at least 1, such as 10000")

    @property
    def alpha(self) -> float:
        """1 − level without the float's crumbs."""
        return round(1.0 - self.level, 12)

    @property
    def fewest(self) -> int:
        """The fewest replicates that a verdict may rest on."""
        return max(self.minimum_runs, FEWEST_FOR_A_CLAIM)
