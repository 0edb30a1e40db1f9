"""What curves show, answer first, and how their places and numbers are written."""

from collections.abc import Callable

import numpy as np

from assay.model.curves.answer import Curves, Line
from assay.model.curves.question import Manner, Over, Spread
from assay.model.metric import Direction
from assay.view.text.comparison.facts import better
from assay.view.text.escape import code, flat, markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import Scale, count, percent, plain, scale
from assay.view.text.verdicts import Mark

Namer = Callable[[str], str]

_OPEN, _BEST, _ALONE = Mark("≈", "no best shown", "gray"), Mark("▲", "ends best", "green"), Mark("–", "alone", "gray")
_TIMES = ((3 * 3600.0, 3600.0, "h"), (180.0, 60.0, "min"), (0.0, 1.0, "s"))


def scale_of(found: Curves) -> Scale:
    """As fine as the replicates' spread at the end asks for."""
    place = found.end if found.end is not None else len(found.places) - 1
    ends = [np.array(side.means)[:, place] for side in found.sides if side.means]
    ends = [own[np.isfinite(own)] for own in ends]
    spreads = [float(own.std(ddof=1)) if own.size > 1 else None for own in ends]
    return scale(found.metric.unit, [float(own.mean()) for own in ends if own.size], spreads)


def time_unit(found: Curves) -> tuple[float, str]:
    """Seconds of a unit of time, and its name."""
    return next((size, name) for least, size, name in _TIMES if found.places[-1] >= least)


def where(found: Curves, place: int) -> str:
    """`step 18`, `about step 190,000`, `2.5 min`."""
    at, about = found.places[place], "about " if found.width else ""
    if found.over is Over.TIME:
        size, name = time_unit(found)
        return f"{plain(float(f'{at / size:.3g}'))} {name}"
    return f"{about}step {float(f'{at:.3g}') if found.width else at:,.0f}"


def mark(found: Curves) -> Mark:
    """The headline's mark."""
    if found.apart is None:
        return _ALONE
    judged = found.sure and not found.metric.assumed
    return _BEST if judged else _OPEN


def headline(found: Curves, shown: Scale, *, name: Namer = code) -> str:
    """Which curve ends best, and from when on; only as far as the intervals go."""
    drawn = [place for place, side in enumerate(found.sides) if side.means]
    apart, end, metric = found.apart, found.end, name(found.metric.name)
    if len(drawn) == 1:
        return f"{metric} of {name(found.labels[drawn[0]])} over {_over(found)}."
    if apart is None or end is None:
        return f"These curves of {metric} have no {'step' if found.over is Over.STEP else 'time'} that all reached."
    who, rival = name(found.labels[apart.leader]), name(brief(found)[apart.rival])
    gap = shown.distance(apart.mean[end])
    way = "higher" if apart.mean[end] > 0 else "lower"
    if not found.sure:
        ends, ahead = ("differ", f"{way} than") if found.metric.assumed else ("end best", "ahead of")
        noise = "which is not shown to be more than the noise"
        return f"No curve is shown to {ends}: at {where(found, end)} {who} is {ahead} {rival} by {gap}, {noise}."
    if found.metric.assumed:
        return f"{who} ends {way} than {rival}, by {gap}; nobody said which way {metric} is better."
    last = end == len(found.places) - 1
    who += " ends best" if last else f" is best at {where(found, end)}, the last that all reached"
    if apart.passed is not None and apart.good is not None:
        late = f", for good from {where(found, apart.good)}" if apart.good > apart.passed else " for good"
        return f"{who}: it passes {rival} at {where(found, apart.passed)}{late}."
    from_ = "" if apart.good is None else f" from {where(found, apart.good)} on"
    return f"{who}: it is ahead of {rival}{from_ if apart.good else ' throughout'}."


def consequence(found: Curves, *, name: Namer = code) -> str:
    """What else the curves show: which turned, which still move, and what an earlier stop would have chosen."""
    if found.end is None or found.metric.assumed:
        return ""
    verb = "rises" if found.metric.direction is Direction.MAXIMIZE else "falls"
    said = []
    for label, shape in zip(brief(found), found.shapes, strict=True):
        if shape and shape.turned:
            said.append(f"{name(label)} is best at {where(found, shape.best)} and gets worse after it")
        elif shape and shape.moving:
            said.append(f"{name(label)} still {verb} at {where(found, found.end)} and has not converged")
    text = f"{'; '.join(said)}. " if said else ""
    if found.apart and found.apart.before is not None and found.sure:
        rival = name(brief(found)[found.apart.rival])
        text += f"**Stopping at {where(found, found.apart.before)} would have chosen {rival}.**"
    return text.strip()


