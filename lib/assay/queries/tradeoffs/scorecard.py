"""Does a candidate meet the team's thresholds, and what did it lose against the baseline?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assay.analysis.comparison.verdicts import decided
from assay.analysis.tradeoffs import scorecard as cards
from assay.cache import reads
from assay.cache.connection import reading
from assay.model.comparison.answer import MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.question import Question, Rules
from assay.model.comparison.side import Sample, Side
from assay.model.criteria import Scorecard
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.tradeoffs.notes import ScorecardNote as Says
from assay.model.tradeoffs.question import ScorecardQuestion
from assay.model.tradeoffs.scorecard import Judgement, Scored
from assay.queries import metrics
from assay.queries.comparison import data
from assay.queries.comparison.answer import by_seeds, ruled
from assay.queries.comparison.doubts import doubts
from assay.queries.comparison.sides import AskedSides, sides
from assay.queries.policies import unbalanced
from assay.queries.runs.selection import conditions, require, selection
from assay.queries.tradeoffs.cards import beyond_one, chosen_card, directed, judged
from assay.workspace import Workspace

_SETTLED = {Verdict.BETTER, Verdict.WORSE}


@dataclass(frozen=True, slots=True)
class _Names:
    """Metrics by what is done with them: those of the card that some run logged, and those that both sides did.

    `unknown`: those of both of which nobody said which way is better.
    """

    card: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Each once, the card's first."""
        return tuple(dict.fromkeys((*self.card, *self.shared)))


def scorecard(work: Workspace, question: ScorecardQuestion) -> Scored:
    """Every criterion of the card on the candidate's own interval, and all metrics against a baseline as one family.

    The card is the one asked for, else the policy's first that speaks of the candidate's experiments; without one
    there are regressions all the same. Its comparators tell which way a metric gets better where nobody else does.
    Raises SelectionError for an unknown card, experiment, param to ignore or metric with unknown
    values, FilterError for an unreadable filter.
    """
    with reading(work.snapshot):
        whole = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        require("metric", [name for name, _ in question.unknown], reads.keys(work.snapshot, whole).metrics)
        chosen = [_narrowed(whole, text, question) for text in _filters(question)]
        card, why = chosen_card(work, question.card, chosen[-1])
        policy = directed(work.policy.not_knowing(question.unknown), card)
        names = _names(work, policy, card, whole, chosen)
        asking = _comparison(question, names.every)
        asked = sides(work.snapshot, policy, asking, names.every or (None,))
        beyond = beyond_one(work, policy, whole, names.card)
        found = by_seeds(policy, asking, ruled(policy, asking), asked) if names.every else ()
    answer = _answered(policy, question, card, names, asked[0], found, beyond)
    return replace(answer, notes=(*why, *answer.notes))


def _filters(question: ScorecardQuestion) -> tuple[str, ...]:
    """Of the baseline, where there is one, and the candidate."""
    return (question.baseline, question.candidate) if question.baseline else (question.candidate,)


def _narrowed(whole: Selection, text: str, question: ScorecardQuestion) -> Selection:
    return replace(whole, conditions=(*conditions(text), *conditions(question.within)), filter=text)


def _comparison(question: ScorecardQuestion, names: tuple[str, ...]) -> Question:
    """The same sides as a comparison asks for them; without a baseline the candidate stands alone."""
    first, *others = _filters(question)
    return Question(
        names, first, tuple(others), question.experiments, question.within, question.deleted, ignore=question.ignore
    )


def _names(
    work: Workspace, policy: Policy, card: Scorecard | None, whole: Selection, chosen: Sequence[Selection]
) -> _Names:
    logged = reads.keys(work.snapshot, whole).metrics
    own = tuple(one.metric for one in card.criteria if one.metric in logged) if card else ()
    if len(chosen) == 1:
        return _Names(own)
    held = [frozenset(reads.keys(work.snapshot, one).metrics) for one in chosen]
    both = [name for name in logged if name in held[0] & held[1]]
    unknown = tuple(name for name in both if metrics.direction(policy, name)[1] == "assumed")
    return _Names(own, tuple(name for name in both if name not in unknown), unknown)


