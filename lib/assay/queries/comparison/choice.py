"""From how many configurations was a candidate picked?"""

from dataclasses import replace

import pandas as pd

from assay.analysis.comparison import choice
from assay.model.comparison.answer import Candidate, ChosenFrom, MetricComparison
from assay.model.comparison.difference import Verdict
from assay.model.comparison.notes import ComparisonNote as Says
from assay.model.comparison.question import Question
from assay.model.metric import Metric
from assay.model.note import note
from assay.model.policy import Policy
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot
from assay.queries.comparison.sides import Found
from assay.queries.runs import rows
from assay.queries.runs.replicates import read
from assay.queries.runs.selection import conditions
from assay.queries.values import latest_values

_CLAIMED = (Verdict.BETTER, Verdict.NO_WORSE, Verdict.SAME)


class Fields:
    """The configurations of whole experiments with their means, each experiment read once, and only for a claim.

    A configuration is what the policy and the question make of it among all runs that every side may hold, whatever
    filters the sides have of their own.
    """

    def __init__(self, snapshot: Snapshot, policy: Policy, question: Question) -> None:
        self._snapshot, self._policy = snapshot, policy.leaving_out(question.ignore)
        self._question = question
        self._read: dict[str, tuple[pd.Series, rows.Grouped]] = {}

    def noted(self, one: MetricComparison, found: tuple[Found, ...]) -> MetricComparison:
        """The comparison with what its candidates were picked from; `found`: the runs of its sides."""
        sides = zip(one.candidates, found[1:], strict=True)
        made = [self._chosen(one.metric, c, side) if c.difference.verdict in _CLAIMED else c for c, side in sides]
        said = [
            note(Says.BEST_OF_CONFIGURATIONS, place, configurations=c.chosen_from.configurations,
                 luck=c.chosen_from.luck, excess=c.chosen_from.excess, unit=one.metric.unit.value)
            for place, c in enumerate(made, start=1)
            if c.chosen_from
        ]  # fmt: skip
        return replace(one, candidates=tuple(made), notes=(*said, *one.notes), luck=None if said else one.luck)

    def _chosen(self, metric: Metric, candidate: Candidate, side: Found) -> Candidate:
        used = side.used
        experiments = used["experiment_id"].unique()
        if len(experiments) != 1:
            return candidate
        return replace(candidate, chosen_from=self._of(metric, str(experiments[0]), used["run_id"]))

    def _of(self, metric: Metric, experiment: str, run_ids: "pd.Series[str]") -> ChosenFrom | None:
        whose, grouped = self._grouped(experiment)
        own = whose.reindex(run_ids).dropna().unique()
        if len(own) != 1:
            return None
        frames = (grouped.mean, grouped.std, grouped.count)
        mean, std, count = (frame[metric.name].to_numpy(dtype=float) for frame in frames)
        return choice.chosen_from(int(own[0]), mean, std, count, metric)

    def _grouped(self, experiment: str) -> tuple[pd.Series, rows.Grouped]:
        """Which configuration every run of an experiment belongs to, and all of them."""
        if experiment not in self._read:
            within = self._question.within
            whole = Selection((experiment,), conditions(within), within.strip(), self._question.deleted)
            runs, replicates = read(self._snapshot, self._policy, whole)
            known = latest_values(self._snapshot, self._policy, whole, self._question.metrics).values
            grouped = rows.configurations(runs.assign(excluded=replicates.excluded), known)
            self._read[experiment] = pd.Series(grouped.of, index=runs["run_id"]), grouped
        return self._read[experiment]
