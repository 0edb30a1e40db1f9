"""The finding first: one sentence, and the mark in front of it."""

from collections import Counter
from collections.abc import Callable, Sequence

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.question import Aim
from assay.view.text.comparison import margins
from assay.view.text.comparison.facts import left_out, over_shared, quantity
from assay.view.text.comparison.names import called
from assay.view.text.escape import code, flat, markdown
from assay.view.text.notes import words
from assay.view.text.numbers import Scale
from assay.view.text.verdicts import Mark, mark_of, marks

Namer = Callable[[str], str]

_WANTED = {Aim.BETTER: {Verdict.BETTER}, Aim.NO_WORSE: {Verdict.NO_WORSE}, Aim.SAME: {Verdict.SAME}}
_SHOWN = {
    Verdict.BETTER: "is better than",
    Verdict.WORSE: "is worse than",
    Verdict.DIFFERS: "differs, for better or worse, from",
}
# From what a margin's keeper hopes for to what it fears most.
_GRAVITY = (
    *(Verdict.NO_WORSE, Verdict.SAME, Verdict.NOT_SHOWN, Verdict.TOO_FEW, Verdict.CANNOT_BE_SIGNIFICANT),
    *(Verdict.BETTER, Verdict.DIFFERS, Verdict.WORSE),
)
_MOST_NAMED = 4


def headline(found: Comparison, scale: Scale, *, name: Namer = code) -> str:
    """What the first metric shows, Markdown unless `name` says otherwise; several candidates are summed up."""
    if not found.single:
        return _summary(found, scale, name)
    said = finding(found, found.first.candidates[0], scale, name=name)
    return said.removesuffix(".") + _others(found, 0) + "."


def _others(found: Comparison, place: int) -> str:
    """What the other metrics say of one candidate, so that none hides another: `; better on 3, worse on 1 of 8`."""
    rest = [one.candidates[place].difference for one in found.metrics[1:]]
    told = Counter(one.verdict for one in rest if one.value is not None)
    wanted, better = _WANTED[found.rules.aim], found.rules.aim is Aim.BETTER
    if not rest:
        return ""
    if not told:
        return f"; {_of(len(rest), len(rest))} can't be compared"
    if worse := told[Verdict.WORSE]:
        gained = f"better on {told[Verdict.BETTER]}, " if better and told[Verdict.BETTER] else ""
        return f"; {gained}worse{'' if better else ' than allowed'} on {_of(worse, len(rest))}"
    kept, differ = sum(told[verdict] for verdict in wanted), told[Verdict.DIFFERS]
    lost = told.total() - kept - differ
    if not better:
        return f"; not shown on {_of(lost + differ, len(rest))}" if lost + differ else f"; so on {_of(kept, len(rest))}"
    if differ:
        said = f"better on {kept}, " if kept else ""
        return f"; {said}differs for better or worse on {_of(differ, len(rest))}"
    none = ", worse on none" if lost else ""
    return f"; better on {_of(kept, len(rest))}{none}" if kept else f"; no difference shown on {_of(lost, len(rest))}"


def _of(n: int, total: int) -> str:
    """`2 of 3 other metrics`."""
    if total == 1:
        return "the other metric"
    return f"all {total} others" if n == total else f"{n} of {total} others"


def mark(found: Comparison) -> Mark:
    """The headline's mark; several candidates are better when any is, but keep a margin only when all do."""
    verdicts = [c.difference.verdict for c in found.first.candidates]
    if found.rules.aim is not Aim.BETTER:
        kept = max(found.first.candidates, key=lambda c: _GRAVITY.index(c.difference.verdict))
        return mark_of(kept.difference, found.rules.aim)
    return next(mark for verdict, mark in marks(found.rules.aim).items() if verdict in verdicts)


def finding(found: Comparison, candidate: Candidate, scale: Scale, *, name: Namer = code) -> str:
    """What one candidate's difference on the first metric shows, answer first."""
    difference, seeds = candidate.difference, found.over_seeds
    who, base, metric = called(candidate.side, name), name(found.first.baseline.label), _metric(found, name)
    if difference.value is None:
        because = f": {_why(found, candidate, name)}" if seeds or name is not code else ""
        return f"{who} and {base} can't be compared on {metric}{because}."
    if found.rules.aim is not Aim.BETTER and difference.verdict is not Verdict.TOO_FEW:
        return margins.finding(found, candidate, scale, name, metric)
    if difference.verdict in _SHOWN:
        way = "higher" if difference.value > 0 else "lower"
        amount = f"{scale.distance(difference.value)} {way}{over_shared(found.first, candidate)}"
        return f"{who} {_SHOWN[difference.verdict]} {base}: {metric} is {amount}, more than the noise."
    return _unshown(found, candidate, scale, name)


