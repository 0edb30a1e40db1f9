"""The page's answer first: who is on the front, how the candidate stands, and what its scorecard says against it."""

from collections.abc import Sequence

from assay.model.comparison.difference import Verdict
from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion
from assay.model.tradeoffs.front import Front, LeftOut, Place, Point, Trade
from assay.model.tradeoffs.scorecard import Judgement, Scored, Status
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code, markdown
from assay.view.text.notes import as_markdown
from assay.view.text.notes.exclusions import reason
from assay.view.text.numbers import count, percent
from assay.view.text.tradeoffs import scorecard as cards
from assay.view.text.tradeoffs.scale import bound, scale_of
from assay.view.text.verdicts import Mark

PLACES = {
    Place.ON_FRONT: Mark("●", "on front", "blue"),
    Place.POSSIBLE: Mark("○", "possible", "gray"),
    Place.BEATEN: Mark("–", "beaten", "gray"),
}
TRADES = {
    Trade.BETTER: Mark("▲", "better", "green"),
    Trade.WORSE: Mark("▼", "worse", "red"),
    Trade.MIXED: Mark("◆", "mixed", "gray"),
    Trade.NOT_SHOWN: Mark("≈", "not shown", "gray"),
    Trade.BASELINE: Mark("■", "baseline", "gray"),
}
_STANDS = {
    Place.ON_FRONT: "is on the front",
    Place.POSSIBLE: "may be on the front",
    Place.BEATEN: "is beaten",
}
_TRADED = {
    Trade.BETTER: "is better than the baseline",
    Trade.WORSE: "is worse than the baseline",
    Trade.MIXED: "is better than the baseline in one way and worse in another",
    Trade.NOT_SHOWN: "is not shown better than the baseline",
}
_GOOD = {Trade.BETTER}
_MOST_NAMED = 3


def mark(found: Front, scored: Scored | None) -> Mark:
    """Red where the candidate misses something, green where nothing is against it; plain without a candidate."""
    if found.candidate is None:
        return PLACES[Place.ON_FRONT] if found.points else PLACES[Place.BEATEN]
    if scored and scored.of(Status.ALERT, Status.MISSED):
        return cards.MARKS[Status.MISSED]
    good = _trade(found) in _GOOD or found.points[found.candidate].place is Place.ON_FRONT
    if not good:
        return TRADES[Trade.WORSE] if _trade(found) is Trade.WORSE else TRADES[Trade.NOT_SHOWN]
    if scored and scored.score is not None:
        return cards.mark(scored)
    return TRADES[Trade.BETTER] if _trade(found) in _GOOD else PLACES[Place.ON_FRONT]


def headline(found: Front, scored: Scored | None) -> str:
    """The answer in one sentence, Markdown."""
    if not found.points:
        return f"No configuration logged {_all_of(found)}"
    if found.candidate is None:
        return _who_leads(found)
    point, trade = found.points[found.candidate], _trade(found)
    said = _TRADED.get(trade) if trade else None
    stands = said or _stands(found, found.candidate)
    return f"{code(point.label)} {stands}{_of_card(scored, good=_is_good(found))}."


def _who_leads(found: Front) -> str:
    """`3 of 9 configurations are on the front of f1_score and latency_p95_ms, 2 more may be.`"""
    total, on = len(found.points), _at(found, Place.ON_FRONT)
    maybe = _at(found, Place.POSSIBLE)
    if len(found.metrics) == 1:
        name, leader = code(found.metrics[0].name), code(found.points[0].label)
        rest = len(maybe) + len(on)
        if rest < 2:
            return f"{leader} is the best of {count(total, 'configuration')} by {name}."
        return f"{leader} leads by {name}; {rest} of {count(total, 'configuration')} may be the best."
    names = _listed([code(metric.name) for metric in found.metrics])
    if not on and maybe:
        return f"Up to {len(maybe)} of {count(total, 'configuration')} may be on the front of {names}."
    verb = "is" if len(on) == 1 else "are"
    more = f", {len(maybe)} more may be" if maybe else ""
    return f"{len(on)} of {count(total, 'configuration')} {verb} on the front of {names}{more}."


def _stands(found: Front, place: int) -> str:
    point, seen = found.points[place], found.seen.get(place)
    if point.probability is None:
        by = found.question.statistic.term
        return f"is {'on the front' if point.mean_on else 'beaten'} by its {by}s alone"
    better = seen.beaten_by if seen else None
    if point.place is Place.BEATEN and better is not None:
        return f"is beaten, by {code(found.points[better].label)} for one"
    return _STANDS[point.place]


