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
    """The one of the `honest` rows that differs from the finding's in the fewest params, if these are few."""
    rows = question.honest[:_MOST_TWINS]
    firsts = [question.run_ids[0], *(own[0] for own in rows)]
    params = work.policy.params.configuring_among(reads.keys(work.snapshot, these(firsts)).params)
    table = reads.params(work.snapshot, firsts, params).fillna("")
    values = table.to_numpy(dtype=str)
    apart = (values[1:] != values[0]).sum(axis=1)
    if not apart.size or not 0 < apart.min() <= _MOST_APART:
        return None
    own = rows[int(np.argmin(apart))]
    at = 1 + int(np.argmin(apart))
    differing = tuple(str(name) for name, differs in zip(table, values[at] != values[0], strict=True) if differs)
    runs, _ = read(work.snapshot, work.policy, these(own))
    experiment = (str(runs["experiment_id"].iloc[0]),)
    called = names_of(work.snapshot, work.policy, Selection(experiment))
    label = called[runs["configuration"].iloc[0]].text
    [filter] = filters_for(work, RunGroups(experiment, (own,)))
    return TwinRuns(Twin(label, own[0], filter, differing), tuple(one_each(work, own)))
