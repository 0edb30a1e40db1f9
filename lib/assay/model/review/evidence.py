"""What a review rests on, frozen: facts that are compared later, and results that outlive the runs they came from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assay.model import problems, rules
from assay.model.comparison import notes as of_comparisons
from assay.model.comparison.difference import Verdict
from assay.model.evidence import notes as of_evidence
from assay.model.evidence import proofs
from assay.model.evidence.check import CheckStatus
from assay.model.evidence.checklist import Severity
from assay.model.metric import Direction, MetricUnit
from assay.model.note import Note
from assay.model.records import canonical, made
from assay.model.review import notes as of_reviews
from assay.model.runs import notes as of_runs
from assay.model.tradeoffs import notes as of_tradeoffs
from assay.model.tradeoffs.scorecard import Status

CODES = (problems, rules, of_comparisons, of_evidence, proofs, of_reviews, of_runs, of_tradeoffs)
"""Where the codes stand that notes in evidence have: whoever reads it knows them."""


def sha256(text: str) -> str:
    """Of its UTF-8 bytes, in hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RunInputs:
    """What counts of a run that has ended. Its name, comments, unused metrics and Assay's own tags do not.

    `metrics`: of those that the results use. `commit`: None where not logged. `data`: use and name of a dataset →
    digest. `files`: path of an evidence file → SHA-256, or what else tells its content; the tag of its parent run too,
    where it is nested below one.
    """

    status: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    commit: str | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Every fact that a signature holds for; `text` is hashed, so what is not in it makes nothing stale.

    `baseline`, `candidate`: the runs (id → facts) that the filters find and that are not running. `rules`: the policy
    as it was validated, without who may do what. `checklists`: name → version and SHA-256 of what it asks.
    """

    question: Mapping[str, str]
    baseline: Mapping[str, RunInputs]
    candidate: Mapping[str, RunInputs]
    rules: Mapping[str, object]
    checklists: Mapping[str, str]

    @property
    def text(self) -> str:
        """The bytes that are hashed."""
        return canonical(self)

    @property
    def sha256(self) -> str:
        """Of `text`."""
        return sha256(self.text)


@dataclass(frozen=True, slots=True)
class MetricEffect:
    """Candidate − baseline in one metric, in its own unit; numbers are None with a `reason`.

    `direction` None: nobody told it, so nothing is better or worse. `group`: of the scorecard, "" for none. `quality`:
    whether it must not get worse. `std`: of the differences, or of the sides. `over`: comparisons that p was corrected
    for. `scores`: of the baseline's and of the candidate's replicates, by seed or run.
    """

    metric: str
    unit: MetricUnit
    direction: Direction | None
    group: str
    quality: bool
    smallest_effect: float | None
    n: tuple[int, int]
    values: tuple[float | None, float | None]
    stds: tuple[float | None, float | None]
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    over: int
    paired: bool
    method: str
    verdict: Verdict
    reason: Note | None = None
    scores: tuple[Mapping[str, float], Mapping[str, float]] = field(default_factory=lambda: ({}, {}))


@dataclass(frozen=True, slots=True)
class SliceEffect:
    """Candidate − baseline in one category of the example scores of a metric."""

    metric: str
    unit: MetricUnit
    direction: Direction | None
    smallest_effect: float | None
    column: str
    category: str
    n: int
    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LimitReached:
    """A metric of the scorecard, judged on the candidate; limits as the policy writes them (`> 0.75`).

    `logged`: by the candidate, and by the baseline.
    """

    metric: str
    unit: MetricUnit
    group: str
    value: float | None
    std: float | None
    low: float | None
    high: float | None
    threshold: str
    alert: str | None
    status: Status
    logged: tuple[bool, bool]
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class ChecksFound:
    """Checks over the candidate's runs: check → status → how many runs, and what the worst of each says."""

    counts: Mapping[str, Mapping[CheckStatus, int]] = field(default_factory=dict)
    worst: Mapping[str, Note] = field(default_factory=dict)
    reason: Note | None = None


@dataclass(frozen=True, slots=True)
class ItemFound:
    """An item of a checklist; `holds`: what the runs prove, None where they are silent, `proof`: how."""

    checklist: str
    item: str
    severity: Severity
    text: Mapping[str, str]
    holds: bool | None = None
    proof: Note | None = None
    signature: str = ""
    """The role whose signature answers it, "" for any other item."""
    check: str = ""
    """What proves it, "" where only people can."""
    section: Mapping[str, str] = field(default_factory=dict)
    """The heading that it stands below, by language; none in a list without headings."""
    scored: bool = False
    """Whether its list has a score."""

    @property
    def key(self) -> str:
        """`list/item`, under which it is answered."""
        return f"{self.checklist}/{self.item}"


@dataclass(frozen=True, slots=True)
class Results:
    """What was found of the inputs, for people to read and the gate to judge; never compared with another.

    `labels`: what the sides are called. `matched`: runs that each filter finds, running ones too; `counted`: those in
    the results. `left_out`: reason → runs, of each side. `front`: whether the candidate is on it or better than the
    baseline, None where nobody can tell; `chance`: with which probability. `front_note`: its words. `users`:
    `mlflow.user` of the candidate's runs. `versions`: of what computed it.
    """

    labels: tuple[str, str]
    primary: MetricEffect
    metrics: tuple[MetricEffect, ...]
    slices: tuple[SliceEffect, ...]
    slices_reason: Note | None
    limits: tuple[LimitReached, ...]
    scorecard: str
    front: bool | None
    front_note: Note | None
    leakage: ChecksFound
    records: ChecksFound
    items: tuple[ItemFound, ...]
    matched: tuple[int, int]
    counted: tuple[int, int]
    left_out: tuple[Mapping[str, int], Mapping[str, int]]
    run_ids: tuple[tuple[str, ...], tuple[str, ...]]
    error_rate: float | None = None
    repeats: Note | None = None
    users: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrozenEvidence:
    """One piece of frozen evidence; `text` is its bytes, which name the SHA-256 of its inputs.

    `stored`: the SHA-256 of the bytes that it was read from, which another version of Assay may have written.
    """

    inputs: Inputs
    results: Results
    frozen_at: datetime
    schema: int = 1
    stored: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The bytes that are hashed and that people sign; the inputs stand in them by their own hash."""
        return canonical(
            {
                "schema": self.schema,
                "inputs": self.inputs.sha256,
                "results": self.results,
                "frozen_at": self.frozen_at.isoformat(),
            }
        )

    @property
    def sha256(self) -> str:
        """Of `text`, or of what it was read from."""
        return self.stored or sha256(self.text)

    @classmethod
    def read(cls, text: str, inputs: str) -> "FrozenEvidence":
        """Of its own text and that of its inputs, an equal value; what newer versions know besides is left alone.

        Raises one of `records.UNREADABLE` for what is none.
        """
        found = json.loads(text)
        return cls(
            made(Inputs, json.loads(inputs)),
            made(Results, found["results"]),
            datetime.fromisoformat(found["frozen_at"]),
            int(found["schema"]),
            sha256(text),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two bases: `note` says it; `before`, `now`: what to show beside it.

    `then`: what the results said before, where `note` is what they say now; these make nothing stale.
    """

    note: Note
    before: str = ""
    now: str = ""
    then: Note | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """Whether what was signed is what is there now.

    `current`: SHA-256 of the inputs as they are now, None where nobody can tell, for `reason`. `changes`: between the
    newest frozen inputs and those; none where they are the same.
    """

    current: str | None
    changes: tuple[Change, ...] = ()
    reason: Note | None = None
