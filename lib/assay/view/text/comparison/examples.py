"""What a comparison by example scores says in words, in the order of every comparison: finding, facts, what follows."""

from collections.abc import Sequence

from assay.model.comparison import OF_SCORES, Statistic, Verdict
from assay.model.examples import ExampleComparison
from assay.view.text import numbers
from assay.view.text.comparison import sentences
from assay.view.text.comparison.names import method as named
from assay.view.text.comparison.sentences import Namer
from assay.view.text.escape import code, flat, markdown
from assay.view.text.numbers import Scale, count, p_phrase, percent
from assay.view.text.verdicts import MARKS

UNITS = {"examples": "examples", "both": "seeds × examples"}


def scale(one: ExampleComparison) -> Scale:
    """How to write one comparison: the intervals say how fine."""
    reach = [one.difference.interval, one.baseline.interval, one.candidate.interval]
    halves = [(interval.high - interval.low) / 2 for interval in reach if interval]
    return numbers.scale(one.metric_unit, [one.baseline.mean, one.candidate.mean], halves)


def quantity(one: ExampleComparison) -> str:
    """What the numbers are of: the metric, with the statistic where it is of scores and isn't the mean."""
    named = one.statistic in OF_SCORES and one.statistic is not Statistic.MEAN
    return f"{one.statistic.words} {one.metric}" if named else one.metric


def several(statistic: Statistic) -> str:
    """`means`, `medians`, `p95`: the statistic of more than one side."""
    counted = statistic in OF_SCORES and not statistic.value.startswith("p")
    return f"{statistic.words}s" if counted else statistic.words


def over_examples(statistic: Statistic) -> str:
    """`Means over examples`."""
    words = several(statistic)
    return f"{words[0].upper()}{words[1:]} over examples"


def headline(one: ExampleComparison, scale: Scale, *, name: Namer = code) -> str:
    """The finding in one sentence, answer first; Markdown unless `name` says otherwise."""
    who, base, difference = name(one.candidate.label), name(one.baseline.label), one.difference
    metric, plain = (markdown(quantity(one)), markdown) if name is code else (quantity(one), str)
    if difference.mean is None:
        return f"{who} and {base} can't be compared on {metric}{_because(one, name)}."
    amount = scale.distance(difference.mean)
    if difference.verdict in (Verdict.BETTER, Verdict.WORSE):
        way = "higher" if difference.mean > 0 else "lower"
        return f"{who} is {difference.verdict} than {base}: {metric} is {amount} {way}, more than the noise."
    signed = scale.difference(difference.mean)
    if difference.verdict is Verdict.TOO_FEW:
        return f"{who} can't be judged against {base}: {signed} of {metric}, but {plain(difference.reason or '')}."
    if difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        return f"{who} can't be told from {base} with so few examples, whatever the scores: {signed} of {metric}."
    if difference.p_value is None and difference.interval is None:
        why = plain(difference.reason or "it cannot be judged")
        return f"No difference shown between {who} and {base}: {signed} of {metric}, but {why}."
    return f"No difference shown between {who} and {base}: {signed} of {metric}, less than the noise."


def _because(one: ExampleComparison, name: Namer) -> str:
    """The reason, where it isn't a paragraph of its own."""
    return "" if name is code else f": {one.difference.reason or one.reason}"


def summary(found: Sequence[ExampleComparison], scale: Scale) -> str:
    """The finding over all candidates of one metric, Markdown."""
    if len(found) == 1:
        return headline(found[0], scale)
    first = found[0]
    base, metric = code(first.baseline.label), markdown(quantity(first))
    better = [one for one in found if one.difference.verdict is Verdict.BETTER]
    worse = sum(one.difference.verdict is Verdict.WORSE for one in found)
    if not better:
        rest = f"; {worse} {'is' if worse == 1 else 'are'} worse" if worse else ""
        return f"None of {len(found)} candidates is shown to be better than {base} on {metric}{rest}."
    best = max(better, key=lambda one: abs(one.difference.mean or 0.0))
    verb = "is" if len(better) == 1 else "are"
    tail = "" if len(better) == 1 else "most of all "
    return (
        f"{len(better)} of {len(found)} candidates {verb} better than {base} on {metric}: "
        f"{tail}{code(best.candidate.label)}, {scale.difference(best.difference.mean)}."
    )