def badges(found: Curves, shown: Scale) -> list[str]:
    """What a claim carries: interval, n and pairing, and which way is better."""
    said, apart, end = [], found.apart, found.end
    if apart is not None and end is not None:
        limits = shown.limits(*(_known(row[end]) for row in (apart.low, apart.high)))
        if _known(apart.low[end]) is not None:
            said.append(f"{percent(apart.level)} CI {limits} {shown.difference_unit}".rstrip())
        n = " + ".join(str(len(found.sides[place].means)) for place in (apart.leader, apart.rival))
        said.append(f"n = {n} runs, {count(apart.pairs, 'pair') + ' by seed' if apart.pairs else 'unpaired'}")
        curves = sum(bool(side.means) for side in found.sides)
        if curves > 2:
            said.append(f"best of {curves}, corrected over all pairs")
        said.append(f"at {where(found, end)}")
    return [*said, better(found.metric)]


def reading(found: Curves, manner: Manner, lines: list[Line]) -> str:
    """How to read the picture, and what it can't show."""
    most = [max(line.n) for line in lines]
    n = f"{min(most)} to {max(most)}" if min(most) < max(most) else f"{most[0]}"
    one = max(most) == 1
    stretch = "stretches" if found.width else ("steps" if found.over is Over.STEP else "places")
    smooth = f", smoothed as the mean of {manner.window} neighbouring {stretch}" if manner.window > 1 else ""
    said = [f"Line: {'the run' if one else f'mean of {n} replicates'}{smooth}."]
    if manner.window > 1:
        said.append("Near the ends the mean is of fewer. Dots: as logged, not smoothed.")
    said += _band(found, manner, one=one)
    if found.width:
        size, name = time_unit(found) if found.over is Over.TIME else (1.0, "steps")
        said.append(
            f"Each of {len(found.places):,} stretches stands for {plain(found.width / size)} {name}: the mean of what "
            f"was logged there. Nearer ends under Part show more."
        )
    apart = found.apart
    if apart and apart.passed is not None and not found.metric.assumed:
        names = [markdown(brief(found)[place]) for place in (apart.leader, apart.rival)]
        until = f"until {where(found, apart.good)}" if apart.good is not None else "to the end"
        if _known(apart.low[apart.passed]) is not None and apart.good != apart.passed:
            said.append(
                f"Grey strip: the means of {names[0]} and {names[1]} have crossed, and {until} the interval below "
                "still holds 0."
            )
    if any(shape and shape.turned for shape in found.shapes):
        said.append("Open mark: the best mean of a curve that gets worse after it.")
    said.append(
        "Between two logged values a run is drawn straight. The picture can't show what more steps would bring."
    )
    return " ".join(said)


def _band(found: Curves, manner: Manner, *, one: bool) -> list[str]:
    alike = ", smoothed alike" if manner.window > 1 else ""
    if manner.spread is Spread.INTERVAL:
        level = f"{percent(found.apart.level)} " if found.apart else ""
        return [] if one else [f"Band: {level}t interval of the mean at each place by itself{alike}."]
    if manner.spread is Spread.SEEDS and (found.width or not one):
        what = "value of any replicate" if found.width else "replicate"
        return [f"Band: lowest to highest {what}{alike}."]
    return []


def left_out(found: Curves) -> str:
    """Runs of the sides that count nowhere, by reason."""
    lost = [(side.sample.label, excluded(side.sample.excluded, found.metric.name)) for side in found.sides]
    said = [f"{code(label)}: {markdown(text)}" for label, text in lost if text]
    return f"Left out of {'; '.join(said)}." if said else ""


def pair(found: Curves, *, name: Namer = flat) -> str:
    """`0.003 minus 0.03`."""
    assert found.apart is not None
    names = brief(found)
    return f"{name(names[found.apart.leader])} minus {name(names[found.apart.rival])}"


def brief(found: Curves) -> tuple[str, ...]:
    """The sides' labels, their values alone where all are of one param, which `common` names."""
    if not common(found):
        return found.labels
    return tuple(value for side in found.sides for _, value in side.sample.parts)


def common(found: Curves) -> str:
    """The one param that every label is of; else empty."""
    keys = {tuple(param for param, _ in side.sample.parts) for side in found.sides}
    alone = len(found.sides) > 1 and len(keys) == 1 and keys.pop()
    return alone[0] if alone and len(alone) == 1 else ""


def _over(found: Curves) -> str:
    if found.over is Over.TIME:
        return where(found, len(found.places) - 1)
    edge = found.width / 2
    return f"steps {found.places[0] - edge:,.0f} to {found.places[-1] + edge:,.0f}"


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
