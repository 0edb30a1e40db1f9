"""How far to trust an ablation: what its intervals are, what shares are and are not, and what deserves a look."""

from assay.model.ablation.answer import Ablation, ComponentClass, Contribution, TriedPair
from assay.model.ablation.notes import AblationNote
from assay.model.note import Note, gathered
from assay.view.text.ablation.words import (
    MOST_NAMED,
    Namer,
    brief,
    classed,
    family,
    limit_words,
    named,
    reason,
    scale_of,
    substitutes,
    told,
)
from assay.view.text.escape import code, markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import MINUS, Scale, count, percent

_REMARKS = frozenset({AblationNote.FOLLOWS, AblationNote.RUNS_OUTSIDE})


def basis(found: Ablation, *, name: Namer = code) -> str:
    """Method, level, n and correction; the limits; why one is open. Nothing without a number."""
    known = told(found)
    if not known:
        return ""
    if not any(one.gain.interval for one in known):
        return "There is no interval, so nothing is shown."
    said = _intervals(found, known), _limits(found, name), _open(found, name), *_undecided(found, name)
    return " ".join(filter(None, (*said, "A large p removes nothing.")))


def shares(found: Ablation, *, name: Namer = code) -> str:
    """What Shapley shares sum to, and why a removable component can have one; nothing where there are none."""
    if not found.together or found.whole.value is None:
        return ""
    written = scale_of(found)
    own = [one for one in found.contributions if one.component in found.together and one.shapley is not None]
    own.sort(key=lambda one: -(one.shapley or 0.0))
    return " ".join(filter(None, (_sum(found, own, written, name), *_kept_shares(found, own, written, name))))


def remarks(found: Ablation) -> list[Note]:
    """What is to be known and nothing to doubt: what belongs to a component, which runs are in no arm."""
    return [one for one in found.notes if one.code in _REMARKS]


def doubts(found: Ablation) -> list[Note]:
    """What deserves a look, of several arms as one; `labels` has what their sides are called."""
    return list(gathered(one for one in found.notes if one.code not in _REMARKS))


def left_out(found: Ablation, *, name: Namer = code) -> str:
    """`Left out of every mean: 1 failed.`; nothing where nothing was."""
    text = excluded(found.excluded, found.metric.name)
    return f"Left out of every mean: {markdown(text) if name is code else text}." if text else ""


def _intervals(found: Ablation, known: list[Contribution]) -> str:
    intervals = [one.gain.interval for one in known if one.gain.interval]
    methods = list(dict.fromkeys(own.method for own in intervals))
    ns = sorted({one.gain.n for one in known if one.gain.interval})
    what = "seed" if all(one.gain.paired for one in known) else "run"
    over = count(ns[0], what) if len(ns) == 1 else f"{ns[0]:,} to {ns[-1]:,} {what}s"
    said = f"{percent(intervals[0].level)} {' and '.join(methods)} intervals over {over}"
    if family(found) < 2:
        return f"{said}."
    how = f"corrected over {family(found)} ({found.rules.correction.capitalize()})"
    return f"{said}; p is {how if found.rules.corrected else 'not corrected'}, intervals are not."


def _limits(found: Ablation, name: Namer) -> str:
    """What the classes are; why there are none."""
    if found.limits is None:
        why = reason(next((one.reason for one in found.contributions if one.reason), None), name)
        return f"{why[:1].upper()}{why[1:]}." if why else ""
    critical, removable = limit_words(found, scale_of(found))
    whose = ", 5 times and once the smallest effect that matters" if found.limits.of_effect else ""
    return (
        f"Critical: the whole interval lies above {critical}; important: above {removable}; removable: below "
        f"{removable}; optional: below {critical}{whose}."
    )


