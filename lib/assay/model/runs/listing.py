"""Lists of runs, one by one or as configurations with their replicates averaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assay.model.metric import Direction, MetricUnit
from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.selection import Selection

if TYPE_CHECKING:
    import pandas as pd


RUN_NAME, RUN_PARENT = "attributes.run_name", "tags.mlflow.parentRunId"
"""What runs can be grouped by besides their params, as MLflow's filters call it."""


@dataclass(frozen=True, slots=True)
class Order:
    """Best first by a metric, which then is the first column."""

    metric: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What to list: runs of `experiments` (names or ids, empty: all) that `filter` finds.

    `group_by`: params (or RUN_NAME, RUN_PARENT) that make a configuration; empty: everything but the seed and what the
    policy ignores; None: no grouping, one row a run. `metrics`, `params`: the columns; None: the metrics that matter by
    the policy or that most runs carry, and the params that vary. `ignore`: params that make no configuration. `order`:
    newest first where it is None. `text`: what names, params or tags have to hold, word by word. `folded`: the trials
    of a search are one row.
    """

    experiments: tuple[str, ...] = ()
    filter: str = ""
    group_by: tuple[str, ...] | None = ()
    metrics: tuple[str, ...] | None = None
    params: tuple[str, ...] | None = None
    deleted: bool = False
    ignore: tuple[str, ...] = ()
    order: Order | None = None
    text: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One row a configuration (`grouped`) or a run; every frame has the index of `rows`, newest or best first.

    rows (index: configuration signature or run_id): name, called (its Name, of a configuration that all but the seed
    makes), data (tuple of the different test data of its runs, "" where some logged none; of those that count, where
    any do), experiment, experiment_id, run_id (one of the group's), n (usable runs), replicates (distinct ones, those
    of one seed once), found (runs of any status), states (tuple of (state, count) of runs that did not finish),
    last_run (UTC), where trials are folded trials (how many a row stands for, 0 for itself) and search (the run above
    them, or ""), and ungrouped seed (text), excluded (an Exclusion or "") and deleted.
    mean, std, count: one column a metric of `metrics`, over replicates with a finite value; std has ddof 1 and is
    NaN at one replicate. params: one column a param of `params`, None where not logged.
    units: of `metrics`, by their values. scores: per row the sorted finite values of the first metric, for strips.
    members: run_id → row.
    `found`: runs that the filter finds; `hidden`: runs of the same experiments that it leaves out; `excluded`: runs
    found but in no mean, counted by reason.
    """

    grouped: bool
    selection: Selection
    rows: "pd.DataFrame"
    mean: "pd.DataFrame"
    std: "pd.DataFrame"
    count: "pd.DataFrame"
    params: "pd.DataFrame"
    scores: "pd.Series"
    members: "pd.Series"
    metrics: tuple[str, ...]
    units: tuple[MetricUnit, ...]
    seeds: tuple[str, ...]
    found: int
    hidden: int
    excluded: Mapping[Exclusion, int]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name or value that runs hold, and how many of them."""

    text: str
    runs: int


@dataclass(frozen=True, slots=True)
class Replication:
    """One metric over a configuration's replicates; std has ddof 1 and is NaN at n = 1."""

    n: int
    mean: float
    std: float


@dataclass(frozen=True, slots=True)
class Configuration:
    """One configuration with the params that make it; `n` counts finished runs, `replicates` trainings.

    Those are distinct runs, and where seeds are logged seeds.
    """

    label: str
    experiment: str
    experiment_id: str
    key: Mapping[str, str]
    n: int
    replicates: int
    run_ids: tuple[str, ...]
    metrics: Mapping[str, Replication]


@dataclass(frozen=True, slots=True)
class Configurations:
    """All configurations of a selection; `excluded`: runs in no mean, counted by reason."""

    configurations: tuple[Configuration, ...]
    excluded: Mapping[Exclusion, int]
    notes: tuple[Note, ...]
