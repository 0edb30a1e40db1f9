"""The journal: an append-only chain of what people decided, of which nothing can be changed unnoticed."""

from assay.journal.journal import Journal
from assay.journal.verifying import verify

__all__ = ["Journal", "open", "verify"]


def open(url: str) -> Journal:
    """The journal that an SQLAlchemy URL names, which need not be there yet; JournalError for an unknown scheme."""
    return Journal(url)
