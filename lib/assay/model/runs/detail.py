"""Everything that is known of one run."""

from dataclasses import dataclass

from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.store import MetricPoint, Run


@dataclass(frozen=True, slots=True)
class Relative:
    """A run that has to do with the one looked at; `excluded` says why no mean counts it, None when one does."""

    run_id: str
    name: str
    seed: str | None
    status: str
    excluded: Exclusion | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One run and its relatives.

    `replicates`: the runs of its configuration, itself among them. `seeds`: which of its params are seeds.
    `link`: the run in MLflow's own pages, "" when nobody said where these are.
    """

    run: Run
    seeds: tuple[str, ...]
    replicates: tuple[Relative, ...]
    parent: Relative | None
    children: tuple[Relative, ...]
    link: str


@dataclass(frozen=True, slots=True)
class History:
    """A metric's logged values by timestamp, then in the order of logging; empty with the reason why."""

    points: tuple[MetricPoint, ...]
    reason: Note | None = None

    @property
    def keeps_seconds(self) -> float:
        """A store that is away may be back any moment."""
        return 0.0 if self.reason else float("inf")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: whether the run logged it (None: cannot be told now) and the line that logs it."""

    name: str
    logged: bool | None
    how: str


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """Every kind of evidence, and the reason when the artifacts cannot be looked at."""

    items: tuple[Evidence, ...]
    reason: Note | None = None

    @property
    def keeps_seconds(self) -> float:
        """Logging what is missing does not change the store."""
        return float("inf") if all(item.logged for item in self.items) else 0.0
