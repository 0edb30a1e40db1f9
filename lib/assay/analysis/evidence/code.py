"""Which commit and which container image a run was of, by its evidence, else by its tags."""

import re

from assay.model.evidence.record import RunRecord

_HASH = re.compile(r"[0-9a-f]{7,64}", re.ASCII | re.IGNORECASE)
_PINNED_IMAGE = re.compile(r".+@sha256:[0-9a-f]{64}", re.ASCII)
_SHORT = 7


def commit_of(run: RunRecord) -> str | None:
    """None where none is named, and for what is no hash."""
    return hash_of(named_commit(run))


def named_commit(run: RunRecord) -> str | None:
    """What is named as one, be it a hash or not."""
    code = run.logged.environment.code if run.logged.environment else None
    return (code.commit if code else None) or run.commit


def hash_of(commit: str | None) -> str | None:
    """A commit as git writes it; None for what is no hash."""
    return commit.lower() if commit and _HASH.fullmatch(commit) else None


def short(commit: str) -> str:
    """As people name a commit."""
    return commit[:_SHORT]


def image_of(run: RunRecord) -> str | None:
    """The image, of a project that MLflow ran too."""
    return (run.logged.environment.image if run.logged.environment else None) or run.image


def is_pinned(image: str | None) -> bool:
    """Whether an image is named by its digest, which no later push changes."""
    return bool(image and _PINNED_IMAGE.fullmatch(image))
