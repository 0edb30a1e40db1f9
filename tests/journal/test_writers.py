"""Many write at once, and any of them may be killed at any moment: nothing is lost, doubled or forked."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from assay import journal
from journaled import OPENED, file_of, noted, url_of, verified

WRITING = """
import sys
from assay import journal
from assay.model.people import Person
url, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
opened, person = journal.open(url), Person("local", name, name)
for number in range(times):
    with opened.writing() as pen:
        pen.keep_evidence("x" * 5_000 + name + str(number))
        entry = pen.append("commented", "R-001", '{"text": "%s %d", "comment": 0}' % (name, number), person, "page")
    print(entry.seq, entry.hash, flush=True)
"""


def writer(url: str, name: str, times: int) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", WRITING, url, name, str(times)], stdout=subprocess.PIPE, text=True)


def head_of(url: str) -> tuple[int, str]:
    """As it is kept beside the journal."""
    seq, digest = Path(f"{file_of(url)}.head").read_text().split()
    return int(seq), digest


def test_twenty_processes_write_to_one_review_and_one_chain_has_all_of_it(tmp_path: Path) -> None:
    url = url_of(tmp_path)
    writers = [writer(url, f"w{number}", 5) for number in range(20)]
    told = [line.split() for one in writers for line in one.communicate(timeout=300)[0].splitlines()]
    assert [one.returncode for one in writers] == [0] * 20
    recorded = journal.open(url).recorded("R-001")
    assert sorted((int(seq), digest) for seq, digest in told) == [(one.entry.seq, one.entry.hash) for one in recorded]
    assert {(one.body or {})["text"] for one in recorded} == {f"w{a} {b}" for a in range(20) for b in range(5)}
    assert [one.entry.version for one in recorded] == [*range(1, 101)]
    assert journal.verify(url).ok
    assert head_of(url) == (100, recorded[-1].entry.hash)


def killed(url: str, times: int) -> set[tuple[int, str]]:
    """Kills a writer `times` times in the middle of writing, and says what it had been told was kept."""
    told = set[tuple[int, str]]()
    for number in range(times):
        with writer(url, f"k{number}", 10_000) as child:
            assert child.stdout
            for _ in range(2):
                seq, digest = child.stdout.readline().split()
                told.add((int(seq), digest))
            time.sleep(number % 10 / 1_000)
            os.kill(child.pid, signal.SIGKILL)
            left = child.stdout.read().splitlines()
        with suppress(ValueError):  # half a line
            told |= {(int(seq), digest) for seq, digest in (line.split() for line in left[:-1])}
        found = journal.open(url)
        assert found.head().seq >= head_of(url)[0]
    return told


def checked(url: str, told: set[tuple[int, str]]) -> None:
    kept = {(one.entry.seq, one.entry.hash) for one in journal.open(url).recorded()}
    assert told <= kept
    assert journal.verify(url).ok
    assert verified(file_of(url)) == len(kept)
    noted(url, "R-001", OPENED)
    assert head_of(url)[0] == len(kept) + 1


def test_who_was_told_that_it_is_saved_finds_it_after_a_kill(tmp_path: Path) -> None:
    checked(url_of(tmp_path), killed(url_of(tmp_path), 12))


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    """`pytest -m slow tests/journal`: two minutes."""
    checked(url_of(tmp_path), killed(url_of(tmp_path), 200))
