"""Which process a run belongs to, and whether that one still lives."""

import os
import platform
from pathlib import Path

_PROC = Path("/proc")
_UNTOLD = "?"


def this_process() -> str:
    """Host, process id and when it began: of no other process, even after a reboot."""
    return f"{platform.node() or _UNTOLD} {os.getpid()} {_began(os.getpid())}"


def is_dead(process: str) -> bool:
    """Whether `process`, as `this_process` had called itself, has ended; of other hosts nobody can tell: False."""
    host, _, rest = process.partition(" ")
    pid, _, began = rest.partition(" ")
    if host != (platform.node() or _UNTOLD) or not pid.isdecimal():
        return False
    now = _began(int(pid))
    return now is None or (_UNTOLD not in (now, began) and now != began)


def said(process: str) -> str:
    """For people."""
    host, pid, *_ = [*process.split(" "), _UNTOLD, _UNTOLD]
    return f"process {pid} on {host or _UNTOLD}"


def _began(pid: int) -> str | None:
    """When that process began, `?` where the system does not tell; None when it has ended."""
    if os.name != "posix":
        return _UNTOLD  # os.kill would end it there
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return None
    except PermissionError:
        pass  # somebody else's
    try:
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        boot = (_PROC / "sys" / "kernel" / "random" / "boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return _UNTOLD
    return None if fields[0] in "ZX" else f"{fields[19]}@{boot}"
