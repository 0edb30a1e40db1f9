"""What every text of an ablation shares: marks, how numbers are written, what a loss and a system are called."""

from collections.abc import Callable, Sequence

from assay.model.ablation.answer import Ablation, ComponentClass, Contribution, Fate, Gain, Names, TriedPair
from assay.model.metric import Direction
from assay.model.note import Note
from assay.view.text.escape import code, flat, short
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import Scale, count, scale
from assay.view.text.verdicts import Mark

CLASSES = {
    ComponentClass.CRITICAL: Mark("◆", "critical", "blue"),
    ComponentClass.IMPORTANT: Mark("◇", "important", "blue"),
    ComponentClass.OPTIONAL: Mark("○", "optional", "gray"),
    ComponentClass.REMOVABLE: Mark("■", "removable", "gray"),
    ComponentClass.UNDECIDED: Mark("?", "undecided", "gray"),
}
HURTS = Mark("▼", "removable, hurts", "red")
FATES = {
    Fate.CAN_GO: Mark("✓", "can go", "green"),
    Fate.NOT_SHOWN: Mark("≈", "not shown", "gray"),
    Fate.NEEDED: Mark("✕", "needed", "red"),
}
MOST_NAMED = 3
_LONGEST_NAME = 40

Namer = Callable[[str], str]


def brief(name: Namer) -> Namer:
    """`name` of names that a sentence has room for; a table has the whole."""
    return lambda text: name(short(text, _LONGEST_NAME))


def scale_of(found: Ablation) -> Scale:
    """By what every arm's scores and their spread ask for; differences as fine as theirs."""
    sides = [arm.side for arm in found.arms]
    apart = [c.difference.std for c in found.comparison.candidates] if found.comparison else []
    return scale(found.metric.unit, [side.value for side in sides], [side.std for side in sides], apart)


def mark_of(one: Contribution) -> Mark | None:
    """The mark of its class; None where no limits are known."""
    if one.importance is ComponentClass.REMOVABLE and one.gain.hurts:
        return HURTS
    return CLASSES[one.importance] if one.importance else None


def classed(found: Ablation, *wanted: ComponentClass) -> list[Contribution]:
    """The components of these classes, largest contribution first."""
    return [one for one in found.contributions if one.importance in wanted]


def told(found: Ablation) -> list[Contribution]:
    """Those whose contribution has a number."""
    return [one for one in found.contributions if one.gain.value is not None]


def judged(found: Ablation) -> bool:
    """Whether limits are known, so that something can be called needed or removable."""
    return found.limits is not None


def substitutes(found: Ablation) -> list[TriedPair]:
    """Pairs of which each does what the other does and both are missed, the largest loss first."""
    return sorted((pair for pair in found.pairs if pair.substitutes), key=lambda pair: -(pair.loss.value or 0.0))


def family(found: Ablation) -> int:
    """Over how many contributions p is corrected: those of arms without a score count too."""
    return len(found.comparison.candidates) if found.comparison else 0


def reason(why: Note | None, name: Namer) -> str:
    """A note without its full stop: Markdown where names are `code`, else plain."""
    return (as_markdown(why) if name is code else words(why)).removesuffix(".")


def labels(found: Ablation) -> list[str]:
    """What the sides are called that notes speak of: the full system, then those without one component."""
    return ["full", *(f"without {flat(arm.off[0])}" for arm in found.arms if len(arm.off) == 1)]


def losing(found: Ablation, gain: Gain, written: Scale) -> str:
    """What the metric does without something: `loses 12.6 points`, `rises by 0.12`; of a gain of 0, too."""
    value = gain.value or 0.0
    up = found.metric.direction is Direction.MAXIMIZE
    verb = {(True, True): "loses", (True, False): "gains", (False, True): "rises by", (False, False): "falls by"}
    if found.metric.assumed:
        verb = {key: "is lower by" if key[0] is key[1] else "is higher by" for key in verb}
    return f"{verb[up, value >= 0]} {written.distance(value)}"


def adding(found: Ablation) -> str:
    """What a component does that helps: `add`, or `save` where less is better."""
    return "add" if found.metric.direction is Direction.MAXIMIZE else "save"


def in_unit(written: Scale) -> str:
    """`, points`: how a heading ends; nothing where there is no unit."""
    return f", {written.difference_unit}" if written.difference_unit else ""


def gained(found: Ablation, value: float, written: Scale) -> str:
    """`adds 20.9 points`, `saves 0.12`, or `costs 1.4 points` where it makes the metric worse."""
    return f"{adding(found) if value >= 0 else 'cost'}s {written.distance(value)}"


def between(written: Scale, gain: Gain) -> str:
    """`[+8.4, +16.8]`; nothing without an interval."""
    return "" if gain.interval is None else f"[{', '.join(written.ends(gain.interval.low, gain.interval.high))}]"


def listed(names: Sequence[str]) -> str:
    """`a, b and c`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def named(names: Sequence[str], name: Namer) -> str:
    """`a, b and c`, or `a, b, c and 7 more`."""
    shown = [brief(name)(one) for one in names[:MOST_NAMED]]
    rest = len(names) - len(shown)
    return listed([*shown, *([f"{rest:,} more"] if rest else [])])


def system(found: Ablation, kept: Names, name: Namer) -> str:
    """`scaling + augmentation`; of many components what is missing, of none that there is none."""
    off = [one for one in found.names if one not in kept]
    if not kept:
        return "the system without " + (brief(name)(off[0]) if len(off) == 1 else "any of them")
    if len(kept) <= max(MOST_NAMED, len(off)) and len(kept) <= 2 * MOST_NAMED:
        return " + ".join(map(brief(name), kept))
    return f"{len(kept)} of {count(len(found.names), 'component')}, without {named(off, name)}"


def arm_name(found: Ablation, off: Names) -> str:
    """`full`, `− pca − augmentation`, `none`, or what is left where that is less: `only scaling + pca`."""
    if not off:
        return "full"
    kept = [one for one in found.names if one not in off]
    if not kept:
        return "none" if len(off) > 1 else f"− {flat(off[0])}"
    if len(kept) < len(off) and len(off) > MOST_NAMED:
        return f"only {' + '.join(map(flat, kept))}"
    return " ".join(f"− {flat(one)}" for one in off)


def limit_words(found: Ablation, written: Scale) -> tuple[str, str]:
    """`5 points`, `1 point`: from what on a component is critical, and below what it can go."""
    assert found.limits is not None
    return written.limit(found.limits.critical), written.limit(found.limits.removable)
