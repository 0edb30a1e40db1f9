"""The limits of an ablation's classes in words."""

from assay.model.ablation.policy import ClassLimits
from assay.model.metric import Metric
from assay.view.text.numbers import Scale, scale


def state(metric: Metric, known: ClassLimits | None) -> str:
    """`Critical > 5, removable < 1`, of shares in points."""
    if known is None:
        return "No classes"
    critical, removable = (_scale(metric, known).limit(limit) for limit in (known.critical, known.removable))
    units = (" points", " point")
    return f"Critical > {_bare(critical, units)}, removable < {_bare(removable, units)}"


def meant(metric: Metric, known: ClassLimits | None) -> str:
    """What each class says, as Markdown."""
    if known is None:
        return (
            "A component gets no class: the policy says of no smallest effect of this metric, and it is no share. "
            "What each one adds is told all the same."
        )
    critical, removable = (_scale(metric, known).limit(limit) for limit in (known.critical, known.removable))
    source = "5 times and once the smallest effect of this metric" if known.of_effect else "the policy's, for shares"
    return (
        "By the whole interval of what the full system loses without a component:  \n"
        f"**critical**: it lies above {critical}.  \n**important**: above {removable}.  \n"
        f"**removable**: below {removable}.  \n**optional**: below {critical}.  \n"
        f"**undecided**: anything else, and too few runs.  \nBoth limits are {source}."
    )


def _scale(metric: Metric, known: ClassLimits) -> Scale:
    return scale(metric.unit, (known.critical, known.removable))


def _bare(limit: str, units: tuple[str, ...]) -> str:
    return next((limit.removesuffix(unit) for unit in units if limit.endswith(unit)), limit)
