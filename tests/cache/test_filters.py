"""Filters find in a snapshot what MLflow's own search finds in the store it was read from."""

from typing import Any

import pytest
from mlflow.entities import Dataset, DatasetInput, InputTag, ViewType

from assay import settings as configuration
from assay import sync
from assay.cache import reads
from assay.cache.filters import runs as query
from assay.errors import FilterError
from assay.model.runs.selection import Condition, Selection
from assay.model.sync import Snapshot
from assay.queries import freshness
from assay.sources import filters
from saying import refused
from stores import Store

NAN, INF = float("nan"), float("inf")
START = 1_700_000_000_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.sqlite(tmp_path_factory.mktemp("filters") / "mlflow.db")
    values = [1.0, 0.0, -1.0, NAN, INF, -INF, 1e300, 0.5]
    for number, value in enumerate(values):
        store.run(
            "one" if number % 2 else "two words",
            params={"model": ("svc", "SVC", "s_c", "tree")[number % 4], "lr/x y": str(number)}
            | ({"p": "None"} if number else {}),
            metrics={"acc": value} | ({"val loss": number} if number > 3 else {}),
            tags={"team": "A%" if number % 2 else "ab"} | ({"note": "it's"} if number == 5 else {}),
            name=f"Run {number}" if number % 3 else f"run_{number}",
            status=("FINISHED", "FAILED", "KILLED", None)[number % 4],
            start=START + number,
        )
    _use(
        store,
        [("digits", "f6d9", "test"), ("Digits", "a91c", "train"), ("it's", "f6d9", ""), ("no context", "0", None)],
    )
    gone = store.run("one", params={"model": "svc"}, metrics={"acc": 1.0})
    store.client.delete_run(gone)
    old = store.run("deleted experiment", params={"model": "svc"}, metrics={"acc": 1.0})
    store.client.delete_experiment(store.client.get_run(old).info.experiment_id)
    return store


def _use(store: Store, given: list[tuple[str, str, str | None]]) -> None:
    """The first runs get one dataset each, the last of them all."""
    runs = store.client.search_runs([store.experiment("one"), store.experiment("two words")])
    inputs = [
        DatasetInput(
            Dataset(name, digest, "local", "{}"), [InputTag("mlflow.data.context", context)] if context else []
        )
        for name, digest, context in given
    ]
    for run, one in zip(runs, inputs, strict=False):
        store.client.log_inputs(run.info.run_id, [one])
    store.client.log_inputs(runs[len(inputs)].info.run_id, inputs)