def _of_card(scored: Scored | None, *, good: bool) -> str:
    """`, but latency_p99_ms is beyond its alert: 1,612 ms, the limit is 1,500 ms`."""
    if scored is None or scored.score is None:
        return ""
    lost = sorted(scored.of(Status.ALERT, Status.MISSED), key=lambda one: one.status is not Status.ALERT)
    joined = ", but" if good else ", and"
    if lost:
        more = f", and {len(lost) - 1} more {'is' if len(lost) == 2 else 'are'} missed" if len(lost) > 1 else ""
        return f"{joined} {_lost(lost[0])}{more}"
    total, met = len(scored.judgements), len(scored.of(Status.MET))
    if met == total:
        return f"{', and' if good else ', but'} meets every threshold"
    open_ = len(scored.of(Status.UNCERTAIN))
    parts = [f"{open_} {'is' if open_ == 1 else 'are'} uncertain"] if open_ else []
    parts += [f"{n} {'is' if n == 1 else 'are'} not logged"] if (n := total - met - open_) else []
    return f"{joined} of {count(total, 'threshold')} {' and '.join(parts)}"


def _lost(one: Judgement) -> str:
    shown, name = cards.scale_of(one), code(one.metric.name)
    value = shown.value(one.side.value)
    if one.status is Status.ALERT and one.criterion.alert:
        return f"{name} is beyond its alert: {value}, the limit is {bound(one.criterion.alert, shown)}"
    return f"{name} misses its threshold: {value}, the limit is {bound(one.criterion.threshold, shown)}"


def badges(found: Front, scored: Scored | None) -> tuple[Fact, ...]:
    """Of the candidate: trade, place, statuses of its card, score."""
    if found.candidate is None:
        return ()
    point, trade = found.points[found.candidate], _trade(found)
    said = []
    if trade:
        sign = TRADES[trade]
        told = "than the baseline" if trade in (Trade.BETTER, Trade.WORSE) else "against the baseline"
        said.append(Fact(f"{sign.label} {told}", colour=sign.colour))
    sign = PLACES[point.place]
    sure = "" if point.probability is None else f", {chance(point.probability)}"
    said.append(Fact(f"{sign.label}{sure}", colour=sign.colour))
    if scored and scored.judgements:
        for status, own in cards.MARKS.items():
            if n := len(scored.of(status)):
                said.append(Fact(f"{own.glyph} {n} {own.word}", colour=own.colour))
    if scored and scored.score is not None and scored.possible is not None:
        said.append(Fact(f"score {scored.score:.2f}, possible {scored.possible:.2f}"))
    return tuple(said)


def chance(probability: float) -> str:
    """`99 %`; never all or nothing, which draws cannot show."""
    if probability > 0.995:
        return "> 99 %"
    if 0 < probability < 0.005 or probability == 0:
        return "< 1 %"
    return percent(round(probability, 2))


def follows(found: Front) -> str:
    """What the baseline loses and wins by the candidate, and who meets every threshold; Markdown."""
    return " ".join(filter(None, (_traded(found), _meeting(found))))


def _traded(found: Front) -> str:
    seen = found.seen.get(found.candidate) if found.candidate is not None else None
    if seen is None or not seen.differences or found.baseline is None:
        return ""
    groups: dict[str, list[str]] = {}
    for k, difference in enumerate(seen.differences):
        shown = scale_of(found, k)
        told = shown.difference(difference.value) if difference.value is not None else "not known"
        said = {Verdict.BETTER: "better", Verdict.WORSE: "worse"}.get(difference.verdict, "open")
        groups.setdefault(said, []).append(f"{code(found.metrics[k].name)} **{told}**")
    base = code(found.points[found.baseline].label)
    parts = []
    for word in ("better", "worse"):
        if word in groups:
            verb = "is" if len(groups[word]) == 1 else "are"
            parts.append(f"{_listed(groups[word])} {verb} shown {word} than {base}")
    if "open" in groups:
        verb = "is" if len(groups["open"]) == 1 else "are"
        parts.append(f"{_listed(groups['open'])} {verb} shown neither better nor worse")
    return f"{'; '.join(parts)}."


def _meeting(found: Front) -> str:
    """Who of those on the front, or possibly on it, is shown to meet every threshold of the card."""
    judged = [place for place, seen in found.seen.items() if seen.judgements]
    if found.card is None or not judged:
        return ""
    meeting = [p for p in judged if all(one.status is Status.MET for one in found.seen[p].judgements)]
    if not meeting:
        return "No configuration shown here meets every threshold."
    names = [code(found.points[place].label) for place in meeting]
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    shown = _listed(names[:_MOST_NAMED]) if not more else ", ".join(names[:_MOST_NAMED])
    return f"{shown}{more} {'meets' if len(names) == 1 else 'meet'} every threshold."


