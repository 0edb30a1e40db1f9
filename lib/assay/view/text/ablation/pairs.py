"""What two components do together, and what stays open, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.model.ablation.answer import (
    Ablation,
    ComponentClass,
    Contribution,
    PairCase,
    Smallest,
    TriedPair,
)
from assay.view.text.ablation import ends
from assay.view.text.ablation.words import (
    Namer,
    adding,
    between,
    brief,
    classed,
    gained,
    listed,
    reason,
    scale_of,
    system,
)
from assay.view.text.escape import code, flat
from assay.view.text.numbers import Scale, count

_MOST = 4
_TITLES = {
    PairCase.ONE_WINS: "one of them wins",
    PairCase.ONLY_BOTH: "only both together win",
    PairCase.ADD_UP: "both add up",
    PairCase.MORE_TOGETHER: "more together than apart",
    PairCase.LESS_TOGETHER: "less together than apart",
    PairCase.EITHER: "either is enough",
    PairCase.TOGETHER: "they add something together",
    PairCase.NEITHER: "neither adds anything that is shown",
    PairCase.UNKNOWN: "not known",
}
_LESS = (PairCase.LESS_TOGETHER, PairCase.EITHER)
_TOLD_LAST = (PairCase.NEITHER, PairCase.UNKNOWN)


@dataclass(frozen=True, slots=True)
class InWords:
    """One finding: `title`, then `text`; names in both as the caller wants them."""

    title: str
    text: str

    @property
    def plain(self) -> str:
        """`scaling and pca: one of them wins. …`"""
        return f"{self.title}. {self.text}".strip()


def in_words(found: Ablation, *, name: Namer = code) -> tuple[InWords, ...]:
    """The pairs that do something together, what stays open, and the smallest system that keeps up."""
    pairs = [pair for pair in found.pairs if pair.case not in _TOLD_LAST]
    pairs.sort(key=lambda pair: -abs(_size(pair)))
    said = [_pair(found, pair, name) for pair in pairs[:_MOST]]
    said += _others(found, len(pairs) - _MOST, name)
    said += _open(found, name)
    return (*said, *([_smallest(found, found.smallest, name)] if found.smallest else []))


def of_which_system(found: Ablation) -> str:
    """Why figures here are others than in the picture; nothing where these are the same."""
    if not any(pair.interaction and pair.interaction.averaged for pair in found.pairs):
        return ""
    return "Pairs are told as they do in the full system, where something may go; their picture averages over the rest."


def interpretation(found: Ablation) -> str:
    """The same as plain text; empty where there is nothing to say."""
    return " ".join(one.plain for one in in_words(found, name=flat))


def pair_name(pair: TriedPair | tuple[str, ...], name: Namer = flat) -> str:
    """`scaling × pca`."""
    own = pair.components if isinstance(pair, TriedPair) else pair
    return " × ".join(map(brief(name), own))


def _size(pair: TriedPair) -> float:
    return pair.beyond.value or 0.0


@dataclass(frozen=True, slots=True)
class _Two:
    """A pair in the full system: names as they are shown, what each adds there and without the other, as it is told."""

    pair: TriedPair
    names: tuple[str, str]
    beside: tuple[str, str]
    alone: tuple[str, str]
    written: Scale
    verb: str


def _pair(found: Ablation, pair: TriedPair, name: Namer) -> InWords:
    two = _two(found, pair, name)
    text = "" if two is None else _told(two)
    for hurting in pair.hurting:
        other = next(one for one in pair.components if one != hurting)
        text += f" {brief(name)(hurting)} makes it worse beside {brief(name)(other)}."
    if text and (pair.substitutes or pair.case in _LESS):
        text = f"{text} {ends.of_pair(found, pair, name)}"
    title = f"{listed([brief(name)(one) for one in pair.components])}: {_TITLES[pair.case]}"
    return InWords(title, text.strip())


def _two(found: Ablation, pair: TriedPair, name: Namer) -> _Two | None:
    """None where an arm without one of them is missing; without the other one adds what else is lost with both."""
    own = {one.component: one.gain.value for one in found.contributions}
    first, second = (own[one] for one in pair.components)
    both, written = pair.loss.value, scale_of(found)
    if first is None or second is None or both is None:
        return None
    names = brief(name)(pair.components[0]), brief(name)(pair.components[1])
    beside = gained(found, first, written), gained(found, second, written)
    alone = gained(found, both - second, written), gained(found, both - first, written)
    return _Two(pair, names, beside, alone, written, adding(found))


def _told(two: _Two) -> str:
    """The sentence of a case."""
    (first, second), pair, verb = two.names, two.pair, two.verb
    if pair.case is PairCase.ONE_WINS:
        return _one_wins(two)
    if pair.case is PairCase.TOGETHER:
        total = two.written.distance(pair.loss.value)
        return f"Both together {verb} {total}; beside the other neither is shown to {verb} anything."
    if pair.case is PairCase.ONLY_BOTH:
        wins = f"{first} {two.beside[0]} beside {second}, and {second} {two.beside[1]} beside {first}"
        return f"{wins}; without the other neither is shown to {verb} anything."
    alone = f"Without the other {first} {two.alone[0]} and {second} {two.alone[1]}"
    if pair.case is PairCase.EITHER:
        return f"{alone}; beside the other neither is shown to {verb} anything."
    beyond = f"{two.written.difference(pair.beyond.value)} {between(two.written, pair.beyond)}".strip()
    if pair.case is PairCase.ADD_UP:
        return f"{alone}; what they do beyond that sum is {beyond}, which is not shown to differ from 0."
    more = "more" if pair.case is PairCase.MORE_TOGETHER else "less"
    return f"{alone}; together it is {more} than the sum: {beyond}."


def _one_wins(two: _Two) -> str:
    place = two.pair.components.index(two.pair.winner)
    winner, other = two.names[place], two.names[1 - place]
    wins = f"{winner} {two.beside[place]} beside {other}; {other} is not shown to {two.verb} anything beside {winner}"
    if not two.pair.substitutes:
        return f"{wins}."
    return f"{wins}, but {two.alone[1 - place]} without it: {winner} does what {other} does, and more."


def _others(found: Ablation, hidden: int, name: Namer) -> list[InWords]:
    """How many pairs are not told of, and how many combinations those lack that are unknown."""
    said = []
    if hidden > 0:
        said.append(f"{count(hidden, 'more pair')} {'is' if hidden == 1 else 'are'} not told here.")
    if quiet := [pair.components for pair in found.pairs if pair.case is PairCase.NEITHER]:
        said.append(f"Of {_of_pairs(quiet, name)} neither component is shown to {adding(found)} anything.")
    if open_ := [one for one in found.interactions if len(one.components) == 2 and not one.estimable]:
        gone = len({off for one in open_ for off in one.missing})
        takes, have = "this takes" if len(open_) == 1 else "they take", "has" if gone == 1 else "have"
        because = f"{count(gone, 'combination')} that {takes} {have} no run with a usable score"
        said.append(f"What {_of_pairs([one.components for one in open_], name)} do together cannot be told: {because}.")
    return [InWords("Other pairs", " ".join(said))] if said else []


def _of_pairs(pairs: Sequence[tuple[str, ...]], name: Namer) -> str:
    return pair_name(pairs[0], name) if len(pairs) == 1 else f"{len(pairs):,} pairs"


def _open(found: Ablation, name: Namer) -> list[InWords]:
    """What more seeds would settle, of the components that are neither needed nor shown to be removable."""
    shown = [*classed(found, ComponentClass.OPTIONAL), *classed(found, ComponentClass.UNDECIDED)]
    shown = [one for one in shown if one.gain.interval is not None]
    if not shown:
        return []
    first, more = shown[0], len(shown) - 1
    title = f"{brief(name)(first.component)} is {'open' if not first.importance else first.importance.value}"
    also = f" {count(more, 'more component')} {'is' if more == 1 else 'are'} open too." if more else ""
    return [InWords(title, f"{_settling(found, first, name)}{also}".strip())]


def _settling(found: Ablation, one: Contribution, name: Namer) -> str:
    """`About 11 paired seeds in all would settle an effect of 1 point.`"""
    written, effect = scale_of(found), found.metric.smallest_effect
    reach = _reach(one, written, name)
    if found.comparison is None or effect is None:
        return reach
    single = [own.off[0] for own in found.arms if len(own.off) == 1]
    candidates = dict(zip(single, found.comparison.candidates, strict=True))
    plan = candidates[one.component].plan if one.component in candidates else None
    needed = plan.needed(effect) if plan else None
    if plan is None or needed is None:
        return reach
    what = "paired seed" if plan.paired else "run"
    each = "in all" if plan.paired else "per arm"
    return f"{reach} About {count(needed, what)} {each} would settle an effect of {written.limit(effect)}."


def _reach(one: Contribution, written: Scale, name: Namer) -> str:
    """Why nothing is shown of it: too few runs, or how much its interval leaves open."""
    if one.gain.reason:
        why = reason(one.gain.reason, name)
        return f"{why[0].upper()}{why[1:]}."
    return f"Its interval reaches to a loss of {written.distance(one.gain.interval.high)}." if one.gain.interval else ""


def _smallest(found: Ablation, own: Smallest, name: Namer) -> InWords:
    written, side = scale_of(found), own.arm.side
    mean = written.spread_with_unit(side.value, side.std) if side.value is not None else ""
    picked = (
        f"It is the smallest of {own.picked_from:,} that were tried: confirm it on fresh seeds."
        if own.picked_from > 1
        else ""
    )
    return InWords(f"Smallest system shown to keep up: {system(found, own.kept, name)}, {mean}", picked)
