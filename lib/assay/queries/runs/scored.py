"""Which configurations score all of several metrics, what do their replicates score, and what is left out?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.cache import reads
from assay.model.comparison.side import Replicate
from assay.model.metric import LARGEST
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion, LeftOutRuns
from assay.model.runs.name import Name
from assay.model.runs.selection import Selection
from assay.model.runs.store import Keys
from assay.model.sync import Snapshot
from assay.queries.runs.counting import CountedRuns, Trained, counted_runs, trained
from assay.queries.runs.names import names_of, run_names, spelled_out

Codes = npt.NDArray[np.intp]


@dataclass(frozen=True)
class ScoredConfigurations:
    """Configurations, or single runs where nothing groups them, with the replicates that carry every metric.

    A row a configuration that any run belongs to, by number; `group_by` as in a ListQuestion.
    """

    counting: CountedRuns
    trained: Trained
    group_by: tuple[str, ...] | None

    @property
    def runs(self) -> pd.DataFrame:
        """Every run that was found."""
        return self.counting.runs

    @cached_property
    def replicates(self) -> pd.DataFrame:
        """The trainings that carry every metric, by row: row, training, place (among `trained.values`), and run_id,
        seed and experiment_id of one of its runs.
        """
        own, first = self.trained, self.trained.first
        about = self.runs.loc[first, ["run_id", "seed", "experiment_id"]].set_axis(own.training[first])
        at = np.flatnonzero(own.values.notna().all(axis=1))
        found = about.reindex(own.whose[at]).assign(row=own.values.index.to_numpy()[at], place=at)
        return found.rename_axis("training").reset_index().sort_values(["row", "run_id"], ignore_index=True)

    @cached_property
    def rows(self) -> Codes:
        """The rows that have such a training, ascending."""
        return np.unique(self.replicates["row"].to_numpy(dtype=np.intp))

    @cached_property
    def members(self) -> tuple[tuple[str, ...], ...]:
        """Of each of `rows` the runs that its replicates are made of."""
        used = self._used
        return self._by_row(self.runs["run_id"].to_numpy()[used], self.trained.of[used])

    @cached_property
    def everyone(self) -> tuple[tuple[str, ...], ...]:
        """Of each of `rows` all runs that were found."""
        return self._by_row(self.runs["run_id"].to_numpy(), self.trained.of)

    @property
    def several(self) -> int:
        """How many of `rows` hold replicates of several configurations."""
        used = self._used
        return int((self.runs["setup"][used].groupby(self.trained.of[used]).nunique() > 1).sum())

    def samples(self, row: int) -> list[tuple[Replicate, ...]]:
        """The replicates of one row, once for every metric."""
        return self._samples(row, self._used)

    def each(self, row: int) -> list[tuple[Replicate, ...]]:
        """Of every metric the trainings of one row that have a score of it, whatever else they lack."""
        replicates = self._samples(row, self.counting.counts)
        return [tuple(one for one in own if one.scores) for own in replicates]

    def lost(self, row: int) -> list[Mapping[Exclusion, int]]:
        """Of every metric why runs of one row that count have no score of it, counted by reason."""
        at = self.places(row)
        lacks = self._lacks(at[self.counting.counts[at]])
        return [Counter(Exclusion(why) for why in column if why) for column in lacks.T.tolist()]

    def _samples(self, row: int, counts: npt.NDArray[np.bool_]) -> list[tuple[Replicate, ...]]:
        """Of the runs of a row that count, by training; once for every metric."""
        at = self.places(row)
        at = at[counts[at]]
        ids, seeds, values = self._columns
        own: dict[int, list[int]] = {}
        for place, training in zip(at.tolist(), self.trained.training[at].tolist(), strict=True):
            own.setdefault(training, []).append(place)
        return [
            tuple(
                Replicate(
                    tuple(ids[place] for place in part),
                    tuple(values[place, k].item() for place in part if not np.isnan(values[place, k])),
                    seeds[part[0]],
                )
                for part in own.values()
            )
            for k in range(values.shape[1])
        ]

    def places(self, row: int) -> Codes:
        """Positions among `runs` of those of one row, ascending."""
        order, ends = self._places
        return order[ends[row] : ends[row + 1]]

    @cached_property
    def _places(self) -> tuple[Codes, Codes]:
        """Positions of the runs, those of a row together, and where each row's begin."""
        order = np.argsort(self.trained.of, kind="stable")
        return order, np.searchsorted(self.trained.of[order], np.arange(len(self.trained.index) + 1))

    @cached_property
    def _columns(self) -> tuple[list[str], list[str | None], npt.NDArray[np.float64]]:
        """Ids, seeds (None: not logged) and scores of all runs."""
        seeds = [None if pd.isna(seed) else str(seed) for seed in self.runs["seed"].tolist()]
        return self.runs["run_id"].tolist(), seeds, self.counting.values.to_numpy()

    def left_out(self, called: Sequence[Name]) -> tuple[LeftOutRuns, ...]:
        """Runs in no replicate with the reason, those of a row together; rows of which nothing is left come first."""
        lost = ~self._used
        of, metrics = self.trained.of[lost], [str(name) for name in self.counting.found.values]
        reasons = self.runs["excluded"].to_numpy(dtype=object)[lost]
        codes = self._lacks(np.flatnonzero(lost))
        groups: dict[tuple[int, str, tuple[str, ...]], list[str]] = {}
        for row, why, lacks, run_id in zip(
            of.tolist(), reasons.tolist(), codes.tolist(), self.runs["run_id"].to_numpy()[lost].tolist(), strict=True
        ):
            first = why or next(filter(None, lacks))
            about = () if why else tuple(name for name, one in zip(metrics, lacks, strict=True) if one == first)
            groups.setdefault((row, first, about), []).append(run_id)
        alive = set(self.rows.tolist())
        found = [
            LeftOutRuns(called[row].text, tuple(ids), Exclusion(why), about, whole=row not in alive)
            for (row, why, about), ids in groups.items()
        ]
        return tuple(sorted(found, key=lambda one: not one.whole))

    @cached_property
    def reasons(self) -> npt.NDArray[np.object_]:
        """Of each run (an Exclusion) why it is in no replicate, "" of those that are in one."""
        found = self.runs["excluded"].to_numpy(dtype=object, copy=True)
        lacking = np.flatnonzero(~self._used & (found == ""))
        found[lacking] = [next(filter(None, lacks)) for lacks in self._lacks(lacking).tolist()]
        return found

    @cached_property
    def _used(self) -> npt.NDArray[np.bool_]:
        return self.counting.counts & np.isin(self.trained.training, self.replicates["training"].to_numpy())

    def _by_row(self, ids: npt.NDArray[np.object_], of: Codes) -> tuple[tuple[str, ...], ...]:
        order = np.argsort(of, kind="stable")
        ids, of = ids[order], of[order]
        low, high = (np.searchsorted(of, self.rows, side) for side in ("left", "right"))
        return tuple(tuple(ids[a:b]) for a, b in zip(low.tolist(), high.tolist(), strict=True))

    def _lacks(self, at: Codes) -> npt.NDArray[np.object_]:
        """Of the runs at these places and every metric why there is no score, "" where there is one."""
        found = self.counting.found
        values, logged, unknown = (frame.to_numpy()[at] for frame in (found.values, found.logged, found.unknown))
        reasons = {
            Exclusion.NOT_LOGGED: ~logged.astype(bool),
            Exclusion.UNKNOWN: unknown.astype(bool),
            Exclusion.NAN: np.isnan(values),
            Exclusion.INFINITE: np.isinf(values),
            Exclusion.TOO_LARGE: np.abs(values) >= LARGEST,
            Exclusion.NESTED: self.counting.nested[at],
        }
        return np.select(list(reasons.values()), [why.value for why in reasons], "").astype(object)


