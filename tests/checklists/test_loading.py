"""A team's checklists stand beside the shipped ones or in place of them, and what is wrong with one is said."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from assay import checklists
from assay.errors import ChecklistError, SelectionError
from assay.model.evidence.checklist import Checklists, Item, ItemSection, Language, Needs, Severity
from assay.settings import Settings, read
from saying import refused, said

ITEM = "- id: a\n  text: {en: 'Is it so?', ko: '그런가요?'}\n  severity: warn\n  needs: link\n"
HEAD = "version: 1\ntitle: {en: Own, ko: 우리}\n"
OWN = f"{HEAD}items:\n{ITEM}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    return folder


def settings(folder: Path) -> Settings:
    return read({"ASSAY_CHECKLISTS": str(folder)})


def load(folder: Path, **files: str) -> Checklists:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return checklists.load(settings(folder))


def names(found: Checklists) -> list[str]:
    return [one.name for one in found.known]


SHIPPED = names(checklists.load(read({})))


def test_a_list_of_ones_own_stands_after_the_shipped_ones_and_before_methods_of_others(folder: Path) -> None:
    found = load(folder, release=OWN, method=f"{OWN}template: true\nsource: ' Of\n  others'\nscored: true\n")
    assert names(found) == [*SHIPPED[:6], "release", "leakage-taxonomy", "method", "ml-test-score", "reforms"]
    own = checklists.named(found, "release")
    text = {Language.EN: "Is it so?", Language.KO: "그런가요?"}
    assert own.sections == (ItemSection({}, (Item("a", text, Severity.WARN, Needs.LINK),)),)
    assert (own.version, own.title[Language.KO], own.path) == (1, "우리", folder / "release.yaml")
    other = checklists.named(found, "method")
    assert (other.template, other.scored, other.source) == (True, True, "Of others")
    assert found.problems == ()


def test_a_list_with_the_name_of_a_shipped_one_replaces_it_as_a_whole(folder: Path) -> None:
    sections = (
        f"sections:\n- title: {{en: First, ko: 먼저}}\n  items:\n{ITEM.replace('- ', '  - ').replace('  t', '    t')}"
    )
    sections = sections.replace("\n  s", "\n    s").replace("\n  n", "\n    n")
    found = load(folder, promotion=HEAD.replace("1", "7") + sections)
    assert names(found) == SHIPPED
    assert (own := checklists.named(found, "promotion")).version == 7
    assert [item.id for item in own.items] == ["a"]
    assert own.sections[0].title[Language.KO] == "먼저"


def test_an_item_may_be_answered_by_the_signature_of_a_role(folder: Path) -> None:
    found = checklists.named(load(folder, own=f"{OWN.replace('link', 'signature')}  role: production\n"), "own")
    assert [(item.needs, item.role, item.check) for item in found.items] == [(Needs.SIGNATURE, "production", "")]
    shipped = checklists.named(load(folder), "promotion")
    assert [item.role for item in shipped.items if item.needs is Needs.SIGNATURE] == ["tech_lead", "production"]
    assert not any(item.role for item in shipped.items if item.needs is not Needs.SIGNATURE)


def test_a_broken_list_is_missing_with_its_reason_and_the_others_hold(folder: Path) -> None:
    found = load(folder, promotion=OWN.replace("warn", "fatal"), release=OWN)
    assert names(found) == [*(name for name in SHIPPED[:6] if name != "promotion"), "release", *SHIPPED[6:]]
    sentence = f"{folder}/promotion.yaml, line 6: items.0.severity is 'fatal'; allowed: 'block', 'warn', 'info'."
    assert [said(one) for one in found.problems] == [sentence]
    with refused(ChecklistError, "line 6: items.0.severity"):
        checklists.named(found, "promotion")
    with refused(SelectionError, "There is no checklist 'promotions'; there are before, during, after, deployment"):
        checklists.named(found, "promotions")


def test_a_folder_that_cannot_be_read_is_none(folder: Path) -> None:
    found = load(folder / ("x" * 300))
    assert found.known == ()
    assert (
        said(found.problems[0].but(file="f")) == "The folder f cannot be read: File name too long; no checklist holds."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (OWN + ITEM, "line 8: items.1.id is 'a', as in line 4; what an item is called has to be its own"),
        (OWN.replace(", ko: '그런가요?'", ""), "line 5: items.0.text.ko is missing."),
        (OWN.replace(", ko: 우리", ""), "line 2: title.ko is missing."),
        (OWN.replace("en: Own", "de: Unser"), "line 2: title.de is no key of a checklist; allowed here: en, ko"),
        (OWN.replace("그런가요?", " "), "line 5: items.0.text.ko is empty; something has to stand there."),
        (OWN.replace("'그런가요?'", ""), "line 5: items.0.text.ko is empty; it should be text"),
        (OWN.replace("그런가요?", "아" * 401), "line 5: items.0.text.ko is '아.*아'; it should have at most 400"),
        (OWN.replace("'그런가요?'", "no"), "line 5: items.0.text.ko is False; it should be text, in quotes"),
        (f"{OWN}  check: significnt\n", "line 8: items.0.check is 'significnt', which .*, near to it: significant"),
        (f"{OWN}  check: wibble\n", "line 8: items.0.check is 'wibble', which runs can't be asked; docs/checklists"),
        (OWN.replace("link", "automatic"), "line 4: items.0.check is missing, which an item with needs: automatic"),
        (OWN.replace("link", "signature"), "items.0.role is ''; an item with needs: signature has one of tech_lead"),
        (
            f"{OWN.replace('link', 'signature')}  role: admin\n",
            "line 8: items.0.role is 'admin'; an item with needs: s",
        ),
        (f"{OWN}  role: production\n", "line 8: items.0.role is 'production', which only an item with needs: signat"),
        (
            f"{OWN.replace('link', 'signature')}  role: production\n  check: tracked\n",
            "line 9: items.0.check is 'tracked', but an item with needs: signature is proved by no run",
        ),
        (OWN.replace("link", "words"), "line 7: items.0.needs is 'words'; allowed: 'link', 'number', 'file', 'auto"),
        (OWN.replace("warn", ""), "line 6: items.0.severity is empty; allowed: 'block'"),
        (OWN.replace("id: a", "id: A b"), "line 4: items.0.id is 'A b'; allowed: small letters, digits and -"),
        (OWN.replace("id: a", "id: 1"), "line 4: items.0.id is 1; it should be text, in quotes"),
        (OWN.replace("id: a", "ident: a"), "line 4: items.0.ident is no key of a checklist; allowed here: id, text"),
        (OWN.replace("1", "0"), "line 1: version is 0; it should be greater than or equal to 1."),
        (OWN.replace("1", "1.5"), "line 1: version is 1.5; it should be a whole number."),
        (OWN.replace("1", "yes"), "line 1: version is True; it should be a whole number."),
        (OWN.replace("version: 1\n", ""), "line 1: version is missing."),
        (f"{HEAD}items: []\n", "line 3: items is empty; something has to stand there."),
        (f"{HEAD}items: {{a: 1}}\n", "line 3: items is {'a': 1}; it should be a list"),
        (f"{HEAD}items: [a]\n", "line 3: items.0 is 'a'; it should hold keys and values"),
        (HEAD, "line 1: a checklist has either items or sections, and this one has none or both."),
        (f"{HEAD}sections:\n- title: {{en: A, ko: 가}}\n  items: []\n", "line 5: sections.0.items is empty"),
        (f"{HEAD}sections:\n- name: a\n", "line 4: sections.0.name is no key of a checklist; allowed here: title, it"),
        (OWN.replace("id: a", "id: a\n  id: b"), "line 5: items.0.id stands here a second time; keep one."),
        ("", "line 1: version is missing. \\(1 more after it.\\)"),
        ("- a\n", "line 1: found \\['a'\\]; a checklist has the keys version, title, items, sections"),
        ("items: [\n", "line 2: this is not YAML"),
        ("title: {en: Why?, ko: 왜?}\n", "line 1: this is not YAML: within {} and .., text with a . needs quotes."),
        (f"{OWN}---\n{OWN}", "line 8: this is not YAML: a second document begins here; a checklist is one."),
        (f"items: {'[' * 3000}{']' * 3000}", "too deep in each other to be a checklist"),
        ("a: &a [*a]\n", r"line 1: \*a repeats what stands elsewhere; in a checklist, write it out."),
        (OWN.replace("'Is it so?'", '"\\ud800"'), "line 5: .* holds half a character"),
        (f"#{'x' * 1_000_000}\n{OWN}", "has 1,000,1.. bytes; a checklist has at most 1,000,000."),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_is_allowed(folder: Path, text: str, sentence: str) -> None:
    found = load(folder, own=text)
    assert names(found) == SHIPPED
    with refused(ChecklistError, f"own.yaml.*{sentence}"):
        checklists.named(found, "own")


def test_a_list_that_stands_for_more_than_any_memory_is_refused_at_once(folder: Path) -> None:
    lists = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghijkl"))
    found = load(folder, own=f"a: &a [x, x]\n{lists}{HEAD}items: *l\n")
    assert [said(one) for one in found.problems] == [
        f"{folder}/own.yaml, line 2: *a repeats what stands elsewhere; in a checklist, write it out."
    ]


def test_what_is_no_file_of_text_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yml").mkdir()
    (folder / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    found = load(folder)
    assert names(found) == SHIPPED
    assert [said(one).removeprefix(f"{folder}/") for one in found.problems] == [
        "binary.yaml is not UTF-8 text; a checklist is one YAML file.",
        "folder.yml is a folder; a checklist is one YAML file.",
        f"There is no checklist file {folder}/gone.yaml.",
        "pipe.yaml is not a regular file; a checklist is one YAML file.",
    ]


def test_of_two_files_with_one_name_neither_holds(folder: Path) -> None:
    (folder / "before.yml").write_text(OWN, encoding="utf-8")
    found = load(folder, before=OWN)
    assert "before" not in names(found)
    with refused(ChecklistError, r"before.yml: a checklist 'before' stands in .*/before.yaml too; keep one"):
        checklists.named(found, "before")


def test_only_files_of_yaml_that_are_in_sight_are_lists_and_their_names_are_plain(folder: Path) -> None:
    for name in ("README.md", ".own.yaml", "own.yaml~", "Our List.yaml"):
        (folder / name).write_text(OWN, encoding="utf-8")
    found = load(folder)
    assert names(found) == SHIPPED
    assert [said(one) for one in found.problems] == [
        f"{folder}/Our List.yaml: a checklist is called as its file is, and 'Our List' is no such name; allowed: small "
        "letters, digits and -, such as our-promotion.yaml."
    ]


def test_without_the_folder_that_was_named_no_list_holds(folder: Path) -> None:
    found = load(folder / "none")
    assert found.known == ()
    with refused(ChecklistError, "There is no folder .*/none, which ASSAY_CHECKLISTS names: no checklist holds"):
        checklists.named(found, "promotion")
    (folder / "file").write_text(OWN, encoding="utf-8")
    assert [said(one) for one in load(folder / "file").problems] == [
        f"{folder}/file is no folder of checklists, as ASSAY_CHECKLISTS should name: none holds."
    ]


def test_a_file_that_changed_is_read_again(folder: Path) -> None:
    assert checklists.named(load(folder, own=OWN), "own").version == 1
    assert load(folder, own="version: x").problems
    assert checklists.named(load(folder, own=OWN.replace("version: 1", "version: 12")), "own").version == 12
