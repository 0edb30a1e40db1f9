"""Which honest configuration is most like that of a finding?"""

from dataclasses import dataclass, replace

import numpy as np

from assay.cache import reads
from assay.model.evidence.leakage import FindingQuestion, ScoreMean, Twin
from assay.model.runs.selection import RunGroups, Selection
from assay.queries.evidence.trainings import one_each, these
from assay.queries.runs.filters import filters_for
from assay.queries.runs.names import names_of
from assay.queries.runs.replicates import read
from assay.workspace import Workspace

_MOST_TWINS = 500
_MOST_APART = 4
"""Params in which a twin may differ: with more it is another model."""


@dataclass(frozen=True, slots=True)
class TwinRuns:
    """A twin and one run of each of its trainings."""

    twin: Twin
    run_ids: tuple[str, ...]

    def scoring(self, logged: ScoreMean | None, runs: int) -> Twin:
        """The twin with what it scores."""
        return replace(self.twin, logged=logged, runs=runs)


def twin(work: Workspace, question: FindingQuestion) -> TwinRuns | None:
    """The one of the `honest` rows that differs from the finding's in the fewest params, if these are few.

    One that differs in none is the same with another seed, which no advice comes from.
    """
    rows = question.honest[:_MOST_TWINS]
    firsts = [question.run_ids[0], *(own[0] for own in rows)]
    params = work.policy.params.configuring_among(reads.keys(work.snapshot, these(firsts)).params)
    table = reads.params(work.snapshot, firsts, params).fillna("")
    values = table.to_numpy(dtype=str)
    apart = (values[1:] != values[0]).sum(axis=1)
    near = np.flatnonzero((apart > 0) & (apart <= _MOST_APART))
    if not near.size:
        return None
    at = int(near[apart[near].argmin()])
    own, others = rows[at], values[1 + at] != values[0]
    differing = tuple(str(name) for name, differs in zip(table, others, strict=True) if differs)
    runs, _ = read(work.snapshot, work.policy, these(own))
    experiment = (str(runs["experiment_id"].iloc[0]),)
    called = names_of(work.snapshot, work.policy, Selection(experiment))
    label = called[runs["configuration"].iloc[0]].text
    [filter] = filters_for(work, RunGroups(experiment, (own,)))
    return TwinRuns(Twin(label, own[0], filter, differing), tuple(one_each(work, own)))
