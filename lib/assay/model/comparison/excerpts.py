"""What runs logged of single examples: the input, the label, and what each of them said."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assay.model.note import Note
from assay.model.runs.artifacts import Preview

SHORT = 200
"""Letters of a text that stand in a table."""

LONG = 100_000
"""Letters of one that is shown by itself."""


@dataclass(frozen=True, slots=True)
class ExcerptQuestion:
    """The examples `ids` in the scores of `metric` of both sides' runs; `whole`: with long texts and every run."""

    baseline: tuple[str, ...]
    candidate: tuple[str, ...]
    metric: str
    ids: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a side's runs say of an example: `text`, the most frequent answer, in `times` of `n`.

    `mean`: of answers that are numbers but no whole ones; None where they name classes or are text.
    """

    text: str
    times: int
    n: int
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class RunReply:
    """One row of one run: its score, None where it is undefined, and what it said, None where it isn't logged."""

    run_id: str
    score: float | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One example. Texts are cut at SHORT or LONG letters; `letters`: how many the input has.

    `image`: run id and path of the image artifact. `runs`: of the baseline, then of the candidate; empty where they
    were not asked for.
    """

    example_id: str
    input: str | None = None
    letters: int = 0
    image: tuple[str, str] | None = None
    label: str | None = None
    baseline: Reply | None = None
    candidate: Reply | None = None
    runs: tuple[RunReply, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpts:
    """By example id; ids that no run holds are missing."""

    found: Mapping[str, Excerpt]


@dataclass(frozen=True, slots=True)
class ImageQuestion:
    """Image artifacts, (run id, path), each of at most `most` bytes and `pixels` pixels."""

    images: tuple[tuple[str, str], ...]
    most: int
    pixels: int


@dataclass(frozen=True, slots=True)
class Images:
    """By (run id, path): an image, or why it isn't shown."""

    found: Mapping[tuple[str, str], Preview]

    @property
    def refused(self) -> Mapping[tuple[str, str], Note]:
        """Those that aren't shown."""
        return {key: one.reason for key, one in self.found.items() if one.reason}

    @property
    def keeps_seconds(self) -> float:
        """As long as each of them."""
        return min((one.keeps_seconds for one in self.found.values()), default=math.inf)
