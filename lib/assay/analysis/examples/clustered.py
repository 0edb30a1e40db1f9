"""The rule for examples that come in clusters: a cluster-robust t decides, and whole clusters are drawn or flipped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assay.analysis.bootstrap.intervals import percentile
from assay.analysis.comparison.claims import stated
from assay.analysis.comparison.differences import effect_size
from assay.analysis.examples.clusters import (
    ROUNDING,
    Clusters,
    apart,
    clusters,
    linear,
    one_mean,
    refused,
    robust,
)
from assay.analysis.examples.resampled import affordable
from assay.analysis.inference import Inference, Ranked, two_sided
from assay.analysis.permutation import sign_flips, smallest_p
from assay.analysis.resample import Resampled, independent_difference, stratified
from assay.analysis.sample import Array, Groups, moments, varies
from assay.analysis.statistics import Codes, Counted
from assay.analysis.student import Student
from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.examples import Slice
from assay.model.comparison.notes import ComparisonNote
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.procedure import Interval, Technique
from assay.model.comparison.question import Method, Rules
from assay.model.note import Note, note

_DRAWN = frozenset({Method.PERCENTILE, Method.BASIC, Method.BCA, Method.BOOTSTRAP_T})


@dataclass(frozen=True, slots=True)
class ClusteredScores:
    """One array of scores or of paired differences, shape (n,), and the cluster of each, from 0."""

    values: Array
    codes: Codes

    @property
    def clusters(self) -> Clusters:
        """Counts and sums per cluster."""
        return clusters(self.values, self.codes)

    @property
    def number(self) -> int:
        """How many clusters there are."""
        return len(np.unique(self.codes))


def paired(differences: ClusteredScores, rules: Rules, scale: float) -> tuple[Difference, tuple[Note, ...]]:
    """Of at least one difference; `scale`: how large the scores behind them are, so how finely rounded."""
    values = differences.values
    found = Difference(
        value=float(values.mean()), paired=True, pairs=values.size, reason=refused(differences.number),
        min_attainable_p=smallest_p((np.empty(differences.number),)),
    )  # fmt: skip
    if found.reason:
        return found, ()
    own = differences.clusters
    if not varies(values, scale):
        return replace(found, std=0.0, verdict=Verdict.NOT_SHOWN, reason=note(Says.EXAMPLES_ALIKE, n=values.size)), ()
    found = replace(found, std=moments(values).std, effect_size=effect_size((values,)))
    return _judged((own,), found, rules)


def unpaired(
    baseline: ClusteredScores, candidate: ClusteredScores, rules: Rules
) -> tuple[Difference, tuple[Note, ...]]:
    """Of two sides with at least one example each; a cluster that both sides hold counts as two."""
    fewest = min(baseline.number, candidate.number)
    groups = candidate.values, baseline.values
    found = Difference(
        value=float(groups[0].mean() - groups[1].mean()), reason=refused(fewest),
        min_attainable_p=smallest_p((np.empty(candidate.number), np.empty(baseline.number))),
    )  # fmt: skip
    if found.reason:
        return found, ()
    if not any(varies(group) for group in groups):
        return replace(found, verdict=Verdict.NOT_SHOWN, reason=note(Says.EXAMPLES_ALIKE, n=fewest)), ()
    return _judged((candidate.clusters, baseline.clusters), replace(found, effect_size=effect_size(groups)), rules)


def interval(scores: ClusteredScores, rules: Rules) -> tuple[Interval | None, Interval | None, Note | None]:
    """Of one side's mean, with the bootstrap beside it, or why there is none."""
    if why := refused(scores.number):
        return None, None, why
    own = scores.clusters
    student = one_mean(own)
    if student is None:
        return None, None, note(Says.CLUSTERS_ALIKE, n=scores.number)
    if rules.method not in _DRAWN:
        return student.interval(rules.level), _beside((own,), rules), None
    drawn = stratified([own.n.size], _mean(own), resamples=affordable(own.n.size, rules), seed=rules.seed)
    made = _inference(drawn, rules).interval(rules.level)
    return made, made, None if made else note(ComparisonNote.FEW_RESAMPLES)


