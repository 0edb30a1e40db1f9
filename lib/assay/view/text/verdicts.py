"""Glyph, word and colour of every verdict and of every state of a run: never one without the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assay.model.comparison.difference import Difference, Verdict
from assay.model.comparison.question import Aim
from assay.model.runs.store import RunStatus

Colour = Literal["green", "red", "orange", "gray", "blue", "violet"]


@dataclass(frozen=True, slots=True)
class Mark:
    """How a finding is marked in text, badges and cells."""

    glyph: str
    word: str
    colour: Colour

    @property
    def label(self) -> str:
        """`▲ better`."""
        return f"{self.glyph} {self.word}".lstrip()


MARKS = {
    Verdict.BETTER: Mark("▲", "better", "green"),
    Verdict.NO_WORSE: Mark("✓", "no worse", "green"),
    Verdict.SAME: Mark("✓", "the same", "green"),
    Verdict.WORSE: Mark("▼", "worse", "red"),
    Verdict.DIFFERS: Mark("≠", "differs", "violet"),
    Verdict.NOT_SHOWN: Mark("≈", "no difference shown", "gray"),
    Verdict.CANNOT_BE_SIGNIFICANT: Mark("!", "cannot be significant", "orange"),
    Verdict.TOO_FEW: Mark("–", "too few runs", "gray"),
}

_BEYOND = {
    **MARKS,
    Verdict.BETTER: Mark("▲", "beyond the margin", "orange"),
    Verdict.WORSE: Mark("▼", "worse than allowed", "red"),
    Verdict.NOT_SHOWN: Mark("✕", "not shown", "red"),
}


_UNJUDGED = Mark("–", "not judged", "gray")


def mark_of(difference: Difference, aim: Aim) -> Mark:
    """The mark of one difference; without a margin that was needed, or a direction, nothing is judged."""
    if aim is not Aim.BETTER and difference.verdict is Verdict.NOT_SHOWN and difference.p_adjusted is None:
        return _UNJUDGED
    return marks(aim)[difference.verdict]


def every_mark() -> tuple[Mark, ...]:
    """All that verdicts may have."""
    return (*MARKS.values(), *_BEYOND.values(), _UNJUDGED)


def marks(aim: Aim) -> Mapping[Verdict, Mark]:
    """The marks of verdicts on what was to be shown; with a margin, what isn't shown isn't kept."""
    return MARKS if aim is Aim.BETTER else _BEYOND


STATES = {
    RunStatus.FINISHED: Mark("✓", "finished", "green"),
    RunStatus.FAILED: Mark("✕", "failed", "red"),
    RunStatus.KILLED: Mark("–", "killed", "gray"),
    RunStatus.RUNNING: Mark("", "running", "gray"),
    RunStatus.SCHEDULED: Mark("", "scheduled", "gray"),
}