def facts(one: ExampleComparison, scale: Scale) -> tuple[str, ...]:
    """What every claim has to carry: interval, p, n and pairing, what was resampled, size of the family."""
    difference, found = one.difference, []
    if difference.interval is not None:
        limits = scale.limits(difference.interval.low, difference.interval.high)
        found.append(f"{percent(difference.interval.level)} CI {limits} {scale.difference_unit}".rstrip())
    if difference.p_adjusted is not None:
        found.append(p_phrase(difference.p_adjusted))
    if one.examples:
        found.append(f"n = {count(one.examples, 'example')}, paired")
    elif difference.mean is not None:
        found.append(f"n = {one.baseline.examples:,} + {one.candidate.examples:,} examples, unpaired")
    if one.baseline.runs and one.candidate.runs:
        found.append(f"{one.baseline.runs} + {one.candidate.runs} trainings")
    found.append(f"unit: {UNITS[one.unit]}")
    found.append(family(one))
    return tuple(found)


def family(one: ExampleComparison) -> str:
    """`5 comparisons, Holm`: what p was corrected for."""
    if one.comparisons == 1:
        return "1 comparison"
    how = "uncorrected" if one.correction == "none" else one.correction.capitalize()
    return f"{one.comparisons} comparisons, {how}"


def consequence(one: ExampleComparison, scale: Scale) -> str:
    """What follows from the interval."""
    if one.difference.mean is None:
        return markdown(f"{one.difference.reason or one.reason}.")
    if one.difference.verdict is Verdict.TOO_FEW:
        return ""
    return sentences.reach(one.difference, one.direction, scale, one.smallest_effect)


def caveats(one: ExampleComparison) -> tuple[str, ...]:
    """How the interval was made, and what it does not speak of."""
    interval = one.difference.interval
    made = [f"{percent(interval.level)} {named(interval.method)} interval over {UNITS[one.unit]}."] if interval else []
    return (*made, *one.caveats)


def report(one: ExampleComparison, scale: Scale) -> str:
    """The sentence for a report, plain text."""
    difference, side = one.difference, one.candidate
    trainings = count(side.runs, "training")
    parts = [
        f"{flat(quantity(one))} {scale.value(side.mean)} (n = {count(one.examples, 'shared example')}, {trainings})"
    ]
    if not one.examples:
        parts = [f"{flat(quantity(one))} {scale.value(side.mean)} (n = {count(side.examples, 'example')}, {trainings})"]
    if side.interval is not None:
        limits = f"{scale.bare(side.interval.low)}, {scale.bare(side.interval.high)}"
        parts.append(f"{percent(side.interval.level)} CI [{limits}]" + (f" {scale.unit}" if scale.unit else ""))
    if difference.mean is not None:
        parts.append(f"difference to {flat(one.baseline.label)} {scale.difference(difference.mean)}")
    if difference.interval is not None:
        limits = ", ".join(scale.ends(difference.interval.low, difference.interval.high))
        parts.append(f"{percent(difference.interval.level)} CI [{limits}]")
    if difference.p_adjusted is not None:
        parts.append(f"{p_phrase(difference.p_adjusted)} ({_test(one)})")
    said = ", ".join([*parts, MARKS[difference.verdict].word])
    return f"{flat(side.label)}: {said} (resampled: {UNITS[one.unit]})."


def _test(one: ExampleComparison) -> str:
    method = one.difference.p_method or "no test"
    if one.comparisons == 1 or one.correction == "none":
        return method
    return f"{method}, {one.correction.capitalize()} over {one.comparisons}"
