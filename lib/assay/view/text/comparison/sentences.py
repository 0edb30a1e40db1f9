"""Sentences about a comparison: the finding first, then what follows from it, then how far to trust it."""

from collections.abc import Callable, Iterable, Sequence

from assay.analysis import planning
from assay.model.comparison import Candidate, Comparison, Difference, Direction, Side, Verdict
from assay.view.text.escape import code, flat, markdown
from assay.view.text.numbers import Scale, count, p_phrase, p_value, percent
from assay.view.text.verdicts import MARKS

Namer = Callable[[str], str]


def headline(comparison: Comparison, scale: Scale, *, name: Namer = code) -> str:
    """The finding in one sentence, Markdown unless `name` says otherwise; several candidates are summed up."""
    if len(comparison.candidates) == 1:
        return finding(comparison, comparison.candidates[0], scale, name=name)
    return _summary(comparison, scale, name)


def finding(comparison: Comparison, candidate: Candidate, scale: Scale, *, name: Namer = code) -> str:
    """What one candidate's difference shows, answer first."""
    difference = candidate.difference
    who, base = name(candidate.side.sample.label), name(comparison.baseline.sample.label)
    metric = flat(comparison.metric) if name is not code else markdown(comparison.metric)
    sizes = f"{comparison.baseline.replicates:,} + {candidate.side.replicates:,} runs"
    if difference.mean is None:
        return f"{who} and {base} can't be compared on {metric}: {_why(comparison, candidate, name)}."
    if difference.verdict in (Verdict.BETTER, Verdict.WORSE):
        word = MARKS[difference.verdict].word
        way = "higher" if difference.mean > 0 else "lower"
        amount = f"{scale.distance(difference.mean)} {way}{over_shared(comparison, candidate)}"
        return f"{who} is {word} than {base}: {metric} is {amount}, more than the noise."
    amount = scale.difference(difference.mean)
    size = f"{amount} of {metric}" if scale.difference_unit else f"{metric} {amount}"
    size += over_shared(comparison, candidate)
    if difference.verdict is Verdict.TOO_FEW:
        return f"Too few runs to judge {who} against {base}: {size} with {sizes}."
    if difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        return f"{who} can't be told from {base} with {sizes}, whatever the scores: {size}."
    if difference.p_value is None and difference.interval is None:
        return (
            f"No difference shown between {who} and {base}: {size}, but {difference.reason or 'it cannot be judged'}."
        )
    return f"No difference shown between {who} and {base}: {size}, less than the noise."


def _summary(comparison: Comparison, scale: Scale, name: Namer) -> str:
    base, total = name(comparison.baseline.sample.label), len(comparison.candidates)
    metric = markdown(comparison.metric) if name is code else flat(comparison.metric)
    if all(c.difference.mean is None for c in comparison.candidates):
        why = _why(comparison, comparison.candidates[0], name)
        return f"None of {total} candidates can be compared with {base} on {metric}: {why}."
    if all(c.difference.verdict is Verdict.TOO_FEW for c in comparison.candidates):
        return f"Too few runs to judge any of {total} candidates against {base} on {metric}."
    better = [c for c in comparison.candidates if c.difference.verdict is Verdict.BETTER]
    worse = sum(c.difference.verdict is Verdict.WORSE for c in comparison.candidates)
    if not better:
        rest = f"; {worse} {'is' if worse == 1 else 'are'} worse" if worse else ""
        return f"None of {total} candidates is shown to be better than {base} on {metric}{rest}."
    best = max(better, key=lambda c: gain(comparison, c.difference.mean or 0.0))
    lead = f"{len(better)} of {total} candidates {'is' if len(better) == 1 else 'are'} better than {base} on {metric}"
    tail = "" if len(better) == 1 else "most of all "
    return f"{lead}: {tail}{name(best.side.sample.label)}, {scale.difference(best.difference.mean)}."


def over_shared(comparison: Comparison, candidate: Candidate) -> str:
    """` over 3 shared seeds` where a side has more, so that its mean is another one; else empty."""
    pairs = candidate.difference.pairs
    if not candidate.difference.paired or pairs == comparison.baseline.replicates == candidate.side.replicates:
        return ""
    return f" over {count(pairs, 'shared seed')}"


def _why(comparison: Comparison, candidate: Candidate, name: Namer) -> str:
    """Why there is no difference: which side has no score, and what became of its runs."""
    sides = [side for side in (comparison.baseline, candidate.side) if not side.replicates]
    if not sides:
        return candidate.difference.reason or "a side has no scores"
    said = []
    for side in sides:
        lost = excluded(dict(side.sample.excluded))
        said.append(f"no run that counts for {name(side.sample.label)}" + (f" ({lost})" if lost else ""))
    return " and ".join(said)


