"""Which cells of a design were run, and with which scores?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.errors import SelectionError
from assay.model.ablation.answer import Names
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import AblationQuestion, Level
from assay.model.comparison.side import Sample
from assay.model.note import Quote
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.selection import Condition, Selection
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot
from assay.queries.ablation.levels import factor_levels, on_levels
from assay.queries.runs.scored import ScoredConfigurations, scored_configurations
from assay.sources import filters


@dataclass(frozen=True)
class Cells:
    """The cells of some factors. `rows`: what is off → the cell's row in `scored`; `on`: the full system's levels."""

    question: AblationQuestion
    scored: ScoredConfigurations
    levels: Mapping[str, tuple[Level, ...]]
    on: Mapping[str, Level]
    rows: Mapping[Names, int]
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

    def sample(self, off: Names) -> Sample:
        """The replicates of a cell, with what is left out of it; none of a cell that nobody ran."""
        row = self.rows.get(off)
        if row is None:
            return Sample(self.label(off), self.filter(off), ())
        own, places = self.scored.samples(row)[0], self.scored.places(row)
        excluded = Counter(Exclusion(why) for why in self.scored.reasons[places].tolist() if why)
        return Sample(
            label=self.label(off),
            filter=self.filter(off),
            replicates=own,
            run_ids=tuple(self._ids[places].tolist()),
            runs=sum(len(one.run_ids) for one in own) + excluded[Exclusion.REPEAT],
            excluded=dict(excluded),
        )

    def label(self, off: Names) -> str:
        """Its settings, as `scaling=on, pca=off`."""
        return ", ".join(f"{name}={'not logged' if level is None else level}" for name, level in self._settings(off))

    def filter(self, off: Names) -> str:
        """What finds its runs among those that were asked for."""
        clauses = [self._clauses[setting] for setting in self._settings(off)]
        if all(clauses):
            return " and ".join(clauses)
        row = self.rows.get(off)
        return "" if row is None else filters.run_ids(self._ids[self.scored.places(row)])

    @cached_property
    def off(self) -> Mapping[str, Level]:
        """Of each factor the level that is not the full system's; None of one that never varies, so is off nowhere."""
        return {
            name: next((level for level in levels if level != self.on[name]), None)
            for name, levels in self.levels.items()
        }

    def _settings(self, off: Names) -> list[tuple[str, Level]]:
        return [(name, self.off[name] if name in off else on) for name, on in self.on.items()]

    @cached_property
    def _clauses(self) -> Mapping[tuple[str, Level], str]:
        """Of each level what finds it beside others, "" where MLflow's language cannot say it."""
        told = {
            (name, level): Condition("param", name, "IS NULL" if level is None else "=", level)
            for name, levels in self.levels.items()
            for level in levels
        }
        # Twice, for a level that ends in a backslash swallows what stands behind it.
        return {of: filters.write([own]) or "" if filters.write([own, own]) else "" for of, own in told.items()}

    @cached_property
    def _ids(self) -> npt.NDArray[np.object_]:
        return self.scored.runs["run_id"].to_numpy(dtype=object)


def cells(snapshot: Snapshot, policy: Policy, question: AblationQuestion, chosen: Selection, keys: Keys) -> Cells:
    """The cells that runs of `chosen`, which carry `keys`, fall into; of several experiments the one that logs all
    factors.

    Raises SelectionError where several do, or none, for a factor that has not two levels, and where nobody knows which
    level is the full system's.
    """
    found = scored_configurations(snapshot, policy, chosen, keys, [question.metric], question.factors)
    first = ~pd.Series(found.trained.of).duplicated().to_numpy()
    table = reads.params(snapshot, found.runs["run_id"][first].tolist(), question.factors)
    table = table.set_axis(found.trained.of[first]).sort_index()
    usable = np.isin(table.index, found.trained.of[found.counting.counts])
    where = found.runs["experiment_id"][first].set_axis(found.trained.of[first]).sort_index()
    experiments = _holding(found, table, usable, where)
    here = where.isin(experiments).to_numpy()
    levels = factor_levels(question.factors, table[here], usable[here])
    on = on_levels(levels, dict(question.on), _full(snapshot, question, chosen, found, table[here]))
    rows: dict[Names, int] = {}
    for row, own in zip(table.index[here].tolist(), table[here].to_numpy(dtype=object).tolist(), strict=True):
        settings = list(zip(question.factors, own, strict=True))
        if all(level in levels[name] for name, level in settings):
            rows[tuple(name for name, level in settings if level != on[name])] = row
    return Cells(question, found, levels, on, rows, experiments)


def _holding(
    found: ScoredConfigurations, table: pd.DataFrame, usable: npt.NDArray[np.bool_], where: "pd.Series[str]"
) -> tuple[str, ...]:
    """The id of the one experiment in which every factor, a column of `table`, is logged by runs that count."""
    held = table[usable].notna().groupby(where[usable]).any().all(axis=1)
    experiments = tuple(held.index[held])
    if not experiments:
        unfinished = np.isin(found.trained.of, table.index[table.notna().all(axis=1)])
        raise SelectionError(Says.NO_RUN_HOLDS, params=tuple(map(str, table)), n=int(unfinished.sum()))
    if len(experiments) > 1:
        named = found.runs.set_index("experiment_id")["experiment"]
        names = {str(named.loc[[one]].iloc[0]) for one in experiments}
        raise SelectionError(Says.SEVERAL_EXPERIMENTS_HOLD, names=tuple(sorted(names)))
    return experiments


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
