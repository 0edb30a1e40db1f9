"""What do a front and an ablation prove of a candidate?"""

from assay.model.ablation.answer import Ablation, ComponentClass
from assay.model.evidence.checklist import Proof, ProofOf
from assay.model.evidence.proofs import ProofNote as Says
from assay.model.note import Value, note
from assay.model.tradeoffs.front import Front, Place, Trade
from assay.model.tradeoffs.notes import FrontNote


def on_front(found: Front) -> Proof:
    """On it for certain among several, or shown better than the baseline somewhere and worse nowhere."""
    metrics = tuple(metric.name for metric in found.metrics)
    if found.candidate is None:
        return _of_front(None, Says.NOT_ON_FRONT, metrics=metrics)
    if several := next((own for own in found.notes if own.code is FrontNote.SEVERAL_POINTS), None):
        return Proof(ProofOf.TRADEOFFS, None, several)
    point, seen = found.points[found.candidate], found.seen.get(found.candidate)
    if point.place is Place.ON_FRONT and point.probability is not None and len(found.points) > 1:
        return _of_front(True, Says.ON_THE_FRONT, metrics=metrics, probability=point.probability)
    if seen and seen.trade is Trade.BETTER:
        won = tuple(metrics[at] for at in seen.won)
        return _of_front(True, Says.BETTER_THAN_BASELINE, metrics=won)
    beaten = point.place is Place.BEATEN
    about: dict[str, Value] = {"metrics": metrics, "probability": point.probability}
    unsettled = not beaten or (seen is not None and seen.trade is Trade.NOT_SHOWN)
    return _of_front(None if unsettled else False, Says.OFF_THE_FRONT, beaten=beaten, **about)


def ablation_ran(found: Ablation) -> Proof:
    """Components that some arm is without while all others are as in the full system."""
    tried = tuple(one.component for one in found.contributions if one.gain.value is not None)
    if not tried:
        return _of_ablation(found, None, Says.NO_ARM, names=found.names)
    return _of_ablation(found, True, Says.ARMS, n=len(tried), of=len(found.names), names=tried)


def ablation_explains(found: Ablation) -> Proof:
    """A component of which the interval says what it is; where none is, nothing speaks against it either."""
    known = [one for one in found.contributions if one.importance not in (None, ComponentClass.UNDECIDED)]
    if not found.contributions:
        return _of_ablation(found, None, Says.NO_ARM, names=found.names)
    told = (known or found.contributions)[0]
    about: dict[str, Value] = {
        "component": told.component,
        "metric": found.metric.name,
        "unit": found.metric.unit.value,
        "value": told.gain.value,
        "low": told.gain.interval.low if told.gain.interval else None,
        "high": told.gain.interval.high if told.gain.interval else None,
        "importance": told.importance.value if told.importance else None,
    }
    n, of = len(known), len(found.contributions)
    return _of_ablation(found, True if known else None, Says.CONTRIBUTIONS, n=n, of=of, **about)


def _of_front(holds: bool | None, code: Says, **values: Value) -> Proof:
    return Proof(ProofOf.TRADEOFFS, holds, note(code, **values))


def _of_ablation(found: Ablation, holds: bool | None, code: Says, **values: Value) -> Proof:
    return Proof(ProofOf.ABLATION, holds, note(code, **values), metric=found.metric.name)
