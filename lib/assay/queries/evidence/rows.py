"""Which runs does a matrix of checks stand on, in which row is each, and which rows are in view?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence.verdicts import status_of
from assay.cache import reads
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.matrix import CheckCell, CheckRow, MatrixQuestion
from assay.model.note import Note
from assay.model.policy import Policy
from assay.model.runs.selection import RunGroups, Selection
from assay.model.sync import Snapshot
from assay.queries.runs.filters import filters_for
from assay.queries.runs.names import names_of, run_names
from assay.queries.runs.replicates import read
from assay.queries.runs.selection import require, unknown_keys, unknown_values
from assay.queries.runs.selection import selection as selected
from assay.workspace import Workspace

Codes = npt.NDArray[np.intp]
Severities = npt.NDArray[np.int64]

MOST_READ = 2_000
"""Runs whose files one question looks at."""


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """`every`: all runs of the experiments, as `reads.runs` gives them, with `excluded`; `at`: those that are found.

    `of`: of each of these its row, which `labels` name; `order`: the rows as they are shown, newest first.
    """

    question: MatrixQuestion
    selection: Selection
    policy: Policy
    every: pd.DataFrame
    at: Codes
    of: Codes
    order: Codes
    labels: Sequence[str]
    notes: tuple[Note, ...]

    @property
    def runs(self) -> pd.DataFrame:
        """Those that are found."""
        return self.every.iloc[self.at]

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the runs that are found."""
        return tuple(map(str, self.runs["run_id"].to_numpy()))

    def called(self, work: Workspace) -> dict[str, str]:
        """Run → what its configuration is called, of those that are found."""
        known = names_of(work.snapshot, self.policy, self.selection)
        keys = self.runs["configuration"].tolist()
        texts = {key: known[key].text for key in {*keys}}  # once a configuration, not once a run
        return {run_id: texts[key] for run_id, key in zip(self.ids, keys, strict=True)}

    @property
    def view(self) -> Codes:
        """The rows in view; a few that would stand alone on a last page stand on the one before."""
        asked = self.question
        rest = len(self.order) - asked.first - asked.most
        return self.order[asked.first : asked.first + asked.most + (rest if 0 < rest <= asked.spare else 0)]

    @property
    def to_read(self) -> tuple[str, ...]:
        """The runs whose files are looked at: those in view, or all where they are few."""
        own = np.isin(self.of, self.view) | (self.view.size > 0 and self.at.size <= self.question.whole)
        return tuple(map(str, self.runs["run_id"].to_numpy()[own][:MOST_READ]))

    def cut(self, read: int) -> int:
        """How many runs in view are more than the `read` ones that were looked at."""
        return max(int(np.isin(self.of, self.view).sum()) - read, 0)

    def worst_first(self, severities: Sequence[Severities]) -> "ChosenRows":
        """By these checks of every run where not all rows are in view; of equals the newest first."""
        n = len(self.order)
        if n <= self.question.most:
            return replace(self, order=np.arange(n))
        worst, found = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        for one in severities:
            own = np.zeros(n, dtype=np.int64)
            np.maximum.at(own, self.of, one)
            worst = np.maximum(worst, own)
            found += own >= CheckStatus.WARN.severity
        return replace(self, order=np.lexsort((np.arange(n), -found, -worst)))

    def rows(
        self, work: Workspace, which: Codes, cells: Callable[[Codes, Sequence[str]], tuple[CheckCell, ...]]
    ) -> tuple[CheckRow, ...]:
        """These rows; `cells` is given the places of a row's runs among those found, and their ids."""
        runs = self.runs
        ids, experiments = runs["run_id"].to_numpy(), runs["experiment"].to_numpy()
        members = [np.flatnonzero(self.of == row) for row in which]
        groups = tuple(tuple(map(str, ids[own])) for own in members)
        filters = filters_for(work, RunGroups(self.selection.experiments, groups)) if groups else ()
        return tuple(
            CheckRow(self.labels[row], str(experiments[own[0]]), group[0], group, cells(own, group), text)
            for row, own, group, text in zip(which.tolist(), members, groups, filters, strict=True)
        )


def chosen_rows(work: Workspace, question: MatrixQuestion) -> ChosenRows:
    """Raises SelectionError for an unknown experiment or param to ignore, FilterError for a filter."""
    snapshot, policy = work.snapshot, work.policy.leaving_out(question.ignore)
    chosen = selected(
        snapshot, experiments=question.experiments, filter=question.filter, deleted=question.deleted
    )  # fmt: skip
    require("param", question.ignore, reads.keys(snapshot, chosen.whole).params)
    every, replicates = read(snapshot, policy, chosen.whole)
    every = every.assign(excluded=replicates.excluded)
    at = _found(snapshot, chosen, every)
    runs = every.iloc[at]
    of, index = pd.factorize(runs["run_id" if question.single else "configuration"])
    if question.single:
        labels = run_names(runs).tolist()
    else:
        called = names_of(snapshot, policy, chosen)
        labels = [called[key].text for key in index]
    missing = () if len(runs) else (*unknown_keys(snapshot, chosen), *unknown_values(snapshot, chosen))
    return ChosenRows(question, chosen, policy, every, at, of, np.arange(len(index)), labels, missing)


def worst_cell(
    checks: Sequence[Check], ids: Sequence[str], gravity: Callable[[Check], tuple[float, ...]] = lambda _: ()
) -> CheckCell:
    """What a check says of the runs of a row, by id; of runs with the worst status the smallest `gravity` first."""
    gravest = max(one.status.severity for one in checks)
    alike = [k for k, one in enumerate(checks) if one.status.severity == gravest]
    alike.sort(key=lambda k: gravity(checks[k]))
    values = [value for k in alike if (value := checks[k].value) is not None]
    mean = fmean(values) if values else None
    return CheckCell(checks[alike[0]], ids[alike[0]], tuple(ids[k] for k in alike), mean)


def counted(statuses: Sequence[CheckStatus], unread: int = 0) -> Mapping[CheckStatus, int]:
    """How many runs have which status; those that were not read have logged nothing that anybody saw."""
    found = {status: statuses.count(status) for status in CheckStatus}
    found[CheckStatus.NOT_LOGGED] += unread
    return found


def counted_places(places: npt.NDArray[np.int8]) -> Mapping[CheckStatus, int]:
    """The same of places in SEVERITIES."""
    counts = np.bincount(places, minlength=len(CheckStatus)).tolist()
    return {status_of(place): int(n) for place, n in enumerate(counts)}


def _found(snapshot: Snapshot, chosen: Selection, every: pd.DataFrame) -> Codes:
    """Places of the runs that the filter finds."""
    if not chosen.narrowed:
        return np.arange(len(every))
    ids = reads.metrics(snapshot, chosen, ()).values.index
    return np.flatnonzero(every["run_id"].isin(ids).to_numpy(dtype=bool))
