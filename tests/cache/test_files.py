"""Damage is named and repaired, locks hold across processes, and kills leave a whole cache."""

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from assay.cache import files, reads
from assay.cache.snapshots import Cache
from assay.errors import CacheBusyError, CacheError
from assay.model.note import note
from assay.model.problems import PassedOver, Stores, Unusable
from assay.model.runs.selection import Selection
from assay.model.sync import SyncStatus
from saying import refused, said

from .conftest import EARLY, LATE, Publish


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 200_000, b'{"format": 1', b"\xff\xfe"])
def test_a_damaged_pointer_is_named_and_a_full_reading_repairs_it(
    cache: Cache, publish: Publish, content: bytes
) -> None:
    publish()
    (cache.folder / f"{cache.stem}.json").write_bytes(content)

    with refused(CacheError, "assay sync --full"):
        cache.latest()

    repaired = publish().snapshot
    assert cache.latest() == repaired
    assert repaired.version == 2


def test_an_incomplete_pointer_is_named(cache: Cache, publish: Publish) -> None:
    publish()
    pointer = cache.folder / f"{cache.stem}.json"
    pointer.write_text(json.dumps({"format": json.loads(pointer.read_text())["format"]}))

    with refused(CacheError, "incomplete"):
        cache.latest()
    assert publish().new == 2


@pytest.mark.parametrize("damage", ["missing", "truncated", "garbage"])
def test_a_damaged_snapshot_is_named_and_a_full_reading_repairs_it(cache: Cache, publish: Publish, damage: str) -> None:
    path = publish().snapshot.path
    size = path.stat().st_size
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: size // 2] if damage == "truncated" else b"x" * size)

    with refused(CacheError, path.name):
        cache.latest()

    assert publish().new == 2
    assert cache.latest() is not None


def test_a_lost_cursor_is_named(cache: Cache, publish: Publish) -> None:
    publish()
    for path in cache.folder.glob("*cursor*"):
        path.unlink()

    with refused(CacheError, "cursor"):
        cache.cursor()


def test_a_reader_whose_snapshot_is_gone_is_told(publish: Publish) -> None:
    snapshot = publish().snapshot
    snapshot.path.unlink()

    with refused(CacheError, "reload"):
        reads.experiments(snapshot)


def test_a_snapshot_damaged_inside_is_named_and_rebuilt(cache: Cache, publish: Publish) -> None:
    path = publish().snapshot.path
    path.write_bytes(path.read_bytes()[:12] + b"x" * (path.stat().st_size - 12))
    damaged = cache.latest()
    assert damaged is not None
    with refused(CacheError, "assay sync --full"):
        reads.experiments(damaged)

    repaired = publish(rebuild=True)

    assert repaired.new == 2
    assert len(reads.experiments(repaired.snapshot)) == 1


def test_a_status_comes_back_as_it_was_noted(cache: Cache) -> None:
    problem = note(Stores.TABLES_MISSING, path="é", held=("a", "b"), missing=("runs",))
    warning = note(PassedOver.RUN_FOLDERS, n=3, where="1/a", reason=Unusable.CLOSED, error=None)
    status = SyncStatus(checked_at=EARLY, problem=problem, problem_since=LATE, warnings=(warning,))
    cache.note(status)
    assert cache.status() == status
    assert said(cache.status().warnings[0]) == said(warning)


NOTED: dict[str, object] = {
    "checked_at": None,
    "problem": None,
    "problem_since": None,
    "progress": None,
    "warnings": [],
}


NO_FOLDER = {"code": Stores.FOLDER_MISSING, "values": {"path": "/a"}, "quotes": [], "sides": []}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"progress": 1}',
        json.dumps(NOTED | {"problem": "The store is away."}),
        json.dumps(NOTED | {"warnings": ["1 run folder is left out."]}),
        "[" * 200_000,
        json.dumps(NOTED).replace('"progress": null', '"progress": [1e999, 1]'),
        json.dumps(NOTED | {"problem": NO_FOLDER | {"sides": [float("inf")]}}),
        json.dumps(NOTED | {"problem": NO_FOLDER | {"values": {"path": float("nan")}}}),
        json.dumps(NOTED | {"problem": NO_FOLDER | {"values": [1]}}),
        json.dumps(NOTED | {"checked_at": "0001-01-01T00:00:00+10:00"}),
        json.dumps(NOTED | {"problem": {"code": "OF_ANOTHER_VERSION", "values": {}, "quotes": [], "sides": []}}),
    ],
)
def test_an_unreadable_status_is_the_default(cache: Cache, content: str) -> None:
    cache.note(SyncStatus(checked_at=EARLY))
    (cache.folder / f"{cache.stem}.status.json").write_text(content)
    assert cache.status() == SyncStatus()

    cache.note(SyncStatus(checked_at=LATE))
    assert cache.status() == SyncStatus(checked_at=LATE)


