"""Text of runs in lines for bash: every word quoted, every block closed by nothing within it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from shlex import quote

from assay.model.evidence.environment import HIDDEN
from assay.uri import shown

HEX = re.compile(r"[0-9a-f]{7,64}")
SHA256 = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]++://[^\s\"'<>]+")
_KEY = r"(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|access|private)[_-]?key|credentials?)(?![a-z])[\w.-]{0,99}+"
_VALUE = r"""("[^"\n]*"|\$?'[^'\n]*'|[^\s,}]+)"""
_SECRET = re.compile(rf"(?im)({_KEY}[\"']?[^\S\n]*+[:=][^\S\n]*+)(?!\s*$){_VALUE}")
_OPTION = re.compile(rf"(?i)(?<!\S)(-[\w.-]{{0,60}}?{_KEY}[^\S\n]++)(?![:=]){_VALUE}")
"""Bounded: where each letter of a long text may begin one, what looks far ahead takes minutes."""
_LETTERS = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "'": r"\'", "\\": r"\\"}


def word(text: str) -> str:
    """`text` as one word of bash on one line; letters that nobody sees stand as their bytes."""
    return quote(text) if all(map(_is_seen, text)) else f"$'{''.join(map(_letter, text))}'"


def line(words: Iterable[str]) -> str:
    """Words as one command, each quoted where it has to be."""
    return " ".join(map(word, words))


def fenced(lines: Sequence[str], language: str = "sh") -> str:
    """A block that none of its lines can close: its fence is longer than any run of backticks within."""
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def seen(text: str) -> str:
    """`text` on one line of a block, without letters that nobody sees; for comments and what is not to be run."""
    return "".join(one if _is_seen(one) else " " for one in text).strip()


def hidden(text: str) -> str:
    """`text` without what looks like a secret: passwords of addresses, values of keys and options that name one."""
    plain = _ADDRESS.sub(lambda found: shown(found[0]), text)
    return _OPTION.sub(rf"\1{HIDDEN}", _SECRET.sub(rf"\1{HIDDEN}", plain))


def below(folder: str | None, path: str = ".") -> str | None:
    """`path` of `folder` below the top of a repository; None where it is not certain to stay there."""
    parts: list[str] = []
    for given in (folder or ".", path):
        if given.startswith(("/", "~")) or "\\" in given or "\0" in given:
            return None
        for part in PurePosixPath(given).parts:
            if part != "..":
                parts.append(part)
            elif not parts:
                return None
            else:
                parts.pop()
    return "/".join(parts) or "."


def _is_seen(letter: str) -> bool:
    """Whether a reader sees it: no control, direction-changing or joining letter, no line break, no half of a pair."""
    return letter == " " or unicodedata.category(letter)[0] not in "CZ"


def _letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if _is_seen(letter):
        return letter
    return "".join(f"\\x{byte:02x}" for byte in letter.encode("utf-8", "surrogatepass"))
