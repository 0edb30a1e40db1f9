"""The command line that started a process, as others may see it and may start it again."""

import os
import re
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from assay.evidence.repository import working_directory
from assay.model.evidence.environment import HIDDEN
from assay.uri import fixed, shown

_SECRET = re.compile(
    r"(pass(word|wd|phrase)?|pwd|token|secret|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|auth)(?![a-z])"
    r"|authorization|bearer",
    re.IGNORECASE,
)
_CODE = re.compile(r"-[bBdEhiIOPqRsSuvVx]*c")
"""What stands before code, in its own word or as one."""
_WITH_VALUE = ("-W", "-X", "--check-hash-based-pycs")


def argv(words: Sequence[str], top: Path | None = None) -> list[str]:
    """The words of a command: the program by its name, paths as `portable` has them, and nothing that `seen` hides.

    `top`: that of the repository. A command that is installed beside its interpreter is called by its own name.
    """
    found = seen(portable(words, top))
    return [Path(words[1]).name, *found[2:]] if len(words) > 1 and _is_installed(words[1]) else found


def command(words: Sequence[str]) -> str:
    """One line for a shell, in which each word stays one."""
    return shlex.join(words)


def portable(words: Sequence[str], top: Path | None = None) -> list[str]:
    """Absolute paths in the repository, or below the working directory outside of one, as they are from there: from
    the working directory where that is in the repository, else from its top."""
    here = working_directory()
    root = top or here
    program, others = [Path(word).name for word in words[:1]], words[1:]
    if root is None or root == root.parent:
        return [*program, *others]
    origin = here if here is not None and here.is_relative_to(root) else root
    return [*program, *(_portable(word, root, origin) for word in others)]


def _is_installed(word: str) -> bool:
    return fixed(Path(word)).parent == Path(sys.executable).parent


def _portable(word: str, root: Path, origin: Path) -> str:
    name, equals, value = word.partition("=")
    if not Path(value).is_absolute():
        name, equals, value = "", "", word
    if not Path(value).is_absolute():
        return word
    plain = os.path.normpath(value)
    for path in (plain, os.path.realpath(plain)):
        if Path(path).is_relative_to(root):
            return f"{name}{equals}{os.path.relpath(path, origin)}"
    return word


def seen(words: Sequence[str]) -> list[str]:
    """Values of options that name a secret, user names and passwords of addresses, and code for the interpreter are
    replaced."""
    code, kept = _code(words)
    found = [_seen(word, words[at - 1] if at else "") for at, word in enumerate(words)]
    if code < len(words):
        found[code] = f"{kept}{HIDDEN}"
    return found


def _seen(word: str, before: str) -> str:
    if before.startswith("-") and "=" not in before and _SECRET.search(before):
        return HIDDEN
    name, equals, value = word.partition("=")
    if "://" in name or not equals:
        return HIDDEN if " " in word and _SECRET.search(word) else _without_user(word)
    return f"{name}={HIDDEN if _SECRET.search(name) else _without_user(value)}"


def _without_user(word: str) -> str:
    return shown(word) if "://" in word else word


def _code(words: Sequence[str]) -> tuple[int, str]:
    """The place of the word that holds code for the interpreter, beyond all where none does, and what of it may be
    seen. A `-c` behind a script is the script's."""
    at = 1
    while at < len(words) and words[at].startswith("-") and not words[at].startswith("-m"):
        if own := _CODE.match(words[at]):
            return (at + 1, "") if own[0] == words[at] else (at, own[0])
        at += 2 if words[at] in _WITH_VALUE else 1
    return len(words), ""
