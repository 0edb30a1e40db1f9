"""What do these runs hold, all of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assay.cache import contents, reads
from assay.model.policy import Policy
from assay.model.runs import Run
from assay.model.selection import Selection
from assay.model.sync import Snapshot
from assay.queries.runs.listing import listing


@dataclass(frozen=True, slots=True)
class Moments:
    """One metric over a configuration's replicates; std has ddof 1 and is NaN at n = 1."""

    n: int
    mean: float
    std: float


@dataclass(frozen=True, slots=True)
class Configuration:
    """One configuration with the params that make it; `n` counts finished runs, `replicates` distinct ones."""

    label: str
    experiment: str
    key: Mapping[str, str]
    n: int
    replicates: int
    run_ids: tuple[str, ...]
    metrics: Mapping[str, Moments]


@dataclass(frozen=True, slots=True)
class Configurations:
    """All configurations of a selection; `excluded`: reason → runs in no mean."""

    configurations: tuple[Configuration, ...]
    excluded: Mapping[str, int]
    warnings: tuple[str, ...]


def runs(snapshot: Snapshot, selection: Selection) -> tuple[Run, ...]:
    """Every run of the selection with all its params, metrics and tags, newest first."""
    return contents.runs(snapshot, selection)


def configurations(
    snapshot: Snapshot, policy: Policy, selection: Selection, *, group_by: Sequence[str] = ()
) -> Configurations:
    """Every configuration of the selection with all its metrics; group_by as in `listing`."""
    keys = reads.keys(snapshot, selection)
    params = tuple(group_by) or policy.params.configuring_among(keys.params)
    found = listing(snapshot, policy, selection, group_by=group_by, metrics=keys.metrics, params=params)
    members = found.members.groupby(found.members, sort=False).groups
    logged = found.params.to_dict("index")
    counts, means, stds = (frame.to_dict("index") for frame in (found.count, found.mean, found.std))
    return Configurations(
        tuple(
            Configuration(
                label=row["label"],
                experiment=row["experiment"],
                key={str(key): str(value) for key, value in logged[name].items() if value is not None},
                n=row["n"],
                replicates=row["replicates"],
                run_ids=tuple(members[name]),
                metrics={
                    key: Moments(counts[name][key], means[name][key], stds[name][key])
                    for key in found.metrics
                    if counts[name][key]
                },
            )
            for name, row in zip(map(str, found.rows.index), found.rows.to_dict("records"), strict=True)
        ),
        found.excluded,
        found.warnings,
    )