def gain(comparison: Comparison, difference: float) -> float:
    """The difference as an improvement: positive is better, whatever the metric's direction."""
    return difference if comparison.direction is Direction.MAXIMIZE else -difference


def glyph(comparison: Comparison) -> tuple[str, str]:
    """Sign and colour for the headline; several candidates are better when any is, worse when all the rest are."""
    verdicts = [c.difference.verdict for c in comparison.candidates]
    for verdict in (Verdict.BETTER, Verdict.WORSE, Verdict.NOT_SHOWN, Verdict.CANNOT_BE_SIGNIFICANT):
        if verdict in verdicts:
            return MARKS[verdict].glyph, MARKS[verdict].colour
    return MARKS[Verdict.TOO_FEW].glyph, MARKS[Verdict.TOO_FEW].colour


def facts(comparison: Comparison, candidate: Candidate, scale: Scale) -> tuple[str, ...]:
    """What every claim has to carry, one short phrase each: interval, p, n and pairing, size of the family."""
    difference, found = candidate.difference, []
    if difference.interval is not None:
        limits = scale.limits(difference.interval.low, difference.interval.high)
        found.append(f"{percent(difference.interval.level)} CI {limits} {scale.difference_unit}".rstrip())
    if difference.p_adjusted is not None:
        found.append(p_phrase(difference.p_adjusted))
    found.append(sizes(comparison, candidate))
    found.append(family(comparison))
    return tuple(found)


def sizes(comparison: Comparison, candidate: Candidate) -> str:
    """`n = 5 + 5 runs, paired by seed`, with the number of pairs where it is smaller."""
    base, other = comparison.baseline.replicates, candidate.side.replicates
    text = f"n = {base:,} + {other:,} runs"
    if not candidate.difference.paired:
        return f"{text}, unpaired"
    pairs = candidate.difference.pairs
    return f"{text}, paired by seed" if pairs == base == other else f"{text}, {count(pairs, 'pair')} by seed"


def family(comparison: Comparison) -> str:
    """`5 comparisons, Holm`: what p was corrected for."""
    correction = comparison.correction.capitalize()
    if comparison.comparisons == 1:
        return "1 comparison"
    return f"{comparison.comparisons} comparisons, {'uncorrected' if correction == 'None' else correction}"


def consequence(
    comparison: Comparison, candidate: Candidate, scale: Scale, *, smallest: float | None = None, minimum: int = 3
) -> str:
    """What follows from the interval; `smallest`: the smallest difference that matters, `minimum`: the fewest n."""
    difference = candidate.difference
    if difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        needed = planning.fewest_for_permutation(
            level=comparison.level, comparisons=comparison.comparisons, paired=difference.paired
        )
        floor = p_value(difference.min_attainable_p)
        what = "paired seeds" if difference.paired else "seeds per side"
        return f"The smallest p that permuting these runs can give is {floor}: run at least {needed} {what}."
    if difference.mean is None:
        return absent(comparison, candidate)
    if difference.verdict is Verdict.TOO_FEW or difference.interval is None:
        have = min(comparison.baseline.replicates, candidate.side.replicates)
        have = difference.pairs if difference.paired else have
        missing = max(minimum - have, 0)
        if not missing:
            return ""
        if difference.paired:
            return f"Run {count(missing, 'more paired seed')}: a claim needs {minimum} pairs."
        return f"Run {count(missing, 'more seed')} on the smaller side: a claim needs {minimum} per side."
    return reach(difference, comparison.direction, scale, smallest)


def absent(comparison: Comparison, candidate: Candidate) -> str:
    """What to do about sides without a score."""
    lost = {reason for side in (comparison.baseline, candidate.side) if not side.replicates
            for reason in side.sample.excluded}  # fmt: skip
    if any("deleted" in reason for reason in lost):
        return "Restore the deleted runs in MLflow, or take deleted runs in as well."
    if lost:
        return "Choose runs that finished and logged this metric, or another metric."
    return "No run matches: check the filter and the experiment, or choose a configuration from the list."


def reach(difference: Difference, direction: Direction, scale: Scale, smallest: float | None) -> str:
    """What the ends of an interval allow, beside the smallest difference that matters; empty without interval."""
    if difference.interval is None:
        return ""
    sign = 1.0 if direction is Direction.MAXIMIZE else -1.0
    low, high = sorted(sign * end for end in (difference.interval.low, difference.interval.high))
    if difference.verdict is Verdict.NOT_SHOWN:
        return _allows(scale, low, high, smallest)
    return _near_end(difference.verdict, scale, low, high, smallest)


