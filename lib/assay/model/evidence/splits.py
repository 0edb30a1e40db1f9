"""What splits are for, by their names."""

from collections.abc import Mapping
from enum import StrEnum


class SplitRole(StrEnum):
    """What a split is for."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


_NAMES: Mapping[SplitRole, tuple[str, ...]] = {
    SplitRole.TRAIN: ("train", "training", "fit", "tr"),
    SplitRole.VALIDATION: ("validation", "valid", "val", "dev", "development"),
    SplitRole.TEST: ("test", "testing", "holdout", "hold_out", "hold-out", "eval", "evaluate", "evaluation"),
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names}


def role(split: str) -> SplitRole | None:
    """What a split of this name is for, case and spaces aside; None for a name that says nothing."""
    return _ROLES.get(split.strip().lower())
