"""Could the scores be too good for a reason other than the model?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np
import numpy.typing as npt
import pandas as pd

from assay.analysis.evidence import scores as of_scores
from assay.analysis.evidence import splits as of_splits
from assay.analysis.evidence.looks import test_looks
from assay.analysis.evidence.training import feature_names, preprocessing_fit
from assay.analysis.evidence.verdicts import Verdicts, status_of
from assay.cache import reads
from assay.cache.connection import reading
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.files import FEATURE_IMPORTANCE, PREPROCESSING, SPLITS
from assay.model.evidence.leakage import OF_FILES, Leakage, LeakageCell, LeakageCheck, LeakageQuestion, LeakageRow
from assay.model.evidence.notes import EvidenceNote as Says
from assay.model.evidence.run import RunEvidence
from assay.model.note import Note, gathered, note
from assay.model.policy import Policy
from assay.model.runs.selection import RunGroups, Selection
from assay.model.sync import Snapshot
from assay.queries.evidence.files import Progress, evidence
from assay.queries.evidence.looks import looks
from assay.queries.evidence.scores import logged_scores
from assay.queries.runs.filters import filters_for
from assay.queries.runs.names import names_of, run_names
from assay.queries.runs.replicates import read
from assay.queries.runs.selection import require, unknown_keys, unknown_values
from assay.queries.runs.selection import selection as selected
from assay.workspace import Workspace

Codes = npt.NDArray[np.intp]
Checks = Mapping[LeakageCheck, Check]

MOST_READ = 2_000
"""Runs whose files one question looks at."""
_AGAIN = 10.0


def leakage(work: Workspace, question: LeakageQuestion, said: Progress | None = None) -> Leakage:
    """Every check on the metrics of all runs, and those on the files of the rows in view.

    `said` is told how many runs' files are read, of how many. Raises SelectionError for an unknown experiment or param
    to ignore, FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        known = _looked_at(work, question)
    files = evidence(work, known.to_read, said)
    return known.answer(work, files)


def checks_of(run: RunEvidence, policy: Policy) -> dict[LeakageCheck, Check]:
    """What the files of one run say."""
    rules, reasons = policy.leakage, run.reasons
    splits = of_splits.not_logged(reasons.get(SPLITS)) if run.splits is None else of_splits.checks(run.splits, rules)
    every = (
        *splits,
        preprocessing_fit(run.steps, reasons.get(PREPROCESSING)),
        feature_names(run.features, rules, reasons.get(FEATURE_IMPORTANCE)),
    )
    return dict(zip(OF_FILES, every, strict=True))


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """All runs by their metrics. `runs` as `reads.runs` gives them; `of`: of each its row, `rows` in order of view."""

    question: LeakageQuestion
    selection: Selection
    policy: Policy
    runs: pd.DataFrame
    of: Codes
    order: Codes
    verdicts: Mapping[LeakageCheck, Verdicts]
    labels: Sequence[str]
    notes: tuple[Note, ...]

    @property
    def view(self) -> Codes:
        """The rows in view; a few that would stand alone on a last page stand on the one before."""
        asked = self.question
        rest = len(self.order) - asked.first - asked.most
        return self.order[asked.first : asked.first + asked.most + (rest if 0 < rest <= asked.spare else 0)]

    @property
    def to_read(self) -> tuple[str, ...]:
        """The runs whose files are looked at: those in view, or all where they are few."""
        ids = self.runs["run_id"].to_numpy()
        own = np.isin(self.of, self.view) | (self.view.size > 0 and ids.size <= self.question.whole)
        return tuple(str(one) for one in ids[own][:MOST_READ])

    def answer(self, work: Workspace, files: Mapping[str, RunEvidence]) -> Leakage:
        found = {run_id: checks_of(one, self.policy) for run_id, one in files.items()}
        own = self._by_files(found)
        whole = len(found) == len(self.runs)
        beyond = np.setdiff1d(own.order, own.view) if whole else own.order[:0]
        rows = own._rows(work, found, np.concatenate([own.view, beyond]))
        waiting = any(one.waiting for one in files.values())
        cut = max(int(np.isin(self.of, self.view).sum()) - len(files), 0)
        notes = [one for run in files.values() for one in (*run.notes, *(run.splits.notes if run.splits else ()))]
        return Leakage(
            question=self.question,
            rows=rows[: len(own.view)],
            beyond=rows[len(own.view) :],
            total=len(self.order),
            runs=len(self.runs),
            read=len(files),
            summary={check: self._summary(check, found) for check in LeakageCheck},
            notes=(
                *self.notes,
                *((note(Says.FILES_CUT, n=cut, most=MOST_READ),) if cut > 0 else ()),
                *gathered(notes),
            ),
            keeps_seconds=_AGAIN if waiting else float("inf"),
        )

    def _by_files(self, found: Mapping[str, Checks]) -> "_LookedAt":
        """With the rows in the order of every check, where all files were looked at."""
        if len(found) < len(self.runs):
            return self
        of_files = [
            np.array([found[str(one)][check].status.severity for one in self.runs["run_id"]], dtype=np.int64)
            for check in OF_FILES
        ]
        known = [one.status.astype(np.int64) for one in self.verdicts.values()]
        return replace(self, order=_order(self.of, len(self.order), [*known, *of_files], self.question))

    def _summary(self, check: LeakageCheck, found: Mapping[str, Checks]) -> dict[CheckStatus, int]:
        if check in self.verdicts:
            counts = np.bincount(self.verdicts[check].status, minlength=len(CheckStatus)).tolist()
            return {status_of(place): int(n) for place, n in enumerate(counts)}
        read = [own[check].status for own in found.values()]
        counted = {status: read.count(status) for status in CheckStatus}
        counted[CheckStatus.NOT_LOGGED] += len(self.runs) - len(read)
        return counted

    def _rows(self, work: Workspace, found: Mapping[str, Checks], which: Codes) -> tuple[LeakageRow, ...]:
        ids, experiments = self.runs["run_id"].to_numpy(), self.runs["experiment"].to_numpy()
        members = [np.flatnonzero(self.of == row) for row in which]
        groups = tuple(tuple(map(str, ids[own])) for own in members)
        filters = filters_for(work, RunGroups(self.selection.experiments, groups)) if groups else ()
        why = note(Says.NOT_LOOKED_INTO, most=MOST_READ)
        unread = {check: Check(check, CheckStatus.NOT_LOGGED, why) for check in OF_FILES}
        return tuple(
            LeakageRow(
                label=self.labels[row],
                experiment=str(experiments[own[0]]),
                run_id=group[0],
                run_ids=group,
                cells=tuple(
                    self._cell(check, own, group, [found.get(run_id, unread) for run_id in group])
                    for check in LeakageCheck
                ),
                filter=text,
            )
            for row, own, group, text in zip(which.tolist(), members, groups, filters, strict=True)
        )

    def _cell(self, check: LeakageCheck, at: Codes, ids: Sequence[str], files: Sequence[Checks]) -> LeakageCell:
        """The worst of a row's runs; of several that of most offenders, then of the worst value, then the newest."""
        if check in self.verdicts:
            own = self.verdicts[check].of(at)
            alike = np.flatnonzero(own.status == own.status.max()).tolist()
            known = np.nan_to_num(own.values)
            alike.sort(key=lambda k: -known[k])
            worst, values = own.say(alike[0]), own.values[alike][np.isfinite(own.values[alike])].tolist()
        else:
            every = [one[check] for one in files]
            gravest = max(one.status.severity for one in every)
            alike = [k for k, one in enumerate(every) if one.status.severity == gravest]
            alike.sort(key=lambda k: _gravity(every[k]))
            worst, values = every[alike[0]], [value for k in alike if (value := every[k].value) is not None]
        mean = fmean(values) if values else None
        return LeakageCell(worst, ids[alike[0]], tuple(ids[k] for k in alike), mean)


