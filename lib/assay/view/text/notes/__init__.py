"""The catalogue of notes: the words for every code, for page, command, export and alt text alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.model.note import Code, Note
from assay.view.text.escape import sentence
from assay.view.text.notes import (
    artifacts,
    cache,
    comparison,
    curves,
    examples,
    filters,
    front,
    policy,
    recipes,
    runs,
    score_files,
    search,
    servers,
    stores,
    tasks,
    tradeoffs,
)
from assay.view.text.notes.template import Words, plain, worded

PARTS = (
    *(
        artifacts,
        cache,
        comparison,
        curves,
        examples,
        filters,
        front,
        policy,
        recipes,
        runs,
        score_files,
        search,
        servers,
    ),
    *(stores, tasks, tradeoffs),
)

CATALOGUE: Mapping[Code, Words] = {code: said for part in PARTS for code, said in part.WORDS.items()}


def as_markdown(note: Note | None, names: Sequence[str] = ()) -> str:
    """The same as Markdown, in which what people copy stands as code."""
    return "" if note is None else sentence(words(note, names), note.quotes)


def words(note: Note | None, names: Sequence[str] = ()) -> str:
    """What a note says, nothing for none; `names`: what the sides are called, the baseline first.

    A note within it is worded in place, without its full stop. One that another version of Assay noted, with other
    values than its words take, is said plainly.
    """
    if note is None:
        return ""
    values = ((key, words(v, names).removesuffix(".") if isinstance(v, Note) else v) for key, v in note.values)
    said = replace(note, values=tuple(values))
    try:
        return worded(CATALOGUE, said, names)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
        return plain(said)
