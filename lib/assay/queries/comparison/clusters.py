"""Which examples belong together, and what does that change?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assay.analysis.examples import clustered, clusters, means
from assay.analysis.examples.clustered import ClusteredScores
from assay.analysis.examples.clusters import Clusters
from assay.cache.examples import Pairs, Tallies
from assay.cache.predictions import Predictions
from assay.cache.score_files import MISSING, SEVERAL
from assay.errors import SelectionError
from assay.model.comparison.difference import Difference
from assay.model.comparison.examples import Clustering, Slice
from assay.model.comparison.notes import ExampleNote as Says
from assay.model.comparison.question import UNCLUSTERED, Question, Rules, Unit
from assay.model.note import Note, note
from assay.model.policy import Policy
from assay.queries.comparison.scores import Scores

_MOST = 0.5

Array = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Belonging:
    """The cluster of each example of either side, from 0; of pairs the same array twice."""

    column: str
    baseline: Codes
    candidate: Codes

    @property
    def sides(self) -> tuple[Codes, Codes]:
        """Of both."""
        return self.baseline, self.candidate

    @property
    def number(self) -> int:
        """How many clusters, of the side that has fewer."""
        return min(len(np.unique(codes)) for codes in self.sides)


def column(policy: Policy, question: Question, scores: Scores) -> str | None:
    """The column that is asked for, else the policy's where the scores hold it.

    Raises SelectionError for one that there isn't.
    """
    known = tuple(name for name in (*scores.texts, *scores.columns, *scores.aside) if name != scores.column)
    if question.cluster is None:
        return policy.statistics.cluster_among(known)
    if question.cluster == UNCLUSTERED:
        return None
    if question.cluster not in known:
        raise SelectionError(Says.UNKNOWN_CLUSTER, name=question.cluster, known=scores.texts)
    return question.cluster


def belonging(pairs: Pairs) -> Belonging | None:
    """Of a join with a cluster; None without one, and where every cluster is a single example."""
    if pairs.cluster is None:
        return None
    before = pairs.clusters("baseline")
    return _belonging(pairs.cluster, before, before if pairs.examples else pairs.clusters("candidate"))


def of_predictions(found: Predictions) -> Belonging | None:
    """The same of what was predicted."""
    if found.cluster is None or found.baseline.clusters is None or found.candidate.clusters is None:
        return None
    return _belonging(found.cluster, found.baseline.clusters, found.candidate.clusters)


def _belonging(column: str, before: Codes, after: Codes) -> Belonging | None:
    alone = all(codes.size == len(np.unique(codes)) for codes in (before, after))
    return None if alone else Belonging(column, before, after)


def difference(rules: Rules, pairs: Pairs, whose: Belonging, before: Array, after: Array) -> means.Noted:
    """Of the means over examples, or over seeds × examples with clusters in the place of examples."""
    if rules.unit is Unit.BOTH:
        if why := clusters.refused(whose.number):
            return Difference(value=float(after.mean() - before.mean()), paired=True, reason=why), ()
        made = means.both(clustered.columns(pairs.matrix(), whose.baseline), rules)
        return made, (note(Says.COLUMNS_ARE_CLUSTERS, n=whose.number, column=whose.column),)
    if not pairs.examples:
        return clustered.unpaired(
            ClusteredScores(before, whose.baseline), ClusteredScores(after, whose.candidate), rules
        )
    scale = max(float(np.abs(scores).max()) for scores in (before, after))
    return clustered.paired(ClusteredScores(after - before, whose.baseline), rules, scale)


def found(pairs: Pairs, whose: Belonging | None, before: Array, after: Array) -> Clustering | None:
    """What the clusters of the differences are, of unpaired sides those of the baseline."""
    if whose is None:
        return None
    values = after - before if pairs.examples else before
    known = clusters.alike(clusters.clusters(values, whose.baseline))
    return Clustering(whose.column, whose.number, known.icc if known else None)


def slices(rules: Rules, pairs: Pairs, columns: Sequence[str]) -> tuple[Slice, ...]:
    """Every category of these columns, not yet corrected."""
    rows: list[Slice] = []
    for name in columns:
        one = pairs.grouped(name, clustered=True)
        rows += clustered.slices(name, one.categories, _entries(one), one.baseline, rules)
    return tuple(rows)


def notes(rules: Rules, pairs: Pairs, whose: Belonging | None, question: Question) -> tuple[Note, ...]:
    """On examples that belong nowhere, on clusters that are none, and on those that nobody asked for."""
    if pairs.cluster is None:
        return () if question.cluster == UNCLUSTERED else _alike(rules, pairs)
    return said_of(pairs.cluster, whose, pairs.unclear)


def said_of(named: str, whose: Belonging | None, unclear: tuple[int, int]) -> tuple[Note, ...]:
    """On clusters by the column `named`; `unclear`: examples that name none, and that name several."""
    codes = (Says.CLUSTER_MISSING, Says.CLUSTER_DIFFERS)
    said = [note(code, column=named, n=n) for code, n in zip(codes, unclear, strict=True) if n]
    if whose is None:
        return (*said, note(Says.CLUSTERS_OF_ONE, column=named))
    share = max(float(np.bincount(own).max()) / own.size for own in whose.sides)
    if share > _MOST and whose.number > 1:
        said.append(note(Says.LARGE_CLUSTER, column=named, share=share))
    return tuple(said)


def _alike(rules: Rules, pairs: Pairs) -> tuple[Note, ...]:
    """The column that is worth choosing."""
    looked = {name: _whole(pairs.grouped(name, clustered=False)) for name in pairs.groups}
    seen = clusters.telling({name: own for name, own in looked.items() if own}, rules.level)
    if seen is None:
        return ()
    name, one = seen
    return (note(Says.ALIKE, column=name, clusters=one.clusters, icc=one.icc, p=one.p, wider=one.wider),)


def _entries(one: Tallies) -> Clusters:
    return Clusters(one.n, one.sums, one.squares, one.centre, one.category, len(one.categories))


def _whole(one: Tallies) -> Clusters | None:
    """The categories of a column as the clusters of one mean; what is in none is left out."""
    known = np.array([name not in {MISSING, SEVERAL} for name in one.categories])[one.category]
    if not known.any():
        return None
    n, sums, squares = (values[known] for values in (one.n, one.sums, one.squares))
    return Clusters(n, sums, squares, one.centre, np.zeros(n.size, dtype=np.int64))
