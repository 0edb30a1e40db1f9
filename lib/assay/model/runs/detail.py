"""Everything that is known of one run."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.model.note import Note
from assay.model.runs.exclusion import Exclusion
from assay.model.runs.name import Name
from assay.model.runs.store import MetricPoint, Run

DESCRIPTION = "mlflow.note.content"
"""The tag in which MLflow keeps a run's description."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A run that has to do with the one looked at; `excluded` says why no mean counts it, None when one does."""

    run_id: str
    name: str
    seed: str | None
    status: str
    excluded: Exclusion | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who ran what, "" where it was not logged; `commit_link` and `host` only where the code lies on a known one."""

    user: str = ""
    source: str = ""
    branch: str = ""
    commit: str = ""
    commit_link: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric over the trainings of a configuration that count: each one's finite value, ascending.

    `std` has ddof 1 and is None at one value.
    """

    values: tuple[float, ...]
    mean: float
    std: float | None


@dataclass(frozen=True, slots=True)
class ParamSpread:
    """How many values a param takes; `missing`: not all runs log it; `low`, `high`: where every value is a number."""

    values: int
    missing: bool
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """One run and its relatives.

    `replicates`: the runs of its configuration, itself among them. `seeds`: which of its params are seeds.
    `link`: the run in MLflow's own pages, "" when nobody said where these are. `place`: the experiment's name, or its
    id where two share the name. `siblings`: how many runs that holds, this one too. `standings`: by metric; `spreads`:
    by param, over the experiment. `called`: its configuration's name. `unknown`: metrics whose value here means, by the
    policy, that nobody knows.
    """

    run: Run
    seeds: tuple[str, ...]
    replicates: tuple[Relative, ...]
    parent: Relative | None
    children: tuple[Relative, ...]
    link: str
    place: str
    siblings: int
    origin: Origin
    standings: Mapping[str, Standing]
    spreads: Mapping[str, ParamSpread]
    called: Name
    unknown: frozenset[str] = frozenset()
    notes: tuple[Note, ...] = ()

    @property
    def description(self) -> str:
        """What somebody wrote about the run in MLflow, Markdown most likely."""
        return self.run.tags.get(DESCRIPTION, "").strip()

    @property
    def counts(self) -> bool:
        """Whether the means of its configuration count the run itself."""
        return any(one.run_id == self.run.run_id and not one.excluded for one in self.replicates)


@dataclass(frozen=True, slots=True)
class History:
    """What a run logged of a metric by timestamp, then in the order of logging; empty with the reason why.

    `points`: of more than some thousand values the lowest and the highest of each stretch; `logged`: how many values
    there are, of which `gaps` are NaN or infinite (`odd`: which of these). `whole`: all of them were read. `by_time`:
    all have the same step.
    """

    points: tuple[MetricPoint, ...] = ()
    reason: Note | None = None
    logged: int = 0
    whole: bool = True
    odd: tuple[float, ...] = ()
    gaps: int = 0
    by_time: bool = False

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