def _answered(
    policy: Policy,
    question: ScorecardQuestion,
    card: Scorecard | None,
    names: _Names,
    asked: AskedSides,
    found: Sequence[MetricComparison],
    beyond: Mapping[str, float],
) -> Scored:
    rules = ruled(policy, _comparison(question, names.every))
    labels, place = [name.text for name in asked.names], len(asked.found) - 1
    common = set(found[0].notes).intersection(*(one.notes for one in found)) if found else set()
    whole = [own for own in found[0].notes if own in common] if found else doubts(asked.found, range(place + 1))
    said = [
        *whole,
        *data.doubts(asked.setting.data, over_tasks=False),
        *(note(Says.NO_RUN_FOUND, at) for at, one in enumerate(asked.found) if one.runs.empty),
    ]
    runs = tuple(asked.found[place].runs["run_id"])
    empty = Sample(labels[place], question.candidate, (), runs)
    judgements = _judged(policy, card, {one.metric.name: one for one in found}, empty, rules, place, common, beyond)
    score, possible = cards.scores(judgements)
    answer = Scored(
        question, rules, card, labels[place], judgements, score, possible, cards.groups(judgements),
        baseline=labels[0] if place else "",
        notes=(*_of_card(card, judgements, place, runs), *said),
    )  # fmt: skip
    return _with_regressions(answer, names, found) if place else answer


def _judged(
    policy: Policy,
    card: Scorecard | None,
    found: Mapping[str, MetricComparison],
    empty: Sample,
    rules: Rules,
    place: int,
    common: set[Note],
    beyond: Mapping[str, float],
) -> tuple[Judgement, ...]:
    """Every criterion on the candidate's own side, with what deserves a look on its metric alone."""
    criteria = card.criteria if card else ()
    own = [found[one.metric].sides[place] if one.metric in found else Side(empty) for one in criteria]
    return tuple(
        replace(one, notes=_own_notes(found[one.metric.name], place, common)) if one.metric.name in found else one
        for one in judged(policy, criteria, own, rules, beyond)
    )


def _own_notes(one: MetricComparison, place: int, common: set[Note]) -> tuple[Note, ...]:
    """Of the candidate's side on this metric alone; that nothing varied is the reason of its status."""
    said = (own for own in one.notes if own.sides == (place,) and own not in common)
    return tuple(own for own in said if own.code is not ComparisonNote.IDENTICAL_SCORES)


def _of_card(
    card: Scorecard | None, judgements: Sequence[Judgement], place: int, runs: Sequence[str]
) -> tuple[Note, ...]:
    if card is None:
        return ()
    said = [*unbalanced(card)]
    if cards.score(judgements) is None and runs:
        said.append(note(Says.NONE_LOGGED, place, card=card.name, n=len(judgements)))
    return tuple(said)


def _with_regressions(answer: Scored, names: _Names, found: Sequence[MetricComparison]) -> Scored:
    """With p corrected over every metric that both sides have a score of, on the card or not, and nothing else."""
    raw = [one for one in found if all(own.value is not None for own in one.sides)]
    known = [one.metric for one in raw]
    differences = decided([one.candidates[0].difference for one in raw], known, answer.rules)
    values = [one.sides[-1].value or 0.0 for one in raw]
    lost = cards.regressions(list(zip(known, differences, values, strict=True)))
    told = {own.metric.name for own in lost}
    told.update(one.name for one, own in zip(known, differences, strict=True) if own.verdict in _SETTLED)
    blind = tuple(one.name for one in known if one.smallest_effect is None and one.name not in told)
    said = [own for one in raw for own in one.notes if own.code is ComparisonNote.OFF_SCALE]
    if blind:
        said.append(note(Says.EFFECT_UNKNOWN, n=len(blind), of=len(raw), metrics=blind))
    if names.unknown:
        said.append(note(Says.WAY_UNKNOWN, n=len(names.unknown), metrics=names.unknown))
    if not raw:
        said.append(note(Says.NOTHING_SHARED))
    return replace(answer, regressions=lost, family=len(raw), notes=(*answer.notes, *said))
