"""Syncing finds what changed, says how it went, and lives exactly as long as its server."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from assay import settings as configuration
from assay import sync
from assay.cache import datasets, reads
from assay.cache.snapshots import Cache
from assay.errors import CacheBusyError, SourceError
from assay.model.runs.selection import Selection
from assay.model.sync import Snapshot, SyncReport
from assay.queries import freshness
from assay.settings import Settings
from saying import said
from stores import Store


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store with two runs, to copy: MLflow takes long to make one."""
    path = tmp_path_factory.mktemp("template") / "mlflow.db"
    Store.sqlite(path).configuration("one", {"model": "svc"}, "acc", [0.5, 0.6])
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Store:
    (tmp_path / "store").mkdir()
    return Store.sqlite(Path(shutil.copy(template, tmp_path / "store")))


@pytest.fixture
def settings(store: Store, tmp_path: Path) -> Settings:
    return replace(configuration.read({}, tracking_uri=store.uri, data=tmp_path / "data"), sync_seconds=0.05)


def cache_of(settings: Settings) -> Cache:
    return Cache(settings.data / "cache", settings.tracking_uri)


def latest(settings: Settings) -> Snapshot:
    snapshot = freshness.current(settings).snapshot
    assert snapshot is not None
    return snapshot


def counts(report: SyncReport) -> tuple[int, int, int, int]:
    return report.runs, report.new, report.changed, report.removed


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_each_sync_reports_what_changed_since_the_last(store: Store, settings: Settings) -> None:
    before = datetime.now(UTC)
    first = sync.sync(settings)
    assert counts(first) == (2, 2, 0, 0)
    assert (first.experiments, first.version, first.tracking_uri) == (2, 1, store.uri)
    assert first.complete_as_of >= before
    run_id = reads.runs(latest(settings), Selection(), seeds=(), ignored=())["run_id"][0]

    store.run("one", metrics={"acc": 1.0})
    assert counts(sync.sync(settings)) == (3, 1, 0, 0)
    store.client.log_metric(run_id, "late", 1.0)
    assert counts(sync.sync(settings)) == (3, 0, 1, 0)
    store.client.set_tag(run_id, "note", "edited")
    assert counts(sync.sync(settings)) == (3, 0, 1, 0)
    store.tested(run_id, "f6d9")
    assert counts(sync.sync(settings)) == (3, 0, 1, 0)
    store.client.delete_run(run_id)
    assert counts(sync.sync(settings)) == (3, 0, 1, 0)
    assert len(reads.runs(latest(settings), Selection(), seeds=(), ignored=())) == 2
    kept = datasets.used(latest(settings), Selection(deleted=True))
    assert [(own[0].digest, runs) for own, runs in kept if own] == [("f6d9", 1)]
    store.client.restore_run(run_id)
    assert counts(sync.sync(settings)) == (3, 0, 1, 0)
    assert len(reads.runs(latest(settings), Selection(), seeds=(), ignored=())) == 3


def test_a_sync_without_changes_keeps_the_snapshot_and_says_it_looked(settings: Settings) -> None:
    sync.sync(settings)
    before, name = datetime.now(UTC), latest(settings).name

    report = sync.sync(settings)

    assert counts(report) == (2, 0, 0, 0)
    state = freshness.current(settings)
    assert state.snapshot is not None
    assert state.snapshot.name == name
    assert state.status.checked_at is not None
    assert min(state.status.checked_at, state.snapshot.complete_as_of, report.complete_as_of) >= before


def test_a_full_sync_rebuilds_the_snapshot(settings: Settings) -> None:
    first = sync.sync(settings)

    second = sync.sync(settings, full=True)

    assert counts(second) == (2, 0, 0, 0)
    assert second.version == first.version + 1


def test_a_store_that_is_away_is_noted_until_it_is_back(store: Store, settings: Settings) -> None:
    sync.sync(settings)
    path = Path(store.uri.removeprefix("sqlite:///"))
    hidden = path.with_suffix(".hidden")
    path.rename(hidden)

    for _ in range(2):
        with pytest.raises(SourceError) as caught:
            sync.sync(settings)
    state = freshness.current(settings)
    assert state.snapshot is not None
    assert state.problem == state.status.problem == caught.value.note
    first_seen = state.status.problem_since
    with pytest.raises(SourceError):
        sync.sync(settings)
    assert freshness.current(settings).status.problem_since == first_seen
    assert not path.exists()

    hidden.rename(path)
    sync.sync(settings)
    state = freshness.current(settings)
    assert (state.problem, state.status.problem_since) == (None, None)


