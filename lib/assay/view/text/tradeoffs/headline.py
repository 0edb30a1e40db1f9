"""The answer first: who is on the front, how the candidate stands, and what its scorecard says against it."""

from collections.abc import Sequence

from assay.model.comparison.difference import Verdict
from assay.model.tradeoffs.front import Front, Place, Point, Trade
from assay.model.tradeoffs.notes import FrontNote
from assay.model.tradeoffs.scorecard import Judgement, Scored, Status
from assay.view.text.comparison.claim import Fact
from assay.view.text.escape import code
from assay.view.text.notes import as_markdown, words
from assay.view.text.numbers import count, probability
from assay.view.text.tradeoffs import scorecard as cards
from assay.view.text.tradeoffs.front import PLACES, TRADES, Namer, brief, counted
from assay.view.text.tradeoffs.scale import bound, scale_of
from assay.view.text.verdicts import Mark

ABSENT = Mark("!", "not there", "orange")
_STANDS = {
    Place.ON_FRONT: "is on the front",
    Place.POSSIBLE: "may be on the front",
    Place.BEATEN: "is beaten",
}
_MOST_NAMED = 3


def mark(found: Front, scored: Scored | None) -> Mark:
    """Red where the candidate misses something, green where nothing is against it; plain without a candidate."""
    if found.candidate is None:
        return ABSENT if found.question.candidate else PLACES[Place.ON_FRONT if found.points else Place.BEATEN]
    if scored and scored.of(Status.ALERT, Status.MISSED):
        return cards.MARKS[Status.MISSED]
    if not _is_good(found):
        return TRADES[Trade.WORSE] if _trade(found) is Trade.WORSE else TRADES[Trade.NOT_SHOWN]
    if _lost_metrics(scored):
        return TRADES[Trade.MIXED]
    if scored and scored.score is not None:
        return cards.mark(scored)
    return TRADES[Trade.BETTER] if _trade(found) is Trade.BETTER else PLACES[found.points[found.candidate].place]


def headline(found: Front, scored: Scored | None = None, *, name: Namer = code) -> str:
    """The answer in one sentence, Markdown unless `name` says otherwise."""
    if not found.points:
        said = as_markdown if name is code else words
        return next(said(own) for own in found.notes if own.code is FrontNote.NO_POINT_HAS_ALL)
    name = brief(name)
    if found.candidate is None:
        absent = "The candidate is not on this front. " if found.question.candidate else ""
        return f"{absent}{_who_leads(found, name)}"
    stands = _traded_off(found, name) or _stands(found, found.candidate, name)
    lost = _lost_metrics(scored) if _trade(found) is Trade.BETTER else 0
    besides = f" (worse on {lost} of {count(scored.family, 'metric')})" if scored and lost else ""
    card = _of_card(scored, name, good=_is_good(found) and not lost)
    return f"{name(found.points[found.candidate].label)} {stands}{besides}{card}."


def _lost_metrics(scored: Scored | None) -> int:
    """On how many metrics of all the candidate is shown worse than the baseline."""
    return sum(one.lost for one in scored.regressions) if scored else 0


def _traded_off(found: Front, name: Namer) -> str:
    """`is shown better than baseline in f1_score and worse in none of 3 objectives`; nothing without a baseline."""
    trade = _trade(found)
    if trade in (None, Trade.BASELINE) or found.candidate is None or found.baseline is None:
        return ""
    base, n = name(found.points[found.baseline].label), count(len(found.metrics), "objective")
    own = found.seen[found.candidate]
    shown = [k for k, one in enumerate(own.differences) if one.is_shown]
    better, worse = (
        listed([name(found.metrics[k].name) for k in ways if k in shown or trade is Trade.MIXED])
        for ways in (own.won, own.lost)
    )
    alone = len(found.metrics) == 1
    return {
        Trade.BETTER: f"is shown better than {base} in {better}{'' if alone else f' and worse in none of {n}'}",
        Trade.WORSE: f"is shown worse than {base} in {worse}{'' if alone else f' and better in none of {n}'}",
        Trade.MIXED: f"is better than {base} in {better} and worse in {worse}",
        Trade.NOT_SHOWN: f"is not shown better than {base}{'' if alone else f' in any of {n}'}",
    }[trade]


