"""The answer to a comparison: every candidate against the baseline, on every metric."""

from dataclasses import dataclass, replace

from assay.model.comparison.difference import Difference
from assay.model.comparison.examples import Examined
from assay.model.comparison.planning import Plan
from assay.model.comparison.question import Question, Rules, Statistic
from assay.model.comparison.side import Side
from assay.model.comparison.tasks import OverTasks
from assay.model.metric import Metric
from assay.model.note import Note
from assay.model.runs.data import Sameness, UsedData


@dataclass(frozen=True, slots=True)
class ChosenFrom:
    """The configurations of one experiment that logged the metric; the candidate of a claim is the best of them.

    `replicates`: the candidate's. `luck`: how much too good the best of so many equal ones looks on average, in sd of
    one run; `excess`: the same in the metric's unit by the candidate's own sd, None where it has none.
    """

    configurations: int
    replicates: int
    luck: float
    excess: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate's side and its difference to the baseline.

    `caveats`: how far the difference can be trusted, most important first. `examined`: None over seeds; `plan`: None
    over examples. `chosen_from`: what it is the best of, None where it isn't or where these are few.
    """

    side: Side
    difference: Difference
    caveats: tuple[Note, ...] = ()
    plan: Plan | None = None
    examined: Examined | None = None
    chosen_from: ChosenFrom | None = None


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """All candidates on one metric; `statistic` is what its numbers are. `notes`: what deserves a look.

    `luck`: how much too good the best of several candidates looks by chance; None where that says nothing. `tasks`:
    what is known over several tasks, of which the sides' values and differences are the interquartile means then.
    """

    metric: Metric
    baseline: Side
    candidates: tuple[Candidate, ...]
    notes: tuple[Note, ...] = ()
    statistic: Statistic = Statistic.MEAN
    luck: Note | None = None
    tasks: OverTasks | None = None

    @property
    def logged(self) -> Metric:
        """The metric as it was logged, whatever scale its scores were brought to."""
        return self.tasks.logged if self.tasks else self.metric

    @property
    def sides(self) -> tuple[Side, ...]:
        """The baseline's, then the candidates'."""
        return (self.baseline, *(candidate.side for candidate in self.candidates))


@dataclass(frozen=True, slots=True)
class ParamDifference:
    """One param whose value is not the same on all sides: `values` for the baseline, then each candidate.

    A side whose runs disagree shows its distinct values; None where no run of the side logged it.
    """

    key: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class ComparedData:
    """What the runs that count on each side used, and whether their data of each use are the same."""

    sides: tuple[UsedData, ...] = ()
    test: Sameness = Sameness.NOT_LOGGED
    train: Sameness = Sameness.NOT_LOGGED
    other: Sameness = Sameness.NOT_LOGGED


@dataclass(frozen=True, slots=True)
class Setting:
    """What sets the sides apart besides their scores.

    `params`: those that differ, seeds and ignored ones left out; `equal_params`: how many are the same on every side.
    `commits`: of each side's code, None where not logged. `data`: what they were trained and tested on.
    """

    params: tuple[ParamDifference, ...] = ()
    equal_params: int = 0
    commits: tuple[str | None, ...] = ()
    data: ComparedData = ComparedData()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer; the headline speaks of the first metric.

    `comparisons`, `slice_comparisons`: the families that p was corrected over, all candidates on all metrics and all
    rows of all slices. `histories_read`: False where the store was too slow, or away, to tell the latest value of a
    metric from its best.
    """

    question: Question
    rules: Rules
    metrics: tuple[MetricComparison, ...]
    setting: Setting = Setting()
    comparisons: int = 1
    slice_comparisons: int = 0
    histories_read: bool = True

    def led_by(self, place: int) -> "Comparison":
        """The same with the metric at `place` in front."""
        own = self.metrics[place]
        return replace(self, metrics=(own, *(one for one in self.metrics if one is not own)))

    @property
    def first(self) -> MetricComparison:
        """What the headline speaks of."""
        return self.metrics[0]

    @property
    def single(self) -> bool:
        """Whether there is one candidate."""
        return len(self.first.candidates) == 1

    @property
    def over_seeds(self) -> bool:
        """Whether whole runs are compared, not single examples."""
        return self.first.candidates[0].examined is None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the sides are called: the baseline, then the candidates."""
        return tuple(side.label for side in self.first.sides)

    @property
    def keeps_seconds(self) -> float:
        """How long the answer holds while the data stay: files that could not be read may be mended meanwhile."""
        counts = [side.examples for c in self.first.candidates if c.examined for side in (c.examined.baseline, c.side)]
        flawed = any(run.flawed for found in counts if found for run in found.not_logged)
        away = (one.tasks.keeps_seconds for one in self.metrics if one.tasks)
        return min(60.0 if flawed or not self.histories_read else float("inf"), *away, float("inf"))
