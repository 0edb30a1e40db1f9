"""On which examples do two sides differ, and does the difference hold beyond these examples?"""

from collections.abc import Sequence
from dataclasses import replace

from assay.analysis.comparison.rules import Rules
from assay.analysis.comparison.verdicts import decided
from assay.analysis.examples import means as analysis
from assay.analysis.examples import slices as slicing
from assay.cache.score_files import UnreadableError
from assay.errors import SelectionError
from assay.model.comparison import Sample
from assay.model.examples import ExampleComparison, ExampleSide, ExampleUnit
from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.queries import metrics
from assay.queries.comparison import predictions as example_predictions
from assay.queries.comparison import scores as example_scores
from assay.queries.comparison import sides
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.example_answer import Question, answer, by_seeds, ids
from assay.queries.comparison.scores import Scores
from assay.queries.comparison.seeds import Options, refuse_statistic
from assay.queries.comparison.sides import Found
from assay.settings import Settings

_AS_RULED = Options()


def compared(
    snapshot: Snapshot,
    policy: Policy,
    settings: Settings,
    *,
    metric: str,
    baseline: str,
    candidate: str,
    experiments: Sequence[str] = (),
    options: Options = _AS_RULED,
    unit: ExampleUnit = "examples",
    slice_by: str | None = None,
    deleted: bool = False,
) -> ExampleComparison:
    """`several` with one candidate."""
    return several(
        snapshot, policy, settings, metric=metric, baseline=baseline, candidates=[candidate], experiments=experiments,
        options=options, unit=unit, slice_by=slice_by, deleted=deleted,
    )[0]  # fmt: skip


def several(
    snapshot: Snapshot,
    policy: Policy,
    settings: Settings,
    *,
    metric: str,
    baseline: str,
    candidates: Sequence[str],
    experiments: Sequence[str] = (),
    options: Options = _AS_RULED,
    unit: ExampleUnit = "examples",
    slice_by: str | None = None,
    deleted: bool = False,
) -> tuple[ExampleComparison, ...]:
    """Every candidate against the baseline by example scores; p is corrected over all candidates, and over all slices.

    `metric`: a run metric or any numeric column of the scores. `slice_by`: a column of the scores; None takes
    every one whose categories hold five examples or more on average. What cannot be compared is a value with
    its reason. Raises SelectionError for an unknown experiment, param or slice column and for a statistic other
    than the mean over `both`, and FilterError for a filter that cannot be read.
    """
    refuse_statistic(options.statistic, unit)
    asked = sides.asked(
        snapshot, policy, [baseline, *candidates], metric=None, experiments=experiments, within=options.within,
        pair_by=options.pair_by, deleted=deleted,
    )  # fmt: skip
    question = _question(policy, metric, options, unit, slice_by)
    samples = asked.samples
    runs = dict.fromkeys(score.run_id for sample in samples for score in sample.scores)
    scores = example_scores.gathered(snapshot, settings, metric, list(runs))
    found = []
    for k, sample in enumerate(samples[1:], start=1):
        made, scores = _one(question, scores, samples[0], sample)
        found.append(
            replace(made, warnings=(*_said((asked.found[0], asked.found[k]), samples[0], sample), *made.warnings))
        )
    return _decided(found, question)


def _question(policy: Policy, metric: str, options: Options, unit: ExampleUnit, slice_by: str | None) -> Question:
    direction, source = metrics.direction(policy, metric, options.direction)
    rules = policy.statistics
    method, level = options.method or rules.method, options.level or rules.level
    resamples = options.resamples or rules.resamples
    nobody = ExampleSide("", "", (), 0, None, None)
    blank = ExampleComparison(
        metric=metric, column="", id_column="", unit=unit, direction=direction, direction_source=source,
        metric_unit=metrics.unit(policy, metric, ()), smallest_effect=policy.metric(metric).smallest_effect,
        method=method, level=level, correction=rules.correction, comparisons=1, resamples=resamples,
        seed=options.seed, binary=False, examples=0, baseline=nobody, candidate=nobody,
        difference=analysis.not_estimable(None, 0, ""), slice_by=slice_by,
        statistic=options.statistic,
    )  # fmt: skip
    asked = Rules(direction, method, level, resamples, options.seed, rules.minimum_runs, options.statistic)
    return Question(policy, asked, unit, slice_by, options.pair_by, blank)


