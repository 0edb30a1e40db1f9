"""The house as design draws it: who may import whom, who owns which outsider, and how large a room may be."""

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "lib" / "assay"
FLOOR = {"model", "settings", "errors", "uri", "workspace"}

# Place → places it may import besides the floor and itself. The longest prefix of a place is its row; rows of shorter
# prefixes hold for it too. Files directly in a layer serve all of its rooms; another room has to be named.
MAY_IMPORT: dict[str, set[str]] = {
    "__main__": {"cli"},
    "app": {"api", "identity", "logs", "view.text"},
    "pages": {"ui"},
    "shell": {"ui"},
    "ui": {"queries", "view", "actions", "identity"},
    "ui.runs": set(),
    "ui.comparison": set(),
    "ui.curves": {"ui.comparison"},
    "ui.tradeoffs": set(),
    "ui.evidence": set(),
    "ui.evidence.record": set(),
    "ui.ablation": set(),
    "ui.checklists": set(),
    "ui.review": set(),
    "cli": {"queries", "view", "actions", "identity", "demo", "sync", "cli.comparison", "cli.review"},
    "cli.comparison": set(),
    "cli.review": set(),
    "api": {"queries", "view", "identity", "sync", "notify", "actions"},
    "actions": {"identity", "journal", "queries", "promotion", "policy"},
    "promotion": set(),
    "notify": {"journal"},
    "queries": {"cache", "artifacts", "journal", "policy", "checklists", "analysis"},
    "queries.runs": {"sources.filters"},
    "queries.comparison": {"queries.runs"},
    "queries.curves": {"queries.runs", "queries.comparison"},
    "queries.tradeoffs": {"queries.runs", "queries.comparison", "sources.filters"},
    "queries.evidence": {"queries.runs", "queries.comparison"},
    "queries.ablation": {"queries.runs", "queries.comparison", "sources.filters"},
    "queries.checklists": {
        *("queries.runs", "queries.comparison", "queries.tradeoffs", "queries.ablation", "queries.evidence"),
    },
    "queries.review": {
        *("queries.runs", "queries.comparison", "queries.tradeoffs", "queries.evidence", "queries.checklists"),
    },
    "queries.effects": {"queries.runs"},
    "queries.search": {"queries.runs", "sources.filters"},
    "artifacts": {"sources"},
    "sync": {"sources", "cache", "logs", "view.text.notes"},
    "demo": {"evidence"},
    "demo.reviews": {"actions", "identity", "queries.review"},
    "view": set(),
    "view.text": set(),
    "view.text.notes": set(),
    "view.text.policy": {"view.text.notes"},
    "view.text.comparison": {"view.text.notes"},
    "view.text.curves": {"view.text.notes", "view.text.comparison"},
    "view.text.tradeoffs": {"view.text.notes", "view.text.comparison"},
    "view.text.evidence": {"view.text.notes", "view.text.comparison"},
    "view.text.evidence.reproduce": set(),
    "view.text.ablation": {"view.text.notes", "view.text.comparison"},
    "view.text.checklists": {"view.text.notes"},
    "view.text.review": {"view.text.notes", "view.text.comparison", "view.text.checklists"},
    "view.text.search": {"view.text.notes"},
    "view.tables": {"view.text"},
    "view.tables.runs": set(),
    "view.tables.comparison": set(),
    "view.tables.tradeoffs": set(),
    "view.tables.evidence": set(),
    "view.tables.ablation": set(),
    "view.charts": {"view.text"},
    "view.charts.runs": set(),
    "view.charts.comparison": set(),
    "view.charts.curves": set(),
    "view.charts.search": set(),
    "view.charts.tradeoffs": set(),
    "view.charts.evidence": set(),
    "view.charts.ablation": set(),
    "view.objects": {"view.text"},
    "view.exports": {"view.tables", "view.text"},
    "analysis": {"analysis.bootstrap"},
    "analysis.bootstrap": set(),
    "analysis.curves": set(),
    "analysis.comparison": {"analysis.examples"},
    "analysis.examples": {"analysis.comparison"},
    "analysis.tradeoffs": {"analysis.comparison"},
    "analysis.evidence": set(),
    "analysis.ablation": {"analysis.comparison"},
    "analysis.checklists": set(),
    "analysis.review": set(),
    "sources": {"yaml_files"},
    "cache": {"yaml_files"},
    "journal": set(),
    "identity": set(),
    "policy": {"yaml_files"},
    "checklists": {"yaml_files"},
    "yaml_files": set(),
    "evidence": {"evidence.ablation"},
    "evidence.ablation": set(),
    "logs": set(),
    "model": set(),
    "model.runs": set(),
    "model.comparison": set(),
    "model.curves": set(),
    "model.tradeoffs": set(),
    "model.evidence": set(),
    "model.ablation": set(),
    "model.review": set(),
    "settings": set(),
    "errors": set(),
    "uri": set(),
    "workspace": set(),
}
# Joining soon: their rows stand ready.
PLANNED = {"promotion", "notify"}