def basis(found: Front, outside: int = 0) -> str:
    """How far to trust it: n, intervals, correction, what shapes the front, what is left out."""
    ns = sorted({point.n for point in found.points})
    many = f"n = {ns[0]}" if len(ns) == 1 else f"n = {ns[0]} to {ns[-1]}" if ns else ""
    parts = [f"{many} each, {percent(found.rules.level)} intervals" if many else ""]
    if found.baseline is not None and len(found.metrics) > 1 and found.rules.corrected:
        parts.append(f"Holm over the {len(found.metrics)} objectives")
    said = [f"{', '.join(filter(None, parts))}."] if parts[0] else []
    said.append("Thresholds don't shape the front." if found.card else "")
    unknown = sum(point.probability is None for point in found.points)
    if unknown and found.points:
        who = "No configuration has" if unknown == len(found.points) else f"{unknown} have not"
        said.append(f"{who} the {found.rules.fewest} replicates that a probability rests on.")
    runs = sum(len(one.run_ids) for one in found.left_out)
    lost = [f"{count(outside, 'configuration')} outside the pictures"] if outside else []
    lost += [f"{count(runs, 'run')} left out"] if runs else []
    if lost:
        said.append(f"{' and '.join(lost)}: see below.")
    return " ".join(filter(None, said))


def account(found: Front) -> str:
    """Below the table: what ± is, who is beaten, what was left out, the hypervolume; Markdown."""
    beaten = [place for place, point in enumerate(found.points) if point.place is Place.BEATEN]
    said = [f"{found.question.statistic.term.capitalize()} ± std over n replicates that logged every objective."]
    if beaten:
        names = _named(found, beaten)
        known = all(found.points[place].probability is not None for place in beaten)
        why = " (probability below 5 %)" if known else ""
        said.append(f"{count(len(beaten), 'configuration')} beaten{why}: {names}.")
    said.append(left_out(found))
    if (volume := found.hypervolume) is not None:
        ends = [markdown(scale_of(found, k).value(value)) for k, value in enumerate(volume.reference)]
        usual = "" if found.question.reference else ", the worst of the experiment and 10 % of its range"
        room = f"the room between the best and the reference point ({', '.join(ends)}{usual})"
        said.append(f"Hypervolume {volume.value:.3f} of {room}.")
    return " ".join(filter(None, said))


def left_out(found: Front) -> str:
    """`Left out: 2 runs of hyde, failed; 1 run of e5-small, cost not logged.`"""
    if not found.left_out:
        return "No run was left out."
    parts = [_left(one) for one in found.left_out[:_MOST_NAMED]]
    if rest := found.left_out[_MOST_NAMED:]:
        parts.append(f"{count(sum(len(one.run_ids) for one in rest), 'run')} more, in the table below")
    return f"Left out: {'; '.join(parts)}."


def _left(one: LeftOut) -> str:
    metric = " or ".join(one.metrics)
    whole = "all " if one.whole else ""
    return f"{whole}{count(len(one.run_ids), 'run')} of {code(one.label)}, {markdown(why(one.reason, metric))}"


def why(exclusion: Exclusion, metric: str) -> str:
    """Why runs are left out, of the objectives that they lack."""
    return reason(exclusion, metric or "an objective")


def warnings(notes: Sequence[Note], names: Sequence[str]) -> list[str]:
    """What deserves a look, Markdown."""
    return [as_markdown(one, names) for one in notes]


def _at(found: Front, place: Place) -> list[Point]:
    return [point for point in found.points if point.place is place]


def _trade(found: Front) -> Trade | None:
    seen = found.seen.get(found.candidate) if found.candidate is not None else None
    return seen.trade if seen else None


def _is_good(found: Front) -> bool:
    assert found.candidate is not None
    return _trade(found) in _GOOD or (_trade(found) is None and found.points[found.candidate].place is not Place.BEATEN)


def _named(found: Front, places: Sequence[int]) -> str:
    names = [code(found.points[place].label) for place in places[:_MOST_NAMED]]
    more = f" and {len(places) - _MOST_NAMED:,} more" if len(places) > _MOST_NAMED else ""
    return f"{', '.join(names)}{more}"


def _all_of(found: Front) -> str:
    names = [code(metric.name) for metric in found.metrics]
    return f"both {names[0]} and {names[1]}" if len(names) == 2 else _listed(names) if names else "an objective"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
