"""The catalogue of notes: the words for every code, for page, command, export and alt text alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.model.note import Code, Note, Quote, Value
from assay.view.text.escape import sentence, short
from assay.view.text.notes import (
    ablation,
    accounts,
    artifacts,
    cache,
    checklists,
    comparison,
    curves,
    examples,
    filters,
    front,
    gate,
    journal,
    leakage,
    policy,
    proofs,
    recipes,
    record,
    review,
    runs,
    score_files,
    scorecard,
    search,
    servers,
    splits,
    stores,
    tasks,
    yaml_files,
)
from assay.view.text.notes.template import Words, plain, worded

PARTS = (
    *(
        ablation,
        accounts,
        artifacts,
        cache,
        checklists,
        comparison,
        curves,
        examples,
        filters,
        front,
        gate,
        journal,
        leakage,
        policy,
        proofs,
        recipes,
        record,
        review,
        runs,
        score_files,
        scorecard,
        search,
    ),
    *(servers, splits, stores, tasks, yaml_files),
)

_LONGEST, _LONGEST_QUOTE = 300, 2_000

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
    values = ((key, _worded(value, names)) for key, value in note.values)
    said = replace(note, values=tuple(values))
    try:
        return worded(CATALOGUE, said, names)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError):
        return plain(said)


def _worded(value: Value, names: Sequence[str]) -> Value:
    """A note as its words; of a text that is no sentence's length, both ends, but all of what people copy."""
    if isinstance(value, Note):
        return words(value, names).removesuffix(".")
    if isinstance(value, tuple):
        return tuple(short(str(one), _LONGEST) if _is_long(one) else one for one in value)  # type: ignore[return-value]
    return short(str(value), _LONGEST) if _is_long(value) else value


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > (_LONGEST_QUOTE if isinstance(value, Quote) else _LONGEST)
