"""What follows from a finding: what the interval allows, what it takes to know more, what to do about nothing."""

from assay.model.comparison.answer import Candidate, Comparison
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.planning import Plan
from assay.model.comparison.question import Aim
from assay.model.metric import Direction, Metric
from assay.model.runs.exclusion import Exclusion
from assay.view.text.comparison import margins
from assay.view.text.comparison.scale import scale_of
from assay.view.text.escape import code, markdown
from assay.view.text.notes import words
from assay.view.text.numbers import Scale, count, p_value

_MOST_NAMED = 4
_LEVELS = {Direction.MAXIMIZE: ("lower", "higher"), Direction.MINIMIZE: ("higher", "lower")}


def consequence(found: Comparison, candidate: Candidate, scale: Scale) -> str:
    """Markdown on one candidate and the first metric; empty where nothing follows."""
    difference, metric = candidate.difference, found.first.metric
    if not found.over_seeds and difference.value is None:
        return markdown(f"{words(difference.reason, found.labels)}.")
    if found.over_seeds and difference.verdict is Verdict.CANNOT_BE_SIGNIFICANT:
        return _out_of_reach(difference, candidate.plan)
    if difference.value is None:
        return _absent(found, candidate)
    if difference.verdict is Verdict.TOO_FEW or difference.interval is None:
        return _missing(found, candidate) if found.over_seeds else ""
    if found.rules.aim is not Aim.BETTER:
        return markdown(margins.consequence(found, candidate, scale))
    return _reach(difference, metric, scale, candidate.plan)


def follows(found: Comparison, scale: Scale) -> str:
    """What a single candidate's finding allows, and where else it loses or gains; Markdown, for people who decide."""
    if not found.single:
        return ""
    own = consequence(found, found.first.candidates[0], scale)
    worse = "Worse" if found.rules.aim is Aim.BETTER else "Worse than allowed"
    return " ".join(filter(None, (own, _apart(found, Verdict.WORSE, worse), _apart(found, Verdict.BETTER, "Better"))))


def _apart(found: Comparison, verdict: Verdict, word: str) -> str:
    """`Worse on log_loss by 0.254 and latency_ms by 1.9 ms.`: of the metrics that the headline only counts."""
    shown = [
        (one, one.candidates[0].difference.value)
        for one in found.metrics[1:]
        if one.candidates[0].difference.verdict is verdict
    ]
    if not shown:
        return ""
    named = [f"{markdown(one.metric.name)} by {scale_of(one).distance(value)}" for one, value in shown[:_MOST_NAMED]]
    named += [f"{len(shown) - _MOST_NAMED} more"] if len(shown) > _MOST_NAMED else []
    *some, last = named
    return f"{word} on {', '.join(some)}{' and ' if some else ''}{last}."


def kind(plan: Plan) -> str:
    """What a plan counts: `paired seed` or `seed`."""
    return "paired seed" if plan.paired else "seed"


def _absent(found: Comparison, candidate: Candidate) -> str:
    """What to do about sides without a score."""
    sides = (side for side in (found.first.baseline, candidate.side) if not side.replicates)
    lost = {reason for side in sides for reason in side.sample.excluded}
    if Exclusion.VANISHED in lost:
        return "Restore the deleted runs in MLflow, or take deleted runs in as well."
    if lost:
        return "Choose runs that finished and logged this metric, or another metric."
    return "No run matches: check the filter and the experiment, or choose a configuration from the list."


def _reach(difference: Difference, metric: Metric, scale: Scale, plan: Plan | None) -> str:
    """What the ends of an interval allow, beside the smallest difference that matters; empty without interval."""
    if difference.interval is None:
        return ""
    low, high = sorted(metric.direction.gain(end) for end in (difference.interval.low, difference.interval.high))
    words = _LEVELS[metric.direction] if metric.assumed else ("worse", "better")
    if difference.verdict not in (Verdict.BETTER, Verdict.WORSE, Verdict.DIFFERS):
        return _allows(scale, (low, high), words, metric.smallest_effect, plan)
    return _near_end(scale, low, high, metric)


def _out_of_reach(difference: Difference, plan: Plan | None) -> str:
    floor, what = p_value(difference.min_attainable_p), "paired seeds" if difference.paired else "seeds per side"
    needed = f": run at least {plan.permutation_n} {what}" if plan else ""
    return f"The smallest p that permuting these runs can give is {floor}{needed}."


def _missing(found: Comparison, candidate: Candidate) -> str:
    """How many replicates are missing from what the policy wants for a claim."""
    difference, fewest = candidate.difference, found.rules.fewest
    if found.first.tasks:
        return f"{words(difference.reason, found.labels).capitalize()}."
    if difference.paired:
        more = fewest - difference.pairs
        return f"Run {count(more, 'more paired seed')}: a claim needs {fewest} pairs." if more > 0 else ""
    sides = (found.first.baseline, candidate.side)
    lacking = {side.label: fewest - side.replicates for side in sides if side.replicates < fewest}
    if not lacking:
        return ""
    each = set(lacking.values())
    if len(lacking) == len(sides) and len(each) == 1:
        return f"Run {count(each.pop(), 'more seed')} on each side: a claim needs {fewest} per side."
    runs = " and ".join(f"{count(more, 'more seed')} of {code(label)}" for label, more in lacking.items())
    return f"Run {runs}: a claim needs {fewest} per side."


def _allows(
    scale: Scale, ends: tuple[float, float], words: tuple[str, str], smallest: float | None, plan: Plan | None
) -> str:
    low, high = ends
    if smallest and -smallest < low and high < smallest:
        limit = scale.limit(smallest)
        return f"The whole interval lies within ±{limit}, which the team calls too small to matter."
    bad, good = (
        ("no loss", "no gain") if words == ("worse", "better") else (f"nothing {words[0]}", f"nothing {words[1]}")
    )
    worse = f"{scale.distance(low)} {words[0]}" if low < 0 else bad
    better = f"{scale.distance(high)} {words[1]}" if high > 0 else good
    said = f"This doesn't show that they are equal: the interval still allows {worse} and {better}."
    if smallest and plan and (needed := plan.needed(smallest)):
        said += f" {count(needed, kind(plan))} would settle a difference of {scale.limit(smallest)}."
    return said


def _near_end(scale: Scale, low: float, high: float, metric: Metric) -> str:
    near, far = (low, high) if low + high > 0 else (-high, -low)
    word, smallest = "gain" if low + high > 0 else "loss", metric.smallest_effect
    word = "difference" if metric.assumed else word
    if not smallest:
        return f"The true {word} could be as small as {scale.distance(near)} and as large as {scale.distance(far)}."
    limit = f"the team calls less than {scale.limit(smallest)} too small"
    if near >= smallest:
        return f"The true {word} is likely at least {scale.apart(near, smallest)}; {limit}."
    return f"The true {word} could be as small as {scale.apart(max(near, 0.0), smallest)}; {limit}."
