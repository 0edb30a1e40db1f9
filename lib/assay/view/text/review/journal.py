"""What a check of the journal comes to, in sentences."""

from collections.abc import Iterator

from assay.model.journal import JournalCheck
from assay.view.text.notes import words
from assay.view.text.numbers import count


def report(found: JournalCheck) -> Iterator[str]:
    """The answer, what was erased, and what to keep elsewhere."""
    if found.problem is not None:
        yield words(found.problem)
        if found.first_broken is not None:
            yield f"The first entry that is not as it was written: {found.first_broken:,}."
        return
    entries = count(found.entries, "entry", "entries")
    yield f"{entries}, {'all ' if found.entries > 1 else ''}as written."
    if found.erased:
        yield f"{count(found.erased, 'text')} erased, as the journal itself says."
    if found.head.hash:
        yield f"Head: {found.head.hash}. Kept elsewhere, it proves later with --head that no end was cut off."
