"""How did one metric move while the runs of several sides were going on, and which ended best?"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from assay.analysis import curves as analysis
from assay.analysis.comparison.pairing import by_seed
from assay.analysis.sample import Array
from assay.cache import reads
from assay.cache.connection import reading
from assay.cache.histories import Reduced
from assay.errors import AssayError, SelectionError
from assay.model.comparison.question import FEWEST_FOR_A_CLAIM, Question
from assay.model.comparison.side import Replicate, Sample
from assay.model.curves.answer import CurveCounts, Curves, CurveSide, Line
from assay.model.curves.notes import CurveNote as Says
from assay.model.curves.question import CurvesQuestion, Manner, Over
from assay.model.note import Note, note
from assay.model.runs.store import MOST_VALUES
from assay.queries import metrics
from assay.queries.comparison.sides import sides
from assay.queries.curves.reading import KEPT, Latest, Readings, read
from assay.queries.runs.selection import require, selection
from assay.workspace import Workspace

MOST_SIDES = 6
MOST_PLACES = 600


def curves(work: Workspace, question: CurvesQuestion) -> Curves:
    """The histories of all sides at the same places, with what they show at the last one that all have reached.

    Read from the store now, as far as not kept from before. Raises SelectionError for a metric that no run logged, for
    an unknown experiment, a param to ignore that no run carries and ends in the wrong order, and FilterError for a
    filter that cannot be read; a store that is away, or slow, is a reason.
    """
    if question.first is not None and question.last is not None and question.first >= question.last:
        raise SelectionError(Says.ENDS_REVERSED, first=question.first, last=question.last)
    samples, latest = _asked(work, question)
    metric = metrics.known(work.policy, question.metric, None, [value for value, _ in latest.values()])
    empty = Curves(question, metric, question.over, tuple(map(CurveSide, samples)))
    wanted = {run_id: latest[run_id] for sample in samples for run_id in sample.used_ids if run_id in latest}
    try:
        found = read(work.settings, question.metric, wanted, work.policy.metric(question.metric).unknown)
    except AssayError as error:
        return replace(empty, reason=error.note)
    if not wanted:
        return replace(empty, reason=note(Says.NO_CURVE, metric=question.metric))
    over, reduced = _reduced(question, list(found.keys.values())) if found.keys else (question.over, None)
    if reduced is None:
        return replace(empty, reason=found.reason or note(Says.HISTORIES_UNREAD, n=len(wanted), of=len(wanted)))
    number = {run_id: place for place, run_id in enumerate(found.keys)}
    made = tuple(_side(sample, number, reduced, found, wanted) for sample in samples)
    drawn = replace(empty, over=over, sides=made, places=tuple(reduced.places.tolist()), width=reduced.width)
    left_out = max(0, len(_filters(question)) - MOST_SIDES)
    drawn = replace(drawn, left_out=left_out, reason=_nothing(drawn, wanted))
    return drawn if drawn.reason else _judged(work, drawn)


def line(work: Workspace, found: Curves, place: int, manner: Manner) -> Line:
    """One side of `found` as it is to be drawn; it needs a curve."""
    return analysis.line(found.sides[place], manner, work.policy.statistics.level)


def _filters(question: CurvesQuestion) -> list[str]:
    return [text for text in dict.fromkeys((question.baseline, *question.candidates)) if text]


def _asked(work: Workspace, question: CurvesQuestion) -> tuple[tuple[Sample, ...], Mapping[str, Latest]]:
    """The sides with the runs that count, and what those of them that logged the metric logged last."""
    first, *others = _filters(question)[:MOST_SIDES]
    asked = Question(
        (question.metric,), first, tuple(others), question.experiments, deleted=question.deleted,
        ignore=question.ignore,
    )  # fmt: skip
    with reading(work.snapshot):
        whole = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        require("metric", [question.metric], reads.keys(work.snapshot, whole).metrics)
        [found] = sides(work.snapshot, work.policy, asked, (None,))
        runs = list(dict.fromkeys(run_id for sample in found.samples for run_id in sample.used_ids))
        latest = reads.latest_steps(work.snapshot, runs, question.metric)
    return found.levelled(latest).samples, latest


def _reduced(question: CurvesQuestion, keys: Sequence[Hashable]) -> tuple[Over, Reduced | None]:
    """Over what is asked for; over time where every step is the same. None when others' histories took the room."""

    def at(over: Over) -> Reduced | None:
        by_time = over is Over.TIME
        return KEPT.reduced(keys, by_time=by_time, first=question.first, last=question.last, most=MOST_PLACES)

    found = at(question.over)
    if question.over is Over.STEP and found is not None and len(found.places) == 1:
        by_time = at(Over.TIME)
        if by_time is not None and len(by_time.places) > 1:
            return Over.TIME, by_time
    return question.over, found


