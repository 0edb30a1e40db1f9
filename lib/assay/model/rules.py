"""The rules of a policy one by one: what each says, where it stands and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import auto
from typing import Literal

from assay.model.note import Code, Note
from assay.model.policy import Policy

RuleValue = str | int | float | tuple[str | int | float, ...]


class PolicyNote(Code):
    """Warnings and errors; their words are in `view.text.notes.policy`."""

    WEIGHTS_NOT_ONE = auto()
    NO_SCORECARDS = auto()
    SCORECARD_UNREACHED = auto()
    SHIPPED_AGAINST = auto()
    BEYOND_SHARE = auto()
    PROMOTION_ALONE = auto()
    NO_RULE = auto()
    NO_SINGLE_RULE = auto()


class RuleEffect(Code):
    """What a rule of the team's does to the runs in a store, against the shipped one in its place.

    `now` and `usual`: either value, or configurations under either; `n`: experiments; `cards`: names of those that
    judged these before.
    """

    LEVEL = auto()
    CORRECTION = auto()

    TOO_FEW = auto()
    CONFIGURATIONS = auto()
    LEFT_OUT = auto()
    JUDGED = auto()
    NOT_JUDGED = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """One value, as its file has it, that holds; `keys`: what leads to it, a scorecard by its name.

    `line`: from 1. `usual`: what is shipped in its place, where the rule is the team's and there is such a one.
    `repeats`: whether it says what would hold without it, however it is written.
    """

    keys: tuple[str, ...]
    value: RuleValue
    file: str
    line: int
    shipped: bool
    usual: RuleValue | None = None
    repeats: bool = False

    @property
    def path(self) -> str:
        """Its keys with dots between them."""
        return ".".join(self.keys)

    @property
    def part(self) -> str:
        """The section that it stands in."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A line of a policy file; `rule`: the one that it, or the last of several lines, says."""

    text: str
    rule: Rule | None = None


Whose = Literal["team", "shipped"]


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """Which rules to look at: those whose path, value or file holds `text` (case ignored), of one `part` or of all."""

    text: str = ""
    whose: Whose | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """What of the store a rule decides, by name; `kind`: what these are called."""

    kind: Literal["metric", "param", "experiment"]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Every rule that holds, the team's first, each file's in its order; `notes`: what is doubtful of them.

    `lines`: where scorecards stand, by name, and their criteria, by name and metric.
    """

    policy: Policy
    rules: tuple[Rule, ...]
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def asked(self, question: RuleQuestion) -> tuple[Rule, ...]:
        """The rules that a question finds, in their order."""
        sought = question.text.lower()
        return tuple(
            rule
            for rule in self.rules
            if question.whose in (None, "shipped" if rule.shipped else "team")
            and question.part in ("", rule.part)
            and sought in f"{rule.path}\n{rule.value}\n{rule.file}".lower()
        )

    def line(self, card: str, *metric: str) -> int:
        """Where a scorecard or one of its criteria stands, from 1; 0 where the file has no such."""
        return self.lines.get((card, *metric), 0)

    @property
    def parts(self) -> tuple[str, ...]:
        """The sections that hold rules, in their order."""
        return tuple(dict.fromkeys(rule.part for rule in self.rules))

    @property
    def own(self) -> int:
        """How many the team set."""
        return sum(not rule.shipped for rule in self.rules)
