"""The command of a run: live where it starts code of its repository, else as text for people to judge."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from assay.model.evidence.environment import HIDDEN
from assay.model.evidence.reproduction import Reproduction
from assay.view.text.escape import code
from assay.view.text.evidence.reproduce.checkout import TOP
from assay.view.text.evidence.reproduce.packages import VENV
from assay.view.text.evidence.reproduce.shell import below, fenced, hidden, line, seen, word

_PYTHON = re.compile(r"python(3(\.[0-9]{1,2})?)?t?")
_PROGRAMS = ("accelerate", "pytest", "torchrun")
"""Those that are installed beside Python and start code of the repository."""
_TOOLS = sys.stdlib_module_names | {"IPython", "jupyter", "pip", "mlflow"}
"""Modules that run, or fetch, what their words say: no code of a repository."""
_ALONE = re.compile(r"-[uOBEIsSPqbvd]+")
_WITH_VALUE = ("-X", "-W")
_MODULE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_SEED = re.compile(r"[0-9]{1,10}")
_MOST = 4_000


@dataclass(frozen=True, slots=True)
class _Command:
    """`words` after the interpreter or program of the virtual environment; `why`: what keeps them from being run."""

    program: str = ""
    words: tuple[str, ...] = ()
    why: str = ""


def command(found: Reproduction, store: list[str]) -> list[str]:
    """The block that runs it; `store`: lines that say where the new run is logged."""
    known, argv = found.environment, found.environment.argv
    if not argv and not known.command:
        return ["The command is not on record: ask who ran it, or look for what starts the training."]
    if not argv:
        told = "It was noted as one line, in which nobody knows where a word ended; put quotes where they belong:"
        return [told, fenced([_brief(hidden(known.command or ""))], "text")]
    folder = below(known.code.folder) if known.code and known.code.folder else "."
    made = _Command(why="it ran in a folder outside of the repository") if folder is None else _read(argv, folder)
    if made.why:
        told = f"This is not to be run as it stands, for {made.why}; put it right first, below {code(TOP)}:"
        return [told, fenced([_brief(hidden(line(argv)))], "text")]
    place = TOP if folder == "." else f"{TOP}/{folder}"
    run = f'{_hash_seed(found)}"$top/{VENV}/bin/{made.program}" {line(made.words)}'.rstrip()
    return [fenced([*store, "top=$PWD", f"(cd {word(place)} && {run})"])]


def _brief(text: str) -> str:
    line_ = seen(text)
    return line_ if len(line_) <= _MOST else f"{line_[:_MOST]} …"


def _hash_seed(found: Reproduction) -> str:
    """Python's own hash seed, where it was in force: no running program can set it."""
    seeds = found.environment.seeds
    seed = seeds.get("seed", "")
    return f"PYTHONHASHSEED={seed} " if seeds.get("pythonhashseed") == "in force" and _SEED.fullmatch(seed) else ""


def _read(argv: Sequence[str], folder: str) -> _Command:
    """What is started, as far as it is code of the repository that the words name."""
    if any(HIDDEN in one for one in argv):
        return _Command(why=f"values that looked like secrets stand as {code(HIDDEN)}")
    if hidden(line(argv)) != line(argv):
        return _Command(why="an address or a value in it may hold a secret")
    if any("\0" in one for one in argv):
        return _Command(why="a word of it holds what no command can")
    name = PurePosixPath(argv[0]).name
    if name in _PROGRAMS:
        return _program(name, argv[1:], folder)
    return _interpreted(argv[1:], folder) if _PYTHON.fullmatch(name) else _Command(why=f"{code(name)} is no Python")


def _interpreted(words: Sequence[str], folder: str) -> _Command:
    """`-u train.py --seed 1`, `-m package.train`: options, then what is started."""
    place = 0
    while place < len(words) and (_ALONE.fullmatch(words[place]) or words[place] in _WITH_VALUE):
        place += 2 if words[place] in _WITH_VALUE else 1
    options, started = tuple(words[:place]), tuple(words[place:])
    if not started:
        return _Command(why="it starts nothing")
    if started[0] == "-m" and len(started) > 1:
        return _module(options, started, folder)
    if started[0].startswith("-"):
        return _Command(why=f"code that was given with {code(started[0])} is on no record, or on none to trust")
    script = PurePosixPath(started[0])
    if script.is_absolute() and script.parent.name == "bin" and script.name in _PROGRAMS:
        return _program(script.name, started[1:], folder)
    if below(folder, started[0]) is None:
        return _Command(why=f"{code(started[0])} is a file outside of the repository")
    return _Command("python", (*options, *started))


def _module(options: tuple[str, ...], started: tuple[str, ...], folder: str) -> _Command:
    """A module of the repository or a package; one of Python's own would run what its words say."""
    name = started[1]
    if not _MODULE.fullmatch(name) or name.partition(".")[0] in _TOOLS:
        return _Command(why=f"{code(name)} is no module that trains")
    if name in _PROGRAMS or name.startswith("torch.distributed."):
        checked = _program(name, started[2:], folder)
        return checked if checked.why else _Command("python", (*options, *started))
    return _Command("python", (*options, *started))


def _program(name: str, words: Sequence[str], folder: str) -> _Command:
    """A program that starts Python, unless a word tells it to start something else, or pytest to empty a folder."""
    if any(one.startswith("--bas") for one in words):
        return _Command(why=f"{code(name)} is told to empty a folder")
    modular = any(re.match(r"-m|--m", one) for one in words)  # a flag there: the module stands anywhere behind it
    others = modular and any(one.partition(".")[0] in _TOOLS for one in words)
    if others or any(one.startswith(("--no", "-c")) for one in words):
        return _Command(why=f"{code(name)} is told to start another program")
    scripts = (one.partition("::")[0] for one in words)
    if outside := next((one for one in scripts if one.endswith(".py") and below(folder, one) is None), None):
        return _Command(why=f"{code(outside)} is a file outside of the repository")
    return _Command(name, tuple(words))
