"""Sentences for a report, as plain text."""

from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.scorecard import Scored
from assay.view.text.escape import flat, named
from assay.view.text.numbers import probability
from assay.view.text.tradeoffs import scorecard as cards
from assay.view.text.tradeoffs.account import basis, left_out
from assay.view.text.tradeoffs.front import PLACES, counted, summed
from assay.view.text.tradeoffs.headline import follows, headline, listed
from assay.view.text.tradeoffs.scale import scale_of


def reports(found: Front, scored: Scored | None) -> list[str]:
    """A line a configuration on the front or possibly on it, then the scorecard's."""
    where = f" of {listed([flat(name) for name in dict.fromkeys(one.experiment for one in found.points)])}"
    by = f"by the {summed(found)} of {', '.join(flat(metric.name) for metric in found.metrics)}"
    said = [headline(found, scored, name=named), follows(found, name=named)]
    said.append(f"{counted(found, len(found.points))}{where if found.points else ''} {by}:")
    for place, point in enumerate(found.points):
        if place not in found.seen:
            continue
        values = []
        for k, metric in enumerate(found.metrics):
            sides = found.seen[place].sides
            shown = scale_of(found, k).spread_with_unit(point.values[k], sides[k].std if sides else None)
            values.append(f"{flat(metric.name)} {shown}")
        sure = "" if point.probability is None else f" ({probability(point.probability)})"
        said.append(f"{flat(point.label)}: {', '.join(values)} (n = {point.n}), {PLACES[point.place].word}{sure}.")
    said += [basis(found), left_out(found, name=named)]
    if scored is not None:
        said += [cards.headline(scored, name=named), cards.score(scored), cards.regressions(scored, name=named)]
    return [text for text in said if text]
