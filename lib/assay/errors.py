"""Errors as values: what was found and what may be done about it, worded where they are shown."""

from assay.model.note import Code, Value, note


class AssayError(Exception):
    """Base of all: `note` says what is wrong, by a code and the figures that its words need."""

    def __init__(self, code: Code, **values: Value) -> None:
        self.note = note(code, **values)
        given = ", ".join(f"{name}={value!r}" for name, value in self.note.values)
        super().__init__(f"{type(code).__name__}.{code.name}({given})")


class SettingsError(AssayError):
    """An environment variable or option holds something that cannot be used."""


class SourceError(AssayError):
    """A tracking store cannot be read as asked: away, damaged, no store at all, or refusing us."""


class FilterError(AssayError):
    """A search filter cannot be understood."""


class PolicyError(AssayError):
    """A policy file is wrong: file, line, key, what was found and what is allowed."""


class ChecklistError(AssayError):
    """A checklist file is wrong, as a policy file may be, or a folder of them can't be read."""


class CacheError(AssayError):
    """The cache is missing, unreadable, or being written by someone else."""


class CacheBusyError(CacheError):
    """Somebody else is syncing the same store right now: nothing is wrong, look again later."""


class SelectionError(AssayError):
    """What was asked for is not in the store: an unknown metric, experiment, param or run."""


class JournalError(AssayError):
    """The journal cannot be read or written."""


class ReviewError(AssayError):
    """Something that somebody wants to do in a review is refused."""


class RecipeError(AssayError):
    """A recipe is wrong: file, key, what was found and what is allowed."""


class EvidenceError(ValueError):
    """What training code wants to log cannot be used in a review: the text names the column or value.

    No note: its words are shown where it is raised, in a training's traceback.
    """
