"""Errors whose text is one sentence a person can act on."""


class AssayError(Exception):
    """Base of all: its text says what was found and what to do about it; `quotes`: its parts to show as code."""

    quotes: tuple[str, ...] = ()


class SettingsError(AssayError):
    """An environment variable or option holds something that cannot be used."""


class SourceError(AssayError):
    """A tracking store cannot be read as asked: away, damaged, no store at all, or refusing us."""


class FilterError(AssayError):
    """A search filter cannot be understood; `quotes`: the parts of its text, in order, that are filters themselves."""

    def __init__(self, text: str, *quotes: str) -> None:
        super().__init__(text)
        self.quotes = quotes


class PolicyError(AssayError):
    """A policy file is wrong: the text names file, line, key, what was found and what is allowed."""


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
