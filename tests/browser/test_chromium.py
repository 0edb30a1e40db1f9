"""Which browser do the tests take? Only one that starts."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("chromium.sh")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STARTS, BROKEN = "echo Chromium 140", "echo 'libnss3.so: cannot open shared object file' >&2; exit 127"
# Playwright's Python answers with a path that is there but does not start, and cannot download another.
PYTHON = 'if [ "$1" = - ]; then echo "$(dirname "$0")/chromium"; else exit 1; fi'


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder that holds every command there is: nothing of the real machine is found or installed."""
    for tool in ("sh", "timeout", "env", "dirname", "touch", "true", "cat"):
        found = shutil.which(tool)
        if found:
            (tmp_path / tool).symlink_to(found)
    return tmp_path


def asked(machine: Path, commands: Mapping[str, str], **variables: str) -> "subprocess.CompletedProcess[str]":
    for name, body in commands.items():
        (machine / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (machine / name).chmod(0o755)
    return subprocess.run(
        ["sh", str(SCRIPT), str(machine / "python")],
        env={"PATH": str(machine), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_browser_whose_libraries_are_missing_is_passed_over(machine: Path) -> None:
    found = asked(machine, {"chromium": BROKEN, "google-chrome": STARTS, "python": PYTHON})
    assert found.stdout.split() == [str(machine / "google-chrome")]


def test_the_browser_that_was_told_comes_first_if_it_starts(machine: Path) -> None:
    commands = {"chromium": STARTS, "mine": STARTS, "python": PYTHON}
    told = str(machine / "mine")
    assert asked(machine, commands, ASSAY_CHROMIUM=told).stdout.split() == [told]
    found = asked(machine, commands | {"mine": BROKEN}, ASSAY_CHROMIUM=told)
    assert found.stdout.split() == [str(machine / "chromium")]
    assert "does not start" in found.stderr


def test_who_may_not_install_is_told_what_to_install(machine: Path) -> None:
    commands = dict.fromkeys(NAMES, BROKEN) | {
        "python": PYTHON,
        "id": "echo 1000",
        "sudo": "exit 1",
        "apt-get": 'touch "$(dirname "$0")/called"',
    }
    found = asked(machine, commands)
    assert found.stdout == ""
    assert "apt-get install chromium fonts-noto-cjk" in found.stderr
    assert "No browser could be had" in found.stderr
    assert not (machine / "called").exists()


def test_who_may_install_gets_the_package(machine: Path) -> None:
    arrives = f"""case "$*" in *install*) printf '#!/bin/sh\\n{STARTS}\\n' > "$(dirname "$0")/chromium";; esac"""
    found = asked(machine, {"chromium": BROKEN, "python": PYTHON, "id": "echo 0", "apt-get": arrives})
    assert found.stdout.split() == [str(machine / "chromium")]
