"""How far to trust a front, what is no part of it, and how much room it takes."""

from assay.model.comparison.question import Statistic
from assay.model.note import Note
from assay.model.runs.exclusion import LeftOutRuns
from assay.model.tradeoffs.front import Front, Place
from assay.model.tradeoffs.notes import FrontNote
from assay.view.text.escape import code, markdown
from assay.view.text.numbers import count, number, percent
from assay.view.text.tradeoffs.front import Namer, brief, counted, why
from assay.view.text.tradeoffs.scale import scale_of

_MOST_NAMED = 3
_MOST_SHOWN = 0.999
_NORMAL = 1.96
_REMARKS = (
    *(FrontNote.ONE_OBJECTIVE, FrontNote.MANY_OBJECTIVES, FrontNote.DIRECTION_OF_NAME),
    FrontNote.NO_PROBABILITY,
)


def basis(found: Front) -> str:
    """n, intervals, draws, correction, what shapes the front, how much is left out; nothing without a front."""
    if not found.points:
        return ""
    ns = sorted({point.n for point in found.points})
    parts = [f"n = {ns[0]} each" if len(ns) == 1 else f"n = {ns[0]} to {ns[-1]}"]
    if any(side.interval for seen in found.seen.values() for side in seen.sides):
        parts.append(f"{percent(found.rules.level)} intervals")
    if any(point.probability is not None for point in found.points):
        error = number(100 * _NORMAL * 0.5 / found.draws**0.5, 1)
        parts.append(f"probabilities from {found.draws:,} draws (to ± {error} points)")
    if any(seen.differences for seen in found.seen.values()):
        of = f"Holm over the {len(found.metrics)} objectives of each, "
        parts.append(
            f"{of if len(found.metrics) > 1 and found.rules.corrected else ''}p not corrected over configurations"
        )
    said = [f"{', '.join(parts)}.", "Thresholds don't shape the front." if found.card else ""]
    if any(one.side.replicates > found.points[at].n for at, own in found.seen.items() for one in own.judgements):
        said.append("They are judged on every training that logged their metric, here more than n of some.")
    if runs := sum(len(one.run_ids) for one in found.left_out):
        said.append(f"{count(runs, 'run')} left out: see below.")
    return " ".join(filter(None, said))


def objectives(objective_set: str, *, chosen: bool, name: Namer = code) -> str:
    """Whose objectives these are; nothing where the reader chose them one by one."""
    if chosen:
        return f"The objectives are the policy's set {name(objective_set)}." if objective_set else ""
    if objective_set:
        return (
            f"Nobody chose objectives: these are the policy's set {name(objective_set)}, and any choice replaces them."
        )
    told = "the first metric that the policy judges and the next that measures time or money, else any"
    return f"Nobody chose objectives: these are {told}; any choice replaces them."


def account(found: Front, *, name: Namer = code) -> str:
    """What ± is, who is beaten, what was left out, the hypervolume; Markdown unless `name` says otherwise."""
    beaten = [place for place, point in enumerate(found.points) if point.place is Place.BEATEN]
    what = found.question.statistic.term.capitalize()
    several = any(point.n > 1 for point in found.points)
    spread = " ± std" if found.question.statistic is Statistic.MEAN else ""
    said = [f"{what}{spread} over the n replicates that carry every objective."] if several else []
    if beaten:
        known = all(found.points[place].probability is not None for place in beaten)
        limit = " (probability below 5 %)" if known else ""
        names = ", ".join(brief(name)(found.points[place].label) for place in beaten[:_MOST_NAMED])
        more = f" and {len(beaten) - _MOST_NAMED:,} more" if len(beaten) > _MOST_NAMED else ""
        said.append(f"{counted(found, len(beaten))} beaten{limit}: {names}{more}.")
    return " ".join(filter(None, (*said, left_out(found, name=name), volume(found, name=name))))


def volume(found: Front, *, name: Namer = code) -> str:
    """`Hypervolume 0.71 of the room up to the reference point (…)`; nothing where there is none."""
    if found.hypervolume is None or not found.points or len(found.metrics) == 1:
        return ""
    ends = [scale_of(found, k).value(value) for k, value in enumerate(found.hypervolume.reference)]
    told = ", ".join(map(markdown, ends)) if name is code else ", ".join(ends)
    usual = "" if found.question.reference else ": the worst of the experiment and 10 % of its range"
    value = found.hypervolume.value
    size = f"{min(value, _MOST_SHOWN) if value < 1 else value:.3f}"
    return f"Hypervolume {size} of the room from the best to the reference point ({told}{usual})."


def left_out(found: Front, *, name: Namer = code) -> str:
    """`Left out: 2 runs of hyde, failed; all 3 runs of e5-small, cost not logged.`"""
    if not found.left_out:
        return "No run was left out."
    parts = [_left(found, one, name) for one in found.left_out[:_MOST_NAMED]]
    if rest := found.left_out[_MOST_NAMED:]:
        parts.append(f"{count(sum(len(one.run_ids) for one in rest), 'run')} more")
    return f"Left out: {'; '.join(parts)}."


def _left(found: Front, one: LeftOutRuns, name: Namer) -> str:
    reason = markdown(why(one)) if name is code else why(one)
    n, who = len(one.run_ids), brief(name)(one.label)
    if found.question.group_by is None:
        return f"run {who}, {reason}"
    which = count(n, "run") if not one.whole else f"all {n:,} runs" if n > 1 else "the one run"
    return f"{which} of {who}, {reason}"


def remarks(found: Front) -> list[Note]:
    """What is to be known and nothing to doubt: by whom directions are known, why there is no probability."""
    return [one for one in found.notes if _is_remark(one)]


def doubts(found: Front) -> list[Note]:
    """What deserves a look and is not the headline."""
    return [one for one in found.notes if not _is_remark(one) and one.code is not FrontNote.NO_POINT_HAS_ALL]


def _is_remark(one: Note) -> bool:
    """A missing probability is a doubt where others have one, as who is known by luck may beat who is known."""
    return one.code in _REMARKS and not (one.code is FrontNote.NO_PROBABILITY and one["n"] != one["of"])
