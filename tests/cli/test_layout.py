"""Tables on terminals: what has no room wraps or goes, and what goes is named."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from assay.cli.layout import lines
from stores import Store

HEADERS = ["side", "n", "95 % CI of the mean", "verdict"]
ROWS = [["model=a-long-one", "5", "95.4 to 96.4", "better"], ["모델=b", "10", "–", ""]]
GRID = (HEADERS, ROWS, [False, True, True, False])


def test_a_table_is_as_wide_as_its_content_where_nothing_limits_it() -> None:
    assert lines(GRID) == (
        [
            "side               n  95 % CI of the mean  verdict",
            "model=a-long-one   5         95.4 to 96.4  better",
            "모델=b            10                    –",
        ],
        [],
    )


def test_headers_wrap_first() -> None:
    assert lines(GRID, 43) == (
        [
            "                        95 % CI of",
            "side               n      the mean  verdict",
            "model=a-long-one   5  95.4 to 96.4  better",
            "모델=b            10             –",
        ],
        [],
    )


def test_cells_wrap_where_they_may_at_spaces_and_hyphens() -> None:
    assert lines(GRID, 40, wraps={0}) == (
        [
            "                     95 % CI of",
            "side            n      the mean  verdict",
            "model=a-long-   5  95.4 to 96.4  better",
            "one",
            "모델=b         10             –",
        ],
        [],
    )


def test_what_has_no_room_goes_from_the_right_and_is_named() -> None:
    shown, left_out = lines(GRID, 40)
    assert shown[0].strip() == "95 % CI of the"
    assert left_out == ["verdict"]
    shown, left_out = lines(GRID, 30)
    assert shown[1] == "model=a-long-one   5"
    assert left_out == ["95 % CI of the mean", "verdict"]
    assert lines(GRID, 5)[1] == HEADERS[1:]


def test_what_can_be_spared_goes_before_the_rest() -> None:
    shown, left_out = lines(GRID, 30, spare=[2])
    assert shown[1] == "model=a-long-one   5  better"
    assert left_out == ["95 % CI of the mean"]


def test_a_terminal_gets_what_it_has_room_for_and_a_pipe_everything(digits: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assay", "runs", "--tracking-uri", digits.uri, "--data", str(tmp_path)]
    quiet = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES")}
    piped = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=quiet).stdout
    assert "left out because" in piped.splitlines()[0]
    assert max(map(len, piped.splitlines())) > 60
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=quiet) as started:
        os.close(theirs)
        shown = _everything(ours).splitlines()
    os.close(ours)
    assert started.returncode == 0
    *table, last = shown
    assert max(map(len, table)) <= 60
    assert last.startswith("No room for ")
    assert "left out because" in last
    assert last.endswith("--json everything.")


def _everything(terminal: int) -> str:
    """What is written until nobody can write any more, which Linux tells as an error."""
    found = b""
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            read = b""
        if not read:
            return found.decode()
        found += read