def _one(question: Question, scores: Scores, baseline: Sample, candidate: Sample) -> tuple[ExampleComparison, Scores]:
    """One candidate before correction, and the scores without the files that turned out to be unusable."""
    while True:
        ours, theirs = _usable(baseline, scores), _usable(candidate, scores)
        notes: tuple[str, ...] = ()
        refusal = ""
        if question.unit == "both":
            ours, theirs, notes, refusal = by_seeds(ours, theirs, question)
        if not ours.scores or not theirs.scores:
            return _nothing(question, scores, baseline, candidate), scores
        if question.slice_by and question.slice_by not in (*scores.columns, *scores.texts, *scores.aside):
            raise SelectionError(_unknown_slice(question.slice_by, scores))
        try:
            if scores.computed:
                return example_predictions.answer(question, scores, (ours, theirs)), scores
            pairs = example_scores.joined(scores, (ids(ours), ids(theirs)), question.slice_by)
        except UnreadableError as error:
            scores = example_scores.blamed(scores, error)
            continue
        made = answer(question, scores, pairs, (ours, theirs), refusal)
        return replace(made, warnings=(*notes, *made.warnings)), scores


def _decided(found: Sequence[ExampleComparison], question: Question) -> tuple[ExampleComparison, ...]:
    correction, rules = question.policy.statistics.correction, question.rules
    differences = decided([one.difference for one in found], [rules] * len(found), correction)
    rows = slicing.decided([row for one in found for row in one.slices], rules, correction)
    answers, start = [], 0
    for one, difference in zip(found, differences, strict=True):
        own = rows[start : start + len(one.slices)]
        start += len(own)
        answers.append(
            replace(
                one,
                difference=difference,
                comparisons=len(found),
                slices=slicing.ordered(own, rules.direction),
                slice_comparisons=len(rows),
            )
        )
    return tuple(answers)


def _nothing(question: Question, scores: Scores, baseline: Sample, candidate: Sample) -> ExampleComparison:
    halves = [
        ExampleSide(
            s.label, s.filter, ids(_usable(s, scores)), 0, None, None, not_logged=scores.not_logged(s.run_ids),
            excluded=s.excluded, reason=_lacking(s, scores), found_ids=s.run_ids, counted=s.runs,
        )
        for s in (baseline, candidate)
    ]  # fmt: skip
    reason = next(half.reason for half in halves if half.reason)
    halves = [replace(half, reason=half.reason or "the other side has nothing to compare with") for half in halves]
    return replace(
        question.blank,
        column=scores.column or "",
        baseline=halves[0],
        candidate=halves[1],
        difference=analysis.not_estimable(None, 0, reason),
        columns=scores.columns,
        slice_columns=scores.texts,
        reason=reason,
    )


def _lacking(sample: Sample, scores: Scores) -> str | None:
    if _usable(sample, scores).scores:
        return None
    if not sample.scores:
        return f"{sample.label}: no finished run to take example scores from"
    own = scores.not_logged(ids(sample))
    return f"{sample.label}: {scores.reason if scores.column is None else own[0].reason}"


def _said(found: tuple[Found, Found], baseline: Sample, candidate: Sample) -> tuple[str, ...]:
    """What is odd about the sides, whatever the unit."""
    said = doubts(found, (baseline.label, candidate.label))
    return tuple(dict.fromkeys((*said, *(text for side in found for text in side.warnings))))


def _usable(sample: Sample, scores: Scores) -> Sample:
    return replace(sample, scores=tuple(score for score in sample.scores if score.run_id in scores.files))


def _unknown_slice(name: str, scores: Scores) -> str:
    known = ", ".join(repr(text) for text in scores.texts) or "no text column at all"
    return f"There is no column {name!r} to slice by. The example scores hold {known}."
