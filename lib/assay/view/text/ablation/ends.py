"""Whether two components that added up would leave the scale, so that its end is part of what they do together."""

from assay.model.ablation.answer import Ablation, TriedPair
from assay.model.metric import MEASURED, Direction, MetricUnit
from assay.view.text.ablation.words import Namer, brief, scale_of
from assay.view.text.escape import code

_ENDS = {MetricUnit.SHARE: 1.0, MetricUnit.PERCENT: 100.0}
_ROUNDING = 1e-9


def of_means(found: Ablation, means: tuple[float, float, float, float]) -> str:
    """Of the cells without both, with the first, with the second, and with both; empty where all would fit."""
    if not _leaves(found, means):
        return ""
    name, added = brief(code)(found.metric.name), _added(means)
    if found.metric.direction is Direction.MINIMIZE:
        return f"Adding up would take {name} below 0: part of the interaction is that end."
    beyond = f"Adding up would take {name} to {scale_of(found).value(added)}, beyond its end"
    return f"{beyond}: part of the interaction is that end."


def of_pair(found: Ablation, pair: TriedPair, name: Namer) -> str:
    """The same of a pair in the full system, where its case is told."""
    first, second = pair.components
    arms = [found.arm(*off) for off in ((first, second), (second,), (first,), ())]
    none, one, other, both = (arm.side.value if arm else None for arm in arms)
    if none is None or one is None or other is None or both is None:
        return ""
    if not _leaves(found, (none, one, other, both)):
        return ""
    return f"Adding up would take {brief(name)(found.metric.name)} beyond its end: part of this is that end."


def _added(means: tuple[float, float, float, float]) -> float:
    none, first, second, _ = means
    return first + second - none


def _leaves(found: Ablation, means: tuple[float, float, float, float]) -> bool:
    """Whether the sum of both lies beyond the end, and both together do not."""
    added, both, unit = _added(means), means[-1], found.metric.unit
    end, slack = _ENDS.get(unit), _ROUNDING * max(map(abs, means))
    if found.metric.direction is Direction.MAXIMIZE:
        return end is not None and added - slack > end >= both
    return (end is not None or unit in MEASURED) and added + slack < 0 <= both