def _side(
    sample: Sample, number: Mapping[str, int], found: Reduced, readings: Readings, latest: Mapping[str, object]
) -> CurveSide:
    rows = [(one, own) for one in sample.replicates if (own := _row(one, number, found)) is not None]
    runs = [run_id for run_id in sample.used_ids if run_id in number]
    values = [int(found.values[number[run_id]]) for run_id in runs]
    sizes = [KEPT.size(readings.keys[run_id]) for run_id in runs]
    counts = CurveCounts(
        histories=sum(n > 0 for n in values),
        values=sum(values),
        without=sum(run_id not in latest for run_id in sample.used_ids) + sum(n == 0 for n in values),
        once=sum(n == 1 for n in values),
        gaps=sum(int(found.gaps[number[run_id]]) for run_id in runs),
        unread=sum(run_id in latest and run_id not in number for run_id in sample.used_ids),
        cut=sum(size >= MOST_VALUES for size in sizes),
    )
    ends = tuple(float(np.nanmax([found.last[number[i]] for i in one.run_ids if i in number])) for one, _ in rows)
    means, lows, highs = (tuple(tuple(own[k].tolist()) for _, own in rows) for k in range(3))
    return CurveSide(sample, tuple(one.seed for one, _ in rows), means, lows, highs, ends, counts)


def _row(one: Replicate, number: Mapping[str, int], found: Reduced) -> tuple[Array, Array, Array] | None:
    """A replicate's mean, lowest and highest value at every place; None without a usable number."""
    known = []
    for run_id in one.run_ids:
        mine = found.history == number[run_id] if run_id in number else np.zeros(0, bool)
        if mine.any() and np.isfinite(found.mean[mine]).any():
            at = found.place[mine]
            parts = (found.mean, found.low, found.high)
            known.append([analysis.on_grid(found.places, at, part[mine]) for part in parts])
    if not known:
        return None
    mean, low, high = (np.stack(part) for part in zip(*known, strict=True))
    return mean.mean(axis=0), low.min(axis=0), high.max(axis=0)


def _nothing(found: Curves, latest: Mapping[str, object]) -> Note | None:
    """Why there is no curve."""
    name, counts = found.metric.name, [side.counts for side in found.sides]
    if any(side.means for side in found.sides) and len(found.places) > 1:
        return None
    if unread := sum(own.unread for own in counts):
        return note(Says.HISTORIES_UNREAD, n=unread, of=len(latest))
    once = sum(own.once for own in counts)
    between = found.question.first is not None or found.question.last is not None
    if between:
        return note(Says.NOTHING_BETWEEN, metric=name)
    if once and once == sum(own.histories for own in counts):
        return note(Says.LOGGED_ONCE, metric=name, n=once)
    if len(found.places) == 1:
        return note(Says.NO_TIME, metric=name, time=found.question.over is Over.TIME)
    return note(Says.NO_CURVE, metric=name)


def _judged(work: Workspace, found: Curves) -> Curves:
    """With what the curves show, and what is to be said of what they leave out."""
    rules, direction = work.policy.statistics, found.metric.direction
    fewest = max(rules.minimum_runs, FEWEST_FOR_A_CLAIM)
    drawn = replace(found, notes=_notes(found))
    end = analysis.reached(found.sides)
    if end is None:
        return drawn
    shapes = tuple(analysis.shape(side, end, direction, rules.level, fewest) for side in found.sides)
    drawn = replace(drawn, end=end, shapes=shapes)
    order = analysis.ranked(found.sides, end, direction)
    if len(order) < 2:
        return drawn
    pairs = [_pairs(found.sides[order[0]], found.sides[other]) for other in order[1:]]
    parted = analysis.apart(found.sides, order, pairs[0], end, direction, rules.level, fewest)
    sure = analysis.ahead_of_all(found.sides, order, pairs, end, direction, rules.level, fewest)
    whole = not any(side.counts.unread for side in found.sides)
    return replace(drawn, apart=parted, sure=sure and whole)


def _pairs(first: CurveSide, second: CurveSide) -> list[tuple[int, int]]:
    """Rows of both sides that share a seed, where a comparison would pair them."""
    ours, theirs = (
        replace(side.sample, replicates=tuple(Replicate((str(k),), (), seed) for k, seed in enumerate(side.seeds)))
        for side in (first, second)
    )
    seeds = by_seed(theirs, ours, 1).seeds
    return [(first.seeds.index(seed), second.seeds.index(seed)) for seed in seeds]


def _notes(found: Curves) -> tuple[Note, ...]:
    said: list[Note] = []
    metric = found.metric.name
    if found.over is not found.question.over:
        said.append(note(Says.BY_TIME, metric=metric))
    if found.left_out:
        said.append(note(Says.TOO_MANY_SIDES, n=found.left_out, most=MOST_SIDES))
    every = max((end for side in found.sides for end in side.ends), default=0.0)
    for place, side in enumerate(found.sides):
        own, of = side.counts, len(side.sample.used_ids)
        short = [end for end in side.ends if end < every - found.width]
        counted = (
            note(Says.HISTORIES_UNREAD, place, n=own.unread, of=of),
            note(Says.HISTORIES_CUT, place, n=own.cut, of=of, most=MOST_VALUES),
            note(Says.WITHOUT_METRIC, place, n=own.without, of=of, metric=metric),
            note(Says.GAPS, place, n=own.gaps, metric=metric),
        )
        said += [one for one in counted if one["n"]]
        if short and len(set(side.ends)) > 1:
            said.append(
                note(
                    Says.STOPPED_EARLY,
                    place,
                    n=len(short),
                    of=len(side.ends),
                    first=min(short),
                    time=found.over is Over.TIME,
                )
            )
    return tuple(said)
