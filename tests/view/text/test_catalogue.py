"""Every problem has words, and every place that names one gives the fields that its words take."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import assay
from assay.model import problems, yaml_files
from assay.model.note import Code, note
from assay.model.problems import (
    Caches,
    Filters,
    PassedOver,
    Recipes,
    ScoreFiles,
    Servers,
    Stores,
    Unusable,
)
from assay.model.yaml_files import ChecklistFiles, PolicyFiles, YamlFiles
from assay.view.text.notes import CATALOGUE, PARTS, words
from assay.view.text.notes.stores import UNUSABLE
from assay.view.text.notes.template import Words, worded

PACKAGE = Path(assay.__file__).parent
ROOMS = {problems.__name__, yaml_files.__name__}
CODES = {kind.__name__: kind for kind in Code.__subclasses__() if kind.__module__ in ROOMS}

# What functions that take a code add to it, by their name.
ADDED = {
    "_damaged": {"uri"},
    "_error": {"server"},
    "_folder": {"n", "where", "reason"},
    "error": {"file", "kind"},
    "ObjectionError": {"file", "kind", "line", "key", "found", "more"},
    "refusal": {"file", "kind", "line", "key", "found", "more"},
    "UnreadableError": {"file"},
    "unusable": {"path", "error"},
    "wrong": {"where", "key", "found"},
}
# What is added to a code that was handed on.
LATER: dict[type[Code], set[str]] = {
    ChecklistFiles: {"file", "kind", "line", "key", "found", "more"},
    Filters: {"clause", "write"},
    PassedOver: {"n", "where"},
    PolicyFiles: {"file", "kind", "line", "key", "found", "more"},
    ScoreFiles: {"file"},
    Servers: {"server"},
    Stores: {"path"},
    YamlFiles: {"file", "kind", "line", "key", "found", "more"},
}


class Anything(str):
    """A value that takes any format."""

    def __format__(self, spec: str) -> str:
        return "…"


def sites() -> Iterator[tuple[Code, str, frozenset[str]]]:
    """Each mention of a code: where, and the fields that its words may take."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "view" not in path.relative_to(PACKAGE).parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for code, call in _mentions(tree, None):
                yield code, f"{path.name}:{call.lineno if call else ''}", frozenset(_fields(code, call))


def _mentions(node: ast.AST, call: ast.Call | None) -> Iterator[tuple[Code, ast.Call | None]]:
    """Codes below `node`, each with the innermost call that it is an argument of."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in CODES:
        yield CODES[node.value.id][node.attr], call
    elif not isinstance(node, ast.Attribute):
        for child in ast.iter_child_nodes(node):
            yield from _mentions(child, node if isinstance(node, ast.Call) else call)


def _fields(code: Code, call: ast.Call | None) -> set[str]:
    name = "" if call is None else ast.unparse(call.func).rpartition(".")[2]
    given = {keyword.arg or "" for keyword in call.keywords} if call else {""}
    handed_on = name == "note" or "" in given
    return given | ADDED.get(name, set()) | (LATER.get(type(code), set()) if handed_on else set())


SITES = tuple(sites())


def test_every_code_has_words_and_no_words_or_problems_are_idle() -> None:
    kinds = [kind for kind in Code.__subclasses__() if kind.__module__.startswith("assay.")]
    assert {code for kind in kinds for code in kind} - set(Unusable) == set(CATALOGUE)
    assert set(UNUSABLE) == set(Unusable)
    for kind in CODES.values():
        assert {code for code, _, _ in SITES if type(code) is kind} == set(kind)


def test_no_part_of_the_catalogue_has_other_words_for_what_another_has() -> None:
    assert sum(len(part.WORDS) for part in PARTS) == len(CATALOGUE)


def test_no_two_kinds_of_codes_have_one_name() -> None:
    kinds = [kind for kind in Code.__subclasses__() if kind.__module__.startswith("assay.")]
    assert [name for name, times in Counter(kind.__name__ for kind in kinds).items() if times > 1] == []


@pytest.mark.parametrize(("code", "where", "fields"), SITES, ids=lambda part: part if isinstance(part, str) else "")
def test_every_place_gives_what_the_words_take(code: Code, where: str, fields: frozenset[str]) -> None:
    values = {name: Unusable.META_MISSING if name == "reason" else Anything(name) for name in fields if name}
    catalogue: Mapping[Code, Words] = {code: UNUSABLE[code]} if isinstance(code, Unusable) else CATALOGUE
    text = worded(catalogue, note(code, **values))
    assert "{" not in text


def test_what_was_found_stands_in_the_words() -> None:
    assert words(note(Caches.SYNC_LATE, waited=150.0, every=30.0)).startswith(
        "No sync has come through for more than 150 s"
    )
    assert words(note(Stores.TRUNCATED, path="a.db", size=4096, expected=8192)) == (
        "a.db is damaged (truncated: 4,096 of 8,192 bytes); restore it from a backup or copy it again."
    )
    assert words(note(Recipes.WRONG_TYPE, where="a.yaml", key="epochs", found="'x'", kinds=("int", "float"))) == (
        "a.yaml: epochs is 'x'; it must be of type int or float."
    )
    empty = note(YamlFiles.NO_MAPPING, file="p.yaml", kind="policy", line=1, key="", found=None, more=2)
    assert words(empty) == "p.yaml, line 1: the file is empty; it should hold keys and values. (2 more after it.)"
    many = note(ScoreFiles.NO_IDS, file="s.json", names=("a", "b"), more=3)
    assert words(many) == "s.json has no column example_id; it holds a, b and 3 more."


def test_what_was_left_out_is_counted_as_people_count() -> None:
    one = note(PassedOver.RUN_FOLDERS, n=1, where="1/a", reason=Unusable.FIELD_OTHER, field="run_id", found="b")
    assert words(one) == "1 run folder is left out: 1/a, whose meta.yaml names run_id 'b', not that of its folder."
    strange = note(PassedOver.SERVER_WORD, n=1200, what="lifecycle_stage", instead="active")
    assert words(strange) == "1200 runs have a lifecycle stage unknown to MLflow and are taken as active."
