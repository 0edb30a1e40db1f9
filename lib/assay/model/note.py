"""What there is to say, as a value: a code, the figures it needs, and the sides it speaks of; never a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Code(StrEnum):
    """What is said; every question has codes of its own, `view.text.notes` has the words for all of them."""


class Quote(str):
    """A text to be shown letter by letter, because people copy it: a filter, a path, a line of code."""

    __slots__ = ()


Value = str | int | float | bool | None | tuple[str, ...]


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

    @property
    def quotes(self) -> tuple[str, ...]:
        """The values that are to be shown as they are."""
        return tuple(value for _, value in self.values if isinstance(value, Quote))


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