# Library → the places that may import it; a dotted place is one file or folder.
OWNERS: dict[str, set[str]] = {
    "streamlit": {"app", "pages", "shell", "ui", "identity", "cli.serve"},
    "mlflow": {"sources", "promotion", "evidence", "demo"},
    "duckdb": {"cache"},
    "adbc_driver_sqlite": {"sources.sql"},
    "adbc_driver_manager": {"sources.sql"},
    "pyarrow": {"cache", "sources"},
    "requests": {"sources.server"},
    "urllib3": {"sources.server"},
    "sqlalchemy": {"journal", "sources.sql"},
    "plotly": {"view.charts"},
    "pydantic": {"policy", "checklists", "yaml_files"},
    "starlette": {"api"},
    "click": {"cli"},
    "yaml": {
        "policy",
        "yaml_files",
        "sources.folders",
        "evidence.ablation.plan",
        "evidence.recipe",
        "demo.recipes",
        "cache.environment_files",
    },
    "filelock": {"cache.files", "demo.store"},
    "platformdirs": {"settings"},
    "sklearn": {"demo", "evidence.preprocessing"},
    "threadpoolctl": {"demo"},
    "PIL": {"queries.runs.previews"},
    "scipy": {"analysis", "demo", "evidence.rows"},
    "numpy": {"analysis", "cache", "demo", "evidence", "queries", "sources", "ui", "view"},
    "pandas": {"analysis", "cache", "demo", "evidence", "queries", "ui", "view"},
}
PURE = {"numpy", "scipy", "pandas"}

# Rooms that raise and give values; `view.text.notes` has the words.
WITHOUT_SENTENCES = {
    *("sources", "cache", "artifacts", "sync", "policy", "checklists", "yaml_files", "settings", "uri"),
    *("analysis", "queries", "identity"),
}
SQL = re.compile(r"\b(SELECT|FROM|WHERE|CREATE|ATTACH)\b")
HEADINGS = {"When not to trust it"}  # of the methods' pages, from which a part is read
WORD = re.compile(r"(?<!\S)[('\"`]?[A-Za-z][a-z']*[)'\"`;:.]*(?!\S)")


def modules() -> Iterator[tuple[str, Path]]:
    """Every source file with its dotted place in the house, e.g. `view.text.numbers` or `pages.runs`."""
    yield "app", ROOT / "app.py"
    for path in sorted((ROOT / "pages").glob("*.py")):
        yield f"pages.{path.stem}", path
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        place = ".".join(part for part in parts if part != "__init__")
        if place:
            yield place, path


