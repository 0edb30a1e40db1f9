"""What is behind one finding, and what is it worth?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay import artifacts
from assay.analysis.evidence.worth import FEWEST_TRAININGS, mean_over, weighed
from assay.analysis.replicates import trainings
from assay.cache import excerpts, reads
from assay.cache.connection import reading
from assay.cache.parted_scores import PartedScores, parted
from assay.cache.score_files import UnreadableError
from assay.cache.splits import offending
from assay.errors import AssayError
from assay.model.evidence.check import Check, Offender
from assay.model.evidence.files import SPLITS
from assay.model.evidence.leakage import (
    WITH_EXAMPLES,
    Finding,
    FindingQuestion,
    LeakageCheck,
    OffenderRow,
    ScoreMean,
    Twin,
    Worth,
)
from assay.model.evidence.notes import TrainingNote as Says
from assay.model.evidence.splits import SplitRole
from assay.model.metric import Metric
from assay.model.note import Note, note
from assay.model.runs.selection import Condition, RunGroups, Selection
from assay.queries.comparison.patience import in_time
from assay.queries.comparison.scores import Scores, fetched, of_metric
from assay.queries.evidence.files import evidence, file_of
from assay.queries.evidence.leakage import checks_of
from assay.queries.metrics import known, notable
from assay.queries.runs.filters import filters_for
from assay.queries.runs.names import names_of
from assay.queries.runs.replicates import read
from assay.workspace import Workspace

_MOST_TRAININGS = 30
_SECONDS = 30.0
_MOST_TWINS = 500
_MOST_APART = 4
"""Params in which a twin may differ: with more it is another model."""
_LETTERS = 100


def finding(work: Workspace, question: FindingQuestion) -> Finding:
    """The examples of a finding with what was logged of them, its worth, and an honest twin.

    Of `question.run_ids` the first is the one whose finding is shown. What can't be had has a reason.
    """
    check, first = LeakageCheck(question.check), question.run_ids[0]
    with reading(work.snapshot):
        counted = _counted(work, question.run_ids)
        twin = _twin(work, question)
    named = check in WITH_EXAMPLES
    found = checks_of(evidence(work, (first,))[first], work.policy)[check] if named else None
    if found is None or not found.offenders.n:
        return Finding(question, (), reason=note(Says.NAMES_NO_EXAMPLES), twin=_twin_as_named(twin))
    scored = _scored(work, [*counted, *(twin.run_ids if twin else ())], question.metric)
    rows = _rows(scored, first, found.offenders.named)
    if isinstance(scored, Note):
        return Finding(question, rows, reason=scored, twin=_twin_as_named(twin))
    worth = _worth(work, [one for one in counted if one in scored.scores.files], found, scored)
    reason = worth if isinstance(worth, Note) else None
    shown = None if twin is None else twin.named(*_mean(work, twin, scored))
    return Finding(question, rows, worth if isinstance(worth, Worth) else None, reason, shown)


@dataclass(frozen=True, slots=True)
class _Scored:
    """Example scores of the metric that a worth is told in."""

    metric: Metric
    scores: Scores


def _scored(work: Workspace, run_ids: Sequence[str], asked: str) -> _Scored | Note:
    """By the metric that is asked for, else the first that matters and has a score for each example."""
    gathered = fetched(work, run_ids)
    if not gathered.found:
        return next(iter(gathered.missing.values()), artifacts.NOT_LOGGED)
    keys = reads.keys(work.snapshot, _named(run_ids)).metrics
    names = (asked,) if asked else notable(work.policy, keys)
    for name in names:
        found = of_metric(gathered, name, work.policy.metric(name).unknown)
        if found.column is not None and found.computed is None:
            values = reads.metrics(work.snapshot, run_ids, [name]).values[name].dropna().tolist()
            return _Scored(known(work.policy, name, None, values), found)
    return note(Says.NO_METRIC_FOR_WORTH, metric=asked, columns=tuple(gathered.numbers))


def _rows(scored: _Scored | Note, run_id: str, named: Sequence[Offender]) -> tuple[OffenderRow, ...]:
    """With label and answer, where the run logged them."""
    held: Mapping[str, excerpts.ExampleRow] = {}
    if isinstance(scored, _Scored) and run_id in scored.scores.files:
        file, ids = scored.scores.files[run_id], [one.example_id for one in named]
        try:
            held = {row.example_id: row for row in excerpts.rows(file, scored.scores.column, ids, _LETTERS)}
        except UnreadableError:
            held = {}
    return tuple(
        OffenderRow(one, held[one.example_id].label, held[one.example_id].said)
        if one.example_id in held
        else OffenderRow(one)
        for one in named
    )


def _worth(work: Workspace, run_ids: Sequence[str], found: Check, scored: _Scored) -> Worth | Note:
    """Over the trainings that have both files; why there is none."""
    train, held = SplitRole(str(found.note["train"])), SplitRole(str(found.note["held"]))

    def one(run_id: str) -> PartedScores | Note:
        try:
            named = offending(file_of(work, run_id, SPLITS), LeakageCheck(found.check), train, held)
            return _parted(scored, run_id, named)
        except AssayError as error:
            return error.note

    known, _ = in_time(run_ids, one, _SECONDS)
    answers = [known.get(run_id, note(Says.NOT_FETCHED, seconds=int(_SECONDS))) for run_id in run_ids]
    parts = [own for own in answers if isinstance(own, PartedScores) and own.every.size]
    if not parts:
        none = note(Says.NO_METRIC_FOR_WORTH, metric=scored.metric.name, columns=scored.scores.columns)
        return next((own for own in reversed(answers) if isinstance(own, Note)), none)
    if not any(one.named.size for one in parts):
        return note(Says.UNKNOWN_EXAMPLES, n=found.offenders.n, held=held.value)
    level = work.policy.statistics.level
    told = weighed(parts, level)
    return Worth(
        scored.metric, told.logged, told.without, told.difference, told.interval, told.runs, told.over_seeds,
        told.lost, level,
    )  # fmt: skip


def _parted(scored: _Scored, run_id: str, named: set[str]) -> PartedScores:
    scores = scored.scores
    assert scores.column is not None
    return parted(scores.files[run_id], scores.column, named, scores.unknown)


@dataclass(frozen=True, slots=True)
class _TwinRuns:
    """A twin and one run of each of its trainings."""

    twin: Twin
    run_ids: tuple[str, ...]

    def named(self, logged: ScoreMean | None, runs: int) -> Twin:
        return replace(self.twin, logged=logged, runs=runs)


def _twin_as_named(found: _TwinRuns | None) -> Twin | None:
    return found.twin if found else None


def _twin(work: Workspace, question: FindingQuestion) -> _TwinRuns | None:
    """The one of the `honest` rows that differs from the finding's in the fewest params, if these are few."""
    rows = question.honest[:_MOST_TWINS]
    firsts = [question.run_ids[0], *(own[0] for own in rows)]
    params = work.policy.params.configuring_among(reads.keys(work.snapshot, _named(firsts)).params)
    table = reads.params(work.snapshot, firsts, params).fillna("")
    values = table.to_numpy(dtype=str)
    apart = (values[1:] != values[0]).sum(axis=1)
    if not apart.size or not 0 < apart.min() <= _MOST_APART:
        return None
    own = rows[int(np.argmin(apart))]
    at = 1 + int(np.argmin(apart))
    differing = tuple(str(name) for name, differs in zip(table, values[at] != values[0], strict=True) if differs)
    runs, _ = read(work.snapshot, work.policy, _named(own))
    experiment = (str(runs["experiment_id"].iloc[0]),)
    called = names_of(work.snapshot, work.policy, Selection(experiment))
    label = called[runs["configuration"].iloc[0]].text
    [filter] = filters_for(work, RunGroups(experiment, (own,)))
    return _TwinRuns(Twin(label, own[0], filter, differing), tuple(_counted(work, own)))


def _mean(work: Workspace, twin: _TwinRuns, scored: _Scored) -> tuple[ScoreMean | None, int]:
    """Its own score on its own examples, and the trainings that the interval is over."""
    found = []
    for run_id in twin.run_ids:
        if run_id not in scored.scores.files:
            continue
        try:
            own = _parted(scored, run_id, set())
        except AssayError:
            continue
        if own.clean.size:
            found.append(own.clean)
    if not found:
        return None, 0
    return mean_over(found, work.policy.statistics.level), len(found) if len(found) >= FEWEST_TRAININGS else 0


def _counted(work: Workspace, run_ids: Sequence[str]) -> list[str]:
    """One run of each training that may stand as a replicate, in the order given; the first run where none may."""
    runs, replicates = read(work.snapshot, work.policy, _named(run_ids))
    used = runs.assign(training=trainings(runs))[replicates.excluded.eq("")].drop_duplicates("training")
    ids = {*used["run_id"]}
    return ([one for one in run_ids if one in ids] or list(run_ids[:1]))[:_MOST_TRAININGS]


def _named(run_ids: Sequence[str]) -> Selection:
    return Selection((), (Condition("attribute", "run_id", "IN", tuple(run_ids)),), "", deleted=True)
