"""What the policy says of ablations: from what gain on a component is critical, and below what it can go."""

from dataclasses import dataclass

_CRITICAL, _REMOVABLE = 5.0, 1.0


@dataclass(frozen=True, slots=True)
class AblationPolicy:
    """Limits of shares of 1; of other metrics they are 5 times and once the smallest effect that matters."""

    critical: float = 0.05
    removable: float = 0.01


@dataclass(frozen=True, slots=True)
class ClassLimits:
    """The same in a metric's own unit; `of_effect`: taken from its smallest effect that matters."""

    critical: float
    removable: float
    of_effect: bool = False

    @classmethod
    def times(cls, smallest_effect: float) -> "ClassLimits":
        """Of a metric that is no share."""
        return cls(_CRITICAL * smallest_effect, _REMOVABLE * smallest_effect, of_effect=True)
