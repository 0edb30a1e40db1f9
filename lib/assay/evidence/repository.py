"""The git repository that code lies in: its commit, and what was changed since."""

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.evidence import programs
from assay.evidence.programs import Printed
from assay.uri import is_there, shown

MOST_BYTES = 1_000_000
"""Of a patch that is logged."""
_NO_COMMIT = "(initial)"
_PATCH = (
    *("--binary", "--full-index", "--unified=3", "--src-prefix=a/", "--dst-prefix=b/"),
    *("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", "HEAD"),
)
"""Whatever the user's settings are: who applies it has others."""

Ask = Callable[..., str | None]


@dataclass(frozen=True, slots=True)
class Repository:
    """What is known of one; `submodules`: how many have changes, which no patch holds."""

    top: Path
    commit: str
    branch: str | None
    dirty: bool
    remote: str | None
    script: tuple[str, bool] | None
    submodules: int = 0

    def record(self) -> dict[str, Any]:
        """As it is logged."""
        folder, script = working_directory(), self.script
        inside = folder is not None and folder.is_relative_to(self.top)
        return {
            "commit": self.commit,
            "branch": self.branch,
            "dirty": self.dirty,
            "remote": self.remote,
            "folder": folder.relative_to(self.top).as_posix() if folder and inside else None,
            "script": None if script is None else {"path": script[0], "tracked": script[1]},
            "submodules": self.submodules,
        }

    def changes(self) -> Printed | None:
        """What `git apply` makes of the commit's tracked files those that are here; None when git does not answer.

        Of more than MOST_BYTES only the beginning is kept.
        """
        return programs.printed(["git", "-C", str(self.top), "diff", *_PATCH], most=MOST_BYTES)


def repository(code: Path | None = None) -> Repository | None:
    """That of `code`, else of the started script, else of the working directory; None outside of one and without a
    commit. All questions together take no longer than PATIENCE."""
    until = time.monotonic() + programs.PATIENCE
    for folder in (code,) if code else _code_folders():
        found = _repository(_asking(folder, until))
        if found is not None:
            return found
    return None


def working_directory() -> Path | None:
    """Without links; None where it was deleted."""
    try:
        return Path.cwd().resolve()
    except FileNotFoundError:
        return None


def address(url: str) -> str:
    """An address without user and password; the `git@` that everybody has stays, for nobody gets there without."""
    seen = shown(url)
    common = re.match(r"(git\+)?ssh://git@", url) and not re.search("[@…]", seen)
    return seen.replace("://", "://git@", 1) if common else seen


def _asking(folder: Path, until: float) -> Ask:
    def ask(*words: str) -> str | None:
        left = until - time.monotonic()
        return programs.answer(["git", "-C", str(folder), *words], left) if left > 0 else None

    return ask


def _repository(ask: Ask) -> Repository | None:
    top = ask("rev-parse", "--show-toplevel")
    if not top or ask("check-ignore", "."):  # as one does that holds a virtual environment
        return None
    status = ask("status", "--porcelain=v2", "--branch", "--untracked-files=no")
    lines = (status or "").splitlines()
    found = dict(line[2:].split(" ", 1) for line in lines if line.startswith("# "))
    commit = found.get("branch.oid", _NO_COMMIT)
    if commit == _NO_COMMIT:
        return None
    remote, changed = ask("config", "--get", "remote.origin.url"), [line for line in lines if not line.startswith("#")]
    return Repository(
        top=Path(top),
        commit=commit,
        branch=found.get("branch.head"),
        dirty=bool(changed),
        remote=address(remote) if remote else None,
        script=_script(Path(top), ask),
        submodules=sum(line.split(" ")[2].startswith("S") for line in changed if line.startswith(("1", "2"))),
    )


def _script(top: Path, ask: Ask) -> tuple[str, bool] | None:
    """What was started, from the top, and whether git knows it; None when it is no file of the repository's own."""
    script = started()
    if script is None or not script.is_relative_to(top) or ask("check-ignore", str(script.parent)):
        return None
    path = script.relative_to(top).as_posix()
    return path, ask("ls-files", "--error-unmatch", "--", f":(top,literal){path}") is not None


def started() -> Path | None:
    """The file that this process was started with; None of a notebook and of code that came in another way."""
    file = getattr(sys.modules.get("__main__"), "__file__", None)
    path = Path(file).resolve() if file else None
    return path if path and is_there(path) else None


def _code_folders() -> tuple[Path, ...]:
    script, here = started(), working_directory()
    return tuple(folder for folder in (script.parent if script else None, here) if folder)
