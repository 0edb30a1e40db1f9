"""Queries, memoised across sessions: the same question about the same snapshot and policy is answered once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Literal, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime.caching.cache_utils import CachedFunc

from assay.model.examples import ExampleUnit
from assay.model.policy import Policy
from assay.model.runs import Experiment
from assay.model.sync import Snapshot
from assay.queries import methods as method_pages
from assay.queries.comparison import example_metrics
from assay.queries.comparison import seeds as comparing
from assay.queries.comparison.example_metrics import Columns, Examined
from assay.queries.comparison.seeds import Compared, Options
from assay.queries.evidence_files import NOT_LOGGED
from assay.queries.methods import MethodPage
from assay.queries.runs import detail, inventory
from assay.queries.runs import filters as naming
from assay.queries.runs import listing as listings
from assay.queries.runs.detail import Detail, EvidenceState, History
from assay.queries.runs.inventory import Carried
from assay.queries.runs.listing import Listing
from assay.queries.runs.selection import selection
from assay.settings import Settings
from assay.ui.frame import Context
from assay.view.text.comparison.names import without_common_key

# A snapshot's path names its content and a policy's digest its own; neither has to be read to be told apart.
_IDENTITY: Mapping[Any, Callable[[Any], Any]] = {
    Snapshot: lambda snapshot: str(snapshot.path),
    Policy: lambda policy: policy.digest or policy,
    Settings: lambda settings: (settings.tracking_uri, settings.mlflow_url),
}

_AS_RULED = Options()

_RETRY_SECONDS = 60.0

P = ParamSpec("P")
R = TypeVar("R")


def kept(entries: int) -> Callable[[Callable[P, R]], CachedFunc[P, R]]:
    """Keeps the last `entries` answers for every session; answers are values that nobody changes."""
    return st.cache_resource(max_entries=entries, show_spinner=False, hash_funcs=dict(_IDENTITY))


@kept(16)
def _experiments(snapshot: Snapshot, deleted: bool) -> tuple[Experiment, ...]:
    return inventory.experiments(snapshot, deleted=deleted)


def experiments(context: Context, *, deleted: bool = False) -> tuple[Experiment, ...]:
    """The experiments that hold runs, by name."""
    return _experiments(context.snapshot, deleted)


@kept(64)
def _keys(snapshot: Snapshot, names: tuple[str, ...]) -> Carried:
    return inventory.keys(snapshot, names)


def keys(context: Context, experiment: str | None) -> Carried:
    """What the runs of an experiment (None: of all) carry; raises SelectionError when there is no such one."""
    return _keys(context.snapshot, _within(experiment))


@dataclass(frozen=True, slots=True)
class Question:
    """What to list. `group_by`: None for runs one by one, empty for everything but the seed.

    `metrics`, `params`: the columns; None: those that the query finds telling.
    """

    experiment: str | None = None
    filter: str = ""
    group_by: tuple[str, ...] | None = ()
    metrics: tuple[str, ...] | None = None
    params: tuple[str, ...] | None = None
    deleted: bool = False


@kept(64)
def _listing(snapshot: Snapshot, policy: Policy, asked: Question) -> Listing:
    chosen = selection(snapshot, experiments=_within(asked.experiment), filter=asked.filter, deleted=asked.deleted)
    found = listings.listing(
        snapshot, policy, chosen, group_by=asked.group_by, metrics=asked.metrics, params=asked.params
    )
    labels = found.rows.groupby("experiment_id")["label"].transform(lambda own: without_common_key(own.tolist()))
    return replace(found, rows=found.rows.assign(label=labels.astype(object)))


def listing(context: Context, asked: Question) -> Listing:
    """Configurations or runs, called by what tells them apart; raises what the query raises."""
    return _listing(context.snapshot, context.policy, asked)


@kept(256)
def _filters_for(
    snapshot: Snapshot, policy: Policy, experiments: tuple[str, ...], groups: tuple[tuple[str, ...], ...]
) -> tuple[str, ...]:
    return naming.filters_for(snapshot, policy, experiments, groups)


def filters_for(context: Context, experiment_ids: Sequence[str], groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """For each group of runs the filter that finds exactly these within the experiments (ids)."""
    return _filters_for(context.snapshot, context.policy, tuple(experiment_ids), tuple(map(tuple, groups)))


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare; the headline speaks of the first of `metrics`. `unit`: seeds, examples or both."""

    experiment: str | None
    metrics: tuple[str, ...]
    baseline: str
    candidates: tuple[str, ...]
    options: Options = _AS_RULED
    deleted: bool = False
    unit: ExampleUnit | Literal["seeds"] = "seeds"
    slice_by: str | None = None

    @property
    def complete(self) -> bool:
        """Whether there is enough to compare."""
        return bool(self.metrics and self.baseline and self.candidates)


