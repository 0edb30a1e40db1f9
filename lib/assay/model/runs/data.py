"""What data runs used, as far as MLflow's dataset inputs say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """What a run used a dataset for, by the context that was logged with it."""

    TEST = "test"
    TRAIN = "train"
    OTHER = "other"


TESTED = ("test", "testing", "eval", "evaluate", "evaluation", "holdout")
"""The contexts of data that a run was tested on; validation rows, which models are chosen by, are no test."""

CONTEXTS = {
    Use.TEST: (*TESTED, "val", "valid", "validation", "dev"),
    Use.TRAIN: ("train", "training", "fit"),
}
"""The contexts of each use, in any case; every other context, and none, is OTHER."""

LOGGED_BY: Mapping[Use, str] = {
    Use.TRAIN: 'mlflow.log_input(dataset, context="training")',
    Use.TEST: 'mlflow.log_input(dataset, context="test")',
}
"""The line of training code that logs each."""

_USES = {context: use for use, contexts in CONTEXTS.items() for context in contexts}


UNDIGESTED = "?"
"""Stands after the name of a dataset in place of its digest, where it has none."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset input of a run; texts are "" and `rows` None where nothing was logged.

    `digest`: MLflow's own is of the numbers and text in the first 10,000 rows of a table, or of the first 10,000
    numbers of an array, and of their length.
    """

    name: str
    digest: str
    context: str
    source_type: str = ""
    source: str = ""
    rows: int | None = None

    @property
    def use(self) -> Use:
        """What the context means."""
        return _USES.get(self.context.strip().lower(), Use.OTHER)

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two datasets the same one, to MLflow too."""
        return self.name, self.digest


Datasets = tuple[Dataset, ...]
"""What one run used for one purpose, by name and digest."""


@dataclass(frozen=True, slots=True)
class UsedData:
    """What `runs` runs used: for each use the different sets of datasets, that of most runs first.

    `untested`, `untrained`, `without_other`: how many of them logged no such data.
    """

    runs: int = 0
    test: tuple[Datasets, ...] = ()
    train: tuple[Datasets, ...] = ()
    other: tuple[Datasets, ...] = ()
    untested: int = 0
    untrained: int = 0
    without_other: int = 0

    def sets(self, use: Use) -> tuple[Datasets, ...]:
        """Those of one use."""
        return {Use.TEST: self.test, Use.TRAIN: self.train, Use.OTHER: self.other}[use]

    def lacking(self, use: Use) -> int:
        """How many runs logged none of this use."""
        return {Use.TEST: self.untested, Use.TRAIN: self.untrained, Use.OTHER: self.without_other}[use]


class Sameness(StrEnum):
    """Whether several sides used the same data, as far as MLflow's digests tell.

    UNKNOWN where some runs or a digest are missing, and of one digest under several names, which people may give too.
    """

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    NOT_LOGGED = "not_logged"
