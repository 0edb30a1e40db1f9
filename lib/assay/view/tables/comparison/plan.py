"""What the next runs could show: detectable differences and the seeds that a smaller one needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assay.model.comparison.answer import Comparison
from assay.model.comparison.planning import Need, Plan
from assay.model.comparison.question import Aim
from assay.view.text.comparison import margins
from assay.view.text.comparison.consequence import kind
from assay.view.text.comparison.facts import corrected
from assay.view.text.escape import markdown
from assay.view.text.notes import words
from assay.view.text.numbers import MISSING, Scale, count, exact_p, percent

_BEYOND = "more than a million"


@dataclass(frozen=True, slots=True)
class Planned:
    """`rows`: what is asked → the answer, both Markdown; `caption`: what it rests on, or why there are no rows."""

    rows: Mapping[str, str]
    caption: str

    @property
    def lines(self) -> list[str]:
        """The rows without the marks of Markdown; plain text where the plan's names are."""
        return [f"{asked}: {answer.replace('**', '')}" for asked, answer in self.rows.items()]


def plan(
    found: Comparison, scale: Scale, effect: float | None = None, *, name: Callable[[str], str] = markdown
) -> Planned:
    """All of a single candidate's plan; of several, what each needs for one difference.

    `effect`: a difference that the reader wants to see, in the metric's unit, which the plans were made for too.
    `name`: how the names of candidates are written.
    """
    asked = effect or found.first.metric.smallest_effect
    if not found.single:
        asked = found.first.metric.margin or asked
        return _several(found, scale, asked, name)
    candidate = found.first.candidates[0]
    made = candidate.plan
    if made is None or made.reason:
        return Planned({}, _sentence(words(made.reason if made else None, found.labels)))
    if found.rules.aim is not Aim.BETTER:
        return _margins(found, made, scale)
    rows, side = {}, _per_side(made)
    if made.detectable is not None:
        rows[f"{count(made.n, kind(made))}{side} would probably show"] = (
            f"**{scale.distance(made.detectable)}** or more"
        )
    for need in made.needs:
        size = scale.limit(need.effect) if asked else scale.distance(need.effect)
        rows[f"To show {size}, run"] = _needed(made, need)
    if candidate.difference.min_attainable_p is not None:
        rows["Without assuming normality"] = _floor(found, candidate.difference.min_attainable_p, made)
    what = "the differences' sd" if made.paired else "the pooled sd"
    upper = scale.distance(made.upper_std)
    counted = f"{percent(made.power)} power{_over(found)} at the upper 80 % limit of {what}, {upper}."
    caption = f"Counted on is {counted}"
    return Planned(rows, f"{_wanted(made, scale, asked)}{caption}")


def _margins(found: Comparison, plan: Plan, scale: Scale) -> Planned:
    """What today's runs support, and how many it takes for the margin."""
    metric, claim = found.first.metric, margins.CLAIMS[found.rules.aim].rsplit(" ", 1)[0]
    rows = {}
    if plan.supported is not None:
        least = scale.apart(plan.supported, metric.margin or 0.0) if plan.supported else "any"
        rows[f"Smallest margin that {count(plan.n, kind(plan))}{_per_side(plan)} support"] = f"**{least}**"
    for _ in plan.needs:
        rows[f"To show {claim}, {margins.allowed(metric, scale)}, run"] = f"**{margins.needed(plan, metric)}**"
    what = "the differences' sd" if plan.paired else "the pooled sd"
    counted = f"{percent(plan.power)} power{_over(found)} if the true difference is the one measured"
    return Planned(
        rows,
        f"{counted}, at the upper 80 % limit of {what}, {scale.distance(plan.upper_std)}. A margin that was chosen "
        "after looking at the scores is no evidence.",
    )


def _wanted(plan: Plan, scale: Scale, asked: float | None) -> str:
    """A sentence on what a difference that somebody named still takes; empty where it takes nothing."""
    need = next((need for need in plan.needs if need.effect == asked), None)
    if asked is None or need is None:
        return ""
    more = None if need.replicates is None else need.replicates - plan.n
    if more is not None and more <= 0:
        return ""
    if more is None:
        return f"It would take {_BEYOND} {kind(plan)}s{_per_side(plan)} to show {scale.limit(asked)}. "
    amount = f"{count(need.replicates or 0, kind(plan))}{_per_side(plan)}, {more:,} more than now,"
    return f"{amount} would very probably show a difference of {scale.limit(asked)}. "


def _several(found: Comparison, scale: Scale, asked: float | None, name: Callable[[str], str]) -> Planned:
    """The first of what is typed, ruled, and seen."""
    plans = {name(c.side.label): c.plan for c in found.first.candidates if c.plan}
    if all(made.reason for made in plans.values()):
        said = dict.fromkeys(_sentence(words(made.reason, found.labels)) for made in plans.values())
        return Planned({}, " ".join(said))
    rows = {label: _needed(made, made.needs[0]) if made.needs else MISSING for label, made in plans.items()}
    size = scale.limit(asked) if asked else "the difference that was seen"
    power = percent(next(iter(plans.values())).power)
    what = "show" if found.rules.aim is Aim.BETTER else "keep within a margin of"
    return Planned(rows, f"To {what} {size}: {power} power{_over(found)} at the upper 80 % limit of each spread.")


def _needed(plan: Plan, need: Need) -> str:
    if need.replicates is None and plan.supported is not None:
        return "**no number of seeds**"
    if need.replicates is None:
        return f"**{_BEYOND} {kind(plan)}s**{_per_side(plan)}"
    further = need.replicates - plan.n
    compared = f"{further:,} more" if further > 0 else f"there are {plan.n:,}" if further else "as there are"
    return f"**{count(need.replicates, kind(plan))}**{_per_side(plan)}, {compared}"


def _floor(found: Comparison, floor: float, plan: Plan) -> str:
    """The smallest p that a permutation test can give now, and how many seeds it needs where that is too large."""
    alpha, enough = found.rules.alpha, f"{count(plan.permutation_n or 0, kind(plan))}{_per_side(plan)}"
    if floor < alpha:
        return f"p can be as small as **{exact_p(floor)}**"
    return f"p is **{exact_p(floor)}** or more; from {enough} on it can be below {exact_p(alpha)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _over(found: Comparison) -> str:
    """` (p: Holm over 9)`; empty where it is not corrected."""
    how = corrected(found.rules, found.comparisons).removeprefix(", ")
    return f" (p: {how})" if how else ""


def _per_side(plan: Plan) -> str:
    return "" if plan.paired else " per side"
