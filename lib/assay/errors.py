"""Errors as values: what was found and what may be done about it, worded where they are shown."""

from assay.model.note import Code, Note, Value, note


class AssayError(Exception):
    """Base of all: `note` says what is wrong, by a code and the figures that its words need."""

    def __init__(self, code: Code | str, **values: Value) -> None:
        super().__init__(code)
        self.note: Note | None = note(code, **values) if isinstance(code, Code) else None

    @property
    def quotes(self) -> tuple[str, ...]:
        """The parts of its words that are to be shown letter by letter."""
        return self.note.quotes if self.note else ()


class SettingsError(AssayError):
    """An environment variable or option holds something that cannot be used."""


class SourceError(AssayError):
    """A tracking store cannot be read as asked: away, damaged, no store at all, or refusing us."""


class FilterError(AssayError):
    """A search filter cannot be understood."""

    def __init__(self, code: Code | str, *quotes: str, **values: Value) -> None:
        super().__init__(code, **values)
        self._quotes = quotes

    @property
    def quotes(self) -> tuple[str, ...]:
        """The parts of its words that are filters themselves."""
        return self._quotes or super().quotes


class PolicyError(AssayError):
    """A policy file is wrong: file, line, key, what was found and what is allowed."""


class CacheError(AssayError):
    """The cache is missing, unreadable, or being written by someone else."""


class CacheBusyError(CacheError):
    """Somebody else is syncing the same store right now: nothing is wrong, look again later."""


class SelectionError(AssayError):
    """What was asked for is not in the store: an unknown metric, experiment, param or run."""


class EvidenceError(AssayError, ValueError):
    """What training code wants to log cannot be used in a review: the text names the column or value."""


class RecipeError(AssayError):
    """A recipe is wrong: the text names file, key, what was found and what is allowed."""
