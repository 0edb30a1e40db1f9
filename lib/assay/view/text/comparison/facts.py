"""Short phrases that headline, claim, report and tables share: sizes, what was resampled, family, quantity."""

from collections.abc import Callable, Mapping

from assay.model.comparison.answer import Candidate, Comparison, MetricComparison, Setting
from assay.model.comparison.examples import Flips
from assay.model.comparison.procedure import Interval
from assay.model.comparison.question import OF_SCORES, Aim, Normalisation, Rules, Statistic, Unit
from assay.model.comparison.side import Side
from assay.model.metric import DirectionSource, Metric
from assay.view.text.comparison import data
from assay.view.text.escape import flat, markdown
from assay.view.text.notes.exclusions import excluded
from assay.view.text.numbers import count, percent

UNITS: Mapping[Unit, str] = {Unit.SEEDS: "seeds", Unit.EXAMPLES: "examples", Unit.BOTH: "seeds × examples"}
NOISE: Mapping[Unit, str] = {
    Unit.SEEDS: "new seeds",
    Unit.EXAMPLES: "new test examples",
    Unit.BOTH: "new seeds and new test examples",
}
_SOURCES: Mapping[DirectionSource, str] = {
    "option": "chosen",
    "policy": "policy",
    "name": "by its name",
    "assumed": "assumed",
    "scale": "on this scale",
}


def sizes(found: Comparison, candidate: Candidate, name: Callable[[str], str] = flat) -> tuple[str, ...]:
    """`5 runs each, same seeds compared`, with the seeds where they are fewer; over examples how many; the noise."""
    base, other = baseline_of(found.first, candidate), candidate.side
    runs, difference = _each(base.replicates, other.replicates, "run"), candidate.difference
    noise = f"noise from: {NOISE[found.rules.unit]}"
    if found.first.tasks:
        return count(len(found.first.tasks.tasks), "task"), runs, noise
    if candidate.examined is None:
        fewer = not difference.pairs == base.replicates == other.replicates
        same = f"{difference.pairs:,} shared" if fewer else "same"
        return f"{runs}, {f'{same} seeds compared' if difference.paired else 'not paired'}", noise
    said = []
    if candidate.examined.n:
        said.append(f"n = {count(candidate.examined.n, 'example')}{clustered(candidate, name)}, paired")
    elif difference.value is not None:
        said.append(
            f"n = {examples_of(base):,} + {examples_of(other):,} examples{clustered(candidate, name)}, unpaired"
        )
    if base.replicates and other.replicates:
        said.append(_each(base.replicates, other.replicates, "training"))
    return (*said, noise)


def _each(base: int, other: int, what: str) -> str:
    """`5 runs each`, or `5 + 3 runs`."""
    return f"{count(base, what)} each" if base == other else f"{base:,} + {other:,} {what}s"


def clustered(candidate: Candidate, name: Callable[[str], str]) -> str:
    """` in 40 clusters of writer`; empty where examples count as independent."""
    own = candidate.examined.cluster if candidate.examined else None
    return f" in {count(own.clusters, 'cluster')} of {name(own.column)}" if own else ""


def family(found: Comparison) -> str:
    """`5 comparisons, Holm`: what p was corrected for; empty for one comparison."""
    if found.comparisons == 1:
        return ""
    apart = "" if found.rules.simultaneous else ", intervals unadjusted"
    how = found.rules.correction.capitalize() if found.rules.corrected else "uncorrected"
    return f"{found.comparisons} comparisons, {how}{apart}"


def interval_name(interval: Interval) -> str:
    """`95 % CI`, or `95 % simultaneous CI` of one that holds together with others."""
    return f"{percent(interval.level)} {'simultaneous ' if interval.over > 1 else ''}CI"


def one_sided(rules: Rules) -> str:
    """`, one-sided` behind a p that is; empty for the usual two-sided one."""
    return "" if rules.aim is Aim.BETTER else ", one-sided"


