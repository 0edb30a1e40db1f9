"""Which objectives are traded off where nobody, or somebody, chose any?"""

from collections.abc import Sequence
from difflib import get_close_matches

from assay.errors import SelectionError
from assay.model.criteria import Objective, ObjectiveSet
from assay.model.metric import MEASURED
from assay.model.policy import Policy
from assay.model.tradeoffs.notes import FrontNote
from assay.queries.metrics import direction, judged


def objectives(policy: Policy, metrics: Sequence[str], chosen: Sequence[str] = ()) -> ObjectiveSet:
    """The objectives that are `chosen`: sets by name, or spelled out (`METRIC`, `METRIC:max`); one set gives its name.

    `metrics`: those that the runs carry, most common first. Where nothing is chosen: the policy's first set that
    is all there; else the first metric that it judges and the first that is measured in something, such as time or
    money; such a set has no name. Raises SelectionError for what is neither a metric here nor a set, for a set of which
    a metric is not there or that is to be high or low as a whole, and where no run carries a metric.
    """
    if not metrics:
        raise SelectionError(FrontNote.NO_METRIC_LOGGED)
    sets = {own.name: own for own in policy.objectives}
    if len(chosen) == 1 and chosen[0] in sets and chosen[0] not in metrics:
        return _logged(sets[chosen[0]], metrics)
    if chosen:
        found: list[Objective] = []
        for text in chosen:
            one = Objective(text) if text in metrics else Objective.of(text)
            if one.metric in metrics:
                found.append(one)
            elif text in sets:
                found += _logged(sets[text], metrics).objectives
            elif one.metric in sets:
                raise SelectionError(FrontNote.SET_WITH_DIRECTION, given=text, name=one.metric)
            else:
                _refuse(text, metrics, tuple(sets))
        return ObjectiveSet("", tuple(found))
    for own in policy.objectives:
        if all(one.metric in metrics for one in own.objectives):
            return own
    told = [name for name in metrics if direction(policy, name)[1] != "assumed"]
    first, *others = dict.fromkeys((*judged(policy, metrics), *told)) or metrics
    other = [name for name in others if policy.metric(name).unit in MEASURED] or others
    return ObjectiveSet("", tuple(map(Objective, (first, *other[:1]))))


def _logged(own: ObjectiveSet, metrics: Sequence[str]) -> ObjectiveSet:
    missing = tuple(one.metric for one in own.objectives if one.metric not in metrics)
    if missing:
        raise SelectionError(FrontNote.SET_NOT_LOGGED, name=own.name, metrics=missing)
    return own


def _refuse(name: str, metrics: Sequence[str], sets: Sequence[str]) -> None:
    known = (*metrics, *sets)
    close = tuple(get_close_matches(name, known, n=3, cutoff=0.5) or known[:5])
    raise SelectionError(FrontNote.UNKNOWN_OBJECTIVE, name=name, close=close, more=len(known) - len(close))
