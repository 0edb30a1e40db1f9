"""What does the scorecard say of every configuration that is looked at?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.analysis.comparison.sides import side
from assay.analysis.tradeoffs.scorecard import as_logged
from assay.model.comparison.question import Statistic
from assay.model.comparison.side import Replicate, Sample
from assay.model.criteria import Limit, Scorecard
from assay.model.metric import Metric
from assay.model.note import note
from assay.model.policy import Policy
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.selection import Selection
from assay.model.runs.store import Keys
from assay.model.tradeoffs.front import Front, Point
from assay.model.tradeoffs.notes import FrontNote as Says
from assay.queries.metrics import off_scale
from assay.queries.runs.scored import scored_configurations
from assay.queries.tradeoffs.cards import beyond_one, judged
from assay.workspace import Workspace


def by_card(
    work: Workspace, policy: Policy, answer: Front, chosen: Selection, keys: Keys, rows: Sequence[int]
) -> Front:
    """The answer with its card's limits, and what it says of each point that is seen.

    A point is judged on every training that logged the criterion's metric, as its scorecard is, whatever else these
    lack. `policy`: `directed` by the card; `rows`: of each point its row among the configurations.
    """
    card = answer.card
    if card is None:
        return replace(answer, limits=(None,) * len(answer.metrics))
    limits = tuple(_limit(policy, card, metric) for metric in answer.metrics)
    names = list(dict.fromkeys(one.metric for one in card.criteria if one.metric in keys.metrics))
    if not names:
        return replace(answer, limits=limits)
    scores = scored_configurations(work.snapshot, policy, chosen, keys, names, answer.question.group_by)
    beyond = beyond_one(work, policy, chosen.whole, names)
    seen = {}
    for place, own in answer.seen.items():
        row = rows[place]
        samples = {
            name: _sample(answer.points[place], replicates, lost)
            for name, replicates, lost in zip(names, scores.each(row), scores.lost(row), strict=True)
        }
        empty = _sample(answer.points[place], (), {})
        sides = [side(samples.get(one.metric, empty), answer.rules) for one in card.criteria]
        seen[place] = replace(own, judgements=judged(policy, card.criteria, sides, answer.rules, beyond))
    by_means = (note(Says.THRESHOLDS_BY_MEANS),) if answer.question.statistic is Statistic.MEDIAN else ()
    return replace(answer, limits=limits, seen=seen, notes=(*answer.notes, *by_means))


def _limit(policy: Policy, card: Scorecard, metric: Metric) -> Limit | None:
    """The threshold in the unit that the metric is logged in; none where that is no single one."""
    own = next((one for one in card.criteria if one.metric == metric.name), None)
    return None if own is None or off_scale(policy, metric) else as_logged(own, metric).threshold


def _sample(point: Point, replicates: tuple[Replicate, ...], lost: Mapping[Exclusion, int]) -> Sample:
    ids = tuple(run_id for one in replicates for run_id in one.run_ids)
    return Sample(point.label, point.filter, replicates, ids, len(ids), lost)
