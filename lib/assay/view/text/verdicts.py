"""Glyph, word and colour of every verdict and of every state of a run: never one without the others."""

from dataclasses import dataclass
from typing import Literal

from assay.model.comparison.difference import Verdict
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
    Verdict.WORSE: Mark("▼", "worse", "red"),
    Verdict.NOT_SHOWN: Mark("≈", "no difference shown", "gray"),
    Verdict.CANNOT_BE_SIGNIFICANT: Mark("!", "cannot be significant", "orange"),
    Verdict.TOO_FEW: Mark("–", "too few runs", "gray"),
}

STATES = {
    RunStatus.FINISHED: Mark("✓", "finished", "green"),
    RunStatus.FAILED: Mark("✕", "failed", "red"),
    RunStatus.KILLED: Mark("–", "killed", "gray"),
    RunStatus.RUNNING: Mark("", "running", "gray"),
    RunStatus.SCHEDULED: Mark("", "scheduled", "gray"),
}