def scored_configurations(
    snapshot: Snapshot,
    policy: Policy,
    selection: Selection,
    keys: Keys,
    metrics: Sequence[str],
    group_by: tuple[str, ...] | None,
) -> ScoredConfigurations:
    """The configurations that a selection holds; `keys`: what its runs carry."""
    counting = counted_runs(snapshot, policy, selection, keys, metrics, group_by or None)
    runs = counting.runs if group_by is not None else counting.runs.assign(configuration=counting.runs["run_id"])
    return ScoredConfigurations(counting, trained(runs, counting.values), group_by)


def called(snapshot: Snapshot, policy: Policy, selection: Selection, found: ScoredConfigurations) -> list[Name]:
    """The name of every row, as lists have it."""
    if found.group_by == ():
        known = names_of(snapshot, policy, selection)
        return [known[key] for key in found.trained.index]
    first, by = _firsts(found), found.group_by
    texts = spelled_out(reads.params(snapshot, first["run_id"].tolist(), by)) if by else run_names(first)
    return [Name(otherwise=text) for text in texts]


def params(snapshot: Snapshot, policy: Policy, keys: Keys, found: ScoredConfigurations) -> list[Mapping[str, str]]:
    """What makes every row: the params that it is grouped by, else all that make a configuration; a run's seeds too."""
    by = found.group_by or policy.params.configuring_among(keys.params)
    chosen = by if found.group_by is not None else (*by, *found.counting.seeds)
    table = reads.params(snapshot, _firsts(found)["run_id"].tolist(), chosen)
    columns = [str(name) for name in table]
    return [
        {key: text for key, text in zip(columns, row, strict=True) if text is not None}
        for row in table.to_numpy(dtype=object).tolist()
    ]


def _firsts(found: ScoredConfigurations) -> pd.DataFrame:
    """Of every row one run, one that counts where any does."""
    runs = found.runs.assign(row=found.trained.of, out=~found.counting.counts)
    return runs.sort_values(["row", "out"], kind="stable").drop_duplicates("row")
