"""The code of a run: clone and checkout, and what was not committed on top."""

import re
from pathlib import PurePosixPath

from assay.model.evidence.files import CHANGES
from assay.model.evidence.reproduction import Reproduction
from assay.uri import shown
from assay.view.text.escape import code
from assay.view.text.evidence.reproduce.shell import HEX, SHA256, fenced, line
from assay.view.text.numbers import count

TOP = "work"
"""The folder that the code is cloned into, below the empty one."""
_NAME = PurePosixPath(CHANGES).name
_FETCHED = "fetched"
"""Versions of MLflow put the file there, or into a folder of its own below."""
_HOST = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_PATH = r"[^\s\x00-\x1f\x7f]+"
_ADDRESS = re.compile(
    rf"https://{_HOST}(:\d+)?/{_PATH}"
    rf"|ssh://([A-Za-z0-9][\w.-]*@)?{_HOST}(:\d+)?/{_PATH}"
    rf"|[A-Za-z0-9_][\w.-]*@{_HOST}:(?!-){_PATH}"
)
_USER = re.compile(rf"ssh://[A-Za-z0-9][\w.-]*@{_HOST}(:\d+)?/[^\s\x00-\x1f\x7f@?#]+")
"""An address that nobody gets to without its user name, which is no secret where no password stands with it."""
_LOCAL = re.compile(r"(file://)?/[^\x00-\x1f\x7f]+")


def address(remote: str | None) -> str | None:
    """`remote` as git may have it, without passwords; None for what could be anything but an address."""
    given = remote.strip() if remote else ""
    known = given if _USER.fullmatch(given) else shown(given)
    return known if _ADDRESS.fullmatch(known) or _LOCAL.fullmatch(known) else None


def is_local(known: str) -> bool:
    """Whether an address is a folder of the machine that it was noted on."""
    return bool(_LOCAL.fullmatch(known))


def commit(found: Reproduction) -> str | None:
    """The commit, None unless it is written as one."""
    known = (found.commit or "").strip().lower()
    return known if HEX.fullmatch(known) else None


def checkout(found: Reproduction) -> list[str]:
    """Clone and checkout; what to do by hand where the address or the commit is not on record."""
    known, of = address(found.environment.code.remote if found.environment.code else None), commit(found)
    parts: list[str] = []
    if known is None:
        parts.append(f"The address of the repository is not on record: put its code into the folder {code(TOP)}.")
    else:
        parts += _cloned(known)
    if of is None:
        parts.append("Which commit it was is not on record: whatever the code is now may not be what ran.")
        lines = []
    else:
        lines = [line(["git", "-C", TOP, "checkout", "--quiet", "--detach", of])]
    clone = [] if known is None else [line(["git", "clone", "--quiet", "--", known, TOP])]
    return [*parts, *([fenced([*clone, *lines])] if clone or lines else [])]


def _cloned(known: str) -> list[str]:
    """What there is to know of an address."""
    if is_local(known):
        return ["The address is a folder of the machine that it ran on: elsewhere, put yours in its place."]
    if known.startswith("ssh://") and "@" not in known:
        return ["User names were left out of the address; where it needs one (often `git@`), add it."]
    return []


def patch(found: Reproduction, store: list[str]) -> list[str]:
    """What was not committed, fetched from the run, checked and applied; `store`: lines that say where runs are."""
    changes = found.environment.changes
    if changes is None:
        return []
    if changes.sha256 is None or not SHA256.fullmatch(changes.sha256):
        return [f"Not committed, and not kept: {count(changes.lines, 'line')}. What ran differs from the commit."]
    told = (
        f"What ran had {count(changes.lines, 'line')} of changes that were not committed; the run keeps them, "
        "and MLflow's command fetches them."
    )
    fetch = ["mlflow", "artifacts", "download", f"--run-id={found.run_id}", f"--artifact-path={CHANGES}"]
    lines = [
        *store,
        line([*fetch, f"--dst-path={_FETCHED}"]),
        f'patch=$(find "$PWD/{_FETCHED}" -name {_NAME})',
        f'echo "{changes.sha256}  $patch" | sha256sum -c -',
        f'git -C {TOP} apply --whitespace=nowarn "$patch"',
    ]
    return [told, fenced(lines)]