def test_a_time_without_a_zone_is_one_in_utc(cache: Cache, publish: Publish) -> None:
    publish()
    cache.note(SyncStatus(checked_at=EARLY, problem_since=LATE))
    for path in (cache.folder / f"{cache.stem}.status.json", cache.folder / f"{cache.stem}.json"):
        path.write_text(path.read_text().replace("+00:00", ""))

    snapshot = cache.latest()

    assert cache.status() == SyncStatus(checked_at=EARLY, problem_since=LATE)
    assert snapshot is not None
    assert snapshot.complete_as_of == EARLY
    assert snapshot.created_at.tzinfo is not None


def test_half_a_character_in_a_status_is_replaced(cache: Cache) -> None:
    cache.note(SyncStatus(checked_at=EARLY, problem=note(Stores.FOLDER_MISSING, path="/a\udcffb")))
    assert cache.status().problem == note(Stores.FOLDER_MISSING, path="/a?b")


def test_progress_counts_only_while_somebody_syncs(cache: Cache) -> None:
    with cache.lock():
        cache.note(SyncStatus(progress=(3, None)))
        assert cache.status().progress == (3, None)
    assert cache.status().progress is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with refused(CacheError, "taken"), Cache(tmp_path / "taken" / "cache", "x").lock():
        pass


@pytest.mark.parametrize("name", ["{}.lock", "{}-cursor-1.json", "{}.status.json"])
def test_a_file_that_cannot_be_written_is_named_with_what_to_do(cache: Cache, publish: Publish, name: str) -> None:
    (cache.folder / name.format(cache.stem)).mkdir(parents=True)
    work = partial(cache.note, SyncStatus()) if "status" in name else publish
    with refused(CacheError, r"cannot be \w+: .*; let this user write there, or name another") as caught:
        work()
    assert name.format(cache.stem) in said(caught.value)
    assert not list(cache.folder.glob("*.part"))


def test_a_snapshot_that_was_taken_away_while_it_is_named_is_a_sentence(publish: Publish) -> None:
    snapshot = publish().snapshot
    snapshot.path.unlink()
    with refused(CacheError, "cannot be read"):
        files.pointer_to(snapshot, "1", "cursor")


_WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from cache.conftest import EARLY, a_run, store
from assay.cache.snapshots import Cache
cache = Cache(Path(sys.argv[1]), "sqlite:///mlflow.db")
with cache.lock():
    print("held", flush=True)
    if sys.argv[2] == "wait":
        sys.stdin.read()
    for n in range(10_000):
        rows = store(runs=[a_run("a"), a_run(f"r{{n}}")])
        cache.publish(rows, full=n % 2 == 0, cursor={{"n": n}}, complete_as_of=EARLY)
        print(n, flush=True)
"""


def _writer(cache: Cache, what: str) -> "subprocess.Popen[str]":
    code = _WRITER.format(tests=str(Path(__file__).parents[1]))
    command = [sys.executable, "-c", code, str(cache.folder), what]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_one_sync_at_a_time_across_processes_and_a_killed_one_frees_the_way(cache: Cache) -> None:
    with _writer(cache, "wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with refused(CacheBusyError, "sync"), cache.lock():
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with cache.lock(wait=5):
            pass


def test_readers_who_look_whether_it_is_locked_never_take_one_another_for_a_sync(cache: Cache) -> None:
    with cache.lock():
        pass
    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(lambda _: cache.is_syncing(), range(400)))


def test_readers_who_look_whether_it_is_locked_hold_no_sync_up(cache: Cache) -> None:
    with ThreadPoolExecutor(2) as pool:
        looks = [pool.submit(cache.is_syncing) for _ in range(400)]
        for _ in range(20):
            with cache.lock(wait=5.0):
                pass
    assert all(look.done() for look in looks)


def test_whoever_may_only_read_the_lock_still_learns_that_it_is_held(cache: Cache) -> None:
    with cache.lock():
        [lock] = cache.folder.glob("*.lock")
        lock.chmod(0o444)
        assert cache.is_syncing()
    assert not cache.is_syncing()


def test_a_writer_killed_at_any_instant_leaves_a_whole_cache(cache: Cache, publish: Publish) -> None:
    publish()
    for delay in (0.0, 0.003, 0.007, 0.013, 0.019, 0.027):
        with _writer(cache, "go") as process:
            assert process.stdout is not None
            assert any(line.strip() not in ("held", "") for line in process.stdout), "the writer ended before it wrote"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
        snapshot = cache.latest()
        assert snapshot is not None
        assert reads.keys(snapshot, Selection()).counts["tags"]["mlflow.user"] == 1
        assert cache.cursor() is not None
    last = publish().snapshot
    assert reads.run(last, "b") is not None
    assert not list(cache.folder.glob("*.part*"))
