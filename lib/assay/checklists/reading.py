"""One checklist file as a checklist."""

from collections.abc import Iterator
from pathlib import Path

from assay.checklists.sections import (
    ChecklistFile,
    HeadingSection,
    ItemEntry,
    TextSection,
    is_slug,
)
from assay.errors import ChecklistError
from assay.model.evidence.checklist import Checklist, Item, ItemSection, Language, Text
from assay.model.yaml_files import ChecklistFiles, YamlKind
from assay.yaml_files.form import Form, Section
from assay.yaml_files.reading import YamlFile

Keys = tuple[str | int, ...]


def read(path: Path) -> Checklist:
    """The list is called as the file is; raises ChecklistError when the file cannot be read or one key is wrong."""
    if not is_slug(path.stem):
        raise ChecklistError(ChecklistFiles.NO_LIST_NAME, file=str(path), name=path.stem)
    file = YamlFile.of(path, _FORM)
    _refuse_twice(file)
    given = file.given
    sections = tuple(ItemSection(_text(one.title), _items(one.items)) for one in given.sections or ())
    return Checklist(
        name=path.stem,
        version=given.version,
        title=_text(given.title),
        sections=sections or (ItemSection({}, _items(given.items or ())),),
        path=path,
        template=given.template,
        scored=given.scored,
        source=given.source,
    )


def _section(keys: Keys) -> type[Section]:
    """`keys` end at a place in a list, or are those of a text or of the file itself."""
    if not keys:
        return ChecklistFile
    if keys[-1] in ("title", "text"):
        return TextSection
    return HeadingSection if keys[-2] == "sections" else ItemEntry


_FORM = Form(YamlKind.CHECKLIST, ChecklistFile, ChecklistError, _section, aliases=False)


def _refuse_twice(file: YamlFile[ChecklistFile]) -> None:
    lines: dict[str, int] = {}
    for keys, item in _places(file.given):
        at = (*keys, "id")
        if item.id in lines:
            raise file.refusal(ChecklistFiles.ITEM_TWICE, *at, name=item.id, first=lines[item.id])
        lines[item.id] = file.line(*at)


def _places(given: ChecklistFile) -> Iterator[tuple[Keys, ItemEntry]]:
    """Every item with the keys that lead to it."""
    for place, item in enumerate(given.items or ()):
        yield ("items", place), item
    for place, section in enumerate(given.sections or ()):
        yield from ((("sections", place, "items", n), item) for n, item in enumerate(section.items))


def _items(found: tuple[ItemEntry, ...]) -> tuple[Item, ...]:
    return tuple(Item(one.id, _text(one.text), one.severity, one.needs, one.check, one.role) for one in found)


def _text(found: TextSection) -> Text:
    return {language: getattr(found, language) for language in Language}
