"""What the documents say is what the program does."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from assay.cli.reference import reference

ROOT = Path(__file__).resolve().parents[1]


def test_the_manual_of_the_command_is_the_commands_own() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_every_environment_variable_of_ours_is_in_the_readme() -> None:
    settings = (ROOT / "lib" / "assay" / "settings.py").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r'variables\.get\("([A-Z_]+)"', settings)):
        assert name in readme


def test_git_sees_the_source_and_no_run_time_files() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert not {"lib", "lib/", "/lib/"} & set(ignored)
    assert "data/local/" in ignored


def test_git_itself_would_add_the_source_and_leave_what_a_running_assay_writes() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git, or no repository, to ask")
    source = [
        "lib/assay/policy.py",
        "lib/assay/cache/reads.py",
        "lib/assay/data.py",
        "data/policy/default.yaml",
        "app.py",
    ]
    written = ["data/local/demo/mlflow.db", ".venv/bin/python", "test-results/page.png", "lib/assay/__pycache__/a.pyc"]
    asked = subprocess.run(
        [git, "-c", "core.excludesFile=", "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join([*source, *written]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode in (0, 1), asked.stderr
    assert asked.stdout.splitlines() == written


def test_no_pin_names_an_index_and_every_dependency_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[^\s@/]+", pin) for pin in pins if pin)
    pinned = {re.split("==", pin)[0].lower().replace("_", "-").replace(".", "-") for pin in pins}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = set(re.findall(r'^\s+"([a-z0-9-]+)[\[>"]', project, re.MULTILINE))
    assert wanted & {"streamlit", "mlflow", "duckdb"}
    assert not {name for name in wanted if name not in pinned and name not in {"assay"}}


def test_the_readme_gives_the_ratios_that_the_benchmarks_print() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"Cold sync of 10,000 runs, SQLite \|.*search_runs.*\| \d+ × \|", readme)
    assert re.search(r"1,000 slices of 1,000,000 rows.*scipy.*\| [\d,]+ × \|", readme)
