"""Which cells of a design were run, with which scores, and what else changes between them?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.errors import SelectionError
from assay.model.ablation.answer import Component
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import AblationQuestion, Level
from assay.model.comparison.side import Sample
from assay.model.note import Note, Quote, note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.selection import Condition, Selection
from assay.model.sync import Snapshot
from assay.queries.ablation.levels import factor_levels, on_levels, written
from assay.queries.runs.scored import ScoredConfigurations, scored_configurations
from assay.sources import filters

Off = tuple[str, ...]


@dataclass(frozen=True)
class Cells:
    """The cells of some factors. `rows`: what is off → the cell's row in `scored`; `on`: the full system's levels."""

    question: AblationQuestion
    scored: ScoredConfigurations
    levels: Mapping[str, tuple[Level, ...]]
    on: Mapping[str, Level]
    rows: Mapping[Off, int]
    experiments: tuple[str, ...]

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Which of the runs belong to a cell."""
        return np.isin(self.scored.trained.of, list(self.rows.values()))

    @cached_property
    def counting(self) -> npt.NDArray[np.bool_]:
        """Which of the runs belong to a cell and have a score that counts."""
        return self.inside & self.scored.counting.values.notna().all(axis=1).to_numpy(dtype=bool)

    @property
    def outside(self) -> int:
        """How many runs of the experiment count and belong to no cell."""
        here = self.scored.runs["experiment_id"].isin(self.experiments).to_numpy(dtype=bool)
        return int((here & self.scored.counting.counts & ~self.inside).sum())

    def sample(self, off: Off) -> Sample:
        """The replicates of a cell, with what is left out of it; none of a cell that nobody ran."""
        row = self.rows.get(off)
        if row is None:
            return Sample(self.label(off), self.filter(off), ())
        own, places = self.scored.samples(row)[0], self._places[row]
        excluded = Counter(Exclusion(why) for why in self.scored.reasons[places].tolist() if why)
        return Sample(
            label=self.label(off),
            filter=self.filter(off),
            replicates=own,
            run_ids=tuple(self._ids[places].tolist()),
            runs=sum(len(one.run_ids) for one in own) + excluded[Exclusion.REPEAT],
            excluded=dict(excluded),
        )

    def label(self, off: Off) -> str:
        """Its settings, as `scaling=on, pca=off`."""
        return ", ".join(f"{name}={'not logged' if level is None else level}" for name, level in self._settings(off))

    def filter(self, off: Off) -> str:
        """What finds its runs among those that were asked for."""
        clauses = [self._clauses[setting] for setting in self._settings(off)]
        if all(clauses):
            return " and ".join(clauses)
        row = self.rows.get(off)
        return "" if row is None else filters.run_ids(self._ids[self._places[row]])

    def _settings(self, off: Off) -> list[tuple[str, Level]]:
        return [(name, self._off[name] if name in off else on) for name, on in self.on.items()]

    @cached_property
    def _off(self) -> Mapping[str, Level]:
        """None of a factor that never varies, which is off nowhere."""
        return {
            name: next((level for level in levels if level != self.on[name]), None)
            for name, levels in self.levels.items()
        }

    @cached_property
    def _clauses(self) -> Mapping[tuple[str, Level], str]:
        """Of each level what finds it, "" where MLflow's language cannot say it."""
        return {
            (name, level): filters.write([Condition("param", name, "IS NULL" if level is None else "=", level)]) or ""
            for name, levels in self.levels.items()
            for level in levels
        }

    @cached_property
    def _ids(self) -> npt.NDArray[np.object_]:
        return self.scored.runs["run_id"].to_numpy(dtype=object)

    @cached_property
    def _places(self) -> Mapping[int, npt.NDArray[np.intp]]:
        """Row → positions of its runs."""
        of = self.scored.trained.of
        order = np.argsort(of, kind="stable")
        ends = np.searchsorted(of[order], np.arange(len(self.scored.trained.index) + 1))
        return {row: order[ends[row] : ends[row + 1]] for row in self.rows.values()}

    def components(self, snapshot: Snapshot, policy: Policy) -> tuple[tuple[Component, ...], tuple[Note, ...]]:
        """The factors with the params that follow from each, and what changes otherwise.

        Raises SelectionError where another param makes several configurations of one cell.
        """
        runs = self.scored.runs[self.counting]
        others = self._others(snapshot, policy, runs)
        cells = self.scored.trained.of[self.counting]
        if (runs["setup"].groupby(cells).nunique() > 1).any():
            self._refuse(others, cells)
        first = ~pd.Series(cells).duplicated().to_numpy()
        return self._followed(others[first], cells[first])

    def _others(self, snapshot: Snapshot, policy: Policy, runs: pd.DataFrame) -> pd.DataFrame:
        """Params of these runs that make a configuration, factors aside, and are not the same in all; by position."""
        chosen = Selection(self.experiments)
        keys = policy.params.configuring_among(reads.keys(snapshot, chosen).params)
        table = reads.params(
            snapshot, runs["run_id"].tolist(), [key for key in keys if key not in self.question.factors]
        )
        return table[[key for key in table if table[key].nunique(dropna=False) > 1]].reset_index(drop=True)

    def _refuse(self, others: pd.DataFrame, cells: npt.NDArray[np.intp]) -> None:
        """Names the first param that varies within a cell, and how many more do."""
        off_of = {row: off for off, row in self.rows.items()}
        kinds = others.groupby(cells).nunique(dropna=False)
        varying = [key for key in kinds if (kinds[key] > 1).any()]
        if not varying:
            return
        param = varying[0]
        row = int(kinds.index[kinds[param] > 1][0])
        own = others[param][cells == row]
        common = str(own.mode().iloc[0])  # of those that log it, and some do
        raise SelectionError(
            Says.TWO_CONFIGURATIONS,
            param=str(param),
            values=written([None if pd.isna(value) else str(value) for value in own.unique()]),
            arm=self.label(off_of[row]),
            filter=Quote(filters.write([Condition("param", str(param), "=", common)]) or ""),
            more=len(varying) - 1,
        )

    def _followed(
        self, others: pd.DataFrame, cells: npt.NDArray[np.intp]
    ) -> tuple[tuple[Component, ...], tuple[Note, ...]]:
        off_of = {row: off for off, row in self.rows.items()}
        without = [off_of[int(row)] for row in cells]
        follows: dict[str, list[tuple[str, Level, Level]]] = {name: [] for name in self.question.factors}
        beside = []
        for param in others:
            values = [None if pd.isna(value) else str(value) for value in others[param]]
            for name in self.question.factors:
                here = {value for value, off in zip(values, without, strict=True) if name not in off}
                gone = {value for value, off in zip(values, without, strict=True) if name in off}
                if len(here) == len(gone) == 1 and here != gone:
                    follows[name].append((str(param), here.pop(), gone.pop()))
                    break
            else:
                beside.append(str(param))
        said = [
            note(Says.FOLLOWS, param=param, component=name, on=on, off=off)
            for name, own in follows.items()
            for param, on, off in own
            if on is not None and off is not None
        ]
        if beside:
            said.append(note(Says.CHANGES_BESIDE, params=tuple(beside)))
        said += [note(Says.ONE_LEVEL, param=name, level=own[0]) for name, own in self.levels.items() if len(own) == 1]
        made = tuple(Component(name, self.on[name], self._off[name], tuple(own)) for name, own in follows.items())
        return made, tuple(said)


