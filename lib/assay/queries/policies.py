"""Which rules hold?"""

from functools import lru_cache
from pathlib import Path

from assay import policy
from assay.model.policy import Policy


def current(path: Path) -> Policy:
    """The policy in `path`, read again only when the file changed; raises PolicyError as policy.load does."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return policy.load(path)
    return _read(path, stamp)


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: int) -> Policy:
    return policy.load(path)