def tails(rules: Rules) -> str:
    """`p is two-sided`, or what a one-sided p has to stay below."""
    if rules.aim is Aim.BETTER:
        return "p is two-sided"
    return f"p is one-sided, and has to be below {rules.threshold:g}, so that interval and claim agree"


def corrected(rules: Rules, family: int) -> str:
    """`, Holm over 5` behind a p; empty where it is as it was."""
    return f", {rules.correction.capitalize()} over {family}" if rules.corrected and family > 1 else ""


def over_shared(one: MetricComparison, candidate: Candidate) -> str:
    """` over 3 shared seeds` where a side has more, so that its mean is another one; else empty."""
    pairs = candidate.difference.pairs
    if candidate.examined or not candidate.difference.paired:
        return ""
    return (
        "" if pairs == one.baseline.replicates == candidate.side.replicates else f" over {count(pairs, 'shared seed')}"
    )


def better(metric: Metric) -> str:
    """`higher is better (policy)`: which way is better, and who said so; nothing of the kind where nobody did."""
    if metric.assumed:
        return "which way is better: not known"
    return f"{metric.direction.better} is better ({_SOURCES[metric.direction_source]})"


def quantity(one: MetricComparison) -> str:
    """What the numbers are of: the metric, with the statistic where it is of scores and isn't the mean."""
    named = one.statistic in OF_SCORES and one.statistic is not Statistic.MEAN
    scaled = "normalised " if one.tasks and one.tasks.scale is not Normalisation.NONE else ""
    return f"{one.statistic.term} {scaled}{one.metric.name}" if named else one.metric.name


def trainings(one: MetricComparison) -> str:
    """What replicates are called: seeds where every one logged its own, else runs."""
    return "seed" if all(own.seed is not None for side in one.sides for own in side.sample.replicates) else "run"


def several(statistic: Statistic) -> str:
    """`means`, `medians`, `p95`: the statistic of more than one side."""
    counted = statistic in OF_SCORES and not statistic.value.startswith("p")
    return f"{statistic.term}s" if counted else statistic.term


def over_examples(statistic: Statistic) -> str:
    """`Means over examples`."""
    words = several(statistic)
    return f"{words[0].upper()}{words[1:]} over examples"


def baseline_of(one: MetricComparison, candidate: Candidate) -> Side:
    """The baseline that a candidate was compared with: over examples that of the ones it shares."""
    return candidate.examined.baseline if candidate.examined else one.baseline


def examples_of(side: Side) -> int:
    """How many examples a side has; none over seeds."""
    return side.examples.n if side.examples else 0


def right(flips: Flips) -> str:
    """What counts as right: `right is a score of 1`."""
    score = "a mean score over the runs" if flips.averaged else "a score"
    if flips.higher:
        return f"right is {score} of {'at least 0.5' if flips.averaged else '1'}"
    return f"right is {score} {'below 0.5' if flips.averaged else 'of 0'}, since lower is better"


def left_out(one: MetricComparison, side: Side) -> str:
    """`3 exact copy of another run, 1 failed`: runs of a side that are in no figure; empty for none."""
    unscored = len(side.examples.not_logged) if side.examples else 0
    return excluded(side.sample.excluded, one.metric.name, unscored=unscored)


def undistinguished(one: MetricComparison) -> str:
    """Why no param differs."""
    used = [frozenset(side.sample.used_ids) for side in one.sides]
    if not all(used):
        return "a side has no run that counts"
    if len(set(used)) == 1:
        return "the sides are the same runs"
    return "the sides differ by something that isn't logged as a param"


def setting(found: Setting, text: Callable[[str], str] = markdown) -> str:
    """What else the sides have in common, Markdown unless `text` says otherwise: `8 others are equal. …`"""
    equal, commits = found.equal_params, found.commits
    parts = [f"{count(equal, 'other param')} {'is' if equal == 1 else 'are'} equal."] if equal else []
    known = [commit for commit in commits if commit]
    if known and not data.same_commit(found):
        parts.append(f"Commits: {', '.join(text(commit or 'not logged') for commit in commits)}.")
    parts.append(data.sentence(found.data, text))
    return " ".join(filter(None, parts))
