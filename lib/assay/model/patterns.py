"""Names that shell wildcards mean, case ignored."""

from collections.abc import Iterable
from fnmatch import fnmatchcase


def any_match(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of `patterns` means `name`."""
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)
