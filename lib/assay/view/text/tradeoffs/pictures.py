"""What pictures of trade-offs show, and how to read them."""

from collections.abc import Sequence

from assay.model.tradeoffs.front import Front, Place
from assay.view.text.escape import code, flat
from assay.view.text.escape import plotly as safe
from assay.view.text.numbers import Scale, count, percent, probability
from assay.view.text.tradeoffs.front import brief, counted, summed

WORDS = {Place.ON_FRONT: "on the front", Place.POSSIBLE: "possibly on the front", Place.BEATEN: "beaten"}
_MOST_OUTSIDE = 3


def heading(found: Front, across: int, up: int) -> str:
    """`f1_score against latency_p95_ms`."""
    return f"{found.metrics[up].name} against {found.metrics[across].name}"


def chance(found: Front, place: int) -> str:
    """Where a point stands, with its probability where one is known."""
    point = found.points[place]
    if point.probability is None:
        return f"{WORDS[point.place]} by its values alone"
    said = f"on the front in {probability(point.probability)} of draws"
    return f"beaten: {said}" if point.place is Place.BEATEN else said


def hover(found: Front, place: int, written: Sequence[Scale]) -> str:
    """Everything of one point; `written`: how each objective is."""
    point, seen = found.points[place], found.seen.get(place)
    lines = [f"<b>{brief(safe)(point.label)}</b>, n = {point.n}"]
    for k, (metric, shown) in enumerate(zip(found.metrics, written, strict=True)):
        value = point.values[k]
        interval = seen.sides[k].interval if seen and seen.sides else None
        ends = f", {shown.limits(interval.low, interval.high, signed=False)}" if interval else ""
        lines.append(f"{safe(metric.name)}: {safe(shown.value(value))}{ends}")
    return "<br>".join([*lines, chance(found, place)])


def map_alt(found: Front, across: int, up: int) -> str:
    """Which configurations nobody beats in these two objectives."""
    first, second = sorted((across, up))
    names = [brief(flat)(found.points[place].label) for place in found.stairs.get((first, second), ())]
    every = f"{counted(found, len(found.points))} by {found.metrics[up].name} and {found.metrics[across].name}"
    more = f" and {len(names) - _MOST_OUTSIDE} more" if len(names) > _MOST_OUTSIDE else ""
    return f"{every}; in these two nothing beats {', '.join(names[:_MOST_OUTSIDE])}{more}"


def map_caption(
    found: Front, across: int, up: int, outside: Sequence[int], unnamed: int, *, covered: int = 0, shaded: bool = False
) -> str:
    """How to read a map, and what it does not show."""
    several = len(found.metrics) > 2
    first, second = sorted((across, up))
    stairs = found.stairs.get((first, second), ())
    parts = []
    if any(seen.sides and any(side.interval for side in seen.sides) for seen in found.seen.values()):
        parts.append(f"Crosses: {percent(found.rules.level)} intervals.")
    if len({found.points[place].values for place in stairs}) > 1:
        parts.append(f"Line: front of the {summed(found)}s of this pair.")
    elif stairs:
        alone = "Of these two alone " if several else ""
        parts.append(f"{alone}{brief(code)(found.points[stairs[0]].label)} beats all, so there is no line.")
    of = f" of all {len(found.metrics)} objectives" if several else ""
    parts.append(f"Filled: on the front{of}; dotted centre: possible; hollow: beaten{_asked(found)}.")
    if shaded:
        parts.append("Shaded: values on the wrong side of a threshold.")
    if outside:
        named = ", ".join(brief(code)(found.points[place].label) for place in outside[:_MOST_OUTSIDE])
        more = f" and {len(outside) - _MOST_OUTSIDE:,} more" if len(outside) > _MOST_OUTSIDE else ""
        parts.append(f"Outside the picture: {named}{more}.")
    if unnamed:
        parts.append(f"{count(unnamed, 'mark')} without a name: hover.")
    if covered:
        parts.append(f"{counted(found, covered)} drawn under others.")
    return " ".join(parts)


def _asked(found: Front) -> str:
    """`; blue: the candidate; square: the baseline`."""
    said = ["; blue: the candidate"] if found.candidate is not None else []
    said += ["; square: the baseline"] if found.baseline is not None else []
    return "".join(said)


def lines_alt(found: Front, drawn: int) -> str:
    """Whose lines are drawn over which axes."""
    names = ", ".join(metric.name for metric in found.metrics)
    return f"{counted(found, drawn)} as lines over {names}, the better end up"


def lines_caption(found: Front, drawn: int, outside: int = 0) -> str:
    """How to read the lines, how many there are not, and how many lie beyond an axis."""
    left = len(found.points) - drawn
    less = f" {counted(found, left)} that {'is' if left == 1 else 'are'} beaten left out." if left else ""
    beyond = f" {counted(found, outside)} beyond an axis drawn at its end." if outside else ""
    return (
        "A line a configuration, each objective on its own axis with the better end up, written above and below it. "
        f"Blue: the candidate; squares: the baseline; dotted: possibly on the front; faint: beaten.{less}{beyond}"
    )


def ranking_alt(found: Front) -> str:
    """Who leads by the one objective."""
    name = found.metrics[0].name
    if not found.points:
        return f"Nobody logged {name}"
    return f"{counted(found, len(found.points))} ranked by {name}; the best is {brief(flat)(found.points[0].label)}"


def ranking_caption(found: Front, drawn: int) -> str:
    """How to read the ranking."""
    left = len(found.points) - drawn
    more = f" {counted(found, left)} further down left out." if left else ""
    known = any(side.interval for seen in found.seen.values() for side in seen.sides)
    lines = f"Lines: {percent(found.rules.level)} intervals. " if known else ""
    maybe = " dotted centre: possibly best;" if any(one.place is Place.POSSIBLE for one in found.points) else ""
    return f"{lines}Filled: best;{maybe} hollow: beaten.{more}"