@pytest.fixture(scope="module")
def snapshot(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    settings = configuration.read({}, tracking_uri=store.uri, data=tmp_path_factory.mktemp("data"))
    sync.sync(settings)
    found = freshness.current(settings).snapshot
    assert found is not None
    return found


def searched(store: Store, text: str, view: int = ViewType.ACTIVE_ONLY) -> list[str]:
    """What MLflow finds, newest first."""
    ids = [e.experiment_id for e in store.client.search_experiments(view_type=view)]
    return [run.info.run_id for run in store.client.search_runs(ids, text, run_view_type=view, max_results=100)]


def found(snapshot: Snapshot, text: str) -> list[str]:
    chosen = Selection(conditions=filters.parse(text), filter=text)
    return list(reads.runs(snapshot, chosen, seeds=(), ignored=())["run_id"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "datasets.name = 'digits'",
        "dataset.name != 'digits'",
        "datasets.name LIKE 'd%'",
        "datasets.name ILIKE 'D%'",
        "datasets.name IN ('digits', 'no context')",
        "datasets.name NOT IN ('digits')",
        "datasets.digest = 'f6d9' and datasets.context = 'test'",
        "datasets.name = 'Digits' and datasets.context = 'test'",
        "datasets.context != 'test'",
        "datasets.context IN ('train', 'eval')",
        "datasets.context = 'test' and metrics.acc != 7",
        "metrics.acc = 1",
        "metrics.acc != 1",
        "metrics.acc != 0",
        "metrics.acc > 0",
        "metrics.acc >= 0",
        "metrics.acc < 0.5",
        "metrics.acc <= 0",
        "metrics.acc = 0",
        "metrics.acc > 1e299",
        "metrics.acc < -1e300",
        "metrics.`val loss` > 4.5",
        "metrics.unknown > 0",
        "metrics.unknown != 0",
        "params.model = 'svc'",
        "params.model != 'svc'",
        "params.p != 'svc'",
        "params.p = 'None'",
        "params.unknown != 'x'",
        "params.model LIKE 's%'",
        "params.model LIKE 's_c'",
        "params.model LIKE 'S%'",
        "params.model ILIKE 'S_C'",
        "params.`lr/x y` = '3'",
        'params."lr/x y" = "3"',
        "params.p IS NULL",
        "params.p IS NOT NULL",
        "tags.note IS NULL",
        "tags.note IS NOT NULL",
        "tags.team LIKE 'A%'",
        "tags.team LIKE '%\\%'",
        "tags.team ILIKE 'a%'",
        "tags.team != 'ab'",
        'tags.note = "it\'s"',
        "tags.mlflow.runName = 'Run 1'",
        "status = 'FINISHED'",
        "attributes.status = 'RUNNING'",
        "attributes.status != 'FINISHED'",
        "attributes.run_name = 'Run 1'",
        "run_name != 'Run 1'",
        "run_name LIKE 'run_%'",
        "run_name ILIKE 'run%'",
        "attributes.`run name` = 'Run 1'",
        f"start_time >= {START + 3}",
        f"start_time = {START + 3}",
        f"attributes.created < {START + 3}",
        "end_time > 0",
        "end_time != 0",
        "user_id != 'nobody'",
        "artifact_uri LIKE '%artifacts'",
        "artifact_uri = 'x'",
        "run_id IN ('x')",
        "run_id NOT IN ('x', 'y')",
        "params.model = 'svc' and metrics.acc > 0 AND status = 'FINISHED'",
        "params.model = 'svc' and params.model = 'tree'",
    ],
)
def test_a_filter_finds_what_mlflow_finds(store: Store, snapshot: Snapshot, text: str) -> None:
    assert found(snapshot, text) == searched(store, text)


def test_run_ids_may_be_named_by_the_thousand(store: Store, snapshot: Snapshot) -> None:
    some = searched(store, "params.model = 'svc'")
    text = "run_id IN (" + ", ".join(f"'{i}'" for i in [*some, *(f"{n:032x}" for n in range(2_000))]) + ")"

    assert some
    assert found(snapshot, text) == some
    assert found(snapshot, f"run_id = '{some[0]}'") == some[:1]


def test_deleted_runs_and_experiments_are_found_when_asked_for(store: Store, snapshot: Snapshot) -> None:
    chosen = Selection(conditions=filters.parse("params.model = 'svc'"), deleted=True)

    ids = set(reads.runs(snapshot, chosen, seeds=(), ignored=())["run_id"])

    assert ids == set(searched(store, "params.model = 'svc'", ViewType.ALL))
    assert len(ids) > len(found(snapshot, "params.model = 'svc'"))


def test_experiments_narrow_a_selection(store: Store, snapshot: Snapshot) -> None:
    experiment = store.experiment("two words")

    frame = reads.runs(snapshot, Selection(experiments=(experiment,)), seeds=(), ignored=())

    assert set(frame["experiment"]) == {"two words"}
    assert len(frame) == 4


def test_an_attribute_that_runs_do_not_have_is_named() -> None:
    with refused(FilterError, "nonsense"):
        query(Selection(conditions=(Condition("attribute", "nonsense", "=", "x"),)))


def test_a_comparison_that_nobody_knows_is_named() -> None:
    unknown: Any = "RLIKE"
    with refused(FilterError, "RLIKE"):
        query(Selection(conditions=(Condition("tag", "team", unknown, "x"),)))
