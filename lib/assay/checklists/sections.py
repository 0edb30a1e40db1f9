"""The sections of a checklist file: what each key may hold."""

import re
from difflib import get_close_matches
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from assay.model.evidence.checklist import Needs, Severity
from assay.model.evidence.proofs import ProofCheck
from assay.model.people import APPROVERS
from assay.model.yaml_files import ChecklistFiles
from assay.yaml_files.form import ObjectionError, Section

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID, _LONGEST_TEXT = 60, 400
_CLOSE = 3


def is_slug(text: str) -> bool:
    """Whether `text` may name a list or an item: it stands in addresses, and is typed."""
    return len(text) <= _LONGEST_ID and _SLUG.fullmatch(text) is not None


def _slug(text: str) -> str:
    if not is_slug(text):
        raise ObjectionError(ChecklistFiles.NO_SLUG, most=_LONGEST_ID)
    return text


def _known(check: str) -> str:
    names = [known.value for known in ProofCheck]
    if check and check not in names:
        raise ObjectionError(
            ChecklistFiles.NO_CHECK, close=tuple(get_close_matches(check, names, n=_CLOSE, cutoff=0.5))
        )
    return check


def _one_line(text: str) -> str:
    return " ".join(text.split())


Slug = Annotated[str, AfterValidator(_slug)]
Words = Annotated[str, Field(pattern=r"\S", max_length=_LONGEST_TEXT), AfterValidator(_one_line)]


class TextSection(Section):
    """A text in every language."""

    en: Words
    ko: Words


class ItemEntry(Section):
    id: Slug
    text: TextSection
    severity: Severity
    needs: Needs
    check: Annotated[str, AfterValidator(_known)] = Field("", validate_default=True)
    role: str = Field("", validate_default=True)

    @field_validator("check")
    @classmethod
    def _proves(cls, check: str, info: ValidationInfo) -> str:
        if not check and info.data.get("needs") is Needs.AUTOMATIC:
            raise ObjectionError(ChecklistFiles.NO_PROOF)
        if check and info.data.get("needs") is Needs.SIGNATURE:
            raise ObjectionError(ChecklistFiles.PROVED_SIGNATURE)
        return check

    @field_validator("role")
    @classmethod
    def _signs(cls, role: str, info: ValidationInfo) -> str:
        signed, allowed = info.data.get("needs") is Needs.SIGNATURE, tuple(one.value for one in APPROVERS)
        if signed and role not in allowed:
            raise ObjectionError(ChecklistFiles.NO_SIGNING_ROLE, allowed=allowed)
        if role and not signed:
            raise ObjectionError(ChecklistFiles.ROLE_UNSIGNED)
        return role


Items = Annotated[tuple[ItemEntry, ...], Field(min_length=1)]


class HeadingSection(Section):
    title: TextSection
    items: Items


class ChecklistFile(Section):
    """Either `items`, or `sections` of items with a heading each."""

    version: Annotated[int, Field(ge=1, le=1_000_000_000, strict=True)]
    title: TextSection
    items: Items | None = None
    sections: Annotated[tuple[HeadingSection, ...], Field(min_length=1)] | None = None
    template: Annotated[bool, Field(strict=True)] = False
    scored: Annotated[bool, Field(strict=True)] = False
    source: Annotated[str, Field(max_length=_LONGEST_TEXT), AfterValidator(_one_line)] = ""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if (self.items is None) == (self.sections is None):
            raise ObjectionError(ChecklistFiles.ITEMS_OR_SECTIONS)
        return self
