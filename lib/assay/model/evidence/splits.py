"""What a file of splits holds: how many rows went where, and what rows on two sides share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.evidence.check import Offender
from assay.model.note import Note


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


@dataclass(frozen=True, slots=True)
class Shared:
    """How many of the `of` held-out rows share a thing with training rows, in the fold where most of them do.

    `values`: different things that are shared. `folds`: in how many folds any is, `fold`: the one that is told of.
    `named`: the first of them.
    """

    n: int = 0
    of: int = 0
    values: int = 0
    fold: str = ""
    folds: int = 0
    named: tuple[Offender, ...] = ()

    @property
    def share(self) -> float:
        """Of the held-out rows that have such a thing at all; 0 where none has."""
        return self.n / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Copies:
    """Rows that are equal as far as their hashes tell.

    `repeats`: of the `among` training rows those that equal another one. `multiplicities`: (m, c), of both sides
    together c different rows stand m times each; empty where no held-out row is a copy.
    """

    held: Shared
    repeats: int = 0
    among: int = 0
    multiplicities: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TimeOrder:
    """How a split goes with time: held-out rows before the last training row, and training rows after the first
    held-out one (`after` of `among`); a tie is neither.

    `last`: of the training rows, `first`: of the held-out ones; as text.
    """

    before: Shared
    after: int = 0
    among: int = 0
    last: str = ""
    first: str = ""
    constant: bool = False

    @property
    def share(self) -> float:
        """The smaller of both shares: a split by time has none of either, whatever a straggler does to one."""
        return min(self.before.share, self.after / self.among if self.among else 0.0)


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Two splits side by side; None where a column is missing. `conflicts`: rows that equal one of the training rows by
    id or hash but for their label; `same_id`: those among them by id.
    """

    train: SplitRole
    held: SplitRole
    ids: Shared
    copies: Copies | None = None
    conflicts: Shared | None = None
    same_id: int = 0
    groups: Shared | None = None
    order: TimeOrder | None = None


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of each split within a fold, "" where there are no folds."""

    fold: str
    train: int
    validation: int
    test: int

    def of(self, role: SplitRole) -> int:
        """Rows of one split."""
        return {SplitRole.TRAIN: self.train, SplitRole.VALIDATION: self.validation, SplitRole.TEST: self.test}[role]


@dataclass(frozen=True, slots=True)
class SplitFacts:
    """One file of splits; `rows` in all. `sizes`: of each fold, by name; rows without a fold are in every one.

    `names`: splits as they are called, with their rows; `missing`: column → rows without a value, of the columns that
    are there. `notes`: what of the file can't be used.
    """

    rows: int
    sizes: tuple[Sizes, ...]
    names: Mapping[str, int]
    missing: Mapping[str, int]
    pairs: tuple[PairFacts, ...]
    notes: tuple[Note, ...] = field(default=())
