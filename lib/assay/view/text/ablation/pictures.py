"""What pictures of an ablation show, and how to read them."""

from collections.abc import Sequence

from assay.model.ablation.answer import (
    Ablation,
    Component,
    ComponentClass,
    Contribution,
    Interaction,
    Square,
    TriedPair,
)
from assay.model.ablation.question import OFF, ON
from assay.model.metric import Direction
from assay.view.text.ablation import ends
from assay.view.text.ablation.words import between, brief, in_unit, judged, limit_words, mark_of, named, scale_of, told
from assay.view.text.escape import code, flat, short
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, count, p_phrase, percent

MOST_LETTERS = 16
"""Of a name in the picture of a pair, whose lines have it in their middle."""

_MOST_TWICE = 12

_SWITCHES = ON | OFF


def axis(found: Ablation) -> str:
    """`accuracy lost without it, points`: what a contribution is."""
    written = scale_of(found)
    up = found.metric.direction is Direction.MAXIMIZE
    return f"{safe(brief(flat)(found.metric.name))} {'lost' if up else 'added'} without it{in_unit(written)}"


def label(one: Contribution, written: Scale) -> str:
    """`+12.6 critical`, the number bold."""
    sign = mark_of(one)
    word = f" {sign.word}" if sign else ""
    return f"<b>{written.bare(one.gain.value, signed=True)}</b>{word}"


def hover(one: Contribution, written: Scale) -> str:
    """Everything of one contribution."""
    own = one.gain.interval
    ends = f"<br>{percent(own.level)} CI {written.limits(own.low, own.high)}, {own.method}" if own else ""
    amount, p = written.difference(one.gain.value), p_phrase(one.gain.p_adjusted)
    return f"<b>{safe(brief(flat)(one.component))}</b><br>{amount}{ends}<br>{p}, n = {one.gain.n:,}"


def contributions_alt(found: Ablation) -> str:
    """Each component with what is lost without it; of many the largest."""
    written = scale_of(found)
    parts = []
    for one in told(found)[:12]:
        sign = mark_of(one)
        parts.append(
            f"{flat(one.component)} {written.bare(one.gain.value, signed=True)}{f' ({sign.word})' if sign else ''}"
        )
    unit = f", in {written.difference_unit}" if written.difference_unit else ""
    if not parts:
        return f"No contribution to {flat(found.metric.name)} is known"
    return f"What {flat(found.metric.name)} loses without each component{unit}: {', '.join(parts)}"


def contributions_caption(found: Ablation, drawn: Sequence[Contribution]) -> str:
    """How to read the bars, with one of them as an example, and how many are not drawn."""
    known = told(found)
    said = ["Full − without, both with everything else on."]
    if found.metric.direction is Direction.MINIMIZE:
        said = ["Without − full, both with everything else on: lower is better, so to the right is what it helps."]
    if found.metric.assumed:
        said.append("Which way is better is not known.")
    example = next((one for one in reversed(drawn) if one.importance is ComponentClass.REMOVABLE), None)
    if example and example.gain.interval and judged(found):
        written = scale_of(found)
        ends = written.limits(example.gain.interval.low, example.gain.interval.high)
        said.append(
            f"The whole interval has to lie in a band: that of {brief(code)(example.component)}, {ends}, lies below "
            f"{limit_words(found, written)[1]}, so it is shown to be removable."
        )
    elif judged(found):
        said.append("The whole interval has to lie in a band.")
    if rest := len(known) - len(drawn):
        said.append(f"{count(rest, 'smaller one')} not drawn: see the table.")
    if unknown := len(found.contributions) - len(known):
        said.append(f"{count(unknown, 'component')} without a number.")
    return " ".join(said)


def switched(found: Ablation, component: str, *, on: bool, room: int = 40) -> str:
    """`pca on`, `model: large`, `with pca` where filters tell; `room`: the letters of a name, and of a level."""
    own = next((one for one in found.components if one.name == component), Component(component))
    level, name = own.on if on else own.off, short(component, room)
    if own.on is None and own.off is None:
        return f"{'with' if on else 'without'} {name}"
    if (own.on or "").strip().lower() in _SWITCHES or (own.off or "").strip().lower() in _SWITCHES:
        return f"{name} {'on' if on else 'off'}"
    return f"{name}: {'not logged' if level is None else short(level, room)}"


def interaction_alt(found: Ablation, pair: TriedPair, square: Square) -> str:
    """The four means, and what both gain beyond the sum of each."""
    written, (first, second) = scale_of(found), pair.components
    shown = (
        f"{switched(found, first, on=a)}, {switched(found, second, on=b)}: {written.value(corner.value)}"
        for (a, b), corner in zip(
            ((False, False), (True, False), (False, True), (True, True)), square.corners, strict=True
        )
    )
    effect = pair.interaction.effect.value if pair.interaction else None
    return f"{'; '.join(shown)}. Interaction {written.difference(effect)}"


def interaction_caption(found: Ablation, pair: TriedPair, square: Square) -> str:
    """What the means are over, the interaction with its interval and p, and the end of the scale."""
    own = pair.interaction
    if own is None:
        return ""
    written = scale_of(found)
    alone = "Means" if len(found.names) == len(pair.components) else "Means with everything else on"
    over = f"Means over {named(own.averaged, code)}" if own.averaged else alone
    ns = sorted({corner.n for corner in square.corners})
    known = any(corner.interval for corner in square.corners)
    intervals = f", {percent(found.rules.level)} t intervals" if known else ""
    what = "seed" if own.effect.paired else "run"
    n = f"n = {count(ns[0], what)}" if len(ns) == 1 else f"n = {ns[0]:,} to {ns[-1]:,} {what}s"
    none, first, second, both = (corner.value for corner in square.corners)
    end = ends.of_means(found, (none, first, second, both))
    return " ".join(filter(None, (f"{over}{intervals}, {n} a cell.", _effect(found, own, written), end)))


def _effect(found: Ablation, own: Interaction, written: Scale) -> str:
    """`Interaction −21.6 points, 95 % CI [−32.2, −11.0], p = 0.019 (Holm over 4); Yates' −10.8 is half of it.`"""
    family = sum(one.estimable for one in found.interactions)
    how = f" ({found.rules.correction.capitalize()} over {family:,})" if found.rules.corrected and family > 1 else ""
    parts = [f"Interaction {written.difference(own.effect.value)}"]
    if own.effect.interval:
        parts.append(f"{percent(own.effect.interval.level)} CI {between(written, own.effect)}")
    if own.effect.p_adjusted is not None:
        parts.append(f"{p_phrase(own.effect.p_adjusted)}{how}")
    return f"{', '.join(parts)}; Yates' {written.bare(own.yates, signed=True)} is half of it. Dotted: if they added up."


def bracket(found: Ablation, pair: TriedPair) -> str:
    """`−21.6`, bold."""
    return f"<b>{scale_of(found).bare(pair.interaction.effect.value if pair.interaction else None, signed=True)}</b>"


def additive(pair: TriedPair) -> str:
    """What the dotted line is: `if pca did as with scaling`."""
    first, second = (safe(short(one, _MOST_TWICE)) for one in pair.components)
    return f"if {second} did as with {first}"
