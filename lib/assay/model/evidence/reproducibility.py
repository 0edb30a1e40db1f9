"""Could someone else get this again: the record, what differs, whether repeats agree, and how to run it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.model.evidence.check import CheckStatus
from assay.model.evidence.matrix import CheckMatrix, CheckRow, MatrixQuestion
from assay.model.evidence.record import ELEMENTS, NEEDED, Element, RecordCheck
from assay.model.metric import Metric


@dataclass(frozen=True, slots=True)
class ReproducibilityQuestion(MatrixQuestion):
    """`against`: a filter for the runs that those found are held against; empty: against each other."""

    against: str = ""


class FieldKind(StrEnum):
    """What a field that differs belongs to."""

    CODE = "code"
    DATA = "data"
    SPLITS = "splits"
    SEEDS = "seeds"
    PYTHON = "python"
    PACKAGES = "packages"
    HARDWARE = "hardware"
    THREADS = "threads"
    CONTAINER = "container"
    COMMAND = "command"
    PARAMS = "params"


OF_REPEATS = (FieldKind.COMMAND, FieldKind.PARAMS)
"""What is held against each other of repeats alone: other runs are told apart by their command, and by params that
make no configuration, without that anything of theirs is another."""

ONE_THING = (FieldKind.CODE, FieldKind.DATA)
"""Replicates that differ in these are not replicates of one thing."""


@dataclass(frozen=True, slots=True, order=True)
class Field:
    """`commit` of the code, `numpy` of the packages, …; `name` of packages, data and threads is as it was logged."""

    kind: FieldKind
    name: str


@dataclass(frozen=True, slots=True)
class FieldValue:
    """The runs that have it; `value`: None where a package is not there at all. `labels`: of their configurations."""

    value: str | None
    run_ids: tuple[str, ...]
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field in which the runs differ: `values`, that of most runs first, and those of the runs `against`.

    `parts`: whether replicates of one configuration differ in it, and labels of these configurations. `unknown`: how
    many runs have it on no record.
    """

    field: Field
    values: tuple[FieldValue, ...]
    against: tuple[FieldValue, ...] = ()
    parts: tuple[str, ...] = ()
    unknown: int = 0

    @property
    def status(self) -> CheckStatus:
        """A warning where it parts replicates in what makes them one thing, else nothing to warn of."""
        return CheckStatus.WARN if self.parts and self.field.kind in ONE_THING else CheckStatus.PASS


@dataclass(frozen=True, slots=True)
class Disagreement:
    """How far repeats are from each other in one metric: the largest of their values − the smallest, in its unit.

    `std`: between the seeds of the configuration (ddof 1), None below two.
    """

    metric: Metric
    difference: float
    smallest: float
    largest: float
    std: float | None = None
    seeds: int = 0


@dataclass(frozen=True, slots=True)
class Repeat:
    """Runs of one setup and seed, oldest first; `seed`: as logged, None where the digits alone tell that they repeat.

    `compared`: how many metrics all of them logged, `aside`: how many measured ones they logged, which are left out.
    `apart`: the metrics in which they differ, the furthest by the spread between seeds first. `across`: the fields in
    which they differ, of `looked` fields that were on record of two of them; `unread`: whether files of some are not
    looked at.
    `telling`: how many of the metrics that are equal have digits which trainings that differ hardly share.
    """

    label: str
    experiment: str
    seed: str | None
    run_ids: tuple[str, ...]
    compared: int
    aside: int
    apart: tuple[Disagreement, ...] = ()
    across: tuple[Field, ...] = ()
    looked: int = 0
    unread: bool = False
    telling: int = 0
    status: CheckStatus = CheckStatus.PASS

    @property
    def identical(self) -> bool:
        """Whether they agree to the last digit in every metric that was compared, and there was one."""
        return self.compared > 0 and not self.apart

    @property
    def by_chance(self) -> bool:
        """Whether they agree in nothing but shares of few rows, as trainings that differ do now and then."""
        return self.identical and not self.telling


@dataclass(frozen=True, slots=True)
class ElementCount:
    """Of how many rows in view all of an element is on record; `worst`: of the others the worst status."""

    element: Element
    rows: int
    of: int
    worst: CheckStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproducibility(CheckMatrix):
    """`rows`: with the checks of RecordCheck. `differences`: of the runs that were `read`; warnings first.

    `compared`: of every kind how many fields were; `aside`: names of measured metrics, which no repeat is held to.
    `repeats`: the worst first.
    """

    question: ReproducibilityQuestion
    differences: tuple[FieldDifference, ...] = ()
    compared: Mapping[FieldKind, int]
    repeats: tuple[Repeat, ...] = ()
    aside: tuple[str, ...] = ()
    against: int | None = None

    @property
    def elements(self) -> tuple[ElementCount, ...]:
        """Every element, summed up over the rows in view."""
        return tuple(self._count(element) for element in Element)

    @property
    def again(self) -> tuple[CheckRow, ...]:
        """The rows in view that can be run again: what is needed for it is on record."""
        return tuple(row for row in self.rows if all(on_record(row, check) for check in NEEDED))

    def _count(self, element: Element) -> ElementCount:
        checks = [check for check in ELEMENTS[element] if check is not RecordCheck.CONTAINER]
        lacking = [row for row in self.rows if not all(on_record(row, check) for check in checks)]
        found = (row.cell(check).check.status for row in lacking for check in checks)
        worst = max(found, key=lambda one: one.severity, default=CheckStatus.PASS)
        return ElementCount(element, len(self.rows) - len(lacking), len(self.rows), worst)


def on_record(row: CheckRow, check: RecordCheck) -> bool:
    """Whether it is on record; packages need not be where an image is."""
    if row.cell(check).check.status is CheckStatus.PASS:
        return True
    image = row.cell(RecordCheck.CONTAINER).check.status is CheckStatus.PASS
    return image and check is RecordCheck.PACKAGES
