"""Could the scores be too good for a reason other than the model?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from assay.analysis.evidence import scores as of_scores
from assay.analysis.evidence import splits as of_splits
from assay.analysis.evidence.datasets import same_dataset
from assay.analysis.evidence.looks import test_looks
from assay.analysis.evidence.training import feature_names, preprocessing_fit
from assay.analysis.evidence.verdicts import Verdicts
from assay.cache import reads
from assay.cache.connection import reading
from assay.model.evidence.check import Check, CheckStatus
from assay.model.evidence.files import FEATURE_IMPORTANCE, PREPROCESSING, SPLITS
from assay.model.evidence.leakage import OF_FILES, Leakage, LeakageCheck, LeakageQuestion
from assay.model.evidence.matrix import CheckCell, CheckRow
from assay.model.evidence.notes import EvidenceNote as Says
from assay.model.evidence.run import RunEvidence
from assay.model.note import gathered, note
from assay.model.policy import Policy
from assay.queries.evidence.asking import Progress, keeps
from assay.queries.evidence.datasets import logged_data
from assay.queries.evidence.files import evidence
from assay.queries.evidence.looks import looks
from assay.queries.evidence.rows import (
    MOST_READ,
    ChosenRows,
    Codes,
    Severities,
    chosen_rows,
    counted,
    counted_places,
    worst_cell,
)
from assay.queries.evidence.scores import logged_scores
from assay.workspace import Workspace

Checks = Mapping[LeakageCheck, Check]


def leakage(work: Workspace, question: LeakageQuestion, said: Progress | None = None) -> Leakage:
    """Every check on the metrics and inputs of all runs, and those on the files of the rows in view.

    `said` is told how many runs' files are read, of how many. Raises SelectionError for an unknown experiment or param
    to ignore, FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        chosen = chosen_rows(work, question)
        verdicts = _verdicts(work, chosen)
        known = _LookedAt(question, chosen.worst_first(_severities(verdicts)), verdicts)
    files = evidence(work, known.chosen.to_read, said)
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
    """All runs by their metrics."""

    question: LeakageQuestion
    chosen: ChosenRows
    verdicts: Mapping[LeakageCheck, Verdicts]

    def answer(self, work: Workspace, files: Mapping[str, RunEvidence]) -> Leakage:
        found = {run_id: checks_of(one, self.chosen.policy) for run_id, one in files.items()}
        own = self._by_files(found)
        chosen = own.chosen
        whole = len(found) == chosen.at.size
        beyond = np.setdiff1d(chosen.order, chosen.view) if whole else chosen.order[:0]
        rows = own._rows(work, found, np.concatenate([chosen.view, beyond]))
        cut = self.chosen.cut(len(files))
        notes = [one for run in files.values() for one in (*run.notes, *(run.splits.notes if run.splits else ()))]
        return Leakage(
            question=self.question,
            rows=rows[: len(chosen.view)],
            beyond=rows[len(chosen.view) :],
            total=len(chosen.order),
            runs=chosen.at.size,
            read=len(files),
            summary={check: self._summary(check, found) for check in LeakageCheck},
            notes=(
                *chosen.notes,
                *((note(Says.FILES_CUT, n=cut, most=MOST_READ),) if cut > 0 else ()),
                *gathered(notes),
            ),
            keeps_seconds=keeps(files.values()),
        )

    def _by_files(self, found: Mapping[str, Checks]) -> "_LookedAt":
        """With the rows in the order of every check, where all files were looked at."""
        if len(found) < self.chosen.at.size:
            return self
        of_files = [
            np.array([found[str(one)][check].status.severity for one in self.chosen.runs["run_id"]], dtype=np.int64)
            for check in OF_FILES
        ]
        return replace(self, chosen=self.chosen.worst_first([*_severities(self.verdicts), *of_files]))

    def _summary(self, check: LeakageCheck, found: Mapping[str, Checks]) -> Mapping[CheckStatus, int]:
        if check in self.verdicts:
            return counted_places(self.verdicts[check].status)
        read = [own[check].status for own in found.values()]
        return counted(read, self.chosen.at.size - len(read))

    def _rows(self, work: Workspace, found: Mapping[str, Checks], which: Codes) -> tuple[CheckRow, ...]:
        why = note(Says.NOT_LOOKED_INTO, most=MOST_READ)
        unread = {check: Check(check, CheckStatus.NOT_LOGGED, why) for check in OF_FILES}

        def cells(at: Codes, ids: Sequence[str]) -> tuple[CheckCell, ...]:
            files = [found.get(run_id, unread) for run_id in ids]
            return tuple(self._cell(check, at, ids, files) for check in LeakageCheck)

        return self.chosen.rows(work, which, cells)

    def _cell(self, check: LeakageCheck, at: Codes, ids: Sequence[str], files: Sequence[Checks]) -> CheckCell:
        if check not in self.verdicts:
            return worst_cell([one[check] for one in files], ids, _gravity)
        own = self.verdicts[check].of(at)
        alike = np.flatnonzero(own.status == own.status.max()).tolist()
        known = np.nan_to_num(own.values)
        alike.sort(key=lambda k: -known[k])
        values = own.values[alike][np.isfinite(own.values[alike])].tolist()
        mean = fmean(values) if values else None
        return CheckCell(own.say(alike[0]), ids[alike[0]], tuple(ids[k] for k in alike), mean)


def _gravity(found: Check) -> tuple[int, float]:
    """The worst sorts first: most offenders, then the largest value; of test rows the fewest."""
    value = found.value or 0.0
    return -found.offenders.n, value if found.check == LeakageCheck.SPLIT_SIZES else -value


def _verdicts(work: Workspace, chosen: ChosenRows) -> Mapping[LeakageCheck, Verdicts]:
    """Of the runs that are found; no filter changes what a run's replicates say of it."""
    snapshot, policy, whole, at = work.snapshot, chosen.policy, chosen.selection.whole, chosen.at
    scores = logged_scores(snapshot, policy, whole, reads.keys(snapshot, whole), chosen.every)
    rules = policy.leakage
    return {
        LeakageCheck.TRAIN_EQUALS_TEST: of_scores.train_equals_test(scores).of(at),
        LeakageCheck.TRAIN_TEST_GAP: of_scores.train_test_gap(scores, rules).of(at),
        LeakageCheck.SUSPICIOUS_SCORE: of_scores.suspicious_score(scores, rules).of(at),
        LeakageCheck.TEST_BETTER_THAN_TRAIN: of_scores.test_better_than_train(scores, policy.statistics.level).of(at),
        LeakageCheck.FOLD_SPREAD: of_scores.fold_spread(scores, rules).of(at),
        LeakageCheck.TEST_LOOKS: test_looks(*looks(snapshot, policy, chosen.runs["run_id"]), rules),
        LeakageCheck.SAME_DATASET: same_dataset(logged_data(snapshot, whole, chosen.runs["run_id"])),
    }


def _severities(verdicts: Mapping[LeakageCheck, Verdicts]) -> list[Severities]:
    return [one.status.astype(np.int64) for one in verdicts.values()]
