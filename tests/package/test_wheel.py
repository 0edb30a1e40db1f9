"""What is built holds everything that a server needs, and nothing of whoever built it."""

import subprocess
import sys
import tarfile
from pathlib import Path

from assay import __version__
from assay.settings import ROOT
from package.installing import clean, names, wheel_of


def beside_lib() -> set[str]:
    """What a checkout holds beside `lib` that runs or is read, as git knows it."""
    kept = [ROOT / "app.py", ROOT / ".streamlit" / "config.toml"]
    for folder in ("pages", "data/checklists", "data/policy", "data/recipes", "docs/methods"):
        kept += [path for path in (ROOT / folder).rglob("*.*") if "__pycache__" not in path.parts]
    return {f"assay/site/{path.relative_to(ROOT)}" for path in kept}


def inside_lib() -> set[str]:
    return {
        str(path.relative_to(ROOT / "lib"))
        for path in (ROOT / "lib" / "assay").rglob("*.*")
        if "__pycache__" not in path.parts
    }


def test_a_wheel_holds_package_pages_rules_checklists_recipes_methods_theme_and_logo(wheel: Path) -> None:
    held = {name for name in names(wheel) if not name.startswith(f"assay-{__version__}.dist-info/")}
    assert held == inside_lib() | beside_lib()
    assert {"assay/py.typed", "assay/ui/logo/assay.svg", "assay/site/pages/compare.py"} <= held


def test_a_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path], cwd=ROOT, env=clean({}), check=True
    )
    [archive] = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        assert not [name for name in packed.getnames() if "/data/local" in name or "/.venv" in name]
        packed.extractall(tmp_path, filter="data")
    again = wheel_of(tmp_path / f"assay-{__version__}", tmp_path / "again")
    assert names(again) == names(wheel)
