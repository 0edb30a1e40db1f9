"""Which configurations does nothing beat, and how sure is that?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from assay.analysis.sample import Array
from assay.analysis.tradeoffs.draws import centres
from assay.analysis.tradeoffs.front import dominator
from assay.analysis.tradeoffs.front import front as undominated
from assay.analysis.tradeoffs.probability import place, probabilities
from assay.analysis.tradeoffs.volume import share
from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.comparison.question import Question, Statistic
from assay.model.criteria import Objective
from assay.model.metric import Direction, Metric
from assay.model.note import Note, Quote, note
from assay.model.policy import Policy
from assay.model.runs.listing import RUN_NAME, RUN_PARENT
from assay.model.runs.name import Name
from assay.model.runs.selection import RunGroups, Selection
from assay.model.sync import Snapshot
from assay.model.tradeoffs.front import Front, Point, Seen
from assay.model.tradeoffs.notes import FrontNote as Says
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries import metrics
from assay.queries.comparison.answer import ruled
from assay.queries.runs.distinctions import distinctions
from assay.queries.runs.filters import filters_for
from assay.queries.runs.scored import ScoredConfigurations, called, params, scored_configurations
from assay.queries.runs.selection import require, unknown_keys, unknown_values
from assay.queries.runs.selection import selection as selected
from assay.queries.tradeoffs.cards import chosen_card, directed
from assay.queries.tradeoffs.notes import of_objectives, of_points, of_runs
from assay.queries.tradeoffs.replicated import replicated
from assay.queries.tradeoffs.seen import MOST_SEEN, seen
from assay.queries.tradeoffs.thresholds import by_card
from assay.sources import filters
from assay.workspace import Workspace

# So few are all looked at in full.
_FEW = 15


def front(work: Workspace, question: FrontQuestion) -> Front:
    """Every configuration that has all objectives, its place, and what is known of those that may be on the front.

    Raises SelectionError for no objective, one in both directions, an unknown metric or experiment, a param to group by
    or to ignore that no run carries, and a reference that does not fit; FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        return _front(work, question)


def standing(work: Workspace, found: Front, candidate: str) -> Front | None:
    """A front that was asked for without a candidate, with the one that this filter finds.

    It is what `front` gives; None where that one is not among those seen, so that it has to be asked for. Raises
    FilterError for a filter that cannot be read.
    """
    with reading(work.snapshot):
        place, said = _picked(work.snapshot, found, "candidate", candidate)
    if place is not None and place not in found.seen:
        return None
    asked = replace(found.question, candidate=candidate)
    return replace(found, question=asked, candidate=place, notes=(*said, *found.notes))


def _front(work: Workspace, question: FrontQuestion) -> Front:
    snapshot, policy = work.snapshot, work.policy.leaving_out(question.ignore).not_knowing(question.unknown)
    objectives = _distinct(question.objectives)
    asked = [one.metric for one in objectives]
    if len(question.reference) not in {0, len(asked)} or not np.isfinite(question.reference).all():
        raise SelectionError(Says.REFERENCE_OF_OTHERS, objectives=tuple(asked), given=len(question.reference))
    chosen = selected(
        snapshot, experiments=question.experiments, filter=question.filter, deleted=question.deleted
    )  # fmt: skip
    keys = reads.keys(snapshot, chosen)
    carried = reads.keys(snapshot, chosen.whole)
    require("metric", [*asked, *(name for name, _ in question.unknown)], carried.metrics)
    by = [key for key in question.group_by or () if key not in (RUN_NAME, RUN_PARENT)]
    require("param", [*by, *question.ignore], carried.params)
    found = scored_configurations(snapshot, policy, chosen, keys, asked, question.group_by)
    everybody = (
        scored_configurations(snapshot, policy, chosen.whole, carried, asked, question.group_by)
        if chosen.narrowed
        else found
    )
    own, every = replicated(found), replicated(everybody)
    card, _ = chosen_card(work, question.card, chosen)
    policy = directed(policy, card)
    known = _metrics(policy, objectives, everybody)
    directions = [metric.direction for metric in known]
    rules = ruled(policy, Question(tuple(asked), question.baseline, ("",), seed=question.seed))
    values = centres(own, question.statistic).reshape(-1, len(asked))
    on = undominated(values, directions)
    drawn = probabilities(
        own, directions, question.statistic, fewest=rules.fewest, seed=question.seed, draws=question.draws
    )
    chances = drawn.shares
    experiments = _experiments(found)
    labels = _placed(called(snapshot, policy, chosen, found), experiments)
    makes = params(snapshot, policy, keys, found)
    made = [
        Point(
            name=labels[row],
            key=makes[row],
            filter=filters.run_ids(found.everyone[at]),
            experiment=experiments[row],
            run_ids=found.members[at],
            n=len(own[at].values),
            values=tuple(values[at].tolist()),
            mean_on=bool(on[at]),
            place=place(None if np.isnan(chances[at]) else float(chances[at]), mean_on=bool(on[at])),
            probability=None if np.isnan(chances[at]) else float(chances[at]),
        )
        for at, row in enumerate(found.rows.tolist())
    ]
    order = sorted(range(len(made)), key=lambda at: (*_costs(known, made[at]), made[at].label, made[at].run_ids))
    answer = Front(
        question,
        rules,
        known,
        tuple(made[at] for at in order),
        card=card,
        left_out=found.left_out(labels),
        stairs=_stairs(values[order], directions),
        hypervolume=share(values, centres(every, question.statistic), directions, question.reference),
        draws=drawn.draws,
    )
    rows = [int(found.rows[at]) for at in order]
    notes = (
        *of_runs(snapshot, chosen, found, question, policy.params.tasks_among(keys.params)),
        *of_objectives(policy, answer, found),
        *of_points(answer, found, own),
        *(distinctions(snapshot, policy, found.runs[found.counting.counts], keys) if question.group_by == () else ()),
    )
    return by_card(work, policy, _looked_at(work, answer, found, rows, chosen, notes), chosen, keys, rows)


