"""Asks programs that may be missing, may fail, and may never answer."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

PATIENCE = 5.0
"""Seconds after which a program counts as one that does not answer."""
_CHUNK = 1 << 16
_VARIABLES = {"GIT_OPTIONAL_LOCKS": "0"}
"""A repository is looked at and not written to."""
_MISLEADING = "GIT_DIFF_OPTS"
"""Beats what a diff is asked for."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a program printed; `content`: its beginning, at most as much as was asked for."""

    content: bytes
    size: int
    lines: int

    @property
    def is_whole(self) -> bool:
        """Whether `content` is everything."""
        return len(self.content) == self.size


def answer(words: Sequence[str], seconds: float | None = None) -> str | None:
    """What a program prints as text; None as `printed` says."""
    found = printed(words, seconds)
    return None if found is None else found.content.decode(errors="replace").strip()


def printed(words: Sequence[str], seconds: float | None = None, most: int = 1 << 24) -> Printed | None:
    """What a program prints; None when it is not installed, fails, or takes more than `seconds` (PATIENCE).

    It prints into a file: whoever waits on a pipe also waits for what the program has started.
    """
    program = shutil.which(words[0])
    if program is None:
        return None
    variables = {name: value for name, value in (os.environ | _VARIABLES).items() if name != _MISLEADING}
    try:
        with tempfile.TemporaryFile() as out:
            done = subprocess.run(
                [program, *words[1:]],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env=variables,
                timeout=PATIENCE if seconds is None else seconds,
                check=False,
            )
            out.seek(0)
            content = out.read(most)
            size, lines, last = len(content), content.count(b"\n"), content[-1:]
            while chunk := out.read(_CHUNK):
                size, lines, last = size + len(chunk), lines + chunk.count(b"\n"), chunk[-1:]
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return Printed(content, size, lines + (last not in (b"", b"\n"))) if done.returncode == 0 else None
