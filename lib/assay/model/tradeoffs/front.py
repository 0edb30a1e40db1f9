"""The front of several objectives with its noise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.comparison.difference import Difference
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Limit, Scorecard
from assay.model.metric import Metric
from assay.model.note import Note
from assay.model.runs.exclusion import LeftOutRuns
from assay.model.runs.name import Name
from assay.model.tradeoffs.question import DRAWS, FrontQuestion
from assay.model.tradeoffs.scorecard import Judgement


class Place(StrEnum):
    """Where a configuration stands: its probability of being on the front is at least .95, below .05, or between.

    Whose values nobody beats is possible at least. Without a probability, as nobody knows its noise, it stands where
    its values put it.
    """

    ON_FRONT = "on_front"
    POSSIBLE = "possible"
    BEATEN = "beaten"


class Trade(StrEnum):
    """A configuration beside the baseline, p corrected over the objectives (Holm).

    `better`: shown better in one objective and worse in none. `worse`: the reverse. `mixed`: shown better in one and
    worse in another, or the reverse, where what never varied is worse by its value. `not_shown`: neither. `baseline`:
    it is the baseline.
    """

    BETTER = "better"
    WORSE = "worse"
    MIXED = "mixed"
    NOT_SHOWN = "not_shown"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Point:
    """A configuration (or single run) that logged every objective; tuples hold an entry an objective, in their order.

    `filter`: finds its runs. `values`: the statistic over the replicates that carry every objective, `n` of them.
    `mean_on`: whether these values are beaten by nobody's. `probability`: of being on the front, None where fewer
    replicates than the policy asks for stand behind it (it counts as a fixed point then).
    """

    name: Name
    key: Mapping[str, str]
    filter: str
    experiment: str
    run_ids: tuple[str, ...]
    n: int
    values: tuple[float, ...]
    mean_on: bool
    place: Place
    probability: float | None = None

    @property
    def label(self) -> str:
        """What the configuration is called."""
        return self.name.text


@dataclass(frozen=True, slots=True)
class Seen:
    """A point that is shown in full: each objective's values with their interval, and how it stands to the baseline.

    `differences`: of each objective to the baseline, empty without one (`trade` is None then). `won`, `lost`: the
    objectives in which it is better and worse than the baseline, shown to be or by values that never varied.
    `judgements`: what the scorecard says of it. `beaten_by`: the place of a point on the front of the values that is
    nowhere worse and somewhere better, None where none is.
    """

    sides: tuple[Side, ...]
    trade: Trade | None = None
    differences: tuple[Difference, ...] = ()
    won: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    beaten_by: int | None = None


@dataclass(frozen=True, slots=True)
class Hypervolume:
    """The share of the box between the ideal and the reference point that the front's values dominate.

    `reference`, `ideal`: per objective in its own unit. Both are of all configurations of the experiments, whatever is
    filtered, so that two filters compare.
    """

    value: float
    reference: tuple[float, ...]
    ideal: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """Every configuration that has all objectives, best first by the first objective.

    `baseline`, `candidate`: places among `points`, None where none was asked for or none of their runs is there.
    `seen`: place → what is known of a point in full: up to 60 that are on the front or may be, all where there are few,
    baseline and candidate.
    `stairs`: pair of objectives → places of the points that nobody beats in these two, best first by the first.
    `card`: the scorecard that speaks of these experiments; `limits`: its threshold of each objective, None without,
    in the unit that the metric is logged in. `draws`: how many the probabilities are of.
    """

    question: FrontQuestion
    rules: Rules
    metrics: tuple[Metric, ...]
    points: tuple[Point, ...]
    seen: Mapping[int, Seen] = field(default_factory=dict)
    stairs: Mapping[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    card: Scorecard | None = None
    limits: tuple[Limit | None, ...] = ()
    baseline: int | None = None
    candidate: int | None = None
    left_out: tuple[LeftOutRuns, ...] = ()
    hypervolume: Hypervolume | None = None
    notes: tuple[Note, ...] = ()
    draws: int = DRAWS

    @property
    def hopeful(self) -> tuple[int, ...]:
        """The places of the points that are on the front or may be, best first."""
        return tuple(at for at, point in enumerate(self.points) if point.place is not Place.BEATEN)
