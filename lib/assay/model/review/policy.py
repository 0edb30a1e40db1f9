"""What a policy says of reviews: who may do what, what blocks a promotion, and whose signatures it takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assay.model.people import APPROVERS, Role


class GateCriterion(StrEnum):
    """What a candidate has to be before it replaces the baseline; the order is that of a page."""

    SIGNATURES = "signatures"
    SIGNIFICANT = "significant"
    REPLICATES = "replicates"
    IMPROVEMENT = "improvement"
    THRESHOLDS = "thresholds"
    QUALITY = "quality"
    FRONT = "front"
    LEAKAGE = "leakage"
    REPRODUCIBLE = "reproducible"
    CHECKLIST = "checklist"
    COMPLETE = "complete"


NEVER_WAIVED = frozenset({GateCriterion.SIGNATURES})
"""What no waiver replaces: one person would be the quorum."""


@dataclass(frozen=True, slots=True)
class PromotionPolicy:
    """What lets a candidate through.

    `blocking`: the criteria that have to be met or waived; the others are shown. `minimum_improvement`: what the low
    end of the gain in the primary metric must exceed, in the metric's own unit. `replicates`: fewest a side, `advised`:
    fewer are a warning. `error_guard`: the largest `error_rate` that is no harm. `required`: metrics that count as
    missed where nobody logs them. `records`: of reproducibility, those that every run of the candidate must have.
    `checklists`: lists whose blocking items must be settled. `quorum`: roles that must approve, `people`: how many
    different people. `unverified_count`: whether signatures of accounts that nobody vouches for count.
    `waiver_days`: how long a waiver may last. `sign_in_hours`: how old a sign-in may be when something is saved.
    """

    blocking: tuple[GateCriterion, ...] = tuple(GateCriterion)
    minimum_improvement: float = 0.0
    replicates: int = 3
    advised: int = 5
    error_guard: float = 0.01
    required: tuple[str, ...] = ()
    records: tuple[str, ...] = ("code_version", "data_access", "data_version", "logging", "pipeline")
    checklists: tuple[str, ...] = ("promotion",)
    quorum: tuple[Role, ...] = APPROVERS
    people: int = 2
    unverified_count: bool = False
    waiver_days: int = 30
    sign_in_hours: float = 12.0


@dataclass(frozen=True, slots=True)
class AccessPolicy:
    """Who has which role, and whose runs are whose; no rule of the gate, so that a new colleague makes nothing stale.

    `roles`: each with what it is given to: an email, `@` and a domain, `group:` and a group, `local` for whoever uses
    the machine that serves, `demo:` and an account of the demo, `*` for everybody with a verified email. `people`: an
    email or an account as in `roles` → the names that MLflow has their runs under.
    """

    roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict, hash=False)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
