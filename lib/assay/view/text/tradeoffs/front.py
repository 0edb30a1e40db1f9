"""What every text of a front shares: marks, who is on it, why something is not, how sure that is."""

from collections.abc import Callable

from assay.model.runs.exclusion import LeftOutRuns
from assay.model.tradeoffs.front import Front, Place, Point, Trade
from assay.view.text.escape import flat, short
from assay.view.text.notes.exclusions import reason
from assay.view.text.numbers import count
from assay.view.text.verdicts import Mark

PLACES = {
    Place.ON_FRONT: Mark("●", "on front", "blue"),
    Place.POSSIBLE: Mark("◉", "possible", "gray"),
    Place.BEATEN: Mark("–", "beaten", "gray"),
}
TRADES = {
    Trade.BETTER: Mark("▲", "better", "green"),
    Trade.WORSE: Mark("▼", "worse", "red"),
    Trade.MIXED: Mark("◆", "mixed", "gray"),
    Trade.NOT_SHOWN: Mark("≈", "not shown", "gray"),
    Trade.BASELINE: Mark("■", "baseline", "gray"),
}
_LONGEST_NAME = 60


Namer = Callable[[str], str]


def brief(name: Namer) -> Namer:
    """`name` of names that a sentence has room for; a table has the whole."""
    return lambda text: name(short(text, _LONGEST_NAME))


def front(found: Front) -> list[Point]:
    """The points that no other's values beat."""
    return [one for one in found.points if one.mean_on]


def possible(found: Front) -> list[Point]:
    """The points that others' values beat, which may be on the front all the same."""
    return [found.points[at] for at in found.hopeful if not found.points[at].mean_on]


def counted(found: Front, n: int) -> str:
    """`3 configurations`; runs where nothing groups them."""
    return count(n, "configuration" if found.question.group_by is not None else "run")


def summed(found: Front) -> str:
    """What a point's values are: `mean`, `median`, or `value` where every one is of a single replicate."""
    return found.question.statistic.term if any(point.n > 1 for point in found.points) else "value"


def why(one: LeftOutRuns) -> str:
    """`failed`, `cost not logged`."""
    return flat(reason(one.reason, " or ".join(one.metrics) or "a metric"))
