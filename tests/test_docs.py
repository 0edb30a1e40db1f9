"""What the documents say is what the program does."""

import ast
import inspect
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import mlflow
import pytest

import imports_table
from assay import evidence
from assay.cli.reference import reference
from assay.model.evidence.files import CHANGES, LOGGED_BY
from stores import Store

ROOT = Path(__file__).resolve().parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DECISIONS = ROOT / "docs" / "decisions"
EVIDENCE = ROOT / "docs" / "evidence.md"
PAGES = (ROOT / "README.md", CONTRIBUTING, *sorted((ROOT / "docs").rglob("*.md")))
TOY = "durations"
"""The question that CONTRIBUTING.md shows how to add; its files are not there."""
ELSEWHERE = {".venv/", "assay/site", "mlruns/"}
"""Made when it is needed, in a wheel, and where people keep runs."""


def examples(page: Path) -> list[str]:
    """The Python of a document, block by block."""
    return re.findall(r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def test_the_manual_of_the_command_is_the_commands_own() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        assert set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))) <= targets, page.name
    told = set(re.findall(r"^\| `make ([a-z]+)`", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE))
    assert targets - {"demo"} == told


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
        "lib/assay/settings.py",
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


def test_the_import_table_is_the_one_that_tests_hold() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8")
    assert page == imports_table.current(page), "run `make docs`"


def test_every_step_of_a_numbers_way_is_a_function_of_that_file() -> None:
    rows = re.findall(r"^\| `([\w/]+\.py)` \| ([^|]+) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    steps = [(path, name) for path, cell in rows for name in re.findall(r"`([\w.]+)`", cell) if "/" in path]
    assert len(steps) > 15
    for path, name in steps:
        tree = ast.parse((ROOT / "lib" / "assay" / path).read_text(encoding="utf-8"))
        assert name in functions(tree), f"{path} has no {name}"


def functions(tree: ast.AST, within: str = "") -> Iterator[str]:
    """`sync`, `Cache.publish`: the functions of a file, those of its classes too."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            yield f"{within}{node.name}"
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{node.name}.")


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING, *sorted(DECISIONS.glob("*.md"))], ids=lambda p: p.stem)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    homes = (ROOT, ROOT / "lib" / "assay")
    for path in re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|txt))`", page.read_text(encoding="utf-8")):
        assert TOY in path or path in ELSEWHERE or any((home / path).exists() for home in homes), (
            f"{page.name} names {path}"
        )


def test_what_the_example_of_a_new_question_takes_from_us_is_there() -> None:
    blocks = [ast.parse(block) for block in examples(CONTRIBUTING)]
    assert len(blocks) >= 10
    taken = [node for tree in blocks for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    for node in taken:
        assert node.module is not None
        if node.module.startswith("assay") and TOY not in node.module:
            for name in [alias.name for alias in node.names if alias.name != TOY]:
                assert hasattr(import_module(node.module), name) or import_module(f"{node.module}.{name}")


@pytest.mark.parametrize("name", evidence.__all__)
def test_every_function_for_training_code_is_documented_as_it_is_called(name: str) -> None:
    page = EVIDENCE.read_text(encoding="utf-8")
    asked = inspect.signature(getattr(evidence, name))
    bare = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in asked.parameters.values()]
    section = page.partition(f"\n## `{name}{inspect.Signature(bare)}`\n")[2].partition("\n## ")[0]
    assert section, f"docs/evidence.md has no section on {name}{inspect.Signature(bare)}"
    assert "Raises EvidenceError" in section
    assert f"evidence.{name}(" in section
    for parameter in asked.parameters:
        assert f"`{parameter}`" in section or parameter in {"frame", "series", "mapping", "run_id", "client"}, parameter


def test_the_examples_for_training_code_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    store, before = Store.sqlite(tmp_path / "mlflow.db"), mlflow.get_tracking_uri()
    store.client.create_experiment("examples", (tmp_path / "artifacts").as_uri())
    mlflow.set_tracking_uri(store.uri)
    mlflow.set_experiment("examples")
    try:
        whole, *others = examples(EVIDENCE)
        exec(whole, {})
        for block in others:
            with mlflow.start_run():
                exec(block, {})
    finally:
        mlflow.set_tracking_uri(before)
    logged = {path.relative_to(path.parents[1]).as_posix() for path in (tmp_path / "artifacts").rglob("evidence/*")}
    assert logged - {CHANGES} == {*LOGGED_BY} - {CHANGES}, "the changes are there where this checkout has some"
    assert all(f"`{path}`" in EVIDENCE.read_text(encoding="utf-8") for path in LOGGED_BY)


def test_the_index_lists_every_decision_by_its_title() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$", (DECISIONS / "index.md").read_text(), re.MULTILINE)
    written = {page.name: page.read_text(encoding="utf-8").partition("\n")[0] for page in DECISIONS.glob("0*.md")}
    assert {name: f"# {int(number)}. {title}" for number, name, title in listed} == written
    assert [number for number, _, _ in listed] == sorted(number for number, _, _ in listed)
