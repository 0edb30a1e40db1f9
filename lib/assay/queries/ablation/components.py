"""Which params follow from a component, and which change otherwise between the cells of a design?"""

from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.errors import SelectionError
from assay.model.ablation.answer import Arm, Component, Names
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import Level
from assay.model.note import Note, Quote, note
from assay.model.policy import Policy
from assay.model.runs.selection import Condition, Selection
from assay.model.sync import Snapshot
from assay.queries.ablation.cells import Cells
from assay.queries.ablation.levels import level_of, written
from assay.sources import filters

Follows = tuple[str, Level, Level]
"""A param with its values where the component is on, and off."""


def components(snapshot: Snapshot, policy: Policy, found: Cells) -> tuple[tuple[Component, ...], tuple[Note, ...]]:
    """The factors with the params that follow from each, and what there is to say of them.

    Raises SelectionError where another param makes several configurations of one cell.
    """
    runs, rows = found.scored.runs[found.counting], found.scored.trained.of[found.counting]
    others = _others(snapshot, policy, found, runs)
    off_of = {row: off for off, row in found.rows.items()}
    if (runs["setup"].groupby(rows).nunique() > 1).any():
        _refuse(found, others, rows, off_of)
    first = ~pd.Series(rows).duplicated().to_numpy()
    follows, beside = _followed(found.question.factors, others[first], [off_of[row] for row in rows[first].tolist()])
    made = tuple(Component(name, found.on[name], found.off[name], tuple(own)) for name, own in follows.items())
    return made, tuple(_said(found, made, beside))


def by_filters(
    snapshot: Snapshot, policy: Policy, arms: Sequence[Arm], experiments: Names
) -> tuple[tuple[Component, ...], tuple[Note, ...]]:
    """Components that filters tell, with the params that change from full system to arm and that no filter names.

    `arms`: the full system first. A param that varies within either follows from nothing.
    """
    keys = policy.params.configuring_among(reads.keys(snapshot, Selection(experiments)).params)
    ids = list(dict.fromkeys(run_id for arm in arms for run_id in arm.side.sample.used_ids))
    table = reads.params(snapshot, ids, keys)
    here, *others = (
        {key: {*map(level_of, table.loc[[*arm.side.sample.used_ids], key])} for key in keys} for arm in arms
    )
    by_full = _named(arms[0].filter)
    made = []
    for arm, gone in zip(arms[1:], others, strict=True):
        unnamed = [key for key in keys if key not in by_full | _named(arm.filter)]
        follows = (_change(key, here[key], gone[key]) for key in unnamed)
        made.append(Component(arm.off[0], follows=tuple(filter(None, follows))))
    return tuple(made), tuple(_following(made))


def _change(param: str, here: Set[Level], gone: Set[Level]) -> Follows | None:
    """A param that has one value with the component and another one without it; None of any other."""
    if len(here) == len(gone) == 1 and here != gone:
        return param, next(iter(here)), next(iter(gone))
    return None


def _named(filter: str) -> set[str]:
    return {clause.key for clause in filters.parse(filter) if clause.entity == "param"}


def _others(snapshot: Snapshot, policy: Policy, found: Cells, runs: pd.DataFrame) -> pd.DataFrame:
    """Params of these runs that make a configuration, factors aside, and are not the same in all; by position."""
    keys = policy.params.configuring_among(reads.keys(snapshot, Selection(found.experiments)).params)
    wanted = [key for key in keys if key not in found.question.factors]
    table = reads.params(snapshot, runs["run_id"].tolist(), wanted)
    return table[[key for key in table if table[key].nunique(dropna=False) > 1]].reset_index(drop=True)


def _refuse(found: Cells, others: pd.DataFrame, rows: npt.NDArray[np.intp], off_of: dict[int, Names]) -> None:
    """Names the first param that varies within a cell, and how many more do."""
    kinds = others.groupby(rows).nunique(dropna=False)
    varying = [key for key in kinds if (kinds[key] > 1).any()]
    if not varying:
        return
    param = varying[0]
    row = int(kinds.index[kinds[param] > 1][0])
    own = others[param][rows == row]
    common = str(own.mode().iloc[0])  # of those that log it, and some do
    raise SelectionError(
        Says.TWO_CONFIGURATIONS,
        param=str(param),
        values=written([level_of(value) for value in own.unique()]),
        arm=found.label(off_of[row]),
        filter=Quote(filters.write([Condition("param", str(param), "=", common)]) or ""),
        more=len(varying) - 1,
    )


def _followed(
    factors: Names, others: pd.DataFrame, offs: list[Names]
) -> tuple[dict[str, list[Follows]], tuple[str, ...]]:
    """Of each factor what follows from it, and the params that follow from none; a row of `others` a cell of `offs`."""
    follows: dict[str, list[Follows]] = {name: [] for name in factors}
    beside = []
    for param in others:
        values = [level_of(value) for value in others[param]]
        for name in factors:
            here = {value for value, off in zip(values, offs, strict=True) if name not in off}
            gone = {value for value, off in zip(values, offs, strict=True) if name in off}
            if (found := _change(str(param), here, gone)) is not None:
                follows[name].append(found)
                break
        else:
            beside.append(str(param))
    return follows, tuple(beside)


def _said(found: Cells, made: tuple[Component, ...], beside: tuple[str, ...]) -> list[Note]:
    said = _following(made)
    if beside:
        said.append(note(Says.CHANGES_BESIDE, params=beside))
    steady = [(name, own[0]) for name, own in found.levels.items() if len(own) == 1]
    return [*said, *(note(Says.ONE_LEVEL, param=name, level=level) for name, level in steady)]


def _following(made: Sequence[Component]) -> list[Note]:
    return [
        note(Says.FOLLOWS, param=param, component=one.name, on=on, off=off)
        for one in made
        for param, on, off in one.follows
        if on is not None and off is not None
    ]
