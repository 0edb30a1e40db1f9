"""Which runs stand on which task, which tasks do all sides have, and what counts as 0 and as 1 on each?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.analysis.comparison import tasks
from assay.analysis.comparison.tasks import TARGET, Strata
from assay.analysis.sample import varies
from assay.cache import reads
from assay.errors import SelectionError
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import TaskNote as Says
from assay.model.comparison.question import UNPAIRED, Normalisation, Question, Rules, Unit
from assay.model.comparison.side import Replicate, Sample
from assay.model.comparison.tasks import LeftOutTask, OverTasks
from assay.model.metric import LARGEST, Metric, MetricUnit
from assay.model.note import Note, note
from assay.model.policy import Policy, TaskReference
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.store import RunStatus
from assay.model.sync import Snapshot
from assay.queries import metrics
from assay.queries.comparison import histories
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import AskedSides
from assay.queries.runs.selection import conditions, selection
from assay.queries.values import latest_values
from assay.workspace import Workspace

Anchors = Mapping[str, TaskReference | Note]
"""Per task the scores that count as 0 and as 1, or why it has none."""

_FEWEST = 2
_APART = 10.0
_ROUNDING = 1e-12


def require_seeds(question: Question) -> None:
    """Raises SelectionError for a question that tasks cannot answer, and for a scale without tasks."""
    if question.task_by and question.unit is not Unit.SEEDS:
        raise SelectionError(Says.TASKS_NEED_SEEDS, unit=question.unit)
    if not question.task_by and (question.normalise or question.over_steps):
        raise SelectionError(Says.SCALE_NEEDS_TASKS)


def over_tasks(
    work: Workspace, question: Question, rules: Rules, asked: Sequence[AskedSides]
) -> tuple[MetricComparison, ...]:
    """Every metric over the tasks that all sides with runs have, before p is corrected; `asked`: once a metric."""
    return tuple(
        _of_metric(work, question, rules, name, place, own)
        for place, (name, own) in enumerate(zip(question.metrics, asked, strict=True))
    )


def _of_metric(
    work: Workspace, question: Question, rules: Rules, name: str, place: int, asked: AskedSides
) -> MetricComparison:
    assert question.task_by is not None
    found = [_split(work.snapshot, sample, question.task_by) for sample in asked.samples]
    values = [score for side in found for score in side.sample.scores]
    logged = metrics.asked(work.policy, question, place, values)
    shared, lost = _shared(found)
    scale = question.normalise or _usual(work.policy, shared)
    anchors = _anchors(work, question, logged, scale, found[0], shared)
    kept = tuple(task for task in shared if isinstance(anchors[task], TaskReference))
    lost += [LeftOutTask(task, why) for task, why in anchors.items() if isinstance(why, Note)]
    target = None if scale is Normalisation.NONE else TARGET
    over = OverTasks(question.task_by, scale, logged, kept, target, left_out=tuple(lost))
    known = [one for one in anchors.values() if isinstance(one, TaskReference)]
    strata = [side.strata(kept) for side in found]
    made = tasks.compared(over, strata, known, rules, unpaired=question.pair_by == UNPAIRED)
    if question.over_steps and made.tasks and kept:
        read = histories.efficiency(work, name, strata, known, rules)
        made = replace(made, tasks=replace(made.tasks, efficiency=read))
    on_scale = _on_scale(logged, scale, found, kept)
    if on_scale and on_scale.code is Says.SCALES_DIFFER and question.normalise is None:
        made = replace(made, candidates=tuple(_withheld(one) for one in made.candidates))
    said = (*_doubts(asked, found), *((on_scale,) if on_scale else ()), *_on_names(question.task_by, kept))
    return replace(made, notes=(*said, *made.notes))


def _withheld(candidate: Candidate) -> Candidate:
    """Without a verdict, for nobody said that scores so far apart are on one scale."""
    if candidate.difference.value is None:
        return candidate
    apart = Difference(candidate.difference.value, verdict=Verdict.NOT_SHOWN, reason=note(Says.NO_SCALE))
    return replace(candidate, difference=apart)


@dataclass(frozen=True, slots=True)
class _Split:
    """One side's runs by task, and how many carry none."""

    sample: Sample
    by_task: Mapping[str, tuple[Replicate, ...]]
    without: int

    def strata(self, kept: Sequence[str]) -> Strata:
        """The side on the tasks that are compared; the others' runs are counted as left out."""
        if not all(task in self.by_task for task in kept):
            kept = ()
        used = tuple(one for task in kept for one in self.by_task[task])
        other = len(self.sample.replicates) - len(used) - self.without
        lost = {Exclusion.WITHOUT_TASK: self.without, Exclusion.OTHER_TASK: other}
        whole = replace(
            self.sample,
            replicates=used,
            excluded={**self.sample.excluded, **{why: n for why, n in lost.items() if n}},
        )
        return Strata(whole, tuple(replace(whole, replicates=self.by_task[task]) for task in kept))

    def scores(self, task: str) -> list[float]:
        return [one.score for one in self.by_task.get(task, ()) if one.score is not None]


def _split(snapshot: Snapshot, sample: Sample, param: str) -> _Split:
    usable = [one for one in sample.replicates if one.score is not None and abs(one.score) < LARGEST]
    ids = [one.run_ids[0] for one in usable]  # all of a configuration, so of one task
    texts = reads.params(snapshot, ids, (param,))[param].reindex(ids) if ids else ()
    by_task: dict[str, list[Replicate]] = {}
    for one, task in zip(usable, texts, strict=True):
        if task is not None and task != "":
            by_task.setdefault(task, []).append(one)
    with_task = sum(map(len, by_task.values()))
    own = replace(sample, replicates=tuple(usable))
    return _Split(own, {task: tuple(ones) for task, ones in by_task.items()}, len(usable) - with_task)