def _unshown(found: Comparison, candidate: Candidate, scale: Scale, name: Namer) -> str:
    """Of a difference that is none of these, or can't be judged."""
    difference, seeds = candidate.difference, found.over_seeds
    who, base, metric = called(candidate.side, name), name(found.first.baseline.label), _metric(found, name)
    amount = scale.difference(difference.value)
    size = f"{metric} {amount}" if seeds and not scale.difference_unit else f"{amount} of {metric}"
    size, reason = f"{size}{over_shared(found.first, candidate)}", words(difference.reason, found.labels)
    if name is code and not seeds:
        reason = markdown(reason)
    runs = f"{found.first.baseline.replicates:,} + {candidate.side.replicates:,} runs"
    if difference.verdict is Verdict.TOO_FEW and seeds:
        return f"Too few runs to judge {who} against {base}: {size} with {runs}."
    if difference.verdict is Verdict.TOO_FEW:
        return f"{who} can't be judged against {base}: {size}, but {reason}."
    if difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        few = runs if seeds else "so few examples"
        return f"{who} can't be told from {base} with {few}, whatever the scores: {size}."
    judged = difference.p_value is not None or difference.interval is not None
    noise = "less than the noise" if judged else f"but {reason or 'it cannot be judged'}"
    return f"No difference shown between {who} and {base}: {size}, {noise}."


def _summary(found: Comparison, scale: Scale, name: Namer) -> str:
    candidates, metric = found.first.candidates, _metric(found, name)
    base, total = name(found.first.baseline.label), len(candidates)
    verdicts = [c.difference.verdict for c in candidates]
    if found.over_seeds and all(c.difference.value is None for c in candidates):
        why = _why(found, candidates[0], name)
        return f"None of {total} candidates can be compared with {base} on {metric}: {why}."
    if found.over_seeds and set(verdicts) == {Verdict.TOO_FEW}:
        return f"Too few runs to judge any of {total} candidates against {base} on {metric}."
    aim, claim = found.rules.aim, margins.CLAIMS[found.rules.aim]
    shown = [c for c in candidates if c.difference.verdict in _WANTED[aim]]
    worse = verdicts.count(Verdict.WORSE)
    differing = verdicts.count(Verdict.DIFFERS) if aim is Aim.BETTER else 0
    if differing:
        lead = f"{differing} of {total} candidates {'differs' if differing == 1 else 'differ'} from {base} on {metric}"
        named = _named([c for c in candidates if c.difference.verdict is Verdict.DIFFERS], name)
        return f"{lead}: {named}; nobody said which way is better."
    margin = "" if aim is Aim.BETTER else f"; {margins.bound(found.first.metric, aim, scale)}"
    rest = f"; {worse} {'is' if worse == 1 else 'are'} worse{' than allowed' if margin else ''}" if worse else ""
    if not shown:
        return f"None of {total} candidates is shown to be {claim} {base} on {metric}{rest}{margin}."
    verb = "is" if len(shown) == 1 else "are"
    lead = f"{len(shown)} of {total} candidates {verb} {claim} {base} on {metric}"
    if aim is not Aim.BETTER:
        return f"{lead}: {_named(shown, name)}{rest}{margin}."
    best, most = max(shown, key=lambda c: abs(c.difference.value or 0.0)), "" if len(shown) == 1 else "most of all "
    others = _others(found, candidates.index(best))
    return f"{lead}: {most}{name(best.side.label)}, {scale.difference(best.difference.value)}{others}."


def _named(candidates: Sequence[Candidate], name: Namer) -> str:
    more = " …" if len(candidates) > _MOST_NAMED else ""
    return f"{', '.join(name(c.side.label) for c in candidates[:_MOST_NAMED])}{more}"


def _metric(found: Comparison, name: Namer) -> str:
    return markdown(quantity(found.first)) if name is code else flat(quantity(found.first))


def _why(found: Comparison, candidate: Candidate, name: Namer) -> str:
    """Why there is no difference: over seeds which side has no score, and what became of its runs."""
    sides = [side for side in (found.first.baseline, candidate.side) if not side.replicates]
    if not found.over_seeds or not sides:
        return words(candidate.difference.reason, found.labels) or "a side has no scores"
    said = []
    for side in sides:
        lost = left_out(found.first, side)
        said.append(f"no run that counts for {name(side.label)}" + (f" ({lost})" if lost else ""))
    return " and ".join(said)