def _who_leads(found: Front, name: Namer) -> str:
    """Who is on the front, by name where they are few, and who may be."""
    sure = [one for one in found.points if one.place is Place.ON_FRONT]
    maybe = [one for one in found.points if one.place is Place.POSSIBLE]
    total, alone = counted(found, len(found.points)), len(found.metrics) == 1
    names = listed([name(metric.name) for metric in found.metrics])
    of = f"the best by {names}" if alone else f"on the front of {names}"
    if not sure:
        who = f", {_named(maybe, name)}," if len(maybe) <= _MOST_NAMED else ""
        return f"{len(maybe)} of {total}{who} may be {of}." if maybe else f"None of {total} is likely to be {of}."
    more = f"; {len(maybe)} more may be" if maybe else ""
    alike = " by value alone" if all(one.probability is None for one in sure) else ""
    if alone:
        return f"{_named(sure, name)} {'leads' if len(sure) == 1 else 'lead'} {total} by {names}{alike}{more}."
    if len(sure) > _MOST_NAMED:
        return f"{len(sure)} of {total} are {of}{alike}{more}."
    return f"On the front of {names}{alike}: {_named(sure, name)}, of {total}{more}."


def _stands(found: Front, place: int, name: Namer) -> str:
    point, seen = found.points[place], found.seen.get(place)
    if point.probability is None:
        by = found.question.statistic.term if point.n > 1 else "value"
        return f"is {'on the front' if point.mean_on else 'beaten'} by its {by}s alone"
    better = seen.beaten_by if seen else None
    if point.place is Place.BEATEN and better is not None:
        return f"is beaten, by {name(found.points[better].label)} for one"
    return _STANDS[point.place]


def _of_card(scored: Scored | None, name: Namer, *, good: bool) -> str:
    """`, but latency_p99_ms is beyond its alert: 1,612 ms, the limit is 1,500 ms`."""
    if scored is None or scored.score is None:
        return ""
    lost = sorted(scored.of(Status.ALERT, Status.MISSED), key=lambda one: one.status is not Status.ALERT)
    joined = ", but" if good else ", and"
    if lost:
        return f"{joined} {_lost(lost[0], name)}{_more_lost(lost[1:])}"
    total, met = len(scored.judgements), len(scored.of(Status.MET))
    if met == total:
        return f"{', and' if good else ', but'} meets every threshold{cards.by_value(scored.judgements)}"
    open_ = len(scored.of(Status.UNCERTAIN))
    parts = [f"{open_} {'is' if open_ == 1 else 'are'} uncertain"] if open_ else []
    parts += [f"{n} {'is' if n == 1 else 'are'} not logged"] if (n := total - met - open_) else []
    return f"{joined} of {count(total, 'threshold')} {' and '.join(parts)}"


def _more_lost(rest: Sequence[Judgement]) -> str:
    """`, 2 more beyond their alert and 1 more missed`."""
    alerts = sum(one.status is Status.ALERT for one in rest)
    missed = len(rest) - alerts
    parts = [f"{alerts} more beyond {'its' if alerts == 1 else 'their'} alert"] if alerts else []
    parts += [f"{missed} more missed"] if missed else []
    return f", {' and '.join(parts)}" if parts else ""


def _lost(one: Judgement, name: Namer) -> str:
    shown, metric = cards.scale_of(one), name(one.metric.name)
    value = shown.value(one.side.value)
    if one.status is Status.ALERT and one.criterion.alert:
        return f"{metric} is beyond its alert: {value}, the limit is {bound(one.criterion.alert, shown)}"
    return f"{metric} misses its threshold: {value}, the limit is {bound(one.criterion.threshold, shown)}"


def badges(found: Front, scored: Scored | None) -> tuple[Fact, ...]:
    """Of the candidate: trade, place, statuses of its card, score."""
    if found.candidate is None:
        return ()
    point, trade = found.points[found.candidate], _trade(found)
    said = []
    if trade:
        n = len(found.metrics)
        told = f" on {f'these {n} objectives' if n > 1 else 'this objective'}"
        told = told if trade in (Trade.BETTER, Trade.WORSE) else ""
        said.append(Fact(f"{TRADES[trade].label}{told}", colour=TRADES[trade].colour))
    sign = PLACES[point.place]
    sure = "" if point.probability is None else f", {probability(point.probability)}"
    said.append(Fact(f"{sign.label}{sure}", colour=sign.colour))
    if scored and scored.judgements:
        for status, own in cards.MARKS.items():
            if n := len(scored.of(status)):
                said.append(Fact(f"{own.glyph} {n} {own.word}", colour=own.colour))
    if scored and scored.score is not None and scored.possible is not None:
        said.append(Fact(f"score {scored.score:.2f}, possible {scored.possible:.2f}"))
    return tuple(said)


