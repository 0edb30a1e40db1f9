"""Student's t for one mean, for paired differences, and Welch's form for two independent means."""

from dataclasses import dataclass

from scipy.special import stdtr, stdtrit

from assay.analysis.inference import positive, tail
from assay.analysis.sample import Array, moments
from assay.model.comparison.procedure import Interval, Procedure, Technique


@dataclass(frozen=True, slots=True)
class Student:
    """An estimate with its standard error and degrees of freedom; assumes scores that are near normal."""

    estimate: float
    error: float
    freedom: float
    technique: Technique

    @property
    def procedure(self) -> Procedure:
        """Which t it is."""
        return Procedure(self.technique)

    @property
    def test(self) -> Procedure:
        """The same t."""
        return self.procedure

    def interval(self, level: float) -> Interval:
        """Two-sided interval of the estimate."""
        half = -float(stdtrit(self.freedom, tail(level))) * self.error
        return Interval(self.estimate - half, self.estimate + half, level, self.procedure)

    def greater(self, shift: float) -> float:
        """P(T ≥ t) at a true value of `shift`."""
        return positive(float(stdtr(self.freedom, (shift - self.estimate) / self.error)))

    def less(self, shift: float) -> float:
        """P(T ≤ t) at a true value of `shift`."""
        return positive(float(stdtr(self.freedom, (self.estimate - shift) / self.error)))


def one_mean(values: Array, technique: Technique = Technique.T) -> Student:
    """Of a mean; needs n ≥ 2 values that vary."""
    found = moments(values)
    return Student(found.mean, found.std / found.n**0.5, found.n - 1.0, technique)


def welch(first: Array, second: Array) -> Student:
    """Of mean(first) − mean(second), variances not assumed equal; needs n ≥ 2 each, and one side that varies."""
    a, b = moments(first), moments(second)
    share_a, share_b = a.variance / (a.n - 1), b.variance / (b.n - 1)
    total = share_a + share_b
    # Relative shares keep tiny variances from underflowing when squared.
    freedom = 1.0 / ((share_a / total) ** 2 / (a.n - 1) + (share_b / total) ** 2 / (b.n - 1))
    return Student(a.mean - b.mean, total**0.5, freedom, Technique.WELCH_T)
