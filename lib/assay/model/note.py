"""What there is to say, as a value: a code, the figures it needs, and the sides it speaks of; never a sentence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Union


class Code(StrEnum):
    """What is said; every question has codes of its own, `view.text.notes` has the words for all of them.

    As texts they are equal where their names are, so no two codes have the same name.
    """


class Quote(str):
    """A text to be shown letter by letter, because people copy it: a filter, a path, a line of code."""

    __slots__ = ()


Value = Union[str, int, float, bool, None, tuple[str, ...], tuple[int, ...], "Note"]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know: a reason, a caveat, a warning or an error.

    `values`: name → figure or text, ascending by name. `sides`: places of the sides it speaks of, 0 for the baseline,
    1 and so on for the candidates in the order asked for; what they are called is nothing that a note knows.
    """

    code: Code
    values: tuple[tuple[str, Value], ...] = ()
    sides: tuple[int, ...] = ()

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def but(self, **values: Value) -> "Note":
        """The same with other figures, as far as it has these at all."""
        return replace(self, values=tuple((name, values.get(name, value)) for name, value in self.values))

    @property
    def quotes(self) -> tuple[str, ...]:
        """The values that are to be shown as they are, those of notes within it too."""
        own = tuple(value for _, value in self.values if isinstance(value, Quote))
        return own + tuple(quote for _, value in self.values if isinstance(value, Note) for quote in value.quotes)


def note(code: Code, *sides: int, **values: Value) -> Note:
    """A note on `sides`; equal ones are equal values."""
    return Note(code, tuple(sorted(values.items())), sides)


def gathered(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Each note once; those that say the same of one side each as one note on all of these, where the first stood."""
    found: dict[tuple[Code, tuple[tuple[str, Value], ...], bool], Note] = {}
    for one in dict.fromkeys(notes):
        alone = len(one.sides) == 1
        key = (one.code, one.values if alone else (*one.values, ("sides", str(one.sides))), alone)
        known = found.get(key)
        found[key] = one if known is None else replace(known, sides=(*known.sides, *one.sides))
    return tuple(found.values())


def as_record(note: Note) -> dict[str, Any]:
    """A note as JSON."""
    quotes = [name for name, value in note.values if isinstance(value, Quote)]
    values = {name: as_record(value) if isinstance(value, Note) else value for name, value in note.values}
    return {"code": note.code, "values": values, "quotes": quotes, "sides": note.sides}


def from_record(record: Mapping[str, Any]) -> Note:
    """The reverse of `as_record`; KeyError, TypeError or ValueError for what is no note or has an unknown code."""
    quotes = frozenset(record["quotes"])
    values = {name: Quote(v) if name in quotes else _value(v) for name, v in dict(record["values"]).items()}
    codes = _codes(len(Code.__subclasses__()))
    return note(codes[record["code"]], *map(int, record["sides"]), **values)


@lru_cache(maxsize=2)
def _codes(_kinds: int) -> Mapping[str, Code]:
    """By name; `_kinds`: how many are imported, as modules bring theirs."""
    return {code.value: code for kind in Code.__subclasses__() for code in kind}


def _value(found: Any) -> Value:
    if isinstance(found, dict):
        return from_record(found)
    if isinstance(found, list | tuple):
        return tuple(map(str, found)) if any(isinstance(item, str) for item in found) else tuple(map(int, found))
    if found is None or isinstance(found, str | int | float):
        return found
    raise TypeError(type(found).__name__)