def follows(found: Front, *, name: Namer = code) -> str:
    """What is won and lost by the candidate, who else is better than the baseline, who meets every threshold."""
    name = brief(name)
    return " ".join(filter(None, (_traded(found, name), _better(found, name), _meeting(found, name))))


def _traded(found: Front, name: Namer) -> str:
    """`f1_score +12.3 points is shown better than baseline; latency_p95_ms −8 ms neither better nor worse.`"""
    seen = found.seen.get(found.candidate) if found.candidate is not None else None
    if seen is None or not seen.differences or found.baseline is None:
        return ""
    base = name(found.points[found.baseline].label)
    said = {
        (Verdict.BETTER, True): f"shown better than {base}",
        (Verdict.WORSE, True): f"shown worse than {base}",
        (Verdict.BETTER, False): f"better than {base} by a value that never varied",
        (Verdict.WORSE, False): f"worse than {base} by a value that never varied",
        (Verdict.NOT_SHOWN, False): "shown neither better nor worse",
    }
    groups: dict[tuple[Verdict, bool], list[str]] = {way: [] for way in said}
    for k, difference in enumerate(seen.differences):
        told = scale_of(found, k).difference(difference.value) if difference.value is not None else "not known"
        way = Verdict.BETTER if k in seen.won else Verdict.WORSE if k in seen.lost else Verdict.NOT_SHOWN
        groups[way, difference.is_shown and way is not Verdict.NOT_SHOWN].append(
            f"{name(found.metrics[k].name)} {told}"
        )
    parts = [f"{listed(own)} {'is' if len(own) == 1 else 'are'} {said[way]}" for way, own in groups.items() if own]
    return f"{'; '.join(parts)}."


def _better(found: Front, name: Namer) -> str:
    """Who is better than the baseline, where nobody asked for one candidate."""
    if found.candidate is not None or not any(seen.trade for seen in found.seen.values()):
        return ""
    better = [found.points[place] for place, seen in found.seen.items() if seen.trade is Trade.BETTER]
    if not better:
        return "Of those looked at, none is shown better than the baseline in one objective and worse in none."
    verb = "is" if len(better) == 1 else "are"
    return f"{_named(better, name)} {verb} shown better than the baseline in one objective and worse in none."


def _meeting(found: Front, name: Namer) -> str:
    """Who of those that are looked at, but for the candidate, meets every threshold, or every one of what is logged."""
    judged = {place: seen.judgements for place, seen in found.seen.items() if seen.judgements}
    judged.pop(found.candidate, None)  # type: ignore[arg-type]
    if not judged:
        return ""
    other = "the other " if found.candidate is not None else ""
    of = f"Of {other}{counted(found, len(judged))} looked at"
    meeting = [p for p, own in judged.items() if all(one.status is Status.MET for one in own)]
    if meeting:
        verb = "meets" if len(meeting) == 1 else "meet"
        still = cards.by_value(judged[meeting[0]]) if len(meeting) == 1 else ""
        luck = ", each judged alone" if len(judged) > 1 else ""
        return f"{of}{luck}, {_named([found.points[p] for p in meeting], name)} {verb} every threshold{still}."
    partly = [p for p, own in judged.items() if {one.status for one in own} == {Status.MET, Status.NOT_LOGGED}]
    if not partly:
        return f"{of}, none is shown to meet every threshold."
    missing = {one.metric.name: None for p in partly for one in judged[p] if one.status is Status.NOT_LOGGED}
    verb = "meets" if len(partly) == 1 else "meet"
    who = _named([found.points[p] for p in partly], name)
    return f"{of}, {who} {verb} every threshold but of what is not logged ({listed([name(own) for own in missing])})."


def _trade(found: Front) -> Trade | None:
    seen = found.seen.get(found.candidate) if found.candidate is not None else None
    return seen.trade if seen else None


def _is_good(found: Front) -> bool:
    """Whether nothing but thresholds can be said against the candidate."""
    assert found.candidate is not None
    trade = _trade(found)
    return trade is Trade.BETTER or (
        trade in (None, Trade.BASELINE) and found.points[found.candidate].place is not Place.BEATEN
    )


def _named(points: Sequence[Point], name: Namer) -> str:
    shown = [name(one.label) for one in points[:_MOST_NAMED]]
    rest = len(points) - len(shown)
    return listed([*shown, *([f"{rest:,} more"] if rest else [])])


def listed(names: Sequence[str]) -> str:
    """`a, b and c`."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
