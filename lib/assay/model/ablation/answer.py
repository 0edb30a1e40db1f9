"""The answer to an ablation: arms, what each component adds, what pairs do together, and what can go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.ablation.policy import ClassLimits
from assay.model.ablation.question import AblationQuestion, Level
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.procedure import Interval, Procedure
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.metric import Direction, Metric
from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion

Names = tuple[str, ...]
"""Names of components, in the order of the question."""


class AblationDesign(StrEnum):
    """Whether some cell is without several components, so that what they do together can be asked."""

    LEAVE_ONE_OUT = "leave-one-out"
    FACTORIAL = "factorial"


class ComponentClass(StrEnum):
    """What the interval of a contribution supports; `undecided` is what too few or too noisy runs leave open."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    OPTIONAL = "optional"
    REMOVABLE = "removable"
    UNDECIDED = "undecided"


class Fate(StrEnum):
    """Whether a system keeps up without some components: its whole interval stays below what may be lost, or above."""

    CAN_GO = "can_go"
    NOT_SHOWN = "not_shown"
    NEEDED = "needed"


class PairCase(StrEnum):
    """What two components do together, by what each is shown to add alone and beside the other."""

    ONE_WINS = "one_wins"
    ONLY_BOTH = "only_both"
    ADD_UP = "add_up"
    MORE_TOGETHER = "more_together"
    LESS_TOGETHER = "less_together"
    EITHER = "either"
    TOGETHER = "together"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Gain:
    """An estimate in the metric's unit, positive where it makes the metric better.

    `n`: pairs or, unpaired, replicates of the smallest cell. `reason` says why value, interval or p is None.
    """

    value: float | None = None
    interval: Interval | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    test: Procedure | None = None
    paired: bool = False
    n: int = 0
    reason: Note | None = None

    @classmethod
    def lost(cls, found: Difference, direction: Direction, n: int) -> "Gain":
        """What the baseline of a comparison has over its candidate."""
        flipped = direction is Direction.MAXIMIZE
        value = found.value if found.value is None or not flipped else 0.0 - found.value
        own = found.interval
        if own is not None and flipped:
            own = Interval(0.0 - own.high, 0.0 - own.low, own.level, own.procedure, own.over)
        return cls(value, own, found.p_value, found.p_adjusted, found.test, found.paired, n, found.reason)

    @property
    def helps(self) -> bool:
        """Whether the whole interval lies above 0, of runs that are enough for a claim, which p tells."""
        return self.p_value is not None and self.interval is not None and self.interval.low > 0

    @property
    def hurts(self) -> bool:
        """The same below 0."""
        return self.p_value is not None and self.interval is not None and self.interval.high < 0


