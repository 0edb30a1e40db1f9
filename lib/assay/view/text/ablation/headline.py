"""The answer first: what the system needs, what can go, and what follows from it."""

from assay.model.ablation.answer import Ablation, AblationDesign, Arm, ComponentClass, Contribution, Fate
from assay.model.ablation.notes import AblationNote
from assay.view.text.ablation.substitution import substitution
from assay.view.text.ablation.words import (
    CLASSES,
    HURTS,
    MOST_NAMED,
    Namer,
    brief,
    classed,
    family,
    judged,
    limit_words,
    listed,
    losing,
    mark_of,
    named,
    reason,
    scale_of,
    substitutes,
    system,
    told,
)
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code
from assay.view.text.numbers import Scale, count
from assay.view.text.verdicts import Mark

_OPEN = Mark("≈", "open", "gray")
_NEEDED = (ComponentClass.CRITICAL, ComponentClass.IMPORTANT)


def mark(found: Ablation) -> Mark:
    """That of the first class that has components: critical, important, else removable; open without one."""
    first = next((own for own in (*_NEEDED, ComponentClass.REMOVABLE) if classed(found, own)), None)
    return CLASSES[first] if first else _OPEN


def headline(found: Ablation, *, name: Namer = code) -> str:
    """The answer in one or two sentences, Markdown unless `name` says otherwise."""
    known, written = told(found), scale_of(found)
    if not known:
        return _nothing(found, name)
    if not judged(found):
        return f"{_unclassed(found, known, written, name)} {_untold(found, name)}".strip()
    if all(one.importance is ComponentClass.UNDECIDED for one in known):
        return _undecided(found, known, written, name)
    parts = _needed(found, written, name), _can_go(found, name), _untold(found, name)
    return " ".join(filter(None, parts))


def badges(found: Ablation) -> tuple[Fact, ...]:
    """How many of each class; n and pairing; the family of p; what was tried."""
    marks = [own for one in told(found) if (own := mark_of(one))]
    order = [*CLASSES.values()]
    order.insert(order.index(CLASSES[ComponentClass.REMOVABLE]) + 1, HURTS)
    said = [Fact(f"{own.glyph} {n} {own.word}", colour=own.colour) for own in order if (n := marks.count(own))]
    return (*said, *map(Fact, filter(None, (_sizes(found), _family(found), _tried(found)))))


def follows(found: Ablation, *, name: Namer = code) -> str:
    """Which components stand in for each other, and the smallest system that keeps up."""
    return " ".join(filter(None, (substitution(found, name), _smallest(found, name))))


def _nothing(found: Ablation, name: Namer) -> str:
    """Why no contribution has a number, where one reason holds for all."""
    if all(one.gain.reason and one.gain.reason.code is AblationNote.ARM_MISSING for one in found.contributions):
        return f"No run leaves out one component alone, so {_unknown(found, name)}."
    reasons = {reason(own, name) for one in found.contributions if (own := one.gain.reason or one.reason)}
    why = f": {reasons.pop()}" if len(reasons) == 1 else ""
    text = _unknown(found, name)
    return f"{text[0].upper()}{text[1:]}{why}."


def _unknown(found: Ablation, name: Namer) -> str:
    n = len(found.contributions)
    whose = brief(name)(found.contributions[0].component) + " adds" if n == 1 else f"{n:,} components add"
    return f"what {whose} to {brief(name)(found.metric.name)} cannot be told"


def _unclassed(found: Ablation, known: list[Contribution], written: Scale, name: Namer) -> str:
    """Who is shown to help, where no limits tell how much of it matters."""
    shown = [one for one in known if _stays(found, one)]
    helping, hurting = [one for one in shown if one.gain.helps], [one for one in shown if one.gain.hurts]
    metric, names = brief(name)(found.metric.name), [brief(name)(one.component) for one in known]
    if found.metric.assumed:
        most = max(known, key=lambda one: abs(one.gain.value or 0.0))
        return (
            f"{metric} {losing(found, most.gain, written)} without {brief(name)(most.component)}, the largest change; "
            "which way is better is not known."
        )
    if not helping:
        end = f"; {_worse(hurting, written, name)}" if hurting else ""
        none = f"None of {count(len(known), 'component')} is" if len(known) > 1 else f"{names[0]} is not"
        return f"{none} shown to help {metric}{end}."
    rest = f"; of {count(len(known), 'component')} {len(helping)} {_are(helping)} shown to help"
    worse = f"; {_worse(hurting, written, name)}" if hurting else ""
    return f"{_most(found, helping[0], written, name)}{rest}{worse}."


