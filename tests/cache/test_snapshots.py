"""Snapshots keep their name while nothing changes, and go when nobody needs them."""

import json
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assay.cache import files, reads
from assay.cache.snapshots import KEEP_SECONDS, Cache
from assay.model.sync import SyncStatus

from .conftest import EARLY, LATE, Publish, a_run, store


def test_a_cache_that_was_never_synced_has_nothing(cache: Cache) -> None:
    assert cache.latest() is None
    assert cache.cursor() is None
    assert cache.status() == SyncStatus()


def test_what_was_published_is_the_latest_for_everyone(cache: Cache, publish: Publish) -> None:
    published = publish(cursor={"page": [1, 2]})

    assert (published.new, published.changed, published.removed) == (2, 0, 0)
    again = Cache(cache.folder, "sqlite:///mlflow.db")
    assert again.latest() == published.snapshot
    assert again.cursor() == {"page": [1, 2]}
    assert (published.snapshot.experiments, published.snapshot.runs, published.snapshot.version) == (1, 2, 1)
    assert published.snapshot.complete_as_of == EARLY


def test_nothing_changed_only_advances_the_time(cache: Cache, publish: Publish) -> None:
    first = publish().snapshot

    with cache.lock():
        assert cache.confirm(LATE) == replace(first, complete_as_of=LATE)

    assert cache.latest() == replace(first, complete_as_of=LATE)
    assert cache.cursor() == {"at": 1}


def test_a_cache_of_another_format_counts_as_none(cache: Cache, publish: Publish) -> None:
    publish()
    pointer = cache.folder / f"{cache.stem}.json"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"format": "0-older"}))

    assert cache.latest() is None
    assert cache.cursor() is None
    assert publish().snapshot.version == 2


def test_old_snapshots_stay_for_readers_that_hold_their_name_and_then_go(cache: Cache, publish: Publish) -> None:
    first = publish().snapshot
    second = publish(store(runs=[a_run("a")])).snapshot
    third = publish(store(runs=[a_run("b")])).snapshot
    assert [s.path.exists() for s in (first, second, third)] == [True, True, True]
    assert reads.run(first, "b") is not None

    longer = time.time() - KEEP_SECONDS - 1
    os.utime(second.path, (longer, longer))
    fourth = publish(store(runs=[a_run("c")])).snapshot

    assert [s.path.exists() for s in (first, second, third, fourth)] == [False, True, True, True]


def test_the_millionth_snapshot_follows_the_one_before(cache: Cache) -> None:
    cache.folder.mkdir()
    names = [f"{cache.stem}-{number}-0.duckdb" for number in ("999998", "999999", "1000000")]
    for name, age in zip(names, (3, 2, 0), strict=True):
        path = cache.folder / name
        path.touch()
        os.utime(path, (time.time() - age * 100,) * 2)
    files.sweep(cache.folder, cache.stem, frozenset(), 150.0)
    assert sorted(path.name for path in cache.folder.iterdir()) == sorted(names[1:])


def test_an_emptied_folder_starts_again_under_names_never_used(cache: Cache, publish: Publish) -> None:
    first = publish().snapshot
    for path in cache.folder.iterdir():
        path.unlink()
    time.sleep(0.002)

    second = publish(store(runs=[a_run("c")])).snapshot

    assert second.version == 1
    assert second.name != first.name
    assert reads.run(second, "c") is not None


def test_stores_have_their_own_caches_and_no_credentials_are_written(tmp_path: Path) -> None:
    uris = ("http://ann:secret@host/mlflow", "http://host/mlflow")
    for uri in uris:
        cache = Cache(tmp_path, uri)
        with cache.lock():
            cache.publish(store(), full=True, cursor={}, complete_as_of=EARLY)
        cache.note(SyncStatus(checked_at=LATE))
    assert len(list(tmp_path.glob("*.duckdb"))) == 2
    assert not [path for path in tmp_path.iterdir() if b"secret" in path.read_bytes()]
    latest = Cache(tmp_path, uris[0]).latest()
    assert latest is not None
    assert latest.tracking_uri == uris[1]


def test_times_are_utc(publish: Publish) -> None:
    assert (datetime.now(UTC) - publish().snapshot.created_at).total_seconds() < 60