@dataclass(frozen=True, slots=True)
class Component:
    """What is switched; `on`, `off`: its levels, None where not logged, and both where filters tell.

    `follows`: other params that change with it and with nothing else, with their values on and off.
    """

    name: str
    on: Level = None
    off: Level = None
    follows: tuple[tuple[str, Level, Level], ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """One cell of the design: the system without the components `off`.

    `side`: its scores in the metric's own unit. `lost`: what the full system has over it; `above`: what it has over
    the system without all components that were tried together. `filter`: finds its runs. `question`: what the plan
    wanted to know of it. `as_tested`: False where it was scored on other test rows than the full system. `fate`:
    whether it keeps up, None of the full system and where no limits are known.
    """

    off: Names
    side: Side
    filter: str
    lost: Gain = Gain()
    above: Gain = Gain()
    question: str = ""
    as_tested: bool = True
    fate: Fate | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What the full system loses without one component.

    `importance`: None with a `reason` where no limits are known. `alone`: what it adds to the system without all that
    were tried together. `yates`: its main effect over all of these, `shapley`: its share of what they add; both None
    where cells are missing or it was never tried together with others.
    """

    component: str
    gain: Gain
    importance: ComponentClass | None = None
    alone: Gain = Gain()
    yates: float | None = None
    shapley: float | None = None
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """What several components gain together beyond the sum of each, and of what fewer of them do together.

    `effect`: averaged over the components `averaged`, all others being on. `missing`: the cells (components that are
    off) without which it cannot be told; empty where it can.
    """

    components: Names
    effect: Gain
    averaged: Names = ()
    missing: tuple[Names, ...] = ()

    @property
    def yates(self) -> float | None:
        """As Yates has it: half of `effect` for a pair, of r components a 2^(r−1)th; None where it cannot be told."""
        return None if self.effect.value is None else self.effect.value / 2 ** (len(self.components) - 1)

    @property
    def estimable(self) -> bool:
        """Whether every cell that it needs has runs."""
        return self.effect.value is not None


@dataclass(frozen=True, slots=True)
class Corner:
    """The mean of one of the four cells of a pair, over the components that are averaged, with its interval.

    `reason` says why there is none.
    """

    value: float
    interval: Interval | None
    n: int
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class Square:
    """A pair's four cells: without both, with the first alone, with the second alone, with both.

    `firsts`, `seconds`: what the first (second) adds without and with the other; `both`: what both add to neither.
    """

    corners: tuple[Corner, Corner, Corner, Corner]
    firsts: tuple[Gain, Gain]
    seconds: tuple[Gain, Gain]
    both: Gain


@dataclass(frozen=True, slots=True)
class TriedPair:
    """Two components that are off together in some cell, `arm`.

    `beyond`: what both have in the full system beyond the sum of what each adds there, without a value where an arm
    without one is missing; `case`, `hurting` (those shown to make it worse beside the other) and `substitutes` (each is
    shown to help without the other, and losing both to cost more than the sum of each) are of the full system too.
    `winner`: the one that a `case` of ONE_WINS speaks of. `square`, `interaction`: over all components that were tried
    in all combinations.
    """

    components: tuple[str, str]
    arm: Arm
    beyond: Gain = Gain()
    case: PairCase = PairCase.UNKNOWN
    winner: str = ""
    hurting: Names = ()
    substitutes: bool = False
    square: Square | None = None
    interaction: Interaction | None = None

    @property
    def loss(self) -> Gain:
        """What the full system loses without both."""
        return self.arm.lost


@dataclass(frozen=True, slots=True)
class Smallest:
    """The system with fewest components whose loss is shown to stay below what may be lost.

    `kept`: its components. `picked_from`: how many tried systems it is the smallest of, `passed`: how many of them
    were shown to keep up.
    """

    kept: Names
    arm: Arm
    picked_from: int
    passed: int


@dataclass(frozen=True, slots=True)
class Ablation:
    """The whole answer. `arms`: the full system first, then by how many components are off.

    `contributions`: largest first, those without a number last. `together`: the components that were tried together
    in all combinations, empty where some are missing; `whole`: what the full system has over the one without all of
    them. `comparison`: full as baseline against each arm without one component, as Compare has it; the sides of `notes`
    are its. `hypothesis`: of the plan that the runs were made for. `excluded`: runs of the arms that are in no mean.
    """

    question: AblationQuestion
    rules: Rules
    metric: Metric
    design: AblationDesign
    components: tuple[Component, ...]
    arms: tuple[Arm, ...]
    contributions: tuple[Contribution, ...]
    interactions: tuple[Interaction, ...] = ()
    pairs: tuple[TriedPair, ...] = ()
    together: Names = ()
    whole: Gain = Gain()
    smallest: Smallest | None = None
    limits: ClassLimits | None = None
    comparison: MetricComparison | None = None
    hypothesis: str = ""
    experiment: str = ""
    excluded: Mapping[Exclusion, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    @property
    def full(self) -> Arm:
        """The arm with every component."""
        return self.arms[0]

    @property
    def names(self) -> Names:
        """The components in the order of the question."""
        return tuple(one.name for one in self.components)

    def arm(self, *off: str) -> Arm | None:
        """The arm without exactly these components."""
        return next((one for one in self.arms if set(one.off) == set(off)), None)
