"""Leakage: the checks, what is asked of them and what they found."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assay.model.evidence.check import Check, CheckStatus, Offender
from assay.model.metric import Metric
from assay.model.note import Note


class LeakageCheck(StrEnum):
    """Every check, in the order in which they are shown: of the splits, of the training, of the metrics."""

    SHARED_IDS = "shared_ids"
    GROUP_OVERLAP = "group_overlap"
    TEMPORAL_OVERLAP = "temporal_overlap"
    DUPLICATE_ROWS = "duplicate_rows"
    LABEL_CONFLICTS = "label_conflicts"
    SPLIT_SIZES = "split_sizes"
    PREPROCESSING_FIT = "preprocessing_fit"
    FEATURE_NAMES = "feature_names"
    TRAIN_EQUALS_TEST = "train_equals_test"
    TRAIN_TEST_GAP = "train_test_gap"
    SUSPICIOUS_SCORE = "suspicious_score"
    TEST_BETTER_THAN_TRAIN = "test_better_than_train"
    FOLD_SPREAD = "fold_spread"
    TEST_LOOKS = "test_looks"


OF_SPLITS = tuple(LeakageCheck)[:6]
"""Read from the logged splits."""

OF_FILES = (*OF_SPLITS, LeakageCheck.PREPROCESSING_FIT, LeakageCheck.FEATURE_NAMES)
"""Need files; the others are answered by the cache."""

_PLACES: Mapping[str, int] = {check: place for place, check in enumerate(LeakageCheck)}

WITH_EXAMPLES = tuple(LeakageCheck)[:5]
"""Those that name examples, so that a score without them can be told."""

PROOFS = frozenset({*WITH_EXAMPLES, LeakageCheck.PREPROCESSING_FIT})
"""Those whose fail shows the leak itself; that of others is a sign of something wrong."""


@dataclass(frozen=True, slots=True)
class LeakageQuestion:
    """The runs of `experiments` (names or ids, empty: all) that `filter` finds.

    `single`: a row a run; else a row a configuration, the worst of its runs. Files are read for the `most` rows from
    `first` on, and up to `spare` more where no other is left then; metrics are looked at for all. `ignore`: params that
    make no configuration. `whole`: where no more runs are found, the files of all are read, and rows stand by them too.
    """

    experiments: tuple[str, ...] = ()
    filter: str = ""
    deleted: bool = False
    ignore: tuple[str, ...] = ()
    single: bool = False
    first: int = 0
    most: int = 100
    spare: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class LeakageCell:
    """The worst finding of a check among the runs of a row.

    `run_id`: whose finding it is; `alike`: the runs with its status, that one first; `mean`: of their values.
    """

    check: Check
    run_id: str
    alike: tuple[str, ...]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class LeakageRow:
    """A configuration with all of its runs that were found, or one run; `cells` in the order of LeakageCheck.

    `run_id`: the newest of them, which names the row in links. `filter`: what finds these runs, for people.
    """

    label: str
    experiment: str
    run_id: str
    run_ids: tuple[str, ...]
    cells: tuple[LeakageCell, ...]
    filter: str = ""

    def cell(self, check: str) -> LeakageCell:
        """Raises KeyError for no check."""
        return self.cells[_PLACES[check]]

    @property
    def worst(self) -> LeakageCell:
        """The first of the worst."""
        return max(self.cells, key=lambda one: one.check.status.severity)

    @property
    def findings(self) -> tuple[LeakageCell, ...]:
        """Fails, then warnings."""
        found = (one for one in self.cells if one.check.status.is_finding)
        return tuple(sorted(found, key=lambda one: -one.check.status.severity))


@dataclass(frozen=True, slots=True)
class Leakage:
    """What the checks found.

    `rows`: those in view, newest first where all are, else the worst by their metrics first, or by every check where
    the files of all were looked at; of `total`. `beyond`: the others then. `runs`: all that were found, `read`: those
    whose files were looked at. `summary`: of every check how many of the runs have which status; of files, of those
    that were read. `keeps_seconds`: after which asking anew may find more.
    """

    question: LeakageQuestion
    rows: tuple[LeakageRow, ...]
    total: int
    runs: int
    read: int
    summary: Mapping[LeakageCheck, Mapping[CheckStatus, int]]
    notes: tuple[Note, ...] = ()
    keeps_seconds: float = float("inf")
    beyond: tuple[LeakageRow, ...] = ()

    @property
    def worst(self) -> LeakageRow | None:
        """The row in view with the gravest finding, the most of them, and most offenders; None without rows."""
        return max(self.rows, key=_gravity, default=None)

    @property
    def gravest_first(self) -> tuple[LeakageRow, ...]:
        """The rows in view by their worst findings; alike ones as they stand."""
        return tuple(sorted(self.rows, key=_gravity, reverse=True))

    @property
    def findings(self) -> tuple[tuple[LeakageRow, LeakageCell], ...]:
        """Those of the rows in view, the fails of all before the warnings."""
        found = ((row, one) for row in self.rows for one in row.findings)
        return tuple(sorted(found, key=lambda one: -one[1].check.status.severity))

    @property
    def known(self) -> tuple[LeakageRow, ...]:
        """Every row that was looked at wholly: those in view first."""
        return (*self.rows, *self.beyond)

    @property
    def failing(self) -> tuple[LeakageRow, ...]:
        """The known rows that fail a check."""
        return tuple(row for row in self.known if row.worst.check.status is CheckStatus.FAIL)

    def honest(self, row: LeakageRow, check: str) -> tuple[tuple[str, ...], ...]:
        """The runs of the other known rows of its experiment that this check passes and none fails."""
        return tuple(
            other.run_ids
            for other in self.known
            if other.experiment == row.experiment
            and other.cell(check).check.status is CheckStatus.PASS
            and other.worst.check.status is not CheckStatus.FAIL
        )

    @property
    def telling(self) -> tuple[LeakageCheck, ...]:
        """The checks that found something in a row in view; where none did, those that do not pass in every row."""
        found = {check: {row.cell(check).check.status for row in self.rows} for check in LeakageCheck}
        return tuple(check for check, own in found.items() if any(one.is_finding for one in own)) or tuple(
            check for check, own in found.items() if own != {CheckStatus.PASS}
        )

    @property
    def cells(self) -> Mapping[CheckStatus, int]:
        """How many cells in view have which status."""
        found = [cell.check.status for row in self.rows for cell in row.cells]
        return {status: found.count(status) for status in CheckStatus}


def _gravity(row: LeakageRow) -> tuple[int, int, int]:
    worst = row.worst.check.status
    grave = [cell.check.offenders.n for cell in row.cells if cell.check.status is worst]
    return worst.severity, len(grave), sum(grave)


@dataclass(frozen=True, slots=True)
class FindingQuestion:
    """One finding: a check on runs of one row; `metric`: empty for the one that matters most.

    `honest`: the runs of other rows of the same experiment, of each row together, that may be its twin. `ignore`: as
    in the question that found it.
    """

    run_ids: tuple[str, ...]
    check: str
    metric: str = ""
    honest: tuple[tuple[str, ...], ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreMean:
    """A mean over `n` examples, averaged over the runs, in the unit of the metric."""

    mean: float
    n: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a finding is worth: the metric over all test examples, and over those that the finding does not name.

    `without`: None where no clean example is left. `difference`: as logged − without, with its `interval`; over
    `runs` trainings where `over_seeds`, else over examples. `lost`: fewest and most examples that were left out of a
    run. `level` of the intervals.
    """

    metric: Metric
    logged: ScoreMean
    without: ScoreMean | None
    difference: float | None
    interval: tuple[float, float] | None
    runs: int
    over_seeds: bool
    lost: tuple[int, int]
    level: float


@dataclass(frozen=True, slots=True)
class OffenderRow:
    """An offender with what was logged of it, None where it is not."""

    offender: Offender
    label: str | None = None
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The configuration of the same experiment most like this one that the check passes: `params` it differs in.

    `runs`: the trainings that the interval of `logged` is over, 0 where it is over the examples of one.
    """

    label: str
    run_id: str
    filter: str
    params: tuple[str, ...]
    logged: ScoreMean | None = None
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """The evidence behind one cell; `reason`: why it has no worth, None where it has one."""

    question: FindingQuestion
    rows: tuple[OffenderRow, ...]
    worth: Worth | None = None
    reason: Note | None = None
    twin: Twin | None = None
