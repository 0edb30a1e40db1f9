"""What does each component contribute, and do they interact?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from assay.analysis.ablation.answer import taken_apart
from assay.analysis.comparison import family, seeds
from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.ablation.answer import Ablation, Arm, Component
from assay.model.ablation.notes import AblationNote as Says
from assay.model.ablation.question import AblationQuestion
from assay.model.comparison.question import Question
from assay.model.comparison.side import Sample, Side
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.sync import Snapshot
from assay.queries import metrics
from assay.queries.ablation.cells import cells
from assay.queries.ablation.components import by_filters, components
from assay.queries.ablation.tags import hypothesis, paired_as_tested, refuse_several_studies, tags_of, with_questions
from assay.queries.comparison import data
from assay.queries.comparison.answer import ruled
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import sides
from assay.queries.runs.distinctions import distinctions
from assay.queries.runs.selection import require, selection
from assay.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Design:
    """The arms with their samples, the full system first, and what there is to say of them."""

    components: tuple[Component, ...]
    arms: tuple[Arm, ...]
    experiment: str
    notes: tuple[Note, ...]


def ablation(work: Workspace, question: AblationQuestion) -> Ablation:
    """Every component's contribution to the metric, what components do together, and what can go.

    Raises SelectionError for no component or one named twice, for an unknown metric, param or experiment, for a factor
    without exactly two levels, where nobody knows which of them is the full system's, where another param makes two
    configurations of one cell, and for runs of several studies; FilterError for a filter that cannot be read.
    """
    _refuse(question)
    with reading(work.snapshot):
        policy = work.policy.leaving_out(question.ignore).telling_apart(question.factors)
        whole = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        keys = reads.keys(work.snapshot, whole)
        require("metric", [question.metric], keys.metrics)
        require("param", [*question.factors, *question.ignore], keys.params)
        design = (_by_factors if question.factors else _by_filters)(work.snapshot, policy, question)
        tags = tags_of(work.snapshot, design.arms)
        refuse_several_studies(tags)
        arms, differ = paired_as_tested(design.arms, tags)
        plan, said = hypothesis(tags)
        single = [arms[0], *(arm for arm in arms if len(arm.off) == 1)]
        samples = [arm.side.sample for arm in single]
        metric = metrics.known(
            policy, question.metric, question.direction, [score for arm in arms for score in arm.side.sample.scores]
        )
        rules = ruled(policy, _as_comparison(question, samples))
        [compared] = family.decided([seeds.compared(metric, samples[0], samples[1:], rules)], rules)
        used = data.compared(work.snapshot, [sample.used_ids for sample in samples])
    found = taken_apart(question, rules, policy.ablation, design.components, with_questions(arms, tags), compared)
    notes = (*differ, *design.notes, *said, *data.doubts(used, over_tasks=False), *metrics.off_scale(policy, metric))
    if unused := tuple(name for name, _ in question.on if name not in question.factors):
        notes = (*notes, note(Says.ON_OF_NONE, params=unused))
    excluded: Counter[Exclusion] = sum((Counter(arm.side.sample.excluded) for arm in arms), Counter())
    return replace(
        found, hypothesis=plan, experiment=design.experiment, excluded=dict(excluded),
        notes=tuple(dict.fromkeys((*notes, *found.notes))),
    )  # fmt: skip


def _refuse(question: AblationQuestion) -> None:
    if question.factors and question.without:
        raise SelectionError(Says.BOTH_WAYS)
    if not question.factors and not question.without:
        raise SelectionError(Says.NO_COMPONENT)
    if question.without and not question.full.strip():
        raise SelectionError(Says.FULL_NEEDED)
    for name, times in Counter(name for name, _ in dict.fromkeys(question.on)).items():
        if times > 1:
            raise SelectionError(Says.ON_TWICE, param=name)
    code = Says.FACTOR_TWICE if question.factors else Says.COMPONENT_TWICE
    for name, times in Counter(question.factors or [name for name, _ in question.without]).items():
        if times > 1:
            raise SelectionError(code, name=name)


def _as_comparison(question: AblationQuestion, samples: Sequence[Sample]) -> Question:
    full, *others = (sample.filter for sample in samples)
    return Question(
        (question.metric,), full, tuple(others), question.experiments, question.within, question.deleted,
        direction=question.direction, ignore=question.ignore,
    )  # fmt: skip


def _by_factors(snapshot: Snapshot, policy: Policy, question: AblationQuestion) -> _Design:
    chosen = selection(snapshot, experiments=question.experiments, filter=question.within, deleted=question.deleted)
    keys = reads.keys(snapshot, chosen)
    found = cells(snapshot, policy, question, chosen, keys)
    made, said = components(snapshot, policy, found)
    # An arm that nobody ran is asked for all the same: what is claimed of the others hangs not on it.
    wanted = {(), *((name,) for name, own in found.levels.items() if len(own) > 1), *found.rows}
    offs = sorted(wanted, key=lambda off: (len(off), [question.factors.index(name) for name in off]))
    arms = tuple(Arm(off, Side(sample), sample.filter) for off in offs for sample in [found.sample(off)])
    used = found.scored.runs[found.counting]
    outside = found.outside
    experiment = str(used["experiment"].iloc[0]) if len(used) else ""
    return _Design(
        made, arms, experiment,
        (
            *((note(Says.RUNS_OUTSIDE, n=outside, params=question.factors),) if outside else ()),
            *said,
            *distinctions(snapshot, policy, used, keys),
            *found.scored.counting.notes,
        ),
    )  # fmt: skip


def _by_filters(snapshot: Snapshot, policy: Policy, question: AblationQuestion) -> _Design:
    names = [name for name, _ in question.without]
    asked = Question(
        (question.metric,), question.full, tuple(own for _, own in question.without), question.experiments,
        question.within, question.deleted, ignore=question.ignore,
    )  # fmt: skip
    [found] = sides(snapshot, policy, asked, asked.metrics)
    offs = [(), *((name,) for name in names)]
    arms = [Arm(off, Side(sample), sample.filter) for off, sample in zip(offs, found.samples, strict=True)]
    alike = [
        note(Says.FILTERS_ALIKE if a.filter == b.filter else Says.SAME_RUNS, **_shared(a, b))
        for a, b in combinations(arms[1:], 2)
        if _shared(a, b)["n"]
    ]
    experiments = found.found[0].used["experiment"]
    held = dict.fromkeys(str(own) for one in found.found for own in one.used["experiment_id"])
    made, said = by_filters(snapshot, policy, arms, tuple(held))
    return _Design(
        made, tuple(arms), str(experiments.iloc[0]) if len(experiments) else "",
        (*alike, *said, *doubts(found.found, range(len(found.found)))),
    )  # fmt: skip


def _shared(first: Arm, second: Arm) -> dict[str, str | int]:
    n = len({*first.side.sample.used_ids} & {*second.side.sample.used_ids})
    return {"a": first.off[0], "b": second.off[0], "n": n}