MODULES = dict(modules())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Full names of everything that a file imports, wherever the statement stands, but for names of types alone."""
    tree, found = tree_of(path), list[str]()
    typed = {n for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
             for n in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if node in typed:
            continue
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def within(name: str, places: set[str]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def rows(place: str) -> list[str]:
    """The rows that hold for a place, its own (the longest prefix) first."""
    return sorted((row for row in MAY_IMPORT if within(place, {row})), key=len, reverse=True)


def may_import(place: str, name: str) -> bool:
    """Whether the table lets `place` import `name`; both without `assay.`."""
    if place.split(".", maxsplit=1)[0] in FLOOR:
        return within(name, FLOOR)
    own, target = rows(place), rows(name)
    layer = place.split(".", maxsplit=1)[0] == name.split(".", maxsplit=1)[0]
    if layer and target and target[0] in own:  # its own room, or what serves all rooms of the layer
        return True
    return within(name, {"__version__", *FLOOR, *(allowed for row in own for allowed in MAY_IMPORT[row])})


@pytest.mark.parametrize("place", MODULES)
def test_every_import_of_ours_is_in_the_table(place: str) -> None:
    assert rows(place), f"{place} is in no row of the table"
    for name in imports(MODULES[place]):
        if name.startswith("assay."):
            assert may_import(place, name.removeprefix("assay.")), f"{place} imports {name}"


def test_every_row_of_the_table_is_a_place() -> None:
    assert not [row for row in MAY_IMPORT if row not in PLANNED and not any(within(place, {row}) for place in MODULES)]
    assert not [place for place in PLANNED if any(within(known, {place}) for known in MODULES)]


def test_every_room_has_a_row_of_its_own() -> None:
    """A folder without one would be open to every room of its layer."""
    folders = {place for place, path in MODULES.items() if path.name == "__init__.py"}
    assert folders <= {*MAY_IMPORT}


@pytest.mark.parametrize("place", MODULES)
def test_every_outsider_has_one_owner(place: str) -> None:
    for name in imports(MODULES[place]):
        library = name.split(".")[0]
        if library in OWNERS:
            assert within(place, OWNERS[library]), f"{place} imports {name}"


@pytest.mark.parametrize("place", [p for p in MODULES if p.split(".")[0] in FLOOR])
def test_the_floor_imports_the_standard_library_only(place: str) -> None:
    for name in imports(MODULES[place]):
        library = name.split(".")[0]
        known = library == "assay" or library in sys.stdlib_module_names
        # Where a person's data belong on this system is known by one outsider, which one function of settings asks.
        assert known or (place, library) == ("settings", "platformdirs"), f"{place} imports {name}"


@pytest.mark.parametrize("place", [p for p in MODULES if p.split(".")[0] == "analysis"])
def test_analysis_is_pure(place: str) -> None:
    path = MODULES[place]
    for name in imports(path):
        library = name.split(".")[0]
        assert library in PURE or library == "assay" or library in sys.stdlib_module_names, f"{place}: {name}"
        assert library not in {"os", "io", "pathlib", "time", "datetime", "random", "socket", "subprocess"}, name
    calls = [node.func for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    named = [ast.unparse(function) for function in calls]
    assert "open" not in named
    assert not [n for n in named if n.startswith("np.random.") and n[10:11].islower() and n != "np.random.default_rng"]


def texts(node: ast.AST) -> Iterator[str]:
    """Every text below `node`, an f-string as one; no docstrings, patterns, log lines, or words to who misuses code."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("re.", "_log.", "ValueError"))):
        for child in ast.iter_child_nodes(node):
            if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
                yield from texts(child)


@pytest.mark.parametrize("place", [p for p in MODULES if within(p, WITHOUT_SENTENCES)])
def test_problems_are_values_and_no_sentence_stands_where_they_arise(place: str) -> None:
    found = texts(tree_of(MODULES[place]))
    said = [text for text in found if len(WORD.findall(text)) >= 4 and not SQL.search(text) and "\n" not in text]
    assert not [text for text in said if text not in HEADINGS]


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_begin_ask_answer_show_and_nothing_else(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    tree = tree_of(page)
    refused = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Try, ast.TryStar)
    assert not [type(node).__name__ for node in ast.walk(tree) if isinstance(node, refused)]
    assert "session_state" not in source
    assert len(source.splitlines()) < 80
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert calls.count("frame.begin") == 1


@pytest.mark.parametrize("place", MODULES)
def test_no_file_outgrows_its_limit(place: str) -> None:
    lines = len(MODULES[place].read_text(encoding="utf-8").splitlines())
    assert lines < 300, f"{place} has {lines} lines: make it a folder of nouns"


