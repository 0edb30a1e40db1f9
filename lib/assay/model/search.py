"""A search at a glance: params against one metric, and whether its winner is more than luck."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import auto
from math import sqrt
from typing import TYPE_CHECKING

from assay.model.metric import Direction, Metric
from assay.model.note import Code, Note
from assay.model.runs.exclusion import Exclusion

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


_SURE, _WORTH_SAYING = 0.05, 0.1


class SearchNote(Code):
    """Warnings and errors; their words are in `view.text.notes.search`."""

    CHOOSE_EXPERIMENT = auto()
    NO_METRIC = auto()
    TOO_MANY_TO_NAME = auto()


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """The configurations of `experiment` (name or id, empty: the only one) that `filter` finds, by `metric`.

    `metric`: empty for the one that matters most. `params`: those to show; empty: the most telling ones. `direction`:
    chosen by the reader, else by policy or name. `ignore`: params that make no configuration.
    """

    metric: str = ""
    experiment: str = ""
    filter: str = ""
    params: tuple[str, ...] = ()
    direction: Direction | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noise:
    """The sd of one run (ddof 1, the metric's unit), pooled over the `configurations` that have replicates.

    `freedom`: its degrees of freedom. `width`: up to this difference two single runs can't be told apart at `level`.
    """

    std: float
    freedom: int
    configurations: int
    width: float
    level: float

    def between(self, first: float, second: float) -> float:
        """Up to which difference means of so many runs can't be told apart."""
        return self.width * sqrt((1.0 / first + 1.0 / second) / 2.0)


@dataclass(frozen=True, slots=True)
class SearchAxis:
    """One param of all trials, laid out in steps of width 1.

    Numbers from `low` to `high` fill the first STEPS steps, on a log scale with `log`; without numbers both are NaN and
    there are none. Then comes a gap of one step, where there are numbers, and each of `texts` has a step; `others` > 0:
    the last but `absent` stands for so many rarer texts; `absent`: the last stands for trials that did not log it.
    `places`: of each trial, in the order of the trials; `step`: in which step that is. `best`: per step the best score,
    NaN where nobody was.
    `explained`: the share of the trials' ranking that goes with it (η² of Kruskal and Wallis, 0 at least), and its
    `p_value`, adjusted by Holm over every param that varies; None where too few trials tell.
    """

    name: str
    low: float
    high: float
    log: bool
    texts: tuple[str, ...]
    others: int
    absent: bool
    places: "np.ndarray"
    step: "np.ndarray"
    best: "np.ndarray"
    explained: float | None = None
    p_value: float | None = None

    @property
    def numeric(self) -> bool:
        """Whether some of its values are on a scale of numbers."""
        return self.low == self.low

    @property
    def decides(self) -> bool:
        """Whether it explains a tenth of the ranking at least, and that is no coincidence at the level of 5 %."""
        return self.p_value is not None and self.p_value < _SURE and (self.explained or 0.0) >= _WORTH_SAYING

    @property
    def first_text(self) -> int:
        """The step of the first text."""
        return STEPS + 1 if self.numeric else 0

    @property
    def steps(self) -> int:
        """How many steps it has, the gap included."""
        return len(self.best)


STEPS = 12


@dataclass(frozen=True, slots=True)
class Search:
    """Every configuration with a score, oldest first; none where nobody has one.

    trials (index: configuration signature): number (its place among all scored ones of the experiment, from 1, whatever
    the filter), run_id (one of its runs), name, score, n (replicates), close (within the noise of the best, itself too;
    False while the noise is unknown). `total`: trials of the experiment whatever the filter; `rivals`: those among the
    hidden ones that the noise does not keep below the best shown. `members`: run_id → row of trials. `best`: per trial
    the best score so far. `order`: positions in `trials`, best first. `varying`: the params that vary, most telling
    first; `axes`: those asked for, in that order too; `params`: their values as logged, None where not. `foremost`: the
    first ten of `order` with every param that varies. `deciding`: the param that explains most of the ranking, None
    where none is sure to; `following`: the most that another explains, shown or not. `luck`: how far, in the metric's
    unit, the best of `total` equally good trials would stand from their mean.
    `unscored`: configurations found without a finite score; `above`: those left out because trials are nested below
    them, which they sum up; `excluded`: runs in no mean; `hidden`: runs that the filter
    leaves out. `within`: ids of the experiment, or of those that share its name.
    """

    question: SearchQuestion
    experiment: str
    within: tuple[str, ...]
    metric: Metric
    noise: Noise | None
    luck: float | None
    trials: "pd.DataFrame"
    total: int
    rivals: int
    members: "pd.Series"
    best: "np.ndarray"
    order: "np.ndarray"
    varying: tuple[str, ...]
    deciding: SearchAxis | None
    following: float | None
    axes: tuple[SearchAxis, ...]
    params: "pd.DataFrame"
    foremost: "pd.DataFrame"
    unscored: int
    above: int
    hidden: int
    excluded: Mapping[Exclusion, int]
    notes: tuple[Note, ...]

    @property
    def close(self) -> int:
        """How many trials lie within the noise of the best, the best among them."""
        return int(self.trials["close"].sum())

    @property
    def clear(self) -> bool:
        """Whether the best is ahead of every other trial of the experiment by more than the noise."""
        return self.close == 1 and not self.rivals and self.total > 1

    @property
    def usual(self) -> int:
        """How many runs a trial usually rests on."""
        return int(self.trials["n"].median())

    @property
    def single(self) -> bool:
        """Whether its trials rest on one run, but for some that were repeated."""
        return bool((self.trials["n"] == 1).mean() > 0.5)