def _gravity(found: Check) -> tuple[int, float]:
    """The worst sorts first: most offenders, then the largest value; of test rows the fewest."""
    value = found.value or 0.0
    return -found.offenders.n, value if found.check == LeakageCheck.SPLIT_SIZES else -value


def _looked_at(work: Workspace, question: LeakageQuestion) -> _LookedAt:
    snapshot, policy = work.snapshot, work.policy.leaving_out(question.ignore)
    chosen = selected(
        snapshot, experiments=question.experiments, filter=question.filter, deleted=question.deleted
    )  # fmt: skip
    require("param", question.ignore, reads.keys(snapshot, chosen.whole).params)
    every, replicates = read(snapshot, policy, chosen.whole)
    every = every.assign(excluded=replicates.excluded)
    # No filter changes what a run's replicates say of it.
    scores = logged_scores(snapshot, policy, chosen.whole, reads.keys(snapshot, chosen.whole), every)
    rules, at = policy.leakage, _found(snapshot, chosen, every)
    runs = every.iloc[at]
    verdicts = {
        LeakageCheck.TRAIN_EQUALS_TEST: of_scores.train_equals_test(scores).of(at),
        LeakageCheck.TRAIN_TEST_GAP: of_scores.train_test_gap(scores, rules).of(at),
        LeakageCheck.SUSPICIOUS_SCORE: of_scores.suspicious_score(scores, rules).of(at),
        LeakageCheck.TEST_BETTER_THAN_TRAIN: of_scores.test_better_than_train(scores, policy.statistics.level).of(at),
        LeakageCheck.FOLD_SPREAD: of_scores.fold_spread(scores, rules).of(at),
        LeakageCheck.TEST_LOOKS: test_looks(*looks(snapshot, policy, runs["run_id"]), rules),
    }
    of, index = pd.factorize(runs["run_id" if question.single else "configuration"])
    if question.single:
        labels = run_names(runs).tolist()
    else:
        called = names_of(snapshot, policy, chosen)
        labels = [called[key].text for key in index]
    missing = () if len(runs) else (*unknown_keys(snapshot, chosen), *unknown_values(snapshot, chosen))
    order = _order(of, len(index), [one.status.astype(np.int64) for one in verdicts.values()], question)
    return _LookedAt(question, chosen, policy, runs, of, order, verdicts, labels, missing)


def _found(snapshot: Snapshot, chosen: Selection, every: pd.DataFrame) -> Codes:
    """Places of the runs that the filter finds."""
    if not chosen.narrowed:
        return np.arange(len(every))
    ids = reads.metrics(snapshot, chosen, ()).values.index
    return np.flatnonzero(every["run_id"].isin(ids).to_numpy(dtype=bool))


def _order(of: Codes, n: int, severities: Sequence[npt.NDArray[np.int64]], question: LeakageQuestion) -> Codes:
    """Newest first where all are in view, else the worst by these checks first, of equals the newest."""
    if n <= question.most:
        return np.arange(n)
    worst = np.zeros(n, dtype=np.int64)
    found = np.zeros(n, dtype=np.int64)
    for one in severities:
        own = np.zeros(n, dtype=np.int64)
        np.maximum.at(own, of, one)
        worst = np.maximum(worst, own)
        found += own >= CheckStatus.WARN.severity
    return np.lexsort((np.arange(n), -found, -worst))