def cells(snapshot: Snapshot, policy: Policy, question: AblationQuestion, chosen: Selection) -> Cells:
    """The cells that runs of `chosen` fall into; of several experiments the one that logs all factors.

    Raises SelectionError where several do, or none, for a factor that has not two levels, and where nobody knows which
    level is the full system's.
    """
    keys = reads.keys(snapshot, chosen)
    found = scored_configurations(snapshot, policy, chosen, keys, [question.metric], question.factors)
    first = ~pd.Series(found.trained.of).duplicated().to_numpy()
    table = reads.params(snapshot, found.runs["run_id"][first].tolist(), question.factors)
    table = table.set_axis(found.trained.of[first]).sort_index()
    usable = np.isin(table.index, found.trained.of[found.counting.counts])
    where = found.runs["experiment_id"][first].set_axis(found.trained.of[first]).sort_index()
    held = table[usable].notna().groupby(where[usable]).any().all(axis=1)
    experiments = tuple(held.index[held])
    if not experiments:
        raise SelectionError(Says.NO_RUN_HOLDS, params=question.factors)
    if len(experiments) > 1:
        named = found.runs.set_index("experiment_id")["experiment"]
        raise SelectionError(
            Says.SEVERAL_EXPERIMENTS_HOLD, names=tuple(sorted({str(named.loc[[i]].iloc[0]) for i in experiments}))
        )
    here = where.isin(experiments).to_numpy()
    levels = factor_levels(question.factors, table[here], usable[here])
    on = on_levels(levels, dict(question.on), _full(snapshot, question, chosen, found, table[here]))
    rows: dict[Off, int] = {}
    for row, own in zip(table.index[here].tolist(), table[here].to_numpy(dtype=object).tolist(), strict=True):
        settings = list(zip(question.factors, own, strict=True))
        if all(level in levels[name] for name, level in settings):
            rows[tuple(name for name, level in settings if level != on[name])] = row
    return Cells(question, found, levels, on, rows, experiments)


def _full(
    snapshot: Snapshot,
    question: AblationQuestion,
    chosen: Selection,
    found: ScoredConfigurations,
    table: pd.DataFrame,
) -> pd.DataFrame | None:
    """Of the runs that `full` finds the cells they lie in; None without such a filter."""
    if not question.full.strip():
        return None
    asked = Selection(
        chosen.experiments, (*filters.parse(question.full), *chosen.conditions), question.full, chosen.deleted
    )
    ids = reads.metrics(snapshot, asked, ()).values.index
    rows = np.unique(found.trained.of[found.runs["run_id"].isin(ids).to_numpy() & found.counting.counts])
    own = table[table.index.isin(rows)]
    if own.empty:
        raise SelectionError(Says.FULL_FINDS_NOTHING, filter=Quote(question.full.strip()))
    return own
