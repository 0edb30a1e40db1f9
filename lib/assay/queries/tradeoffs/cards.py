"""Which scorecard speaks of these runs, and what does it say of numbers that a comparison gave?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.analysis.tradeoffs import scorecard as cards
from assay.cache import reads
from assay.cache.connection import reading
from assay.errors import SelectionError
from assay.model.comparison.question import Rules
from assay.model.comparison.side import Side
from assay.model.criteria import Criterion, Scorecard
from assay.model.metric import Metric, MetricUnit
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.tradeoffs.notes import ScorecardNote as Says
from assay.model.tradeoffs.question import CardQuestion
from assay.model.tradeoffs.scorecard import Judgement
from assay.queries import metrics
from assay.queries.runs.selection import selection
from assay.queries.values import latest_values
from assay.workspace import Workspace

# Scores of one scale hardly ever leave such a gap, as a factor, where those of another begin.
_FAR = 20.0


def chosen_card(work: Workspace, name: str, of: Selection) -> tuple[Scorecard | None, tuple[Note, ...]]:
    """The scorecard of this name, "" for the first that speaks of all experiments asked for; else why none does.

    Where none was asked for, they are those of the runs that are found. Raises SelectionError for a name that no
    scorecard has.
    """
    known = tuple(card.name for card in work.policy.scorecards)
    if not known and not name:
        return None, (note(Says.NO_CARDS),)
    experiments = _experiments(work, of)
    card = work.policy.scorecard(experiments, name)
    if card:
        return card, ()
    if name:
        raise SelectionError(Says.UNKNOWN_CARD, name=name, known=known)
    return None, (note(Says.NO_MATCHING_CARD, experiments=experiments, known=known),)


def speaking(work: Workspace, question: CardQuestion) -> Scorecard | None:
    """The scorecard that fronts and candidates of these experiments are judged by; None where there is none.

    Raises SelectionError for an unknown experiment.
    """
    if question.name or not question.experiments:
        return work.policy.scorecard((), question.name)
    with reading(work.snapshot):
        of = selection(work.snapshot, experiments=question.experiments, deleted=question.deleted)
        return chosen_card(work, "", of)[0]


def _experiments(work: Workspace, of: Selection) -> tuple[str, ...]:
    """Names, sorted."""
    if of.experiments:
        return tuple(
            sorted({one.name for one in reads.experiments(work.snapshot) if one.experiment_id in of.experiments})
        )
    return tuple(sorted(reads.runs(work.snapshot, of, seeds=(), ignored=())["experiment"].unique()))


def directed(policy: Policy, card: Scorecard | None) -> Policy:
    """With what the comparators of a card say of directions, for metrics of which the policy says none."""
    criteria = card.criteria if card else ()
    return replace(policy, ways=tuple((one.metric, one.threshold.direction) for one in criteria))


def beyond_one(work: Workspace, policy: Policy, whole: Selection, names: Sequence[str]) -> dict[str, float]:
    """Of those of `names` that are shares by the policy the smallest score above 1 of all runs, where there is one."""
    shares = [name for name in names if policy.metric(name).unit is MetricUnit.SHARE]
    if not shares:
        return {}
    scores = latest_values(work.snapshot, policy, whole, shares).values
    smallest = scores.where(scores > metrics.ONE).min().dropna()
    return {str(name): float(value) for name, value in smallest.items()}


def judged(
    policy: Policy, criteria: Sequence[Criterion], sides: Sequence[Side], rules: Rules, beyond: Mapping[str, float]
) -> tuple[Judgement, ...]:
    """Each criterion on the side at its place, whose own scores say what unit they are in, as far as they tell.

    `policy`: `directed` by the card. `beyond`: as `beyond_one` gives it of all runs of the experiments. A side without
    scores: nobody logged the metric.
    """
    pairs = list(zip(criteria, sides, strict=True))
    known = [metrics.known(policy, one.metric, None, side.sample.scores) for one, side in pairs]
    settled = [
        _on_scale(policy, metric, side, beyond.get(metric.name)) for metric, side in zip(known, sides, strict=True)
    ]
    return cards.judged(criteria, known, settled, rules)


def _on_scale(policy: Policy, metric: Metric, side: Side, beyond: float | None) -> Side:
    """Without an interval where scores are, or may be, of mixed scales, so that no threshold fits them."""
    said = metrics.off_scale(policy, metric)
    largest = max(side.sample.scores, default=0.0)
    if metric.unit is MetricUnit.SHARE and beyond is not None and beyond < _FAR * largest:
        said = (note(Says.SCALE_UNKNOWN, metric=metric.name, own=largest, other=beyond),)
    return replace(side, std=None, interval=None, bootstrap_interval=None, reason=said[0]) if said else side