def _stays(found: Ablation, one: Contribution) -> bool:
    """Whether its corrected p shows it too: where no class is given, an interval alone would contradict it."""
    return one.gain.p_adjusted is None or one.gain.p_adjusted < found.rules.threshold


def _most(found: Ablation, one: Contribution, written: Scale, name: Namer) -> str:
    own = brief(name)
    return f"{own(one.component)} helps most: {own(found.metric.name)} {losing(found, one.gain, written)} without it"


def _worse(hurting: list[Contribution], written: Scale, name: Namer) -> str:
    """`pca makes it worse, by 2.1 points`; of several the names alone."""
    if len(hurting) > 1:
        return f"{named([one.component for one in hurting], name)} make it worse"
    (one,) = hurting
    return f"{brief(name)(one.component)} makes it worse, by {written.distance(one.gain.value)}"


def _untold(found: Ablation, name: Namer) -> str:
    """`What scaling adds cannot be told.`"""
    names = [one.component for one in found.contributions if one.gain.value is None]
    return f"What {named(names, name)} add{'s' if len(names) == 1 else ''} cannot be told." if names else ""


def _undecided(found: Ablation, known: list[Contribution], written: Scale, name: Namer) -> str:
    why = {reason(one.gain.reason, name) for one in known}
    n = count(len(found.contributions), "component")
    none = f"None of {n} can be classed yet" if len(found.contributions) > 1 else "The component cannot be classed yet"
    because = "" if len(why) > 1 else f": {text}" if (text := why.pop()) else ", for the intervals are too wide"
    own = brief(name)
    if not any(one.gain.value for one in known):
        return f"{none}{because}. By the means alone {own(found.metric.name)} is the same without any of them."
    loss = f"{own(found.metric.name)} {losing(found, known[0].gain, written)} without {own(known[0].component)}"
    most = ", the most" if len(known) > 1 and (known[0].gain.value or 0.0) > 0 else ""
    return f"{none}{because}. By the means alone {loss}{most}."


def _needed(found: Ablation, written: Scale, name: Namer) -> str:
    """`scaling is critical: accuracy loses 12.6 points without it.`"""
    for own in _NEEDED:
        if shown := classed(found, own):
            return f"{_called(found, shown, own.value, written, name)}."
    return (
        "" if _removable(found) else f"No component is shown to be needed, by {limit_words(found, written)[1]} or more."
    )


def _called(found: Ablation, shown: list[Contribution], word: str, written: Scale, name: Namer) -> str:
    metric, first = brief(name)(found.metric.name), losing(found, shown[0].gain, written)
    names = [brief(name)(one.component) for one in shown]
    if len(shown) == 1:
        return f"{names[0]} is {word}: {metric} {first} without it"
    if len(shown) > MOST_NAMED:
        of = count(len(found.contributions), "component")
        return f"{len(shown)} of {of} are {word}, {names[0]} most: {metric} {first} without it"
    sizes = [written.size(one.gain.value) for one in shown]
    verb = first.removesuffix(written.distance(shown[0].gain.value))
    amounts = f"{listed(sizes)} {written.difference_unit}".rstrip()
    return f"{listed(names)} are {word}: {metric} {verb}{amounts} without {_each(shown)}"


def _each(shown: list[Contribution]) -> str:
    return "the one or the other" if len(shown) == 2 else "each of them"


