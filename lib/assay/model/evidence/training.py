"""What a training logged of its preprocessing and of what its features are worth."""

from dataclasses import dataclass
from typing import Literal

FittedOn = Literal["train", "all", "neither"]


@dataclass(frozen=True, slots=True)
class FittedStep:
    """A step of preprocessing and which rows its learned numbers are those of."""

    name: str
    fitted_on: FittedOn


@dataclass(frozen=True, slots=True)
class FeatureShare:
    """A feature and its share of all importance that is above 0."""

    feature: str
    share: float
