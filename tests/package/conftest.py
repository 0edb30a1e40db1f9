"""The wheel that this checkout builds, and a folder that would lead astray whoever trusts where they are."""

from pathlib import Path

import pytest

from assay.settings import ROOT
from package.installing import wheel_of


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's own project: it may not be written, its modules are not ours, its Streamlit is set up otherwise."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "assay").mkdir()
    for name in ("assay/__init__.py", "app.py", "shell.py", "mlflow.py", "json.py"):
        (folder / name).write_text("raise SystemExit('a module of the working directory was imported')\n")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(
        '[server]\naddress = "0.0.0.0"\n[client]\nshowErrorDetails = "full"\n[theme.light]\nbackgroundColor = "#FF0000"\n'
    )
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return folder