def _can_go(found: Ablation, name: Namer) -> str:
    """`pca can go, for it only stands in for scaling.`"""
    shown = _removable(found)
    if not shown and found.smallest:
        off = found.smallest.arm.off
        none = "neither" if len(off) == 2 else "none of them"
        return f"{named(off, name)} can go together, though {none} is shown to alone."
    if not shown:
        none = "Nothing alone is" if found.smallest else "Nothing is"
        return f"{none} shown to be removable." if len(found.contributions) > 1 else ""
    who, why = named([one.component for one in shown], name), ""
    if len(shown) == 1:
        winner = _stands_in(found, shown[0].component)
        why = f", for it only stands in for {brief(name)(winner)}" if winner else ""
        if shown[0].gain.hurts:
            why = f" and makes it worse, by {scale_of(found).distance(shown[0].gain.value)}"
        return f"{who} can go{why}."
    return f"{who} can go, each alone{_together(found, [one.component for one in shown])}."


def _together(found: Ablation, names: list[str]) -> str:
    """What is known of leaving all of them out; of two a pair tells."""
    arm = found.arm(*names)
    both = "both" if len(names) == 2 else "all of them"
    if arm is None:
        return f"; {both} together was not tried"
    if arm.fate is Fate.NEEDED:
        return f", but not {both} together"
    return f" and {both} together" if arm.fate is Fate.CAN_GO else f", which is not shown of {both} together"


def _removable(found: Ablation) -> list[Contribution]:
    return classed(found, ComponentClass.REMOVABLE)


def _stands_in(found: Ablation, component: str) -> str:
    """Who does what this one does, where a pair shows it."""
    pairs = (pair for pair in substitutes(found) if component in pair.components)
    return next((pair.winner for pair in pairs if pair.winner not in ("", component)), "")


def _are(several: list[Contribution]) -> str:
    return "is" if len(several) == 1 else "are"


def _sizes(found: Ablation) -> str:
    """`n = 5 runs per arm, paired by seed`."""
    sizes = sorted({arm.side.replicates for arm in _run(found)})
    if not sizes:
        return ""
    n = (
        f"n = {count(sizes[0], 'run')} per arm"
        if len(sizes) == 1
        else f"n = {sizes[0]:,} to {sizes[-1]:,} runs per arm"
    )
    paired = {one.gain.paired for one in found.contributions if one.gain.interval}
    how = {
        frozenset({True}): ", paired by seed",
        frozenset({False}): ", not paired",
        frozenset({True, False}): ", partly paired",
    }
    return n + how.get(frozenset(paired), "")


def _run(found: Ablation) -> list[Arm]:
    """The arms that have a score: one that was asked for and never run stands in the table, too."""
    return [arm for arm in found.arms if arm.side.value is not None]


def _family(found: Ablation) -> str:
    n = family(found)
    how = found.rules.correction.capitalize() if found.rules.corrected else "uncorrected"
    return f"{n} comparisons, {how}" if n > 1 else ""


def _tried(found: Ablation) -> str:
    """`2 × 2 × 2, all 8 cells run`; of one-at-a-time designs that nothing was tried together."""
    if found.design is AblationDesign.LEAVE_ONE_OUT:
        return "one left out at a time"
    together = found.together or tuple({name: None for arm in found.arms if len(arm.off) > 1 for name in arm.off})
    cells = 2 ** len(together)
    shape = " × ".join("2" * len(together)) if len(together) <= MOST_NAMED else f"2^{len(together)}"
    run = sum(set(arm.off) <= set(together) for arm in _run(found))
    return f"{shape}, {f'all {cells:,}' if run == cells else f'{run:,} of {cells:,}'} cells run"


def _smallest(found: Ablation, name: Namer) -> str:
    if not judged(found) or found.full.side.value is None:
        return ""
    own = found.smallest
    if own is None:
        limit = limit_words(found, scale_of(found))[1]
        tried = sum(bool(arm.off) for arm in _run(found))
        return f"No smaller system that was tried ({tried:,}) is shown to lose less than {limit}." if tried else ""
    if own.picked_from == 1:
        return f"The system is shown to keep up with {system(found, own.kept, name)}; no other was tried."
    passed = "" if own.passed == 1 else f"; {own.passed:,} of them keep up"
    return (
        f"The smallest tried system that is shown to keep up is {system(found, own.kept, name)}, "
        f"picked from {own.picked_from:,}{passed}."
    )