def test_what_a_problem_says_holds_no_credentials(tmp_path: Path) -> None:
    settings = configuration.read({}, tracking_uri="mysql://ann:secret@host/mlflow?password=secret", data=tmp_path)

    with pytest.raises(SourceError) as caught:
        sync.sync(settings)

    state = freshness.current(settings)
    assert state.snapshot is None
    assert "secret" not in f"{caught.value} {state.problem} {said(state.problem)}"
    assert state.age_seconds(datetime.now(UTC)) is None


def test_a_damaged_cache_is_rebuilt_by_the_next_sync(settings: Settings) -> None:
    sync.sync(settings)
    latest(settings).path.write_bytes(b"not a snapshot")
    state = freshness.current(settings)
    assert state.snapshot is None
    assert state.problem is not None
    assert "assay sync --full" in said(state.problem)

    assert sync.sync(settings).runs == 2

    assert freshness.current(settings).problem is None


def test_age_counts_from_the_last_look(settings: Settings) -> None:
    sync.sync(settings)
    state = freshness.current(settings)
    assert state.status.checked_at is not None
    now = datetime.now(UTC)

    assert state.age_seconds(now) == pytest.approx((now - state.status.checked_at).total_seconds())
    assert state.age_seconds(state.status.checked_at) == 0.0


def test_a_busy_cache_is_no_problem_to_report(settings: Settings) -> None:
    sync.sync(settings)
    with cache_of(settings).lock(), pytest.raises(CacheBusyError):
        sync.sync(settings, wait=0.0)
    assert freshness.current(settings).problem is None


def test_progress_is_seen_by_others_while_it_lasts(settings: Settings) -> None:
    seen: list[tuple[tuple[int, int | None], tuple[int, int | None] | None]] = []

    def look(done: int, expected: int | None) -> None:
        seen.append(((done, expected), cache_of(settings).status().progress))

    sync.sync(settings, progress=look)

    assert seen[0] == ((0, 2), (0, 2))
    assert cache_of(settings).status().progress is None


