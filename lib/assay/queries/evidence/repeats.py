"""Which of the runs that are found were made again, and did they come out the same?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from assay.analysis.digits import telling
from assay.analysis.evidence.differences import RunFields, across
from assay.analysis.evidence.repeats import MetricRange, SameDigits, repeats, same_digits, spread
from assay.cache import reads
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.reproducibility import Disagreement, Repeat
from assay.model.patterns import any_match
from assay.model.sync import Snapshot
from assay.queries import metrics
from assay.queries.evidence.rows import ChosenRows
from assay.workspace import Workspace

_TELLING = (
    "git_sha", "*commit*", "hostname", "device", "*_device", "gpu", "gpus", "cuda_visible_devices", "num_workers",
)  # fmt: skip
"""Params that make no configuration, but name code or machine; of others the policy says that they say nothing."""


@dataclass(frozen=True, slots=True)
class Repeats:
    """`runs`: those of every group that has a run which is found, columns `group` and `measured` beside, the number
    of metrics that never repeat, oldest first in each.

    `seeds`: params that are some, `ignored`: those that make no configuration and may say why digits differ; `aside`:
    metrics that never repeat; `labels`: run → its configuration, of runs that are found. `signatures`, `counts`: of the
    metrics of `runs`, these aside.
    """

    chosen: ChosenRows
    runs: pd.DataFrame
    seeds: tuple[str, ...]
    ignored: tuple[str, ...]
    aside: tuple[str, ...]
    labels: Mapping[str, str]
    signatures: "pd.Series[str]"
    counts: "pd.Series[int]"

    @property
    def run_ids(self) -> tuple[str, ...]:
        return tuple(map(str, self.runs["run_id"]))

    def judged(
        self, work: Workspace, fields: Mapping[str, RunFields], waiting: Mapping[str, bool]
    ) -> tuple[Repeat, ...]:
        """Every group, the worst first; `fields`: of the runs whose files were looked at."""
        members = {int(str(group)): tuple(map(str, own)) for group, own in self.runs.groupby("group")["run_id"]}
        agreed = self._same_digits(work.snapshot, members)
        spreads = _Spreads(work, self.chosen, [one.metric for own in agreed.values() for one in own.apart])
        tell = self._telling(work.snapshot, [members[group][0] for group, one in agreed.items() if not one.apart])
        seeds = self.runs.drop_duplicates("group").set_index("group")
        measured = self.runs.groupby("group")["measured"].max()
        found = []
        for group, ids in members.items():
            known = [fields[one] for one in ids if one in fields]
            differing, looked = across(known)
            first = seeds.loc[group]
            agreement = agreed[group]
            unread = len(known) < len(ids) or any(waiting.get(one, False) for one in ids)
            found.append(
                Repeat(
                    label=next((self.labels[one] for one in ids if one in self.labels), ""),
                    experiment=str(first["experiment"]),
                    seed=None if pd.isna(first["seed"]) else str(first["seed"]),
                    run_ids=ids,
                    compared=agreement.compared,
                    aside=int(measured[group]),
                    apart=spreads.apart(agreement.apart, str(first["configuration"])),
                    across=differing,
                    looked=looked,
                    unread=unread,
                    telling=tell.get(ids[0], 0),
                    status=_status(agreement, differs=bool(differing), unread=unread),
                )
            )
        return tuple(sorted(found, key=lambda one: (-one.status.severity, -_furthest(one), one.label)))

    def _telling(self, snapshot: Snapshot, run_ids: Sequence[str]) -> dict[str, int]:
        """Run → how many of its metrics are no shares of few rows."""
        logged = reads.logged(snapshot, run_ids, aside=self.aside) if run_ids else pd.DataFrame()
        if logged.empty:
            return {}
        own = logged[telling(logged["value"].to_numpy(dtype=np.float64))]
        return {str(run_id): int(n) for run_id, n in own["run_id"].value_counts().items()}

    def _same_digits(self, snapshot: Snapshot, members: Mapping[int, Sequence[str]]) -> dict[int, SameDigits]:
        """Metrics are read of those groups only whose runs are not all the same."""
        signed = self.runs["run_id"].map(self.signatures)
        kinds = signed.groupby(self.runs["group"]).nunique()
        counts = self.runs["run_id"].map(self.counts).groupby(self.runs["group"]).first()
        alike = {int(group): SameDigits(int(counts[group]), ()) for group in kinds.index[kinds == 1]}
        other = {run_id: group for group, ids in members.items() if group not in alike for run_id in ids}
        if not other:
            return alike
        return alike | same_digits(reads.logged(snapshot, [*other], aside=self.aside), other)


def repeated(work: Workspace, chosen: ChosenRows) -> Repeats:
    """The groups in which any of the chosen runs is."""
    snapshot, every = work.snapshot, chosen.every
    keys = reads.keys(snapshot, chosen.selection.whole)
    aside = metrics.measured_among(chosen.policy, keys.metrics)
    signed = reads.signatures(snapshot, every["run_id"].tolist(), aside=aside)
    signatures, counts = signed["metric_signature"], signed["metric_count"]
    own = every["run_id"].map(counts)
    table = every.assign(metric_count=own, measured=every["metric_count"] - own)
    groups = repeats(table, signatures)
    wanted = np.isin(groups, np.setdiff1d(groups[chosen.at], [-1]))
    runs = table.assign(group=groups)[wanted].sort_values(["start_time", "run_id"], na_position="last")
    seeds = chosen.policy.params.seeds_among(keys.params)
    left_out = chosen.policy.params.ignored_among(keys.params)
    ignored = tuple(name for name in left_out if name in chosen.question.ignore or any_match(name, _TELLING))
    return Repeats(chosen, runs, seeds, ignored, aside, chosen.called(work), signatures, counts)


class _Spreads:
    """The spread of metrics between the seeds of a configuration."""

    def __init__(self, work: Workspace, chosen: ChosenRows, names: Sequence[str]) -> None:
        self._policy = chosen.policy
        every = chosen.every[chosen.every["excluded"].eq("") & chosen.every["seed"].notna()]
        first = every.sort_values(["start_time", "run_id"]).drop_duplicates(["configuration", "seed"])
        own = list(dict.fromkeys(names))
        self._ids = first.groupby("configuration")["run_id"].agg(list).to_dict() if own else {}
        self._values = reads.metrics(work.snapshot, first["run_id"].tolist(), own).values if own else pd.DataFrame()

    def apart(self, found: Sequence[MetricRange], configuration: str) -> tuple[Disagreement, ...]:
        """The furthest by this spread first, then by their size."""
        made = []
        for one in found:
            values = self._values.loc[self._ids.get(configuration, []), one.metric].tolist()
            metric = metrics.known(self._policy, one.metric, values=[one.smallest, one.largest])
            difference = one.largest - one.smallest
            seeds = sum(np.isfinite(values))
            made.append(Disagreement(metric, difference, one.smallest, one.largest, spread(values), int(seeds)))
        return tuple(sorted(made, key=lambda one: (-_ratio(one), -_relative(one), one.metric.name)))


def _status(found: SameDigits, *, differs: bool, unread: bool) -> CheckStatus:
    """Only runs of which everything is known to be the same can fail to repeat."""
    if not found.compared:
        return CheckStatus.NOT_LOGGED
    if not found.apart:
        return CheckStatus.PASS
    return CheckStatus.WARN if differs or unread else CheckStatus.FAIL


def _ratio(one: Disagreement) -> float:
    return inf if not one.std or not np.isfinite(one.difference) else one.difference / one.std


def _relative(one: Disagreement) -> float:
    size = max(abs(one.largest), abs(one.smallest))
    return one.difference / size if size and np.isfinite(one.difference) else inf


def _furthest(one: Repeat) -> float:
    return max((_relative(own) for own in one.apart), default=0.0)