@pytest.mark.parametrize("place", MODULES)
def test_every_module_says_what_it_is_for(place: str) -> None:
    docstring = ast.get_docstring(tree_of(MODULES[place]))
    assert docstring, f"{place} has no charter"


def test_only_programs_set_logging_up() -> None:
    setting = re.compile(r"basicConfig|addHandler|dictConfig|StreamHandler")
    assert [place for place, path in MODULES.items() if setting.search(path.read_text(encoding="utf-8"))] == ["logs"]
    writing = re.compile(r"sys\.stderr\.write|\bprint\(")
    quiet = [place for place in MODULES if place.split(".")[0] not in {"cli", "__main__"}]
    assert not [place for place in quiet if writing.search(MODULES[place].read_text(encoding="utf-8"))]


def test_no_room_is_called_utils() -> None:
    banned = {"utils", "util", "helpers", "helper", "managers", "manager", "services", "service", "common", "misc"}
    assert not [place for place in MODULES if banned & set(place.split("."))]


def test_no_module_can_reach_itself() -> None:
    reached = {place: {home for name in imports(path) if (home := file_of(name))} for place, path in MODULES.items()}
    for start in MODULES:
        seen: set[str] = set()
        waiting = [*reached[start]]
        while waiting:
            found = waiting.pop()
            if found not in seen:
                seen.add(found)
                waiting += reached[found]
        assert start not in seen, f"{start} imports itself, by way of others"


def file_of(name: str) -> str | None:
    """The file of ours that `assay.a.b.thing` lies in."""
    parts = name.removeprefix("assay.").split(".") if name.startswith("assay.") else []
    places = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((place for place in places if place in MODULES), None)


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for path in MODULES.values()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in names.items() if times > 1] == []


def wanted(*names: str) -> set[str]:
    """The packages that pyproject.toml names: `base` or an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = {"base": project["dependencies"], **project["optional-dependencies"]}
    found = {re.split(r"[\[<>=!~; ]", line)[0].lower() for name in names for line in groups[name]}
    return found - {"assay"}


def outsiders(places: Iterable[str]) -> set[str]:
    """The libraries that these places import."""
    found = {name.split(".")[0] for place in places for name in imports(MODULES[place])}
    return found - {"assay", *sys.stdlib_module_names}


@cache
def shipped_in() -> Mapping[str, list[str]]:
    """Reads what every installed package holds, which takes seconds."""
    return packages_distributions()


def shippers(libraries: Iterable[str]) -> set[str]:
    """The packages that these libraries come in."""
    return {package.lower() for library in libraries for package in shipped_in().get(library, [])}


def test_every_library_that_is_imported_has_an_owner_and_is_a_named_dependency() -> None:
    libraries = outsiders(MODULES)
    assert libraries <= {*OWNERS}
    unnamed = {name for name in libraries if not wanted("base", "dashboard") & shippers([name])}
    assert not unnamed


BROUGHT_ALONG = {"sklearn", "scipy"}
"""By whoever has a fitted step to log, and imported when it is logged."""


def test_training_code_needs_the_base_alone() -> None:
    training = [place for place in MODULES if place.split(".")[0] in {*FLOOR, "evidence"}]
    needed = {library for library in outsiders(training) if not within("settings", OWNERS[library])} - BROUGHT_ALONG
    assert not {name for name in needed if not wanted("base") & shippers([name])}
    assert wanted("base") - shippers(needed) == {"pyarrow"}, "pandas writes Parquet with it"


NOT_IMPORTED = {
    "mlflow-skinny": "is the part of mlflow that training code needs",
    "pytest-xdist": "pytest -n",
    "hatchling": "builds the wheel that tests install",
    "slipcover": "make test, around pytest",
    "ruff": "make check",
    "mypy": "make check",
    "pandas-stubs": "types for mypy",
    "types-pyyaml": "types for mypy",
}


def test_nothing_is_declared_that_nobody_imports() -> None:
    used = shippers(outsiders(MODULES))
    assert wanted("base", "dashboard") - used <= {*NOT_IMPORTED}
    read = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", read, re.MULTILINE))
    assert wanted("test", "check") - shippers(imported) <= {*NOT_IMPORTED}
