"""What to take apart: the metric, the components, and which of their levels is the full system's."""

from dataclasses import dataclass

from assay.model.metric import Direction

Level = str | None
"""Of a factor; None: not logged."""

ON = frozenset(("on", "true", "yes", "1", "enabled"))
"""How a level says, in any case, that it is the full system's."""

OFF = frozenset(("off", "false", "no", "0", "none", "disabled"))
"""How the other one says so."""

MOST_TOGETHER = 12
"""Components of which all combinations are looked at, or run: 4,096 cells."""


@dataclass(frozen=True, slots=True)
class AblationQuestion:
    """What each component adds to one metric.

    `factors`: params of two levels, of which every combination that was run is an arm; `on`: the full system's level of
    some. Else `without`: components by name, each with a filter that finds the runs without it. `full`: a filter that
    finds the full system, which `factors` can do without. `experiments`: names or ids, empty: all. `within`: a filter
    that narrows everything. `ignore`: params that make no configuration.
    """

    metric: str
    factors: tuple[str, ...] = ()
    full: str = ""
    without: tuple[tuple[str, str], ...] = ()
    on: tuple[tuple[str, Level], ...] = ()
    experiments: tuple[str, ...] = ()
    within: str = ""
    deleted: bool = False
    direction: Direction | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactorsQuestion:
    """Which params of these runs could be factors; as in AblationQuestion."""

    experiments: tuple[str, ...] = ()
    within: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A param with two levels; `on`: the one that says that it is the full system's, None where none does.

    `switch`: the other one says off, or is not logged: `1` and `0`, but not `1` and `10`.
    """

    param: str
    levels: tuple[Level, ...]
    on: Level = None
    switch: bool = False
