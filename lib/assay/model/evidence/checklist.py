"""Checklists: questions about an experiment, which of them its runs answer, and which are left to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assay.model.note import Note


class Language(StrEnum):
    """Every language that each item is written in."""

    EN = "en"
    KO = "ko"


Text = Mapping[Language, str]


class Severity(StrEnum):
    """What an item means that is open or answered with no: nothing is promoted, signers are told, or it is kept."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Needs(StrEnum):
    """What a yes rests on: what a person gives, what the runs show by themselves, or a signature in a review."""

    LINK = "link"
    NUMBER = "number"
    FILE = "file"
    AUTOMATIC = "automatic"
    SIGNATURE = "signature"


class ItemStatus(StrEnum):
    """Silence is never a yes: without proof or answer an item stays open."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Item:
    """One question; `check`: the id of the proof that runs can give, empty where only people can answer.

    `role`: whose signature in a review answers it, "" for every other item.
    """

    id: str
    text: Text
    severity: Severity
    needs: Needs
    check: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class ItemSection:
    """Items under one heading; a list without headings is one section without a title."""

    title: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """One file of `data/checklists`, or of the team's folder; `name` is the file's, without its ending.

    `template`: a method of others that is offered beside our own lists; `source` says whose. `scored`: its score is
    that of its lowest section, where an item counts ½ if a person answered it with yes and 1 if the runs prove it.
    """

    name: str
    version: int
    title: Text
    sections: tuple[ItemSection, ...]
    path: Path
    template: bool = False
    scored: bool = False
    source: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """Of all sections."""
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Checklists:
    """Those that hold, in the order in which they are shown, and what is wrong with files that are none."""

    known: tuple[Checklist, ...]
    problems: tuple[Note, ...] = ()


class ProofOf(StrEnum):
    """What showed it, for links."""

    RUNS = "runs"
    COMPARISON = "comparison"
    SCORECARD = "scorecard"
    TRADEOFFS = "tradeoffs"
    ABLATION = "ablation"
    LEAKAGE = "leakage"
    REPRODUCIBILITY = "reproducibility"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Proof:
    """What runs say of an item: `holds` None where they are silent; `note` says it with its numbers.

    `run_id`, `check`, `metric`: what the link is to beside its page, where there is one; `by_examples`: it is to the
    comparison of single examples.
    """

    of: ProofOf
    holds: bool | None
    note: Note
    run_id: str = ""
    check: str = ""
    metric: str = ""
    by_examples: bool = False


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An item with what is known of it."""

    item: Item
    proof: Proof | None = None

    @property
    def status(self) -> ItemStatus:
        """By the proof alone; people answer in a review."""
        if self.proof is None or self.proof.holds is None:
            return ItemStatus.OPEN
        return ItemStatus.YES if self.proof.holds else ItemStatus.NO
