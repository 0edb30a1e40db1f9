"""What two components do together, and what stays open, in plain words."""

from dataclasses import dataclass

from assay.model.ablation.answer import (
    Ablation,
    ComponentClass,
    Contribution,
    Gain,
    PairCase,
    Smallest,
    Square,
    TriedPair,
)
from assay.view.text.ablation.words import (
    Namer,
    between,
    brief,
    classed,
    gained,
    judged,
    named,
    scale_of,
    substitutes,
    system,
)
from assay.view.text.escape import code, flat
from assay.view.text.notes import words
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
_TOLD_LAST = (PairCase.NEITHER, PairCase.UNKNOWN)
_NONE_BESIDE = (PairCase.EITHER, PairCase.TOGETHER)


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
    return (*said, *([_smallest(found, found.smallest, name)] if found.smallest and judged(found) else []))


def interpretation(found: Ablation) -> str:
    """The same as plain text; empty where there is nothing to say."""
    return " ".join(one.plain for one in in_words(found, name=flat))


def pair_name(pair: TriedPair | tuple[str, ...], name: Namer = flat) -> str:
    """`scaling × pca`."""
    own = pair.components if isinstance(pair, TriedPair) else pair
    return " × ".join(map(brief(name), own))


def _size(pair: TriedPair) -> float:
    return (pair.interaction.effect.value or 0.0) if pair.interaction else 0.0


def _pair(found: Ablation, pair: TriedPair, name: Namer) -> InWords:
    own = brief(name)
    over = (
        f", averaged over {named(pair.interaction.averaged, name)}" if _is_averaged(pair) and pair.interaction else ""
    )
    title = f"{own(pair.components[0])} and {own(pair.components[1])}{over}: {_TITLES[pair.case]}"
    text = _told(found, pair, scale_of(found), name)
    for hurting in pair.hurting:
        other = next(one for one in pair.components if one != hurting)
        text += f" {own(hurting)} makes it worse beside {own(other)}."
    return InWords(title, text.strip())


def _told(found: Ablation, pair: TriedPair, written: Scale, name: Namer) -> str:
    """The sentence of a case, from the four cells and what the two do beyond their sum."""
    square = pair.square
    if square is None:
        return ""
    if pair.case is PairCase.ONE_WINS:
        return _one_wins(found, pair, square, written, name)
    if pair.case in _NONE_BESIDE:
        return _none_beside(pair, square, written, name)
    first, second = (brief(name)(one) for one in pair.components)
    if pair.case is PairCase.ONLY_BOTH:
        wins = f"{first} {gained(written, square.firsts[1])} beside {second}"
        back = f"{second} {gained(written, square.seconds[1])} beside {first}"
        return f"{wins}, and {back}; without the other neither is shown to add anything."
    alone = f"Without the other {first} {gained(written, square.firsts[0])} and {second} "
    alone += gained(written, square.seconds[0])
    beyond = _beyond(pair, written)
    if pair.case is PairCase.ADD_UP:
        return f"{alone}; what they do beyond that sum is {beyond}, which is not shown to differ from 0."
    more = "more" if pair.case is PairCase.MORE_TOGETHER else "less"
    return f"{alone}; together it is {more} than the sum, by {beyond}."


def _none_beside(pair: TriedPair, square: Square, written: Scale, name: Namer) -> str:
    """Neither is shown to add anything beside the other."""
    first, second = (brief(name)(one) for one in pair.components)
    if pair.case is PairCase.TOGETHER:
        said = f"Both together {gained(written, square.both).replace('adds', 'add')}"
    else:
        said = f"Without the other {first} {gained(written, square.firsts[0])} and {second} "
        said += written.distance(square.seconds[0].value)
    return f"{said}; beside the other neither is shown to add anything."


def _is_averaged(pair: TriedPair) -> bool:
    return bool(pair.interaction and pair.interaction.averaged)


def _one_wins(found: Ablation, pair: TriedPair, square: Square, written: Scale, name: Namer) -> str:
    winner = pair.winner
    other = next((one for one in pair.components if one != winner), "")
    who, whom = brief(name)(other), brief(name)(winner)
    alone, beside = _of(pair, other, square)
    wins = f"{whom} {gained(written, _of(pair, winner, square)[1])} beside {who}"
    shown = f"{who} is not shown to add anything beside {whom} ({written.difference(beside.value)})"
    if not alone.helps:
        return f"{wins}; {shown}, nor without it."
    more = f": {whom} does what {who} does, and more" if pair in substitutes(found) else ""
    return f"{wins}; {shown}, but {gained(written, alone)} without it{more}."


def _of(pair: TriedPair, component: str, square: Square) -> tuple[Gain, Gain]:
    """What one of them adds without and with the other."""
    return square.firsts if component == pair.components[0] else square.seconds


def _beyond(pair: TriedPair, written: Scale) -> str:
    if pair.interaction is None:
        return "not known"
    own = pair.interaction.effect
    return f"{written.difference(own.value)} {between(written, own)}".strip()


def _others(found: Ablation, hidden: int, name: Namer) -> list[InWords]:
    """How many pairs are not told of, and the reason where all that are unknown share one."""
    said = []
    if hidden > 0:
        said.append(f"{count(hidden, 'more pair')} do{'es' if hidden == 1 else ''} something together.")
    if quiet := sum(pair.case is PairCase.NEITHER for pair in found.pairs):
        said.append(f"Of {count(quiet, 'pair')} neither component is shown to add anything.")
    if open_ := [one for one in found.interactions if len(one.components) == 2 and not one.estimable]:
        why = {words(one.effect.reason).removesuffix(".") for one in open_ if one.effect.reason}
        reason = f": {why.pop()}" if len(why) == 1 else ""
        said.append(f"What {_of_pairs([one.components for one in open_], name)} do together cannot be told{reason}.")
    return [InWords("Other pairs", " ".join(said))] if said else []


def _of_pairs(pairs: list[tuple[str, ...]], name: Namer) -> str:
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
    return [InWords(title, f"{_settling(found, first)}{also}".strip())]


def _settling(found: Ablation, one: Contribution) -> str:
    """`About 11 paired seeds in all would settle an effect of 1 point.`"""
    written, effect = scale_of(found), found.metric.smallest_effect
    reach = (
        f"Its interval reaches to a loss of {written.distance(one.gain.interval.high)}." if one.gain.interval else ""
    )
    if found.comparison is None or effect is None:
        return reach
    place = [own.off for own in found.arms if len(own.off) == 1]
    candidates = {off[0]: c for off, c in zip(place, found.comparison.candidates, strict=False)}
    plan = candidates[one.component].plan if one.component in candidates else None
    needed = plan.needed(effect) if plan else None
    if plan is None or needed is None:
        return reach
    what = "paired seed" if plan.paired else "run"
    each = "in all" if plan.paired else "per arm"
    return f"{reach} About {count(needed, what)} {each} would settle an effect of {written.limit(effect)}."


def _smallest(found: Ablation, own: Smallest, name: Namer) -> InWords:
    written, side = scale_of(found), own.arm.side
    mean = written.spread_with_unit(side.value, side.std) if side.value is not None else ""
    picked = (
        f"It is the smallest of {own.picked_from:,} that were tried: confirm it on fresh seeds."
        if own.picked_from > 1
        else ""
    )
    return InWords(f"Smallest system shown to keep up: {system(found, own.kept, name)}, {mean}", picked)
