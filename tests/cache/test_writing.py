"""What a reading changes: runs new, changed and gone, by parts or at once."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from assay.cache import reads
from assay.cache.snapshots import Cache
from assay.errors import CacheError
from assay.model.runs.selection import Selection
from saying import refused

from .conftest import EARLY, LATE, Publish, a_run, store, tables


def test_readers_of_record_batches_are_taken_too(publish: Publish) -> None:
    assert publish({name: table.to_reader() for name, table in store().items()}).new == 2


def test_a_full_reading_without_differences_keeps_the_snapshot_and_advances_its_time(
    cache: Cache, publish: Publish
) -> None:
    first = publish().snapshot
    shuffled = {name: table.take(pa.array(range(len(table) - 1, -1, -1))) for name, table in store().items()}

    second = publish(shuffled, complete_as_of=LATE, cursor={"at": 2})

    assert second.snapshot == replace(first, complete_as_of=LATE)
    assert cache.latest() == second.snapshot
    assert cache.cursor() == {"at": 2}
    assert len(list(cache.folder.glob("*.duckdb"))) == 1


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("runs", [a_run("a"), a_run("b", start=2_000, status="RUNNING")]),
        ("metrics", [("a", "acc", 0.5, 0, 1), ("b", "acc", 0.0, 0, 1)]),
        ("metrics", [("a", "acc", 0.5, 0, 1), ("b", "acc", float("nan"), 0, 1), ("b", "late", 1.0, 0, 1)]),
        ("metrics", [("a", "acc", 0.5, 0, 1), ("b", "acc", float("nan"), 7, 1)]),
        ("params", [("a", "seed", "1")]),
        ("tags", [("a", "mlflow.user", "ann"), ("b", "mlflow.parentRunId", "edited")]),
        ("inputs", [("a", "x", "test")]),
        ("inputs", [("a", "x", "test"), ("b", "x", "train")]),
    ],
)
@pytest.mark.parametrize("full", [True, False])
def test_any_change_of_a_run_is_a_change(
    publish: Publish, table: str, rows: list[tuple[object, ...]], full: bool
) -> None:
    first = publish().snapshot

    second = publish(store(**{table: rows}), full=full)

    assert (second.new, second.changed, second.removed) == (0, 1, 0)
    assert second.snapshot.name != first.name
    assert second.snapshot.version == 2


def test_params_that_swap_their_values_are_a_change(publish: Publish) -> None:
    publish(store(params=[("a", "x", "1"), ("a", "y", "2")]))

    assert publish(store(params=[("a", "x", "2"), ("a", "y", "1")])).changed == 1


def test_any_change_of_a_dataset_is_one_of_all_runs_that_used_it(publish: Publish) -> None:
    publish()

    assert publish(store(datasets=[("x", "digits", "f6d9e39f", "local", "{}", 541)])).changed == 2


def test_what_a_source_calls_a_dataset_is_no_change(publish: Publish) -> None:
    first = publish().snapshot
    again = store(
        datasets=[("y", "digits", "f6d9e39f", "local", "{}", 540)], inputs=[("a", "y", "test"), ("b", "y", "test")]
    )

    assert publish(again, complete_as_of=LATE).snapshot == replace(first, complete_as_of=LATE)


def test_a_renamed_experiment_makes_a_new_snapshot_without_changed_runs(publish: Publish) -> None:
    first = publish().snapshot

    second = publish(store(experiments=[("1", "renamed", "active", "/one")]))

    assert (second.new, second.changed, second.removed) == (0, 0, 0)
    assert second.snapshot.name != first.name
    assert reads.experiments(second.snapshot)[0].name == "renamed"


def test_a_full_reading_drops_the_runs_it_does_not_hold(publish: Publish) -> None:
    publish()

    second = publish(store(runs=[a_run("b", start=2_000), a_run("c")], metrics=[("b", "acc", float("nan"), 0, 1)]))

    assert (second.new, second.changed, second.removed) == (1, 0, 1)
    assert reads.run(second.snapshot, "a") is None


def test_a_part_replaces_its_runs_and_leaves_the_others(publish: Publish) -> None:
    before = publish().snapshot
    part = tables(
        {
            "experiments": [("1", "one", "active", "/one"), ("2", "two", "active", "/two")],
            "runs": [a_run("b", status="FAILED"), a_run("c", experiment="2", start=None)],
            "metrics": [("b", "loss", 2.0, 1, 1), ("c", "acc", 0.9, 1, 1)],
            "params": [("c", "depth", "3")],
            "datasets": [
                ("1", "digits", "other", "local", "{}", None),
                ("2", "digits", "f6d9e39f", "local", "{}", 540),
            ],
            "inputs": [("c", "1", "train"), ("c", "2", "eval")],
        }
    )

    published = publish(part, full=False, cursor={"at": 2})

    assert (published.new, published.changed, published.removed) == (1, 1, 0)
    snapshot = published.snapshot
    assert (snapshot.experiments, snapshot.runs) == (2, 3)
    assert reads.run(snapshot, "a") == reads.run(before, "a")
    changed, new = reads.run(snapshot, "b"), reads.run(snapshot, "c")
    assert changed is not None
    assert new is not None
    assert (changed.metrics, changed.params, changed.tags, changed.datasets) == ({"loss": 2.0}, {}, {}, ())
    assert [(one.digest, one.context, one.rows) for one in new.datasets] == [
        ("f6d9e39f", "eval", 540),
        ("other", "train", None),
    ]
    assert (new.metrics, new.params, new.experiment, new.start_time) == ({"acc": 0.9}, {"depth": "3"}, "two", None)


def test_a_part_may_take_runs_away(publish: Publish) -> None:
    publish()
    nothing = tables({"experiments": [("1", "one", "active", "/one")]})

    published = publish(nothing, full=False, gone=["a", "never seen"])

    assert (published.new, published.changed, published.removed) == (0, 0, 1)
    assert published.snapshot.runs == 1


def test_a_part_without_differences_keeps_the_snapshot(publish: Publish) -> None:
    first = publish().snapshot

    assert publish(full=False, complete_as_of=LATE).snapshot == replace(first, complete_as_of=LATE)


def test_the_same_content_by_parts_or_at_once_reads_the_same(tmp_path: Path) -> None:
    found = []
    for parts in ([store()], [store(runs=[a_run("b", start=2_000)]), store()]):
        cache = Cache(tmp_path / str(len(parts)), "x")
        for part in parts:
            cache_is_new = cache.latest() is None
            with cache.lock():
                snapshot = cache.publish(part, full=cache_is_new, cursor={}, complete_as_of=EARLY).snapshot
        found.append(reads.runs(snapshot, Selection(), seeds=("seed",), ignored=()))
    assert found[0].equals(found[1])


def test_a_part_for_an_empty_cache_is_refused(publish: Publish) -> None:
    with refused(CacheError, "assay sync --full"):
        publish(full=False)


def test_an_empty_store_is_a_snapshot_too(publish: Publish) -> None:
    snapshot = publish(tables({})).snapshot

    assert (snapshot.experiments, snapshot.runs) == (0, 0)
    assert reads.experiments(snapshot) == ()
    assert len(reads.runs(snapshot, Selection(), seeds=("seed",), ignored=())) == 0
    assert reads.metrics(snapshot, Selection(), ["acc"]).values.shape == (0, 1)


def test_a_run_given_twice_counts_once_and_rows_of_unknown_runs_are_dropped(publish: Publish) -> None:
    rows = store(runs=[a_run("a"), a_run("a"), a_run("b")], params=[("a", "seed", "1"), ("nobody", "seed", "1")])

    snapshot = publish(rows).snapshot

    assert snapshot.runs == 2
    assert reads.keys(snapshot, Selection()).counts["params"] == {"seed": 1}


def test_rebuilding_makes_a_new_file_and_counts_no_change(publish: Publish) -> None:
    first = publish().snapshot

    second = publish(rebuild=True)

    assert second.snapshot.name != first.name
    assert (second.new, second.changed, second.removed) == (0, 0, 0)


def test_a_source_that_breaks_off_leaves_the_last_snapshot(cache: Cache, publish: Publish) -> None:
    first = publish().snapshot
    good = store()["runs"]

    def batches() -> object:
        yield from good.to_batches()
        raise OSError("the store went away")

    broken = store() | {"runs": pa.RecordBatchReader.from_batches(good.schema, batches())}
    with refused(CacheError, "went away"):
        publish(broken)
    assert cache.latest() == first
    assert not list(cache.folder.glob("*.part*"))
