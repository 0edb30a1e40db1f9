"""How a note becomes words: a template that takes its figures, or a function where a template can't."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assay.model.note import Code, Note

Words = str | Callable[["Said"], str]
"""A template that takes a note's values by name, or what words a note that a template can't.

Whole numbers know plurals: `{n:run}` is `1 run` or `5,000 runs`, `{n:is|are}` the verb, `{n:,}` the number alone.
Several texts stand with commas between them, or with what is named: `{allowed}`, `{names: and }`. `{side}` are the
names of the sides that the note speaks of, `{names}` the same one by one, `{first}` and `{second}` the first two; a
note with a value of such a name has that instead.
"""


class Said(dict[str, Any]):
    """A note's values as its words take them; `side`, `names`, `first` and `second` are names."""


class _Count(int):
    def __format__(self, spec: str) -> str:
        if "|" in spec:
            return spec.split("|")[self != 1]
        if spec.replace(" ", "").replace("-", "").isalpha():
            return f"{int(self):,} {spec}{'' if self == 1 else 's'}"
        return int.__format__(self, spec)


class _Several(tuple[str, ...]):
    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return (spec or ", ").join(self)


def worded(words: Mapping[Code, Words], note: Note, names: Sequence[str] = ()) -> str:
    """A note in these `words`; `names`: what the sides are called, the baseline first."""
    known = _Several(names[place] for place in note.sides if place < len(names))
    said = Said({"side": f"{known}", "names": known, **dict(zip(("first", "second"), known, strict=False))})
    said |= {key: _known(value) for key, value in note.values}
    found = words[note.code]
    return found.format_map(said) if isinstance(found, str) else found(said)


def plain(note: Note) -> str:
    """A note's code and values, for one that its words do not fit."""
    values = [value if isinstance(value, tuple) else (value,) for _, value in note.values if value is not None]
    said = ", ".join(str(item) for items in values for item in items)
    return f"{note.code.replace('_', ' ')}{': ' if said else ''}{said}."


def _known(value: Any) -> Any:
    if type(value) is int:
        return _Count(value)
    return _Several(value) if isinstance(value, tuple) else value
