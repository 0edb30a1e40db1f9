"""Which configurations nothing beats, and what a candidate's scorecard says: what is asked."""

from dataclasses import dataclass
from typing import Literal

from assay.model.comparison.question import Statistic
from assay.model.criteria import Objective

DRAWS = 4_000
"""How often a front is drawn, unless so many of its size would take too long."""
SINGLE_RUNS = "none"
"""In place of params to group by."""


@dataclass(frozen=True, slots=True)
class FrontQuestion:
    """The configurations of `experiments` (names or ids, empty: all) that `filter` finds, by `objectives`.

    `group_by`: as in a list of runs; empty: everything but the seed, None: single runs. `baseline` and `candidate`:
    filters, "" for none. `unknown`: metric → values that mean that nobody knows, beside those of the policy.
    `reference`: the hypervolume's reference point, in each metric's own unit; empty: the worst of all configurations of
    the experiments and 10 % of their range. `seed`: of the generator; `draws`: how often the front is drawn,
    None for as often as its size allows.
    `card`: the scorecard to judge by, "" for the policy's first that speaks of these experiments.
    """

    objectives: tuple[Objective, ...]
    experiments: tuple[str, ...] = ()
    filter: str = ""
    deleted: bool = False
    group_by: tuple[str, ...] | None = ()
    ignore: tuple[str, ...] = ()
    statistic: Literal[Statistic.MEAN, Statistic.MEDIAN] = Statistic.MEAN
    baseline: str = ""
    candidate: str = ""
    unknown: tuple[tuple[str, tuple[float, ...]], ...] = ()
    reference: tuple[float, ...] = ()
    card: str = ""
    seed: int = 0
    draws: int | None = None


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """Which scorecard speaks of `experiments` (names or ids), `name`: that one, "" for the policy's first that does."""

    experiments: tuple[str, ...]
    name: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class ScorecardQuestion:
    """What the scorecard `card` ("": the policy's first for these experiments) says of the runs of `candidate`.

    `baseline`: a filter to look for regressions against, "" for none. `within`: a filter that narrows both. `unknown`:
    as of a front.
    """

    candidate: str
    baseline: str = ""
    card: str = ""
    experiments: tuple[str, ...] = ()
    within: str = ""
    deleted: bool = False
    ignore: tuple[str, ...] = ()
    unknown: tuple[tuple[str, tuple[float, ...]], ...] = ()
