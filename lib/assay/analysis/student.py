"""Student's t for one mean, for paired differences, and Welch's form for two independent means."""

from collections.abc import Iterable
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
    shares, freedoms = [a.variance / (a.n - 1), b.variance / (b.n - 1)], [a.n - 1.0, b.n - 1.0]
    return Student(a.mean - b.mean, sum(shares) ** 0.5, satterthwaite(shares, freedoms), Technique.WELCH_T)


def satterthwaite(shares: Iterable[float], freedoms: Iterable[float]) -> float:
    """Degrees of freedom of a sum whose variance is the sum of `shares`, each estimated with its own freedom."""
    known = [(share, own) for share, own in zip(shares, freedoms, strict=True) if share > 0]
    total = sum(share for share, _ in known)
    # Relative shares keep tiny variances from underflowing when squared.
    return 1.0 / sum((share / total) ** 2 / own for share, own in known) if known else 1.0
