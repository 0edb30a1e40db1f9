"""Builds the package and installs it into environments that hold what it declares, and nothing else."""

import os
import subprocess
import sys
import sysconfig
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement

from assay.settings import ROOT


@dataclass(frozen=True)
class Environment:
    """A virtual environment of its own."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        return Path(sysconfig.get_path("purelib", vars={"base": str(self.folder)}))

    def run(
        self, *words: str | Path, cwd: Path, expected: int = 0, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """What a program of this environment answers, far from the checkout."""
        command = [self.folder / "bin" / words[0], *words[1:]]
        done = subprocess.run(
            command, cwd=cwd, env=clean(variables or {}), capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == expected, done.stdout + done.stderr
        return done


def clean(variables: Mapping[str, str]) -> dict[str, str]:
    """This process's variables without those that would lead back to the checkout, and these."""
    own = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {k: value for k, value in os.environ.items() if k not in own and not k.startswith(("ASSAY_", "MLFLOW_"))}
    return {**kept, "MLFLOW_DISABLE_TELEMETRY": "true", **variables}


def pip(*words: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words],
        cwd=ROOT,
        env=clean({}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def wheel_of(source: Path, folder: Path) -> Path:
    """The wheel that `source` builds, in `folder`."""
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, source)
    [found] = folder.glob("assay-*.whl")
    return found


def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def empty(folder: Path) -> Environment:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return Environment(folder)


def installed(wheel: Path, folder: Path) -> Environment:
    """The wheel alone with what it asks for, as pip finds it."""
    made = empty(folder)
    pip("--python", made.python, "install", "--no-compile", "-c", ROOT / "constraints.txt", wheel)
    return made


def assembled(wheel: Path, extra: str, folder: Path) -> Environment:
    """The wheel with an extra; what it declares, and what that declares, is linked from where the tests run.

    The same files as an installation of half a gigabyte, in a second. What is declared nowhere is missing here too.
    """
    made = empty(folder)
    pip("--python", made.python, "install", "--no-deps", "--no-index", wheel)
    [itself] = [found for found in distributions(path=[str(made.packages)]) if found.name == "assay"]
    chosen = _declared(itself, extra)
    for entry, place in _entries(chosen).items():
        (made.packages / entry).symlink_to(place, target_is_directory=place.is_dir())
    return made


def _declared(itself: Distribution, extra: str) -> dict[str, Distribution]:
    """Every package that is asked for, directly or not, by its name."""
    found: dict[str, Distribution] = {}
    waiting, seen = [(itself, {"", extra})], set()
    while waiting:
        asking, extras = waiting.pop()
        for line in asking.requires or ():
            wanted = Requirement(line)
            key = (wanted.name, *sorted(wanted.extras))
            if key in seen or not any(wanted.marker is None or wanted.marker.evaluate({"extra": e}) for e in extras):
                continue
            seen.add(key)
            found[wanted.name] = distribution(wanted.name)
            waiting.append((found[wanted.name], {"", *wanted.extras}))
    return found


def _entries(chosen: dict[str, Distribution]) -> dict[str, Path]:
    """Files and folders of site-packages that belong to these packages; none may belong to another one as well."""
    owners: dict[str, set[str]] = defaultdict(set)
    for one in distributions():
        for entry in _tops(one):
            owners[entry].add(one.name)
    ours = {one.name for one in chosen.values()}
    entries = {}
    for one in chosen.values():
        for entry in _tops(one):
            assert owners[entry] <= ours, f"{entry} belongs to {owners[entry] - ours} too"
            entries[entry] = Path(str(one.locate_file(entry)))
    return entries


def _tops(one: Distribution) -> Iterable[str]:
    tops = {file.parts[0] for file in one.files or ()}
    return tops - {"..", "__pycache__"}
