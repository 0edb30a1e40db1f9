"""Names that shell wildcards mean, case ignored."""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

_SIGN = re.compile(r"\[!?+\]?+[^\]]*\]|.", re.DOTALL)
"""What means one character of a name, or is the `*`."""


def any_match(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of `patterns` means `name`."""
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def around(pattern: str) -> tuple[int, int] | None:
    """How many characters of a name stand before and behind what the one `*` means; None where not one `*` is there."""
    signs = _SIGN.findall(pattern)
    if signs.count("*") != 1:
        return None
    at = signs.index("*")
    return at, len(signs) - at - 1


def starred(name: str, pattern: str) -> str:
    """What the one `*` of `pattern` means in `name`, in lower case; empty where the pattern does not mean this name."""
    name, pattern = name.lower(), pattern.lower()
    if (ends := around(pattern)) is None or not fnmatchcase(name, pattern):
        return ""
    return name[ends[0] : len(name) - ends[1]]