def _shared(found: Sequence[_Split]) -> tuple[list[str], list[LeftOutTask]]:
    """Tasks with two runs or more on every side that has any task at all, by name; and why the others are left out."""
    standing = [place for place, side in enumerate(found) if side.by_task]
    kept, lost = [], []
    for task in sorted({task for side in found for task in side.by_task}):
        lacking = [place for place in standing if task not in found[place].by_task]
        few = [place for place in standing if len(found[place].by_task.get(task, ())) < _FEWEST]
        if lacking:
            lost.append(LeftOutTask(task, note(Says.TASK_ONLY_ELSEWHERE, *lacking)))
        elif few:
            lost.append(LeftOutTask(task, note(Says.TASK_OF_FEW_RUNS, *few)))
        else:
            kept.append(task)
    return (kept, lost) if found[0].by_task and len(standing) > 1 else ([], lost)


def _usual(policy: Policy, shared: Sequence[str]) -> Normalisation:
    """The policy's references where it has one for every task, else the scores as they are."""
    known = bool(shared) and all(policy.reference(task) for task in shared)
    return Normalisation.REFERENCE if known else Normalisation.NONE


def _anchors(
    work: Workspace, question: Question, logged: Metric, scale: Normalisation, base: _Split, shared: Sequence[str]
) -> Anchors:
    match scale:
        case Normalisation.MINMAX:
            ranges = _ranges(work, question, logged.name)
            return {task: _of_range(task, *ranges[task], logged) for task in shared}
        case Normalisation.BASELINE:
            return {task: _of_baseline(task, np.array(base.scores(task)), logged) for task in shared}
        case Normalisation.REFERENCE:
            return {task: _of_policy(work.policy, task, logged) for task in shared}
        case _:
            return {task: TaskReference(task, 0.0, 1.0) for task in shared}


def _ranges(work: Workspace, question: Question, metric: str) -> dict[str, tuple[float, float]]:
    """The lowest and highest score of each task, of every finished run asked about, so that no number hangs on who
    else is compared.
    """
    assert question.task_by is not None
    whole = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
    whole = replace(whole, conditions=conditions(question.within))
    runs = reads.runs(work.snapshot, whole, seeds=(), ignored=()).set_index("run_id")
    done = (runs["status"] == RunStatus.FINISHED) | whole.names_status
    scores = latest_values(work.snapshot, work.policy, whole, (metric,)).values[metric].reindex(runs.index)[done]
    texts = reads.params(work.snapshot, whole, (question.task_by,))[question.task_by].reindex(scores.index)
    usable = scores.abs() < LARGEST
    ends = scores[usable].groupby(texts[usable]).agg(["min", "max"])
    return {str(task): (low, high) for task, low, high in ends.itertuples()}


def _of_range(task: str, low: float, high: float, logged: Metric) -> TaskReference | Note:
    if not varies(np.array([low, high])):
        return note(Says.TASK_WITHOUT_RANGE)
    worst, best = (low, high) if logged.direction.gain(1.0) > 0 else (high, low)
    return TaskReference(task, worst, best)


def _of_baseline(task: str, scores: np.ndarray, logged: Metric) -> TaskReference | Note:
    """1 is the baseline's mean, and 0 as far on its worse side as that is from nothing."""
    mean = float(scores.mean())
    if abs(mean) <= _ROUNDING * float(np.abs(scores).max()):
        return note(Says.BASELINE_AT_ZERO)
    return TaskReference(task, mean - logged.direction.gain(abs(mean)), mean)


def _of_policy(policy: Policy, task: str, logged: Metric) -> TaskReference | Note:
    found = policy.reference(task)
    if found is None:
        return note(Says.NO_REFERENCE)
    return found if logged.direction.gain(found.one - found.zero) > 0 else note(Says.REFERENCE_CONTRADICTS)


def _doubts(asked: AskedSides, found: Sequence[_Split]) -> list[Note]:
    """What is doubtful of the sides; that runs of several tasks are several configurations is not."""
    said = [
        one
        for one in doubts(asked.found, range(len(asked.found)))
        if one.code is not ComparisonNote.SEVERAL_CONFIGURATIONS
    ]
    for place, (side, own) in enumerate(zip(asked.found, found, strict=True)):
        of = dict(zip(side.used["run_id"], side.used["configuration"], strict=True))
        several = sum(len({of[one.run_ids[0]] for one in ones}) > 1 for ones in own.by_task.values())
        if several:
            said.append(note(Says.SEVERAL_CONFIGURATIONS_PER_TASK, place, n=several))
    return said


def _on_scale(logged: Metric, scale: Normalisation, found: Sequence[_Split], kept: Sequence[str]) -> Note | None:
    """On scores that are taken as they are: whether they look as if they were on one scale."""
    if scale is not Normalisation.NONE or not kept:
        return None
    sizes = {task: max(abs(score) for side in found for score in (*side.scores(task), 0.0)) for task in kept}
    small, large = min(kept, key=sizes.__getitem__), max(kept, key=sizes.__getitem__)
    shares = all(0 <= score <= 1 for side in found for task in kept for score in side.scores(task))
    if shares or logged.unit is MetricUnit.SHARE or sizes[large] <= _APART * sizes[small]:
        return note(Says.SCALE_ASSUMED, metric=logged.name)
    return note(Says.SCALES_DIFFER, small=small, large=large, least=sizes[small], most=sizes[large])


def _on_names(param: str, kept: Sequence[str]) -> tuple[Note, ...]:
    several = sum("\n" in task.strip() for task in kept)
    return (note(Says.TASKS_OF_SEVERAL_LINES, n=several, param=param),) if several else ()
