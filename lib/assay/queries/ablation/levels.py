"""Which levels do factors have, and which of them is the full system's?"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import OFF, ON, FactorsQuestion, Level, Offered
from assay.model.runs.store import RunStatus
from assay.queries.runs.selection import selection
from assay.workspace import Workspace

Mask = npt.NDArray[np.bool_]

_TWO = 2


def offered(work: Workspace, question: FactorsQuestion) -> tuple[Offered, ...]:
    """Params with two levels among runs that finished, those that say on and off before the others.

    Raises SelectionError for an unknown experiment, FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        chosen = selection(
            work.snapshot, experiments=question.experiments, filter=question.within, deleted=question.deleted
        )
        keys = work.policy.params.configuring_among(reads.keys(work.snapshot, chosen).params)
        runs = reads.runs(work.snapshot, chosen, seeds=(), ignored=())
        usable = runs["status"].eq(RunStatus.FINISHED).to_numpy(dtype=bool) | chosen.names_status
        table = reads.params(work.snapshot, chosen, keys)[usable]
    found = []
    for key in keys:
        levels = _levels(table[key])
        if len(levels) == _TWO:
            on = said_on(levels)
            others = [level for level in levels if level != on]
            found.append(Offered(key, levels, on, switch=on is not None and all(map(_says_off, others))))
    return tuple(sorted(found, key=lambda one: (not one.switch, one.on is None)))


def said_on(levels: Sequence[Level]) -> str | None:
    """The one level that says on; None where none does, or several do."""
    saying = [level for level in levels if level is not None and level.strip().lower() in ON]
    return saying[0] if len(saying) == 1 else None


def _says_off(level: Level) -> bool:
    return level is None or level.strip().lower() in OFF


def factor_levels(factors: Sequence[str], table: pd.DataFrame, usable: Mask) -> dict[str, tuple[Level, ...]]:
    """The levels of each factor, two or one that never varies; `table`: a row a cell, `usable`: with a run that counts.

    Where two are logged, runs that log none have no level; where all that count have one, another may be that of runs
    which failed. Raises SelectionError for more levels, and where no factor has two.
    """
    found = {factor: _levels(table[factor][usable]) for factor in factors}
    found = {factor: own if len(own) > 1 else _levels(table[factor]) for factor, own in found.items()}
    for factor, own in found.items():
        if len(own) > _TWO:
            raise SelectionError(Says.MANY_LEVELS, param=factor, levels=written(own), n=len(own))
    if all(len(own) < _TWO for own in found.values()):
        raise SelectionError(Says.ONE_LEVEL, param=factors[0], level=found[factors[0]][0])
    return found


def _levels(own: "pd.Series[str]") -> tuple[Level, ...]:
    logged = tuple(sorted(own.dropna().unique()))
    return (*logged, None) if len(logged) < _TWO and own.isna().any() else logged


def on_levels(
    levels: Mapping[str, Sequence[Level]], chosen: Mapping[str, Level], full: pd.DataFrame | None
) -> dict[str, Level]:
    """Of each factor the full system's level: the one `chosen`, else that of the runs of `full`, else what says on.

    Raises SelectionError where none is known, or the chosen one is none of the levels.
    """
    found: dict[str, Level] = {}
    for factor, own in levels.items():
        if len(own) < _TWO:
            found[factor] = own[0]
            continue
        if factor in chosen:
            given = chosen[factor]
            if given is None and None not in own and "" in own:
                given = ""  # `P=` is all that can be written of it
            if given not in own:
                raise SelectionError(Says.NO_SUCH_LEVEL, param=factor, given=given, levels=written(own))
            found[factor] = given
            continue
        held = None if full is None else list(map(level_of, full[factor].unique()))
        if held is not None and len(held) > 1:
            raise SelectionError(Says.FULL_FINDS_SEVERAL, param=factor, levels=written(held))
        on = said_on(own) if held is None else held[0]
        if held is None and on is None:
            raise SelectionError(Says.WHICH_IS_ON, param=factor, levels=written(own))
        found[factor] = on
    return found


def level_of(value: str | float | None) -> Level:
    """Of a value as frames have it."""
    return None if pd.isna(value) else str(value)


def written(levels: Sequence[Level]) -> tuple[str, ...]:
    """Levels as texts, "" where not logged, and two quotes where nothing stands in it."""
    return tuple("" if level is None else level or "''" for level in levels)
