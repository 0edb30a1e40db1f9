"""The documented JSON object of a front."""

from typing import Any

from assay.model.note import note
from assay.model.runs.exclusion import LeftOutRuns
from assay.model.tradeoffs.front import Front
from assay.model.tradeoffs.notes import FrontNote
from assay.view.objects import noted, reasoned
from assay.view.objects.asked import asked, grouping
from assay.view.text.notes import words
from assay.view.text.tradeoffs.front import front as on_front
from assay.view.text.tradeoffs.front import possible, why

Json = dict[str, Any]


def front(found: Front, objective_set: str = "") -> Json:
    """Front and possible ones in full, the others by number; values in the unit that was logged.

    `objective_set`: the policy's name for the objectives, "" where they are nobody's set.
    """
    on, maybe = on_front(found), possible(found)
    places = {one.run_ids: at for at, one in enumerate(found.points)}
    chosen = {
        role: None if at is None else _point(found, at)
        for role, at in (("baseline", found.baseline), ("candidate", found.candidate))
    }
    names = [metric.name for metric in found.metrics]
    room = found.hypervolume
    return {
        "objectives": [
            {
                "metric": one.name,
                "direction": one.direction,
                "direction_source": one.direction_source,
                "unit": one.unit,
            }
            for one in found.metrics
        ],
        "objective_set": objective_set or None,
        "asked": asked(found.question),
        "statistic": found.question.statistic,
        "group_by": grouping(found.question),
        "filter": found.question.filter or None,
        "level": found.rules.level,
        "correction": found.rules.correction,
        "minimum_runs": found.rules.fewest,
        "draws": found.draws,
        "seed": found.question.seed,
        "scorecard": found.card.name if found.card else None,
        "limits": {
            name: {"comparator": limit.comparator, "threshold": limit.value}
            for name, limit in zip(names, found.limits, strict=False)
            if limit is not None
        },
        "configurations": len(found.points),
        "front": [_point(found, places[one.run_ids]) for one in on],
        "possible": [_point(found, places[one.run_ids]) for one in maybe],
        "dominated": len(found.points) - len(found.hopeful),
        **chosen,
        "excluded": [_left_out(one) for one in found.left_out],
        "hypervolume": room
        and {
            "value": room.value,
            "reference": dict(zip(names, room.reference, strict=True)),
            "ideal": dict(zip(names, room.ideal, strict=True)),
        },
        "notes": [noted(own) for own in found.notes],
        "warnings": [words(own) for own in found.notes],
    }


def _point(found: Front, at: int) -> Json:
    one, own = found.points[at], found.seen.get(at)
    names = [metric.name for metric in found.metrics]
    few = note(FrontNote.TOO_FEW_FOR_NOISE, n=one.n, needed=found.rules.fewest) if one.probability is None else None
    intervals = (
        [None if side.interval is None else [side.interval.low, side.interval.high] for side in own.sides]
        if own
        else []
    )
    verdicts = [difference.verdict for difference in own.differences] if own else []
    return {
        "label": one.label,
        "key": dict(one.key),
        "filter": one.filter,
        "experiment": one.experiment,
        "run_ids": one.run_ids,
        "n": len(one.run_ids),
        "replicates": one.n,
        "values": dict(zip(names, one.values, strict=True)),
        "intervals": dict(zip(names, intervals, strict=False)) or None,
        "probability": one.probability,
        "state": one.place,
        "to_baseline": own.trade if own else None,
        "verdicts": dict(zip(names, verdicts, strict=False)) or None,
        "thresholds": {one.criterion.metric: one.status for one in own.judgements} or None if own else None,
        "beaten_by": None if own is None or own.beaten_by is None else found.points[own.beaten_by].label,
        **reasoned(few, ()),
    }


def _left_out(one: LeftOutRuns) -> Json:
    return {
        "label": one.label,
        "run_ids": one.run_ids,
        "reason": why(one),
        "code": one.reason,
        "metrics": one.metrics,
        "whole": one.whole,
    }