def _open(found: Ablation, name: Namer) -> str:
    """`augmentation stays optional: the interval reaches from a gain of 1.2 to a loss of 1.4 points.`"""
    one = next((own for own in classed(found, ComponentClass.OPTIONAL) if own.gain.interval), None)
    if one is None or one.gain.interval is None or one.gain.helps:
        return ""
    written, own = scale_of(found), one.gain.interval
    low, high = (end.lstrip(f"+{MINUS}") for end in written.ends(own.low, own.high))
    unit = f" {written.difference_unit}" if written.difference_unit else ""
    more = len(classed(found, ComponentClass.OPTIONAL)) - 1
    others = f" ({count(more, 'more component')} too)" if more else ""
    return (
        f"{brief(name)(one.component)} stays optional{others}: without it the interval reaches from a gain of {low} to "
        f"a loss of {high}{unit}."
    )


def _undecided(found: Ablation, name: Namer) -> list[str]:
    """`pca is undecided: no variation seen in 5 pairs, …`, a sentence a reason; none where one holds for all."""
    why: dict[str, list[str]] = {}
    for one in classed(found, ComponentClass.UNDECIDED):
        if one.gain.reason and one.gain.value is not None:
            why.setdefault(reason(one.gain.reason, name), []).append(one.component)
    if [len(who) for who in why.values()] == [len(told(found))]:
        return []  # the headline says it
    return [f"{named(who, name)} {'is' if len(who) == 1 else 'are'} undecided: {text}." for text, who in why.items()]


def _sum(found: Ablation, own: list[Contribution], written: Scale, name: Namer) -> str:
    """`Shapley shares 24.7 + 9.7 + 1.1 = 35.6 points, all that full has over none (rounded terms).`"""
    terms = [written.bare(one.shapley, signed=True) for one in own]
    whole = (
        written.distance(found.whole.value) if (found.whole.value or 0) >= 0 else written.difference(found.whole.value)
    )
    none = "none" if len(found.together) == len(found.names) else f"the system without {named(found.together, name)}"
    if len(own) > 2 * MOST_NAMED:
        return f"Shapley shares sum to {whole}, all that full has over {none}."
    joined = terms[0].lstrip("+") + "".join(
        f" {term[0]} {term[1:]}" if term[0] in f"+{MINUS}" else f" + {term}" for term in terms[1:]
    )
    digits = written.digits + written.finer
    rounded = [
        round(written.shown(value or 0.0), digits) for value in (*(one.shapley for one in own), found.whole.value)
    ]
    exact = abs(sum(rounded[:-1]) - rounded[-1]) < 0.5 * 10.0**-digits
    return f"Shapley shares {joined} = {whole}, all that full has over {none}{'' if exact else ' (rounded terms)'}."


def _nothing_beside(one: Contribution, pair: TriedPair, limit: float) -> bool:
    """Whether it adds less than the limit wherever the other one of a pair is on, not in the full system alone."""
    if pair.square is None:
        return False
    own = pair.square.firsts if one.component == pair.components[0] else pair.square.seconds
    return (own[1].value or 0.0) < limit


def _kept_shares(found: Ablation, own: list[Contribution], written: Scale, name: Namer) -> list[str]:
    """Why a removable component has a share above what may be lost; said of the largest."""
    limit = found.limits.removable if found.limits else 0.0
    one = next((c for c in own if c.importance is ComponentClass.REMOVABLE and (c.shapley or 0.0) > limit), None)
    if one is None:
        return []
    who, share = brief(name)(one.component), written.bare(one.shapley)
    head = f"Why {who} has a share of {share} and can still go:"
    pairs = (
        pair for pair in substitutes(found) if one.component in pair.components and _nothing_beside(one, pair, limit)
    )
    other = next((pair.winner for pair in pairs if pair.winner not in ("", one.component)), "")
    others = f"{brief(name)(other)} is off" if other else "others are off too"
    where = f"{who} earns it only where {others}"
    bold = f"**{head}**" if name is code else head
    return [f"{bold} a share averages over every order, and {where}."]