def slices(column: str, categories: Sequence[str], found: Clusters, baseline: Array, rules: Rules) -> tuple[Slice, ...]:
    """A row per category, not yet corrected; `baseline`: the sum of its scores in each entry of `found`.

    Whatever the method, a cluster-robust t decides.
    """
    made = robust(found)
    before = np.bincount(found.owner, baseline, minlength=found.means) / made.n
    rows = []
    for i, category in enumerate(categories):
        number, gap = int(made.clusters[i]), float(made.mean[i])
        row = Slice(column, category, int(made.n[i]), float(before[i]), float(before[i]) + gap, gap)
        if why := refused(number):
            rows.append(replace(row, verdict=Verdict.TOO_FEW, reason=why))
        elif not made.error[i] > ROUNDING * max(abs(row.baseline), abs(row.candidate)):
            rows.append(replace(row, reason=note(Says.CLUSTERS_ALIKE, n=number)))
        else:
            student = Student(gap, float(made.error[i]), float(made.freedom[i]), Technique.CLUSTERED_T)
            reach = student.interval(rules.level)
            rows.append(replace(row, interval=reach, p_value=two_sided(student), test=student.test))
    return tuple(rows)


def columns(differences: Array, codes: Codes) -> Array:
    """Of an R × n matrix the R × G one of its clusters, whose rows have the same means."""
    n = np.bincount(codes)
    sums = np.stack([np.bincount(codes, row) for row in differences])
    mean = float(differences.mean())
    return np.asarray(mean + (sums - n * mean) * (n.size / codes.size))


def _judged(groups: tuple[Clusters, ...], found: Difference, rules: Rules) -> tuple[Difference, tuple[Note, ...]]:
    """`found` with intervals and p by the method that is served, and why it is not the one asked for."""
    found = replace(found, verdict=Verdict.NOT_SHOWN)
    student = one_mean(groups[0]) if len(groups) == 1 else apart(*groups)
    if student is None:
        return replace(found, reason=note(Says.CLUSTERS_ALIKE, n=min(one.n.size for one in groups))), ()
    if rules.method in _DRAWN:
        drawn, said = _resampled(groups, rules)
        made = stated(found, drawn, rules)
        why = None if made.interval else note(ComparisonNote.FEW_RESAMPLES)
        return replace(made, bootstrap_interval=made.interval, reason=why), said
    flips = rules.method is Method.PERMUTATION
    chosen: Inference = _flipped(groups[0], rules) if flips and len(groups) == 1 else student
    made = stated(found, chosen, rules)
    why = None if made.interval else note(ComparisonNote.FEW_REARRANGEMENTS)
    instead = note(Says.CLUSTERED_INSTEAD, method=rules.method, instead=Technique.CLUSTERED_T)
    said = (instead,) if flips and chosen is student else ()
    return replace(made, bootstrap_interval=_beside(groups, rules), reason=why), said


def _flipped(own: Clusters, rules: Rules) -> Ranked:
    sums = own.sums + own.n * own.centre
    return sign_flips(sums, rules.resamples, rules.seed, own.n, Technique.CLUSTERED_FLIPS)


def _resampled(groups: tuple[Clusters, ...], rules: Rules) -> tuple[Ranked, tuple[Note, ...]]:
    number = sum(one.n.size for one in groups)
    resamples = affordable(number, rules)
    said = []
    if rules.method in {Method.BCA, Method.BOOTSTRAP_T}:
        said.append(note(Says.CLUSTERED_INSTEAD, method=rules.method, instead=Technique.CLUSTERED_PERCENTILE))
    if resamples < rules.resamples:
        said.append(note(Says.FEWER_RESAMPLES, n=number, resamples=resamples, asked=rules.resamples))
    sides = [_mean(one) for one in groups]
    if len(groups) == 1:
        drawn = stratified([sides[0].n], sides[0], resamples=resamples, seed=rules.seed)
    else:
        drawn = independent_difference(sides[0], sides[1], resamples=resamples, seed=rules.seed).difference
    return _inference(drawn, rules), tuple(said)


def _mean(found: Clusters) -> Counted:
    """The mean over the rows of the clusters that are drawn."""
    sums = found.sums + found.n * found.centre
    return Counted(found.n.size, lambda counts: np.asarray((counts @ sums) / (counts @ found.n)))


def _inference(drawn: Resampled, rules: Rules) -> Ranked:
    found = replace(drawn, clustered=True).inference("basic" if rules.method is Method.BASIC else "percentile")
    assert found is not None
    return found


def _beside(groups: tuple[Clusters, ...], rules: Rules) -> Interval:
    """The bootstrap of clusters without drawing: exact where they are of one size, else as far as it is linear."""
    values: Groups = tuple(linear(one) for one in groups)
    found = percentile(values, rules.level)
    return replace(found, procedure=replace(found.procedure, technique=Technique.CLUSTERED_PERCENTILE))
