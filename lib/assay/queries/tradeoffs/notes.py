"""What must be known beside a front?"""

from collections import Counter
from collections.abc import Sequence

from assay.analysis.comparison.data import contents, digested
from assay.analysis.sample import Array
from assay.analysis.tradeoffs.draws import Replicated
from assay.cache import reads
from assay.model.metric import MEASURED, Metric
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.notes import RunNote
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot
from assay.model.tradeoffs.front import Front, Hypervolume
from assay.model.tradeoffs.notes import FrontNote as Says
from assay.model.tradeoffs.question import FrontQuestion
from assay.queries.comparison.data import compared, named_sets
from assay.queries.metrics import off_scale
from assay.queries.runs.scored import ScoredConfigurations
from assay.queries.runs.selection import unknown_keys, unknown_values
from assay.queries.tradeoffs.seen import MOST_SEEN

# Of so many alike each has a small probability, and all may be called beaten.
_MANY, _LIKELY = 10, 0.5
# Over so many objectives nearly everybody is best at something.
_CROWDED = 4


def of_runs(
    snapshot: Snapshot,
    chosen: Selection,
    found: ScoredConfigurations,
    question: FrontQuestion,
    tasks: Sequence[str],
) -> list[Note]:
    """Of what was asked for, which runs that found, and on what they were tested; `tasks`: params that name one."""
    said = [*unknown_keys(snapshot, chosen), *(() if len(found.runs) else unknown_values(snapshot, chosen))]
    by = tuple(dict.fromkeys(c.key for c in chosen.conditions if c.entity == "metric"))
    if by and len(found.runs):
        said.append(note(RunNote.PICKED_BY_SCORE, metrics=by))
    if question.group_by and (several := found.several):
        said.append(note(Says.GROUPS_OF_SEVERAL, n=several, of=len(found.rows)))
    return [*said, *_of_tests(snapshot, found, tasks), *found.counting.notes]


def _of_tests(snapshot: Snapshot, found: ScoredConfigurations, tasks: Sequence[str]) -> list[Note]:
    """Where scores are of different tests: as MLflow's dataset inputs have it, and params that name a task."""
    used = [run_id for own in found.members for run_id in own]
    [own] = compared(snapshot, [used]).sides
    said = []
    if len(sets := contents(own.test)) > 1 and digested(own.test):
        said.append(note(Says.TEST_DATA_DIFFER_HERE, n=len(sets), sets=named_sets(own.test)))
    if tasks and (named := [str(name) for name, n in reads.params(snapshot, used, tasks).nunique().items() if n > 1]):
        said.append(note(Says.SEVERAL_TASKS, params=tuple(named)))
    return said


def of_objectives(policy: Policy, answer: Front, found: ScoredConfigurations) -> list[Note]:
    """Of how many they are, which way they get better, scores that cannot be, and the room that they span."""
    said = [note(Says.ONE_OBJECTIVE, metric=answer.metrics[0].name)] if len(answer.metrics) == 1 else []
    if len(answer.metrics) >= _CROWDED:
        said.append(note(Says.MANY_OBJECTIVES, n=len(answer.metrics)))
    said += [own for one in answer.metrics for own in off_scale(policy, one)]
    for code, source in ((Says.DIRECTION_OF_NAME, "name"), (Says.DIRECTION_OF_NOBODY, "assumed")):
        said += [
            note(code, metric=one.name, better=one.direction.better)
            for one in answer.metrics
            if one.direction_source == source
        ]
    said += _negative(answer, found.counting.values.to_numpy())
    if answer.points and answer.hypervolume is None:
        on = sum(point.mean_on for point in answer.points)
        said.append(note(Says.NO_VOLUME, n=on, objectives=len(answer.metrics)))
    if answer.question.reference and answer.hypervolume and not answer.hypervolume.value:
        said.append(note(Says.REFERENCE_UNBEATEN, metrics=_without_room(answer.metrics, answer.hypervolume)))
    return said


def of_points(answer: Front, found: ScoredConfigurations, replicates: Sequence[Replicated]) -> list[Note]:
    """Of how sure it is who is on the front, and who stands there; `replicates`: of each row."""
    points = answer.points
    if not points:
        names = tuple(one.name for one in answer.metrics)
        return [note(Says.NO_POINT_HAS_ALL, metrics=names, runs=len(found.runs))]
    said = []
    if fixed := sum(point.probability is None for point in points):
        said.append(note(Says.NO_PROBABILITY, n=fixed, of=len(points), needed=answer.rules.fewest))
    chances = [point.probability for point in points if point.probability is not None]
    if len(chances) >= _MANY and max(chances) < _LIKELY:
        said.append(note(Says.TOO_ALIKE, n=len(chances)))
    if (experiments := len({point.experiment for point in points})) > 1:
        said.append(note(Says.SEVERAL_EXPERIMENTS, n=experiments))
    said += _of_seeds(replicates, answer.rules.fewest)
    above = set(found.runs["parent_run_id"])
    if over := [points[at].label for at in answer.hopeful if not above.isdisjoint(points[at].run_ids)]:
        said.append(note(Says.PARENT_OF_OTHERS, n=len(over), label=over[0]))
    if (hidden := len(answer.hopeful) - MOST_SEEN) > 0:
        said.append(note(Says.MORE_MAY_BE, n=hidden, most=MOST_SEEN))
    return said


def _of_seeds(replicates: Sequence[Replicated], fewest: int) -> list[Note]:
    """Configurations that share some seeds and not all, so that they are no pairs."""
    sets = [frozenset(one.shared) for one in replicates if len(one.values) >= fewest and one.shared]
    counts = Counter(sets)
    if len(counts) < 2 or sum(map(len, counts)) == len(frozenset().union(*counts)):
        return []
    return [note(Says.SEEDS_DIFFER, n=len(sets) - max(counts.values()), of=len(sets))]


def _without_room(known: Sequence[Metric], volume: Hypervolume) -> tuple[str, ...]:
    """The metrics in which the reference point is as good as the best, or better."""
    ends = zip(known, volume.reference, volume.ideal, strict=True)
    return tuple(one.name for one, limit, best in ends if one.direction.gain(best - limit) <= 0)


def _negative(answer: Front, scores: Array) -> list[Note]:
    """On each metric that is measured in something of which there is no less than none."""
    counts = (scores < 0).sum(axis=0).tolist()
    return [
        note(Says.NEGATIVE_VALUES, metric=one.name, n=int(n), unit=one.unit.value)
        for one, n in zip(answer.metrics, counts, strict=True)
        if n and one.unit in MEASURED
    ]
