"""Leakage: the checks, what is asked of them and what they found."""

from dataclasses import dataclass
from enum import StrEnum

from assay.model.evidence.check import CheckStatus, Offender
from assay.model.evidence.matrix import CheckMatrix, CheckRow, MatrixQuestion
from assay.model.metric import Metric
from assay.model.note import Note


class LeakageCheck(StrEnum):
    """Every check, in the order in which they are shown: of the splits, of the training, of the metrics and inputs."""

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
    SAME_DATASET = "same_dataset"


OF_SPLITS = (
    LeakageCheck.SHARED_IDS,
    LeakageCheck.GROUP_OVERLAP,
    LeakageCheck.TEMPORAL_OVERLAP,
    LeakageCheck.DUPLICATE_ROWS,
    LeakageCheck.LABEL_CONFLICTS,
    LeakageCheck.SPLIT_SIZES,
)
"""Read from the logged splits."""

OF_FILES = (*OF_SPLITS, LeakageCheck.PREPROCESSING_FIT, LeakageCheck.FEATURE_NAMES)
"""Need files; the others are answered by the cache."""

WITH_EXAMPLES = tuple(check for check in OF_SPLITS if check is not LeakageCheck.SPLIT_SIZES)
"""Those that name examples, so that a score without them can be told."""

PROOFS = frozenset({*WITH_EXAMPLES, LeakageCheck.PREPROCESSING_FIT})
"""Those whose fail shows the leak itself; that of others is a sign of something wrong."""


@dataclass(frozen=True, slots=True)
class LeakageQuestion(MatrixQuestion):
    """Metrics are looked at for all of the runs that are found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leakage(CheckMatrix):
    """What the checks found; `rows` in the order of LeakageCheck.

    The rows are those in view: newest first where all are, else the worst by their metrics first, or by every check
    where the files of all were looked at. `beyond`: the others then.
    """

    question: LeakageQuestion
    beyond: tuple[CheckRow, ...] = ()

    @property
    def known(self) -> tuple[CheckRow, ...]:
        """Every row that was looked at wholly: those in view first."""
        return (*self.rows, *self.beyond)

    @property
    def failing(self) -> tuple[CheckRow, ...]:
        """The known rows that fail a check."""
        return tuple(row for row in self.known if row.worst.check.status is CheckStatus.FAIL)

    def honest(self, row: CheckRow, check: str) -> tuple[tuple[str, ...], ...]:
        """The runs of the other known rows of its experiment that this check passes and none fails."""
        return tuple(
            other.run_ids
            for other in self.known
            if other.experiment == row.experiment
            and other.cell(check).check.status is CheckStatus.PASS
            and other.worst.check.status is not CheckStatus.FAIL
        )


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
