import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from assay.errors import SourceError
from assay.sources import sqlite
from assay.sources.sql import SqlSource
from saying import refused
from sources.rows import history

Untouched = Callable[[Path], AbstractContextManager[None]]

# A process that runs the statements given to it on standard input, one a line, and says `done` after each.
WRITER = """
import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
for line in sys.stdin:
    if line.strip() == "crash":
        os.kill(os.getpid(), 9)
    database.execute(line)
    print("done", flush=True)
database.close()
"""

# Logs whole runs, each in one transaction with its two params and its metric, until its input ends.
LOGGER = """
import select, sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
number = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    run = f"new{number}"
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO runs (run_uuid, name, status, lifecycle_stage, experiment_id) "
                     "VALUES (?, 'n', 'FINISHED', 'active', 1)", (run,))
    for key in ("a", "b"):
        database.execute("INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)", (key, "v" * 500, run))
    database.execute("INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) "
                     "VALUES ('m', 1.0, 0, 0, 0, ?)", (run,))
    database.execute("COMMIT")
    number += 1
    time.sleep(0.01)
    if number == 1:
        print("started", flush=True)
print(number, flush=True)
"""


class Writer:
    """Another process that has the store open."""

    def __init__(self, path: Path, script: str = WRITER) -> None:
        command = [sys.executable, "-c", script, str(path)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *statements: str) -> None:
        assert self.process.stdin
        for statement in statements:
            self.process.stdin.write(f"{statement}\n")
            self.process.stdin.flush()
            assert self.line() == "done"

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def crash(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("crash\n")
        self.process.stdin.flush()
        self.process.wait()

    def end(self) -> str:
        assert self.process.stdin
        self.process.stdin.close()
        said = self.line()
        assert self.process.wait() == 0
        return said


@contextmanager
def writing(path: Path, script: str = WRITER) -> Iterator[Writer]:
    writer = Writer(path, script)
    yield writer
    if writer.process.poll() is None:
        writer.process.kill()
    for stream in (writer.process.stdin, writer.process.stdout):
        assert stream
        stream.close()
    writer.process.wait()


def silent(*_: int | None) -> None:
    """Progress that nobody watches."""


def edit(value: str) -> str:
    return f"UPDATE params SET value = '{value}' WHERE key = 'model'"


def models(path: Path) -> set[str]:
    """The params named `model`, read the way sync reads; checked against the way the server reads."""
    found = SqlSource(path).extract(None, silent)
    assert found is not None
    runs = [row["run_id"] for row in found.tables["runs"].to_pylist() if row["name"] == "full"]
    assert len(history(SqlSource(path), runs[0], "loss")) == 3
    return {row["value"] for row in found.tables["params"].to_pylist() if row["key"] == "model"}


def use_write_ahead_log(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = wal")


def suffixes(path: Path) -> set[str]:
    return {found.name.removeprefix(path.name) for found in path.parent.iterdir()}


def test_reading_a_store_at_rest_changes_nothing(store: Path, untouched: Untouched) -> None:
    with untouched(store.parent):
        assert models(store) == {"None", "svc"}


def test_reading_a_cleanly_closed_write_ahead_store_creates_no_files(store: Path, untouched: Untouched) -> None:
    use_write_ahead_log(store)
    assert suffixes(store) == {""}
    with untouched(store.parent):
        assert models(store) == {"None", "svc"}


def test_commits_that_only_the_write_ahead_log_holds_are_seen_while_the_writer_lives(
    store: Path, untouched: Untouched
) -> None:
    use_write_ahead_log(store)
    with writing(store) as writer:
        writer.run(edit("late"), "BEGIN", edit("uncommitted"))
        assert suffixes(store) == {"", "-wal", "-shm"}
        with untouched(store.parent):
            assert models(store) == {"late"}
        writer.run("COMMIT")
        with untouched(store.parent):
            assert models(store) == {"uncommitted"}


def test_a_crashed_writers_log_is_read_and_left_as_it_is(store: Path, untouched: Untouched) -> None:
    use_write_ahead_log(store)
    with writing(store) as writer:
        writer.run(edit("late"))
        writer.crash()
    assert suffixes(store) == {"", "-wal", "-shm"}
    with untouched(store.parent):
        assert models(store) == {"late"}
    store.with_name("mlflow.db-shm").unlink()
    with untouched(store.parent):
        assert models(store) == {"late"}


def test_an_empty_log_that_someone_left_is_left(store: Path, untouched: Untouched) -> None:
    use_write_ahead_log(store)
    store.with_name("mlflow.db-wal").touch()
    with untouched(store.parent):
        assert models(store) == {"None", "svc"}


def test_an_open_transaction_is_neither_seen_nor_disturbed(store: Path, untouched: Untouched) -> None:
    with writing(store) as writer:
        writer.run("BEGIN IMMEDIATE", edit("uncommitted"))
        assert suffixes(store) == {"", "-journal"}
        with untouched(store.parent):
            assert models(store) == {"None", "svc"}
        writer.run("COMMIT")
        assert models(store) == {"uncommitted"}


def test_half_a_transaction_that_a_crash_left_is_taken_back_in_a_copy_only(store: Path, untouched: Untouched) -> None:
    with writing(store) as writer:
        # With a cache of one page the changes reach the file before the commit.
        writer.run("PRAGMA cache_size = 1", "BEGIN IMMEDIATE", edit("half"))
        writer.run(*(f"INSERT INTO tags SELECT key || {n}, value, run_uuid FROM tags" for n in range(8)))
        writer.crash()
    assert suffixes(store) == {"", "-journal"}
    with untouched(store.parent):
        assert models(store) == {"None", "svc"}


def test_a_folder_that_nobody_may_write_to_is_read(store: Path, untouched: Untouched) -> None:
    use_write_ahead_log(store)
    store.chmod(0o444)
    store.parent.chmod(0o555)
    try:
        with untouched(store.parent):
            assert models(store) == {"None", "svc"}
    finally:
        store.parent.chmod(0o755)


@pytest.mark.parametrize("write_ahead", [False, True])
def test_every_reading_beside_a_busy_writer_is_one_moment_of_the_store(store: Path, write_ahead: bool) -> None:
    if write_ahead:
        use_write_ahead_log(store)
    with writing(store, LOGGER) as writer:
        assert writer.line() == "started"
        seen = [0]
        while len(seen) < 12:
            found = SqlSource(store).extract(None, silent)
            assert found is not None
            runs = {r for r in found.tables["runs"]["run_id"].to_pylist() if r.startswith("new")}
            params = Counter(r for r in found.tables["params"]["run_id"].to_pylist() if r.startswith("new"))
            metrics = Counter(r for r in found.tables["metrics"]["run_id"].to_pylist() if r.startswith("new"))
            assert params == dict.fromkeys(runs, 2)
            assert metrics == dict.fromkeys(runs, 1)
            seen.append(len(runs))
        written = int(writer.end())
    assert seen == sorted(seen)
    assert seen[-1] > seen[1]
    with closing(sqlite3.connect(store)) as database:
        assert database.execute("SELECT count(*) FROM runs WHERE run_uuid LIKE 'new%'").fetchone() == (written,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_locked_store_is_waited_for(store: Path) -> None:
    with writing(store) as writer:
        writer.run("BEGIN EXCLUSIVE", edit("late"))
        timer = threading.Timer(0.2, lambda: writer.run("COMMIT"))
        timer.start()
        assert models(store) == {"late"}
        timer.join()


def test_a_store_that_stays_locked_is_given_up_with_a_sentence(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    with writing(store) as writer:
        writer.run("BEGIN EXCLUSIVE")
        with refused(SourceError, "stayed locked by another program"):
            SqlSource(store).extract(None, silent)


@pytest.mark.parametrize("write_ahead", [False, True])
def test_reading_a_history_leaves_this_process_its_locks(store: Path, write_ahead: bool) -> None:
    """POSIX drops all of a process's locks on a file when any descriptor of it is closed."""
    if write_ahead:
        use_write_ahead_log(store)
    with closing(sqlite3.connect(store, isolation_level=None)) as mine:
        mine.execute("BEGIN IMMEDIATE")
        mine.execute(edit("mine"))
        source = SqlSource(store)
        history(source, "nobody", "loss")
        history(source, "nobody", "loss")
        other = (
            "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
            "try: d.execute('BEGIN IMMEDIATE'); print('free')\n"
            "except sqlite3.OperationalError as error: print(error)"
        )
        said = subprocess.run([sys.executable, "-c", other, store], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == "database is locked"
        mine.execute("COMMIT")


def test_a_store_replaced_by_another_file_is_read_anew(store: Path, logged: Path) -> None:
    models(store)
    fresh = shutil.copyfile(logged, store.with_name("fresh.db"))
    with closing(sqlite3.connect(fresh)) as database:
        database.execute("PRAGMA journal_mode = wal")
        database.execute(edit("other"))
        database.commit()
    cursor = SqlSource(store).extract(None, silent)
    assert cursor is not None
    fresh.replace(store)
    assert SqlSource(store).extract(cursor.cursor, silent) is not None
    assert models(store) == {"other"}


def test_waiting_for_the_clock_makes_a_fingerprint_sure(store: Path) -> None:
    store.touch()
    _, settled = sqlite.settle(store)
    assert settled


def test_times_of_a_coarse_clock_are_not_trusted_for_two_seconds(store: Path) -> None:
    now = time.time_ns() // 1_000_000_000 * 1_000_000_000
    os.utime(store, ns=(now, now))
    assert not sqlite.settle(store)[1]
    os.utime(store, ns=(now - 10 * 10**9, now - 10 * 10**9))
    assert sqlite.settle(store)[1]
