"""A table as a value: a frame and, for each column, its header and the way its cells are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

Kind = Literal["text", "right", "number", "marks", "strip", "image", "ago", "link"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `kind`: text; right (text that stands right); number (`format` in printf style);
    marks (lists of coloured words, `colours` by word); strip (an SVG as data URL); image (a larger one);
    ago (a UTC time as distance); link (a URL, `format` is what stands there). `width` in pixels, None: by content.
    """

    header: str
    kind: Kind = "text"
    format: str = ""
    width: int | None = None
    pinned: bool = False
    left: bool = False
    help: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """`columns`: frame column → how it is shown, in that order. `alt`: what the table is, in one sentence.

    `data`: the same for a program: a column for each number, unrounded and in the unit that was logged, with what
    names them; None where the frame does. `spare`: columns that a narrow sheet can do without, the first of them first.
    """

    frame: pd.DataFrame
    columns: Mapping[str, Column]
    alt: str
    data: pd.DataFrame | None = None
    spare: tuple[str, ...] = ()

    def head(self, n: int) -> "Table":
        """The first `n` rows."""
        return replace(self, frame=self.frame.head(n), data=None if self.data is None else self.data.head(n))
