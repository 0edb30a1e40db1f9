"""What the runs of a candidate prove of checklists: the question, every proof, and a list answered by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.model.evidence.checklist import Checklist, Item, ItemAnswer, ItemSection, ItemStatus, Proof, Severity
from assay.model.evidence.proofs import ProofCheck
from assay.model.note import Note


@dataclass(frozen=True, slots=True)
class ChecklistQuestion:
    """Whose proofs are sought: the runs of `experiments` (names or ids, empty: all) that the filter `candidate` finds.

    Without a candidate nothing is proved. `baseline`: a filter, "" for none. `checks`: the proofs that somebody wants,
    None: all. `ignore`: params that make no configuration.
    """

    candidate: str = ""
    baseline: str = ""
    experiments: tuple[str, ...] = ()
    deleted: bool = False
    ignore: tuple[str, ...] = ()
    checks: tuple[ProofCheck, ...] | None = None

    @property
    def sides(self) -> tuple[str, tuple[str, ...]]:
        """The filter of a comparison's baseline and those of its candidates; a candidate alone stands first."""
        return (self.baseline, (self.candidate,)) if self.baseline.strip() else (self.candidate, ())


@dataclass(frozen=True, slots=True)
class Proved:
    """Every proof that was asked for; none without a candidate.

    `experiments`: those that both sides' runs are of. `candidate`, `baseline`: what the sides are called; `run_ids`,
    `baseline_ids`: their runs, newest first. `metrics`: what the comparison is on, the first of which is the one that
    matters most; `examined`: the one whose example scores are compared, "" where none has any. `objectives`: what is
    traded off, `factors`: what is taken apart, both as their pages' addresses have them. `keeps_seconds`: after which
    asking anew may find more.
    """

    question: ChecklistQuestion
    experiments: tuple[str, ...] = ()
    candidate: str = ""
    baseline: str = ""
    run_ids: tuple[str, ...] = ()
    baseline_ids: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    examined: str = ""
    objectives: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    keeps_seconds: float = float("inf")

    @property
    def labels(self) -> tuple[str, ...]:
        """What the sides that notes speak of are called: the baseline, where there is one, then the candidate."""
        return (self.baseline, self.candidate) if self.baseline else (self.candidate,)


@dataclass(frozen=True, slots=True)
class AnsweredChecklist:
    """A checklist with what the runs say of each item; `answers`: of its sections, one after another."""

    checklist: Checklist
    answers: tuple[ItemAnswer, ...]

    @classmethod
    def of(cls, checklist: Checklist, proved: Proved) -> "AnsweredChecklist":
        """By the proofs alone; a check that was not asked for leaves its item open."""
        return cls(checklist, tuple(ItemAnswer(item, proved.proofs.get(item.check)) for item in checklist.items))

    def having(self, *statuses: ItemStatus) -> tuple[tuple[int, ItemAnswer], ...]:
        """The items of these statuses with their places in the list, from 1."""
        return tuple((place, one) for place, one in enumerate(self.answers, start=1) if one.status in statuses)

    @property
    def yes(self) -> int:
        """Items that the runs prove."""
        return len(self.having(ItemStatus.YES))

    @property
    def no(self) -> int:
        """Items that the runs prove the contrary of."""
        return len(self.having(ItemStatus.NO))

    @property
    def open(self) -> int:
        """Items that wait for people, or for what is not logged yet."""
        return len(self.having(ItemStatus.OPEN))

    @property
    def blocking(self) -> int:
        """Items that are open or answered with no, and let nothing be promoted."""
        unsettled = self.having(ItemStatus.OPEN, ItemStatus.NO)
        return sum(one.item.severity is Severity.BLOCK for _, one in unsettled)

    @property
    def score(self) -> float | None:
        """That of the lowest section, where each proved item counts 1; None of a list that is not scored."""
        if not self.checklist.scored:
            return None
        settled = {one.item.id for one in self.answers if one.status is ItemStatus.YES}
        return float(min((sum(item.id in settled for item in own.items) for own in self.checklist.sections), default=0))

    def section(self, item: Item) -> ItemSection:
        """Where an item stands; raises StopIteration for one of another list."""
        return next(own for own in self.checklist.sections if item in own.items)
