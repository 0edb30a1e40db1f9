"""On which examples do two sides differ, and does the difference hold beyond these examples?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from assay.analysis.comparison.claims import claimed, refused, unjudged
from assay.analysis.comparison.pairing import about_seeds
from assay.analysis.examples import clustered, means, resampled
from assay.analysis.examples.clustered import ClusteredScores
from assay.analysis.examples.resampled import Drawn, Summary
from assay.cache.examples import Pairs
from assay.cache.loader import Half
from assay.cache.predictions import predictions
from assay.cache.score_files import UnreadableError
from assay.errors import SelectionError
from assay.model.comparison.answer import Candidate, MetricComparison
from assay.model.comparison.difference import Difference
from assay.model.comparison.examples import Clustering, Examined
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import Question, Rules, Statistic, Unit
from assay.model.comparison.side import ExampleCounts, Sample, Side
from assay.model.metric import Direction, Metric
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.queries import metrics
from assay.queries.comparison import clusters, notes
from assay.queries.comparison.clusters import Belonging
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.predictions import drawn
from assay.queries.comparison.scores import Files, Scores, joined, of_metric
from assay.queries.comparison.sides import AskedSides
from assay.queries.comparison.slices import flips, sliced_by, slices
from assay.queries.comparison.trainings import ScoredPair, scored_pair, usable

TOP = 20

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
_SHARES = (0.0, 1.0)
_Known = Callable[[Sequence[float]], Metric]


@dataclass(frozen=True, slots=True)
class _Found:
    """One candidate before correction; `ends`: lowest and highest of the scores, which tell their unit."""

    candidate: Candidate
    statistic: Statistic
    notes: tuple[Note, ...] = ()
    ends: tuple[float, ...] = ()


def compared(
    policy: Policy, question: Question, rules: Rules, asked: AskedSides, files: Files
) -> tuple[MetricComparison, ...]:
    """Every candidate on every metric, before p is corrected; `files`: of all the runs asked for.

    A metric is a run metric or any numeric column of the scores. Slices are those of the first metric. Raises
    SelectionError for a column to slice by that there isn't.
    """
    answers = []
    for place, name in enumerate(question.metrics):
        known: _Known = partial(metrics.asked, policy, question, place)
        found, files = _candidates(policy, name, known, question, rules, asked, files)
        metric = known([end for one in found for end in one.ends])
        if any(known(one.ends) != metric for one in found):
            # One candidate alone looked as if it were logged in another unit than all together.
            found, files = _candidates(policy, name, partial(_settled, metric), question, rules, asked, files)
        answers.append(_joint(metric, found, rules, metrics.off_scale(policy, metric)))
    return tuple(answers)


def _settled(metric: Metric, _: Sequence[float]) -> Metric:
    return metric


def _candidates(
    policy: Policy, name: str, known: _Known, question: Question, rules: Rules, asked: AskedSides, files: Files
) -> tuple[list[_Found], Files]:
    found: list[_Found] = []
    for k in range(1, len(asked.samples)):
        sliced = name == question.metrics[0]
        one, files = _one(policy, name, known, question, rules, asked.samples, k, files, sliced=sliced)
        noted = (*doubts((asked.found[0], asked.found[k]), (0, k)), *one.notes)
        found.append(replace(one, notes=noted))
    return found, files


def _joint(metric: Metric, found: Sequence[_Found], rules: Rules, said: tuple[Note, ...]) -> MetricComparison:
    first = found[0].candidate.examined
    assert first is not None
    bases = {one.candidate.examined.baseline.value for one in found if one.candidate.examined}
    said += (note(ComparisonNote.BASELINES_DIFFER, 1),) if len(bases - {None}) > 1 else ()
    return MetricComparison(
        metric=metric,
        baseline=first.baseline,
        candidates=tuple(one.candidate for one in found),
        notes=tuple(dict.fromkeys((*said, *_doubts(metric, rules), *(own for one in found for own in one.notes)))),
        statistic=next((one.statistic for one in found if one.ends), found[0].statistic),
    )


def _doubts(metric: Metric, rules: Rules) -> tuple[Note, ...]:
    said = (note(ComparisonNote.DIRECTION_ASSUMED, metric=metric.name),) if metric.assumed else ()
    return (*said, refusal) if (refusal := refused(rules, metric)) else said


def _one(
    policy: Policy,
    name: str,
    known: _Known,
    question: Question,
    rules: Rules,
    samples: Sequence[Sample],
    place: int,
    files: Files,
    *,
    sliced: bool,
) -> tuple[_Found, Files]:
    """One candidate, and the files without those that turned out to be unusable."""
    while True:
        scores = of_metric(files, name, policy.metric(name).unknown)
        pair = scored_pair(samples, place, scores, question)
        if not all(pair.ids):
            return _nothing(scores, rules, samples, place), files
        held = (*scores.columns, *scores.texts, *scores.aside)
        if sliced and question.slice_by and question.slice_by not in held:
            raise SelectionError(Says.UNKNOWN_SLICE, name=question.slice_by, known=scores.texts)
        cluster = clusters.column(policy, question, scores)
        try:
            if scores.computed:
                served = replace(rules, statistic=scores.computed)
                return _predicted(known, served, scores, pair, question, cluster), files
            pairs = joined(scores, pair.trainings, question.slice_by if sliced else None, cluster)
        except UnreadableError as error:
            files = files.blamed(error)
        else:
            return _scored(known, rules, scores, pair, pairs, question, sliced=sliced), files


def _scored(
    known: _Known,
    rules: Rules,
    scores: Scores,
    pair: ScoredPair,
    pairs: Pairs,
    question: Question,
    *,
    sliced: bool,
) -> _Found:
    """A candidate whose examples have scores of their own."""
    before, after = pairs.scores("baseline"), pairs.scores("candidate")
    ends = tuple(float(end) for values in (before, after) if values.size for end in (values.min(), values.max()))
    metric = known(ends)
    single = pair.single and not pairs.averaged
    shares, higher = pairs.binary and single, metric.direction is Direction.MAXIMIZE
    whose, columns = clusters.belonging(pairs), sliced_by(question, pairs) if sliced else ()
    made = _judged(_drawn(claimed(rules, metric), pair, pairs, whose, shares=shares), refused(rules, metric))
    sides = [
        _with_spread(_side(sample, half, own, scores), values, rules, codes, shares=shares)
        for sample, half, own, values, codes in (
            (pair.baseline, pairs.baseline, made.baseline, before, whose.baseline if whose else None),
            (pair.candidate, pairs.candidate, made.candidate, after, whose.candidate if whose else None),
        )
    ]
    examined = Examined(
        baseline=sides[0],
        n=pairs.examples,
        column=scores.column or "",
        id_column=scores.files[pair.baseline.used_ids[0]].id_column,
        binary=pairs.binary,
        flips=flips(pairs, averaged=not single, higher=higher) if pairs.binary and pairs.examples else None,
        losses=pairs.extremes(rising=higher, limit=TOP),
        gains=pairs.extremes(rising=not higher, limit=TOP),
        slices=slices(rules, pairs, columns, shares=shares, clustered=whose is not None),
        slice_columns=pairs.slices,
        cluster=clusters.found(pairs, whose, before, after),
    )
    served = (*clusters.notes(rules, pairs, whose, question), *made.notes)
    return _noted(metric, rules, Candidate(sides[1], made.difference, examined=examined), pair, served, ends)


def _predicted(
    known: _Known, rules: Rules, scores: Scores, pair: ScoredPair, question: Question, cluster: str | None
) -> _Found:
    """A candidate whose statistic is of what was predicted for all examples together."""
    assert scores.column is not None
    files = [tuple(scores.files[run_id] for run_id in ids) for ids in pair.ids]
    found = predictions(files[0], files[1], scores.column, cluster)
    metric, ruled = known(_SHARES), claimed(rules, known(_SHARES))
    raw = drawn(metric.name, question.statistic, ruled, found, pair.weights)
    made = _judged(raw, refused(rules, metric))
    before, after = (
        _side(sample, half, own, scores)
        for sample, half, own in zip(
            (pair.baseline, pair.candidate), found.halves, (made.baseline, made.candidate), strict=True
        )
    )
    own = clusters.of_predictions(found)
    grouped = Clustering(own.column, own.number) if own else None
    examined = Examined(before, found.examples, scores.column, files[0][0].id_column, cluster=grouped)
    ends = tuple(side.value for side in (before, after) if side.value is not None)
    return _noted(metric, rules, Candidate(after, made.difference, examined=examined), pair, made.notes, ends)


def _noted(
    metric: Metric, rules: Rules, made: Candidate, pair: ScoredPair, served: Sequence[Note], ends: tuple[float, ...]
) -> _Found:
    """With what to know beside it; `served`: what was done instead of what was asked."""
    seeds = (note for side, at in ((pair.baseline, 0), (pair.candidate, pair.place)) for note in about_seeds(side, at))
    said = (*pair.notes, *seeds, *notes.notes(metric.name, rules, made, pair.place), *served)
    return _Found(replace(made, caveats=notes.caveats(rules, made)), rules.statistic, said, ends)


def _drawn(rules: Rules, pair: ScoredPair, pairs: Pairs, whose: Belonging | None, *, shares: bool) -> Drawn:
    """Both sides by the statistic that was asked for, and their difference."""
    before, after = pairs.scores("baseline"), pairs.scores("candidate")
    if rules.statistic is not Statistic.MEAN:
        codes = whose.sides if whose else None
        return resampled.compared(before, after, rules, paired=pairs.examples > 0, clusters=codes)
    theirs, ours = (Summary(float(values.mean()) if values.size else None) for values in (before, after))
    difference, served = _difference(rules, pair, pairs, whose, shares=shares)
    return Drawn(theirs, ours, difference, served)


def _judged(made: Drawn, refusal: Note | None) -> Drawn:
    return replace(made, difference=unjudged(made.difference, refusal)) if refusal else made


def _difference(rules: Rules, pair: ScoredPair, pairs: Pairs, whose: Belonging | None, *, shares: bool) -> means.Noted:
    before, after = pairs.scores("baseline"), pairs.scores("candidate")
    if rules.unit is Unit.BOTH and not pairs.examples:
        return Difference(reason=note(Says.NO_SHARED_EXAMPLE)), ()
    if rules.unit is Unit.BOTH and pair.refusal:
        return Difference(value=float(after.mean() - before.mean()), reason=pair.refusal), ()
    if whose:
        return clusters.difference(rules, pairs, whose, before, after)
    if rules.unit is Unit.BOTH:
        return means.both(pairs.matrix(), rules), ()
    compare = means.paired if pairs.examples else means.unpaired
    return compare(before, after, rules, shares=shares)


def _side(sample: Sample, half: Half, own: Summary, scores: Scores) -> Side:
    """One side: who it is, what was counted, and what its examples say."""
    counts = ExampleCounts(
        half.examples, half.uneven, half.only_here, half.undefined, half.repeated, scores.not_logged(sample.run_ids),
        half.averaged,
    )  # fmt: skip
    return Side(sample, own.value, None, own.interval, own.interval, reason=own.reason, examples=counts)


def _with_spread(side: Side, values: Array, rules: Rules, codes: Codes | None, *, shares: bool) -> Side:
    """With the sd of its examples; means have their intervals from here too."""
    std, interval, beside = means.intervals(values, rules, shares=shares)
    if rules.statistic is not Statistic.MEAN:
        return replace(side, std=std)
    if codes is not None and interval:
        interval, beside, lacking = clustered.interval(ClusteredScores(values, codes), rules)
        return replace(side, std=std, interval=interval, bootstrap_interval=beside, reason=lacking)
    why = None if interval else note(Says.SIDE_EXAMPLES_ALIKE, n=values.size)
    return replace(side, std=std, interval=interval, bootstrap_interval=beside, reason=why)


def _nothing(scores: Scores, rules: Rules, samples: Sequence[Sample], place: int) -> _Found:
    """A candidate that cannot be compared, with the reason why."""
    lacking = {at: _lacking(samples[at], at, scores) for at in (0, place)}
    reason = next(why for why in lacking.values() if why)
    before, after = (
        Side(
            usable(samples[at], scores),
            reason=why or note(Says.OTHER_SIDE_EMPTY),
            examples=ExampleCounts(not_logged=scores.not_logged(samples[at].run_ids)),
        )
        for at, why in lacking.items()
    )
    examined = Examined(before, column=scores.column or "", slice_columns=scores.texts, reason=reason)
    return _Found(Candidate(after, Difference(reason=reason), examined=examined), rules.statistic)


def _lacking(sample: Sample, place: int, scores: Scores) -> Note | None:
    if usable(sample, scores).replicates:
        return None
    if not sample.replicates:
        return note(Says.NO_RUN, place)
    why = scores.reason if scores.column is None else scores.not_logged(sample.used_ids)[0].reason
    return note(Says.SIDE_LACKS, place, why=why)
