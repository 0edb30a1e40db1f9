"""What is hashed: the bytes that are stored, so that anybody can do it again without Assay."""

import hashlib
import secrets
from collections.abc import Sequence

FIELDS = ("seq", "at", "actor", "verified", "via", "kind", "subject", "version", "body_hash", "previous")
"""Columns of an entry in the order in which they are hashed, a line each."""


def of_fields(stored: Sequence[str | int]) -> str:
    """The hash of an entry with these columns, in the order of `FIELDS`; ValueError where one has a line break."""
    lines = [str(one) for one in stored]
    if any("\n" in line for line in lines):
        raise ValueError(lines)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def salted(salt: str, text: str) -> str:
    """The hash of a body or a person, which tells nothing of a text that is gone."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def salt() -> str:
    """32 random bytes in hex."""
    return secrets.token_hex(32)