def _allows(scale: Scale, low: float, high: float, smallest: float | None) -> str:
    if smallest and -smallest < low and high < smallest:
        limit = scale.limit(smallest)
        return f"The whole interval lies within ±{limit}, which the policy calls too small to matter."
    worse = f"{scale.distance(low)} worse" if low < 0 else "no loss"
    better = f"{scale.distance(high)} better" if high > 0 else "no gain"
    return f"This doesn't show that they are equal: the interval still allows {worse} and {better}."


def _near_end(verdict: Verdict, scale: Scale, low: float, high: float, smallest: float | None) -> str:
    near, far = (low, high) if verdict is Verdict.BETTER else (-high, -low)
    word = "gain" if verdict is Verdict.BETTER else "loss"
    if not smallest:
        return f"The {word} may be as small as {scale.distance(near)} and as large as {scale.distance(far)}."
    limit = f"the {scale.limit(smallest)} that the policy calls too small to matter"
    if near >= smallest:
        return f"Even the near end of the interval, a {word} of {scale.apart(near, smallest)}, is above {limit}."
    return f"The interval reaches down to a {word} of {scale.apart(max(near, 0.0), smallest)}, less than {limit}."


def report(comparison: Comparison, candidate: Candidate, scale: Scale) -> str:
    """The sentence for a report, plain text: who, value ± std (n), interval, difference ± sd, interval, p, verdict."""
    side, difference = candidate.side, candidate.difference
    parts = [f"{flat(side.sample.label)}: {flat(comparison.metric)} {_value(side, scale)}"]
    if side.interval is not None:
        limits = f"{scale.bare(side.interval.low)}, {scale.bare(side.interval.high)}"
        parts.append(f"{percent(side.interval.level)} CI [{limits}]" + (f" {scale.unit}" if scale.unit else ""))
    if difference.mean is not None:
        spread = f" ± {scale.size(difference.std)}" if difference.std is not None else ""
        amount = f"{scale.bare(difference.mean, signed=True)}{spread} {scale.points(difference.mean)}".rstrip()
        amount += over_shared(comparison, candidate)
        parts.append(f"difference to {flat(comparison.baseline.sample.label)} {amount}")
    if difference.interval is not None:
        ends = scale.ends(difference.interval.low, difference.interval.high)
        parts.append(f"{percent(difference.interval.level)} CI [{', '.join(ends)}]")
    if difference.p_adjusted is not None:
        parts.append(f"{p_phrase(difference.p_adjusted)} ({_test(comparison, candidate)})")
    return ", ".join([*parts, MARKS[difference.verdict].word]) + "."


def _value(side: Side, scale: Scale) -> str:
    return f"{scale.spread_with_unit(side.mean, side.std)} (n = {count(side.replicates, 'run')})"


def _test(comparison: Comparison, candidate: Candidate) -> str:
    method = candidate.difference.p_method or "no test"
    if comparison.comparisons == 1 or comparison.correction == "none":
        return method
    return f"{method}, {comparison.correction.capitalize()} over {comparison.comparisons}"


def setting(equal_params: int, commits: Sequence[str | None]) -> str:
    """What else the sides have in common, Markdown: `8 others are equal. Same commit 873d453.`"""
    parts = [f"{count(equal_params, 'other')} {'is' if equal_params == 1 else 'are'} equal."] if equal_params else []
    known = [commit for commit in commits if commit]
    if len(known) == len(commits) and len(set(known)) == 1:
        parts.append(f"Same commit {markdown(known[0])}.")
    elif known:
        parts.append(f"Commits: {', '.join(markdown(commit or 'not logged') for commit in commits)}.")
    return " ".join(parts)


def gathered(warnings: Iterable[str]) -> list[str]:
    """Each warning once; of those that say the same of several sides one, which begins with all their names."""
    named: dict[str, list[str]] = {}
    for warning in dict.fromkeys(warnings):
        who, colon, what = warning.partition(": ")
        named.setdefault(what if colon else "", []).append(who)
    alone = named.pop("", [])
    return [f"{', '.join(who)}: {what}" for what, who in named.items()] + alone


def excluded(reasons: dict[str, int]) -> str:
    """`1 failed, 3 repeats with identical digits`, most first; empty when nothing was left out."""
    ordered = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{n:,} {flat(reason)}" for reason, n in ordered if n)