def test_an_interrupted_sync_leaves_no_progress_and_no_problem(settings: Settings) -> None:
    def interrupt(done: int, expected: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync.sync(settings, progress=interrupt)

    state = freshness.current(settings)
    assert (state.snapshot, state.problem, state.status.progress) == (None, None, None)
    assert sync.sync(settings).runs == 2


@contextmanager
def watching(settings: Settings, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": settings.tracking_uri,
        "ASSAY_DATA": str(settings.data),
        "ASSAY_SYNC_SECONDS": str(settings.sync_seconds),
        **variables,
    }
    command = [sys.executable, "-m", "assay.sync"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def told_until(word: str, process: "subprocess.Popen[str]") -> list[str]:
    """The log's lines up to the first with this word, which come after the status; fails without it in a minute."""
    assert process.stderr is not None
    told: list[str] = []
    patience = Timer(60, process.kill)
    patience.start()
    try:
        for line in process.stderr:
            told.append(line)
            if word in line:
                return told
    finally:
        patience.cancel()
    pytest.fail(f"no line holds {word!r}")


def test_the_watch_keeps_the_cache_in_step_and_ends_with_its_parent(store: Store, settings: Settings) -> None:
    with watching(settings) as process:
        wait_for(lambda: freshness.current(settings).snapshot)
        store.run("one", metrics={"acc": 1.0})
        wait_for(lambda: latest(settings).runs == 3)

        assert process.stdin is not None
        process.stdin.close()

        assert process.wait(timeout=60) == 0
        with cache_of(settings).lock(wait=0.0):
            pass


def test_the_watch_ends_cleanly_when_told_to(settings: Settings) -> None:
    with watching(settings, ASSAY_LOG="WARNING") as process:
        wait_for(lambda: freshness.current(settings).snapshot)

        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_the_watch_notes_a_problem_once_and_goes_on(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "mlflow.db"
    settings = replace(
        configuration.read({}, tracking_uri=f"sqlite:///{path}", data=tmp_path / "data"), sync_seconds=0.05
    )
    with watching(settings) as process:
        wait_for(lambda: freshness.current(settings).problem)
        problem = freshness.current(settings).problem
        shutil.copy(template, tmp_path / "copy.db")
        (tmp_path / "copy.db").rename(path)
        wait_for(lambda: freshness.current(settings).snapshot and not freshness.current(settings).problem)
        told = told_until("2 runs from ", process)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        assert process.stderr is not None
        told += process.stderr.readlines()

    line = re.compile(r"\d{4}-\d\d-\d\d [\d:]{8}\.\d{3} (ERROR|INFO) assay\.sync: (.*)")
    logged = [match.groups() for match in map(line.fullmatch, map(str.rstrip, told)) if match]
    assert logged[0] == ("ERROR", said(problem))
    assert logged.count(logged[0]) == 1
    assert logged[-1][1].startswith("2 runs from sqlite:///")
    assert freshness.current(settings).problem is None


def test_the_watch_outlives_an_unexpected_error_and_says_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "mlruns" / "0").mkdir(parents=True)
    (tmp_path / "mlruns" / "0" / "meta.yaml").write_text("experiment_id: '0'\nname: one\n")
    settings = replace(
        configuration.read({}, tracking_uri=str(tmp_path / "mlruns"), data=tmp_path / "data"), sync_seconds=0.05
    )
    sync.sync(settings)
    cache = cache_of(settings)
    [cursor] = cache.folder.glob("*cursor*")
    whole = json.loads(cursor.read_text())
    cursor.write_text(json.dumps({key: value for key, value in whole.items() if key != "runs"}))
    with watching(settings) as process:
        wait_for(lambda: freshness.current(settings).problem)
        assert said(freshness.current(settings).problem) == "The sync stopped on an unexpected error (KeyError)."
        cursor.write_text(json.dumps(whole))
        wait_for(lambda: freshness.current(settings).problem is None)
        assert process.poll() is None
        process.terminate()
        assert process.stderr is not None
        told = process.stderr.read()
    assert "ERROR assay.sync: The sync stopped on an unexpected error (KeyError).\n  File " in told
    assert "'runs'" not in told


def test_no_line_of_the_log_holds_credentials(tmp_path: Path) -> None:
    settings = configuration.read({}, tracking_uri="http://ann:secret@127.0.0.1:1", data=tmp_path / "data")
    with watching(replace(settings, sync_seconds=0.05), ASSAY_LOG="DEBUG") as process:
        told = "".join(told_until("ERROR assay.sync: ", process))
        process.terminate()
        assert process.stderr is not None
        told += process.stderr.read()
    assert "ERROR assay.sync: " in told
    assert "http://127.0.0.1:1" in told
    assert not re.search("secret|ann:", told)


def test_a_lock_that_cannot_be_taken_is_noted_for_the_page_that_waits(settings: Settings) -> None:
    cache = cache_of(settings)
    (cache.folder / f"{cache.stem}.lock").mkdir(parents=True)
    with watching(settings) as process:
        wait_for(lambda: cache.status().problem)
        assert "ASSAY_DATA" in said(cache.status().problem)
        assert process.poll() is None


def test_a_cache_folder_that_cannot_be_made_is_a_problem_of_the_first_page(settings: Settings) -> None:
    settings.data.mkdir()
    assert freshness.current(settings).problem is None
    (settings.data / "cache").write_text("in the way")
    assert "ASSAY_DATA" in said(freshness.current(settings).problem)


@pytest.fixture
def holed(tmp_path: Path) -> Settings:
    """Settings for a store of folders in which a run is left out, already synced."""
    for name, meta in ((".", "experiment_id: '0'\nname: one\n"), ("a", "[")):
        folder = tmp_path / "mlruns" / "0" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "meta.yaml").write_text(meta)
        os.utime(folder / "meta.yaml", (1_750_000_000, 1_750_000_000))
    made = configuration.read({}, tracking_uri=str(tmp_path / "mlruns"), data=tmp_path / "data")
    assert len(sync.sync(made).warnings) == 1
    return made


def _in_plain_text(status: Path) -> None:
    """The status as an older version of Assay noted it."""
    status.write_text(json.dumps(json.loads(status.read_text()) | {"warnings": ["1 run folder is left out: 0/a."]}))


@pytest.mark.parametrize("damage", [Path.unlink, _in_plain_text, lambda status: status.write_text("{")])
@pytest.mark.parametrize("away", [False, True])
def test_warnings_whose_status_is_lost_are_found_again(
    holed: Settings, damage: Callable[[Path], object], away: bool
) -> None:
    before, snapshot = freshness.current(holed).status.warnings, latest(holed).name
    cache = cache_of(holed)
    damage(cache.folder / f"{cache.stem}.status.json")
    assert freshness.current(holed).status.warnings == ()
    if away:
        store = Path(holed.tracking_uri)
        store.rename(store.with_name("hidden"))
        with pytest.raises(SourceError):
            sync.sync(holed)
        store.with_name("hidden").rename(store)

    for _ in range(2):
        assert sync.sync(holed).warnings == before
    assert freshness.current(holed).status.warnings == before
    assert latest(holed).name == snapshot
