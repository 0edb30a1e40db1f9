"""Checklists: those that are shipped, and a team's own beside them or in their place."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from assay.checklists.reading import read
from assay.errors import ChecklistError, SelectionError
from assay.model.evidence.checklist import Checklist, Checklists
from assay.model.note import Note, note
from assay.model.yaml_files import ChecklistFiles
from assay.settings import SHIPPED, Settings

FOLDER = SHIPPED / "checklists"
ORDER = ("before", "during", "after", "promotion", "deployment", "leakage")
"""Our own lists as work goes; a team's others follow, then the methods of others."""
_SUFFIXES = {".yaml", ".yml"}

Read = Checklist | Note


def load(settings: Settings) -> Checklists:
    """Every checklist, and what keeps others from being one.

    A team's list replaces the shipped one of its name. Where its file is wrong there is no list of that name, and none
    at all where the team's folder can't be read: no other list is taken for the one that was meant.
    """
    found = dict(_folder(FOLDER))
    if settings.checklists is not None:
        try:
            found |= _folder(settings.checklists)
        except ChecklistError as error:
            return Checklists((), (error.note,))
    known = sorted((one for one in found.values() if isinstance(one, Checklist)), key=_place)
    return Checklists(tuple(known), tuple(one for one in found.values() if isinstance(one, Note)))


def named(found: Checklists, name: str) -> Checklist:
    """The list called `name`; raises ChecklistError with what is wrong with it, SelectionError where nobody has it."""
    if known := next((one for one in found.known if one.name == name), None):
        return known
    wrong = [one for one in found.problems if not found.known or Path(str(one["file"])).stem == name]
    if wrong:
        raise ChecklistError(wrong[0].code, **dict(wrong[0].values))
    raise SelectionError(ChecklistFiles.NO_CHECKLIST, name=name, allowed=tuple(one.name for one in found.known))


def _place(one: Checklist) -> tuple[bool, int, str]:
    return one.template, ORDER.index(one.name) if one.name in ORDER else len(ORDER), one.name


def _folder(folder: Path) -> Mapping[str, Read]:
    """What each file of a folder holds, by its name without the ending; raises ChecklistError without a folder."""
    found: dict[str, Read] = {}
    for path in _files(folder):
        if (other := found.get(path.stem)) is None:
            found[path.stem] = _current(path)
        else:
            first = str(other.path if isinstance(other, Checklist) else other["file"])
            found[path.stem] = note(ChecklistFiles.LIST_TWICE, file=str(path), name=path.stem, first=first)
    return found


def _files(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        raise ChecklistError(ChecklistFiles.LISTS_GONE, file=str(folder)) from None
    except NotADirectoryError:
        raise ChecklistError(ChecklistFiles.LISTS_NO_FOLDER, file=str(folder)) from None
    except OSError as error:
        raise ChecklistError(ChecklistFiles.LISTS_CLOSED, file=str(folder), error=error.strerror) from None
    return (path for path in paths if path.suffix in _SUFFIXES and not path.name.startswith("."))


def _current(path: Path) -> Read:
    """The list in `path` or what is wrong with it, read again only when the file changed."""
    try:
        found = path.stat()
    except OSError:
        return _read(path)
    return _kept(path, (found.st_mtime_ns, found.st_size, found.st_ino))


@lru_cache(maxsize=256)
def _kept(path: Path, _stamp: tuple[int, int, int]) -> Read:
    return _read(path)


def _read(path: Path) -> Read:
    try:
        return read(path)
    except ChecklistError as error:
        return error.note
