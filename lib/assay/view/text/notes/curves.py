"""The words for what there is to say of curves."""

from collections.abc import Mapping

from assay.model.curves.notes import CurveNote as Says
from assay.model.note import Code
from assay.view.text.notes.template import Said, Words
from assay.view.text.times import length


def _stopped(said: Said) -> str:
    where = length(said["first"]) if said["time"] else f"step {said['first']:,.0f}"
    return (
        f"{said['side']}: {said['n']} of {said['of']:replicate} {said['n']:ends|end} earlier than the longest, the "
        f"first at {where}; from there on the mean is of the others."
    )


def _no_time(said: Said) -> str:
    what = "moment" if said["time"] else "step and moment"
    return f"Every value of {said['metric']} was logged at one {what}, so there is nothing to draw it over."


def _unread(said: Said) -> str:
    whose = f"{said['side']}: the" if said["side"] else "The"
    return (
        f"{whose} histories of {said['n']} of {said['of']:run} are not read yet, for the store takes long; look again "
        "in a moment, which goes on where this stopped."
    )


WORDS: Mapping[Code, Words] = {
    Says.NO_CURVE: "No run that counts here logged a usable value of {metric}.",
    Says.LOGGED_ONCE: "{metric} was logged once by {n:run}, so there is no curve; Compare shows such values.",
    Says.NO_TIME: _no_time,
    Says.NOTHING_BETWEEN: "There are not two places between these ends at which {metric} was logged; widen them.",
    Says.ENDS_REVERSED: "The curves are to go from {first:g} to {last:g}; the first end must lie below the last.",
    Says.NO_NUMBER: "An end of the curves is '{given}'; it must be a number of steps, or of seconds over time.",
    Says.BY_TIME: "Every value of {metric} has the same step, so it is drawn over time.",
    Says.HISTORIES_UNREAD: _unread,
    Says.HISTORIES_CUT: "{side}: of {n} of {of:run} only the first {most:,} values are read.",
    Says.STOPPED_EARLY: _stopped,
    Says.GAPS: "{side}: {n:value} of {metric} {n:is|are} NaN, infinite, too large or not known, and left as a gap.",
    Says.WITHOUT_METRIC: "{side}: {n} of {of:run} logged no {metric} here.",
    Says.TOO_MANY_SIDES: "{n:configuration} more {n:is|are} not drawn: a picture tells {most} apart.",
}
