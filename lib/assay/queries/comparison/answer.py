"""Is the difference between configurations larger than the noise?"""

from dataclasses import replace

from assay.analysis.comparison import family, seeds
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.comparison.answer import Comparison, MetricComparison
from assay.model.comparison.examples import ScoreColumns
from assay.model.comparison.notes import ComparisonNote, ExampleNote
from assay.model.comparison.question import UNCLUSTERED, UNPAIRED, Aim, Question, Rules, Statistic, Unit
from assay.model.policy import Policy
from assay.queries import metrics
from assay.queries.comparison import data, examples, mixed, peaks, scores, tasks
from assay.queries.comparison.choice import Fields
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import AskedSides, sides
from assay.workspace import Workspace

MOST_CANDIDATES = 200


def compare(work: Workspace, question: Question) -> Comparison:
    """Every candidate against the baseline on every metric, over seeds, examples or both, or over several tasks.

    p is corrected over all candidates on all metrics; sides are called on every metric what they are called on the
    first. Raises SelectionError when no run logged one of the metrics (over seeds), for an unknown experiment, a param
    to pair by that no run carries, a column to slice or cluster by that there isn't, a statistic or clusters that this
    unit can't carry, a margin without an aim or out of range, more candidates than MOST_CANDIDATES, and FilterError
    for a filter that cannot be read. A side without runs is a side with a reason.
    """
    if question.statistic is not Statistic.MEAN and question.unit is not Unit.EXAMPLES:
        raise SelectionError(ComparisonNote.STATISTIC_NEEDS_EXAMPLES, statistic=question.statistic, unit=question.unit)
    if question.cluster not in {None, UNCLUSTERED} and question.unit is Unit.SEEDS:
        raise SelectionError(ExampleNote.CLUSTER_NEEDS_EXAMPLES, column=question.cluster)
    question = replace(question, metrics=tuple(dict.fromkeys(question.metrics)))
    if question.aim is Aim.BETTER and question.margin is not None:
        raise SelectionError(ComparisonNote.MARGIN_WITHOUT_AIM)
    if len(question.candidates) > MOST_CANDIDATES:
        raise SelectionError(
            ComparisonNote.TOO_MANY_CANDIDATES, n=len(question.candidates), most=MOST_CANDIDATES
        )  # fmt: skip
    rules = ruled(work.policy, question)
    tasks.require_seeds(question)
    over_seeds = question.unit is Unit.SEEDS
    with reading(work.snapshot):
        asked = sides(work.snapshot, work.policy, question, question.metrics if over_seeds else (None,))
        files = None if over_seeds else _files(work, asked[0])
        if question.task_by:
            raw = tasks.over_tasks(work, question, rules, asked)
        elif files is None:
            raw = by_seeds(work.policy, question, rules, asked)
        else:
            raw = examples.compared(work.policy, question, rules, asked[0].levelled(files.found), files)
        fields = Fields(work.snapshot, work.policy, question)
        decided = zip(family.decided(raw, rules), asked if over_seeds else asked * len(raw), strict=True)
        said = data.doubts(asked[0].setting.data, over_tasks=bool(question.task_by))
        said += mixed.doubts(work.snapshot, asked[0].found, said, over_tasks=bool(question.task_by))
        chosen = [fields.noted(replace(one, notes=(*one.notes, *said)), own.found) for one, own in decided]
        latest = [peaks.latest(work.snapshot, one) if over_seeds and not one.tasks else {} for one in chosen]
    found, read = peaks.noted(work.settings, work.policy, chosen, latest)
    return Comparison(
        question=question,
        rules=rules,
        metrics=found,
        setting=asked[0].setting,
        histories_read=read,
        comparisons=sum(len(one.candidates) for one in found),
        slice_comparisons=sum(len(c.examined.slices) for one in found for c in one.candidates if c.examined),
    )


def replanned(found: Comparison, effect: float) -> Comparison:
    """The same with plans for a difference that the reader wants to see, in the first metric's unit."""
    first = family.replanned(found.metrics[:1], found.rules, effect, found.comparisons)
    return replace(found, metrics=(*first, *found.metrics[1:]))


def ruled(policy: Policy, question: Question) -> Rules:
    """How a question is answered: its own choices, else the policy's."""
    usual = policy.statistics
    correction = question.correction or usual.correction
    return Rules(
        aim=question.aim,
        simultaneous=question.simultaneous,
        family=len(question.metrics) * len(question.candidates),
        unit=question.unit,
        statistic=question.statistic,
        method=question.method or usual.method,
        level=question.level or usual.level,
        correction="bonferroni" if question.simultaneous else correction,
        resamples=question.resamples or usual.resamples,
        seed=question.seed,
        minimum_runs=usual.minimum_runs,
    )


def columns(work: Workspace, question: Question) -> ScoreColumns:
    """What the scores of these sides' runs hold; empty where none are logged. Raises as `compare` does."""
    with reading(work.snapshot):
        [asked] = sides(work.snapshot, work.policy, replace(question, within=""), (None,))
        files = _files(work, asked)
    found = scores.of_metric(files, "")
    return ScoreColumns(found.columns, found.texts)


def by_seeds(
    policy: Policy, question: Question, rules: Rules, asked: tuple[AskedSides, ...]
) -> tuple[MetricComparison, ...]:
    """Baseline and candidates by the scores of their seeds, an answer for each of `asked`, before p is corrected.

    Without candidates the baseline's side is known all the same.
    """
    made = []
    for place, own in enumerate(asked):
        samples = own.samples
        values = [score for sample in samples for score in sample.scores]
        metric = metrics.asked(policy, question, place, values)
        unpaired = question.pair_by == UNPAIRED
        found = seeds.compared(metric, samples[0], samples[1:], rules, unpaired=unpaired)
        said = (*doubts(own.found, range(len(own.found))), *metrics.off_scale(policy, metric))
        made.append(replace(found, notes=(*said, *found.notes)))
    return tuple(made)


def _files(work: Workspace, asked: AskedSides) -> scores.Files:
    """The score files of every run that counts, each asked for once."""
    runs = dict.fromkeys(run_id for sample in asked.samples for run_id in sample.used_ids)
    return scores.fetched(work, list(runs))