@kept(256)
def _compared_on(snapshot: Snapshot, policy: Policy, asked: Asked) -> tuple[Compared, ...]:
    return comparing.compared_on(
        snapshot,
        policy,
        metrics=asked.metrics,
        baseline=asked.baseline,
        candidates=asked.candidates,
        experiments=_within(asked.experiment),
        options=asked.options,
        deleted=asked.deleted,
    )


def compared_on(context: Context, asked: Asked) -> tuple[Compared, ...]:
    """One comparison a metric, over seeds; raises FilterError and SelectionError as the query does."""
    return _compared_on(context.snapshot, context.policy, asked)


@kept(32)
def _examined(snapshot: Snapshot, policy: Policy, settings: Settings, asked: Asked) -> tuple[Examined, float]:
    """With when it was made."""
    assert asked.unit != "seeds"
    found = example_metrics.examined(
        snapshot,
        policy,
        settings,
        metrics=asked.metrics,
        baseline=asked.baseline,
        candidates=asked.candidates,
        experiments=_within(asked.experiment),
        options=asked.options,
        unit=asked.unit,
        slice_by=asked.slice_by,
        deleted=asked.deleted,
    )
    return found, monotonic()


def examined(context: Context, asked: Asked) -> Examined:
    """The comparison by example scores; files that could not be used are asked for again after a minute."""
    key = (context.snapshot, context.policy, context.settings, asked)
    found, since = _examined(*key)
    sides = [side for one in found.first for side in (one.baseline, one.candidate)]
    flawed = any(run.reason != NOT_LOGGED for side in sides for run in side.not_logged)
    if flawed and monotonic() - since > _RETRY_SECONDS:
        _examined.clear(*key)
        found, _ = _examined(*key)
    return found


@kept(32)
def _score_columns(snapshot: Snapshot, policy: Policy, settings: Settings, asked: Asked) -> Columns:
    return example_metrics.columns(
        snapshot,
        policy,
        settings,
        baseline=asked.baseline,
        candidates=asked.candidates,
        experiments=_within(asked.experiment),
        deleted=asked.deleted,
    )


def score_columns(context: Context, asked: Asked) -> Columns:
    """What the example scores of the sides hold; empty while none can be read."""
    found = _score_columns(context.snapshot, context.policy, context.settings, asked)
    if not found.numbers:
        _score_columns.clear(context.snapshot, context.policy, context.settings, asked)
    return found


@kept(16)
def method_page(name: str) -> MethodPage | None:
    """What the project's page on a method says; None where it isn't at hand."""
    return method_pages.page(name)


@kept(64)
def _detail(snapshot: Snapshot, policy: Policy, settings: Settings, run_id: str) -> Detail:
    return detail.detail(snapshot, policy, settings, run_id)


def run(context: Context, run_id: str) -> Detail:
    """One run; raises SelectionError when the store holds no such run."""
    return _detail(context.snapshot, context.policy, context.settings, run_id)


@kept(64)
def _history(snapshot: Snapshot, settings: Settings, run_id: str, key: str) -> History:  # noqa: ARG001  (the key)
    return detail.history(settings, run_id, key)


def history(context: Context, run_id: str, key: str) -> History:
    """A metric's logged values, read from the store once per snapshot; a failure is asked again next time."""
    found = _history(context.snapshot, context.settings, run_id, key)
    if found.reason:
        _history.clear(context.snapshot, context.settings, run_id, key)
    return found


@kept(64)
def _evidence(snapshot: Snapshot, settings: Settings, run_id: str) -> EvidenceState:  # noqa: ARG001  (the key)
    return detail.evidence(settings, run_id)


def evidence(context: Context, run_id: str) -> EvidenceState:
    """Which evidence the run logged, looked up again while any is missing: logging it does not change the store."""
    found = _evidence(context.snapshot, context.settings, run_id)
    if found.reason or not all(item.logged for item in found.items):
        _evidence.clear(context.snapshot, context.settings, run_id)
    return found


def _within(experiment: str | None) -> tuple[str, ...]:
    return () if experiment is None else (experiment,)
