"""The sentence for a report, plain text: who, value (n), interval, difference, interval, p, verdict."""

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison
from assay.model.comparison.question import Aim
from assay.model.comparison.side import Side
from assay.view.text.comparison import margins
from assay.view.text.comparison.facts import (
    UNITS,
    clustered,
    corrected,
    examples_of,
    interval_name,
    over_shared,
    quantity,
)
from assay.view.text.comparison.names import called
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import flat
from assay.view.text.numbers import Scale, count, percent
from assay.view.text.verdicts import mark_of


def reports(found: Comparison) -> list[str]:
    """A sentence per metric and candidate that has a difference."""
    return [
        report(found, one, candidate, scale_of(one))
        for one in found.metrics
        for candidate in one.candidates
        if candidate.difference.value is not None
    ]


def summaries(found: Comparison) -> list[str]:
    """A sentence per candidate on the first metric, with what became of the others."""
    return [
        " ".join([report(found, found.first, candidate, scale_of(found.first)), *_others(found, place)])
        for place, candidate in enumerate(found.first.candidates)
        if candidate.difference.value is not None
    ]


def _others(found: Comparison, place: int) -> list[str]:
    """`Worse: log_loss, latency_ms.`: the other metrics by their verdicts."""
    by_verdict: dict[str, list[str]] = {}
    for one in found.metrics[1:]:
        difference = one.candidates[place].difference
        word = mark_of(difference, found.rules.aim).word if difference.value is not None else "not compared"
        by_verdict.setdefault(word, []).append(flat(one.metric.name))
    return [f"{word.capitalize()}: {', '.join(names)}." for word, names in by_verdict.items()]


def report(found: Comparison, one: MetricComparison, candidate: Candidate, scale: Scale) -> str:
    """One candidate on one metric."""
    side, difference = candidate.side, candidate.difference
    parts = [f"{called(side, flat)}: {flat(quantity(one))} {_value(found, candidate, scale)}", *_limits(side, scale)]
    if difference.value is not None:
        spread = f" ± {scale.size(difference.std)}" if difference.std is not None and found.over_seeds else ""
        amount = f"{scale.bare(difference.value, signed=True)}{spread} {scale.points(difference.value)}".rstrip()
        parts.append(f"difference to {flat(one.baseline.label)} {amount}{over_shared(one, candidate)}")
    if difference.interval is not None:
        ends = scale.ends(difference.interval.low, difference.interval.high)
        parts.append(f"{interval_name(difference.interval)} [{', '.join(ends)}]")
    if found.rules.aim is not Aim.BETTER:
        parts.append(margins.allowed(one.metric, scale))
    if difference.p_adjusted is not None:
        test = f"{difference.p_method or 'no test'}{corrected(found.rules, found.comparisons)}"
        parts.append(f"{margins.p_of(difference, found.rules.aim, found.rules.threshold)} ({test})")
    resampled = "" if found.over_seeds else f" (resampled: {UNITS[found.rules.unit]})"
    return f"{', '.join([*parts, mark_of(difference, found.rules.aim).word])}{resampled}."


def _value(found: Comparison, candidate: Candidate, scale: Scale) -> str:
    side, examined = candidate.side, candidate.examined
    if found.first.tasks:
        where = f"{count(side.replicates, 'run')} on {count(len(found.first.tasks.tasks), 'task')}"
        return f"{scale.value(side.value)} (n = {where})"
    if examined is None:
        return f"{scale.spread_with_unit(side.value, side.std)} (n = {count(side.replicates, 'run')})"
    n = count(examined.n, "shared example") if examined.n else count(examples_of(side), "example")
    n += clustered(candidate, flat)
    return f"{scale.value(side.value)} (n = {n}, {count(side.replicates, 'training')})"


def _limits(side: Side, scale: Scale) -> list[str]:
    if side.interval is None:
        return []
    limits = f"{scale.bare(side.interval.low)}, {scale.bare(side.interval.high)}"
    return [f"{percent(side.interval.level)} CI [{limits}]" + (f" {scale.unit}" if scale.unit else "")]
