"""Which components stand in for each other, in a sentence."""

from assay.model.ablation.answer import Ablation, ComponentClass, Contribution, TriedPair
from assay.model.metric import Direction
from assay.view.text.ablation.words import Namer, brief, scale_of, substitutes
from assay.view.text.numbers import Scale, count


def substitution(found: Ablation, name: Namer) -> str:
    """`accuracy loses nothing without pca, 12.6 points without scaling and 34.8 points without both: …`"""
    shown = substitutes(found)
    if not shown:
        return ""
    pair, more = shown[0], len(shown) - 1
    rest = f" So {'is' if more == 1 else 'are'} {count(more, 'more pair')}." if more else ""
    return f"{_each_and_both(found, pair, name)}: they are substitutes.{rest}"


def _each_and_both(found: Ablation, pair: TriedPair, name: Namer) -> str:
    written, own = scale_of(found), {one.component: one for one in found.contributions}
    first, second = (own[one] for one in sorted(pair.components, key=lambda one: own[one].gain.value or 0.0))
    a, b, metric = (brief(name)(text) for text in (first.component, second.component, found.metric.name))
    both = written.distance(pair.loss.value)
    if found.metric.direction is Direction.MINIMIZE:
        return f"{metric} {_rising(first, second, (a, b), written)} by {both} without both"
    none = first.importance is ComponentClass.REMOVABLE
    nothing = "nothing" if none else _loss(first, written)
    return f"{metric} loses {nothing} without {a}, {_loss(second, written)} without {b} and {both} without both"


def _rising(first: Contribution, second: Contribution, names: tuple[str, str], written: Scale) -> str:
    """`does not rise without pca, but rises by 0.69 without scaling and`: what stands before the rise without both."""
    a, b = names
    none = "does not rise" if first.importance is ComponentClass.REMOVABLE else "is not shown to rise"
    if not second.gain.helps:
        return f"is not shown to rise without {a} or {b} alone, but rises"
    more = f"by {written.distance(second.gain.value)} without {b} and"
    if first.gain.helps and first.importance is not ComponentClass.REMOVABLE:
        return f"rises by {written.distance(first.gain.value)} without {a}, {more}"
    return f"{none} without {a}, but rises {more}"


def _loss(one: Contribution, written: Scale) -> str:
    """`12.6 points`, or nothing that is shown where its interval holds 0."""
    return written.distance(one.gain.value) if one.gain.helps else "nothing that is shown"
