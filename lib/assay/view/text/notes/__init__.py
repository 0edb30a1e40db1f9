"""The catalogue of notes: the words for every code, for page, command, export and alt text alike."""

from collections.abc import Callable, Mapping, Sequence

from assay.model.note import Code, Note, Value

Words = str | Callable[["Said"], str]
"""A template that takes a note's values by name, or what words a note that a template can't.

Whole numbers know plurals: `{n:run}` is `1 run` or `5,000 runs`, `{n:is|are}` the verb, `{n:,}` the number alone.
`{side}` are the names of the sides that the note speaks of, `{first}` and `{second}` those of the first two.
"""


class Said(dict[str, Value]):
    """A note's values as its words take them; `side`, `first` and `second` are names."""


class _Count(int):
    def __format__(self, spec: str) -> str:
        if "|" in spec:
            return spec.split("|")[self != 1]
        if spec.replace(" ", "").replace("-", "").isalpha():
            return f"{int(self):,} {spec}{'' if self == 1 else 's'}"
        return int.__format__(self, spec)


def worded(catalogue: Mapping[Code, Words], note: Note, names: Sequence[str] = ()) -> str:
    """A note in the words of `catalogue`; `names`: what the sides are called, the baseline first."""
    known = [names[place] for place in note.sides if place < len(names)]
    said = Said({key: _Count(v) if type(v) is int else v for key, v in note.values})
    said |= {"side": ", ".join(known)} | dict(zip(("first", "second"), known, strict=False))
    found = catalogue[note.code]
    return found.format_map(said) if isinstance(found, str) else found(said)