def _distinct(objectives: Iterable[Objective]) -> tuple[Objective, ...]:
    """Each metric once; raises SelectionError for none, and for one that is to be high and low."""
    found: dict[str, Objective] = {}
    for one in objectives:
        before = found.setdefault(one.metric, one)
        if before.direction != one.direction and before.direction and one.direction:
            raise SelectionError(Says.OBJECTIVE_BOTH_WAYS, metric=one.metric)
        found[one.metric] = before if before.direction else one
    if not found:
        raise SelectionError(Says.NO_OBJECTIVE_ASKED)
    return tuple(found.values())


def _metrics(policy: Policy, objectives: Sequence[Objective], everybody: ScoredConfigurations) -> tuple[Metric, ...]:
    """What is known of each, by all scores of the experiments, so that no filter changes a unit."""
    scores = everybody.counting.values
    return tuple(
        metrics.known(policy, one.metric, one.direction, scores[one.metric].dropna().tolist()) for one in objectives
    )


def _stairs(values: Array, directions: Sequence[Direction]) -> dict[tuple[int, int], tuple[int, ...]]:
    """Of every pair of objectives the rows that nobody beats in these two, best first by the first of them."""
    found = {}
    for pair in combinations(range(len(directions)), 2):
        two = [directions[at] for at in pair]
        places = np.flatnonzero(undominated(values[:, pair], two))
        gains = [directions[pair[0]].gain(value) for value in values[places, pair[0]].tolist()]
        found[pair] = tuple(places[np.argsort(np.negative(gains), kind="stable")].tolist())
    return found


def _costs(known: Sequence[Metric], point: Point) -> tuple[float, ...]:
    return tuple(-metric.direction.gain(value) for metric, value in zip(known, point.values, strict=True))


def _experiments(found: ScoredConfigurations) -> Mapping[int, str]:
    """Row → the name of its experiment."""
    return dict(zip(found.trained.of.tolist(), found.runs["experiment"].tolist(), strict=True))


def _placed(called: list[Name], experiments: Mapping[int, str]) -> list[Name]:
    """With the experiment of each row in its name where there are several."""
    if len(set(experiments.values())) < 2:
        return called
    return [Name(otherwise=f"{own.text}, {experiments[row]}") for row, own in enumerate(called)]


def _looked_at(
    work: Workspace,
    answer: Front,
    found: ScoredConfigurations,
    rows: Sequence[int],
    chosen: Selection,
    notes: Sequence[Note],
) -> Front:
    """With baseline, candidate, filters that people can read, and the points that are seen in full."""
    picked: dict[str, int | None] = {}
    said: list[Note] = []
    for role, text in (("candidate", answer.question.candidate), ("baseline", answer.question.baseline)):
        picked[role], own = _picked(work.snapshot, answer, role, text)
        said += own
    few = range(len(answer.points)) if len(answer.points) <= _FEW else ()
    shown = sorted({*answer.hopeful[:MOST_SEEN], *few, *(one for one in picked.values() if one is not None)})
    everyone = dict(zip(found.rows.tolist(), found.everyone, strict=True))
    groups = RunGroups(chosen.experiments, tuple(everyone[rows[place]] for place in shown))
    texts = dict(zip(shown, filters_for(work, groups), strict=True))
    points = tuple(replace(one, filter=texts.get(place, one.filter)) for place, one in enumerate(answer.points))
    answer = replace(answer, points=points, baseline=picked["baseline"], candidate=picked["candidate"])
    if answer.baseline is not None and answer.question.statistic is Statistic.MEDIAN:
        said.append(note(Says.MEDIANS_UNTESTED))
    known = seen(answer, {place: found.samples(rows[place]) for place in shown})
    return replace(answer, seen=_beaten(answer, known), notes=(*said, *notes))


def _beaten(answer: Front, known: Mapping[int, Seen]) -> dict[int, Seen]:
    """With who beats each of them by values."""
    values = np.array([point.values for point in answer.points])
    ways = [metric.direction for metric in answer.metrics]
    on = {place for place, point in enumerate(answer.points) if point.mean_on}
    return {
        place: own if place in on else replace(own, beaten_by=dominator(values, ways, place))
        for place, own in known.items()
    }


def _picked(snapshot: Snapshot, answer: Front, role: str, text: str) -> tuple[int | None, list[Note]]:
    """The point that holds most of the runs that a filter finds."""
    if not text.strip():
        return None, []
    asked = answer.question
    whole = selected(snapshot, experiments=asked.experiments, filter=text, deleted=asked.deleted)
    ids = reads.metrics(snapshot, whole, ()).values.index
    at = {run_id: place for place, point in enumerate(answer.points) for run_id in point.run_ids}
    held = Counter(at[run_id] for run_id in ids if run_id in at)
    if not held:
        said = (*unknown_keys(snapshot, whole), *(() if len(ids) else unknown_values(snapshot, whole)))
        found = set(ids)
        why = tuple(dict.fromkeys(one.reason for one in answer.left_out if not found.isdisjoint(one.run_ids)))
        return None, [note(Says.NOT_A_POINT, role=role, filter=Quote(text.strip()), runs=len(ids), why=why), *said]
    best = min(held, key=lambda place: (-held[place], place))
    several = note(Says.SEVERAL_POINTS, role=role, n=len(held), label=answer.points[best].label)
    return best, [several] if len(held) > 1 else []
