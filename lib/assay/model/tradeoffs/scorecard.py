"""What a team's thresholds make of a candidate's intervals."""

from dataclasses import dataclass
from enum import StrEnum

from assay.model.comparison.difference import Difference
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Criterion, Scorecard
from assay.model.metric import Metric
from assay.model.note import Note
from assay.model.tradeoffs.question import ScorecardQuestion


class Status(StrEnum):
    """Where all of the interval lies: beyond the alert, beyond the threshold, on the good side; else uncertain."""

    MET = "met"
    MISSED = "missed"
    ALERT = "alert"
    UNCERTAIN = "uncertain"
    NOT_LOGGED = "not_logged"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One criterion judged on the candidate's side; `reason`: why it is uncertain, not logged, or judged by a value.

    `criterion`: in the unit that the metric was logged in. `notes`: what deserves a look on this metric alone.
    """

    criterion: Criterion
    metric: Metric
    side: Side
    status: Status
    reason: Note | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Weight met, and met or uncertain, of the weight of one group."""

    name: str
    met: float
    possible: float
    weight: float

    @property
    def score(self) -> float:
        """What is met as a share of the group's own weight, without the float's crumbs."""
        return round(self.met / self.weight, 12)

    @property
    def score_possible(self) -> float:
        """The same of what is met or may be."""
        return round(self.possible / self.weight, 12)


@dataclass(frozen=True, slots=True)
class Regression:
    """A metric in which the candidate `lost` against the baseline, or in which a loss that matters may be.

    It lost where that is shown, or where nothing varied and the value is worse.
    """

    metric: Metric
    difference: Difference
    lost: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard's answer; `score`, `possible`: shares of the weight of the whole card, None where nothing was judged.

    `card` is None where no scorecard speaks of these experiments. `regressions`: those shown first; `family`: over how
    many metrics their p is corrected. `candidate`, `baseline`: what they are called.
    """

    question: ScorecardQuestion
    rules: Rules
    card: Scorecard | None
    candidate: str
    judgements: tuple[Judgement, ...] = ()
    score: float | None = None
    possible: float | None = None
    groups: tuple[GroupScore, ...] = ()
    baseline: str = ""
    regressions: tuple[Regression, ...] = ()
    family: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """What the sides that notes speak of are called: the baseline, where there is one, then the candidate."""
        return (self.baseline, self.candidate) if self.baseline else (self.candidate,)

    def of(self, *statuses: Status) -> tuple[Judgement, ...]:
        """The criteria of these statuses, in the card's order."""
        return tuple(one for one in self.judgements if one.status in statuses)
