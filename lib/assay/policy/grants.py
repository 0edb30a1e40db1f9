"""The sections of a policy file on reviews: what blocks a promotion, who may do what, whose runs are whose."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from assay.model.evidence.record import RECORDS, RecordCheck
from assay.model.people import APPROVERS, Role
from assay.model.review.policy import GateCriterion, PromotionPolicy
from assay.model.yaml_files import PolicyFiles, YamlFiles
from assay.policy.limits import counting
from assay.yaml_files.form import ObjectionError, Section

_USUAL = PromotionPolicy()
_GRANT = re.compile(r"\*|local|(demo|group):\S(.*\S)?|[^\s@:*]*@[^\s@:*]+")
_LIST = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_DAYS = 30
"""That a waiver may last."""
_MOST_HOURS = 24


def _granting(text: str) -> str:
    if not _GRANT.fullmatch(text):
        raise ObjectionError(PolicyFiles.NO_GRANT)
    return text


def _approving(role: Role) -> Role:
    if role not in APPROVERS:
        raise ObjectionError(YamlFiles.NOT_ALLOWED, allowed=_named(APPROVERS))
    return role


def _recorded(check: RecordCheck) -> RecordCheck:
    if check not in RECORDS:
        raise ObjectionError(YamlFiles.NOT_ALLOWED, allowed=_named(RECORDS))
    return check


def _listed(name: str) -> str:
    if not _LIST.fullmatch(name):
        raise ObjectionError(PolicyFiles.NO_LIST_FILE)
    return name


def _named(those: tuple[Role, ...] | tuple[RecordCheck, ...]) -> str:
    return ", ".join(repr(one.value) for one in those)


Grant = Annotated[str, AfterValidator(_granting)]
Names = Annotated[tuple[Annotated[str, Field(pattern=r"\S")], ...], Field(min_length=1)]
Grants = tuple[Grant, ...]
Amount = Annotated[float, BeforeValidator(counting), Field(allow_inf_nan=False)]
Replicates = Annotated[int, Field(ge=3, le=100, strict=True)]


class PromotionSection(Section):
    blocking: tuple[GateCriterion, ...] = _USUAL.blocking
    minimum_improvement: Annotated[Amount, Field(ge=0)] = _USUAL.minimum_improvement
    replicates: Replicates = _USUAL.replicates
    advised: Replicates = _USUAL.advised
    error_guard: Annotated[Amount, Field(ge=0, lt=1)] = _USUAL.error_guard
    required: tuple[Annotated[str, Field(pattern=r"\S")], ...] = _USUAL.required
    records: tuple[Annotated[RecordCheck, AfterValidator(_recorded)], ...] = tuple(map(RecordCheck, _USUAL.records))
    checklists: tuple[Annotated[str, AfterValidator(_listed)], ...] = _USUAL.checklists
    quorum: Annotated[tuple[Annotated[Role, AfterValidator(_approving)], ...], Field(min_length=1)] = _USUAL.quorum
    people: Annotated[int, Field(ge=1, le=100, strict=True)] = _USUAL.people
    unverified_count: Annotated[bool, Field(strict=True)] = _USUAL.unverified_count
    waiver_days: Annotated[int, Field(ge=1, le=MOST_DAYS, strict=True)] = _USUAL.waiver_days
    sign_in_hours: Annotated[Amount, Field(gt=0, le=_MOST_HOURS)] = _USUAL.sign_in_hours


class RolesSection(Section):
    viewer: Grants = ()
    reviewer: Grants = ()
    tech_lead: Grants = ()
    production: Grants = ()
    admin: Grants = ()
