"""Where does a result come from: which data, which rules, computed by what?"""

import platform
from functools import lru_cache
from importlib import metadata
from typing import Any

from assay import __version__
from assay.uri import shown
from assay.workspace import Workspace

_PACKAGES = ("numpy", "scipy", "pandas", "pyarrow", "duckdb", "mlflow", "streamlit", "plotly")


def of(work: Workspace) -> dict[str, Any]:
    """For the JSON of a whole result; the store is named without credentials."""
    snapshot, policy = work.snapshot, work.policy
    return {
        "assay": __version__,
        "versions": dict(versions()),
        "store": shown(work.settings.tracking_uri),
        "snapshot": {"name": snapshot.name, "complete_as_of": snapshot.complete_as_of.isoformat()},
        "policy": {"digest": policy.digest, "level": policy.statistics.level, "method": policy.statistics.method},
    }


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """Python and every package whose numbers or drawings stand in a result."""
    return (("python", platform.python_version()), *((name, _version(name)) for name in _PACKAGES))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
