"""Python and packages of a run: pins as far as an index has them, or the image."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.model.evidence.environment import PackageSource
from assay.model.evidence.reproduction import Reproduction
from assay.view.text.escape import code
from assay.view.text.evidence.reproduce.checkout import TOP
from assay.view.text.evidence.reproduce.shell import HEX, fenced, hidden, line, seen
from assay.view.text.numbers import count

VENV = ".venv"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_PIN = re.compile(rf"{_NAME}(?:\[[A-Za-z0-9._,-]*\])?==[A-Za-z0-9][A-Za-z0-9.!+_-]*")
_REPOSITORY = re.compile(
    r"(?:git\+)?((?:https://|ssh://git@)[A-Za-z0-9][A-Za-z0-9._-]*(?::\d+)?(?:/[A-Za-z0-9_~][\w.~+-]*)+)"
)
_FOLDER = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)*")
_VERSION = re.compile(r"(3\.[0-9]{1,2})(\.[0-9]{1,2})?")
_IMAGE = re.compile(r"[a-z0-9][A-Za-z0-9._/:-]*@sha256:[0-9a-f]{64}")
_TORCH = re.compile(r"(?:torch|torchvision|torchaudio)==[\w.]+\+(cu[0-9]{2,3}|cpu|rocm[0-9.]+)")
_INSTALLERS = {"pip"}
_END = "PINS"


@dataclass(frozen=True, slots=True)
class Pins:
    """`lines` for pip; `others`: what they leave out, as it was logged. `whole`: whether nothing else was there.

    `folders`: words for pip that install packages of the run's own repository, from where its code now is.
    """

    lines: tuple[str, ...]
    others: tuple[str, ...]
    whole: bool
    folders: tuple[str, ...] = ()


def pins(found: Reproduction) -> Pins:
    """Of the packages that were installed, else of what the logged model asks for."""
    known = found.environment
    if not known.packages:
        asked = tuple(re.sub(r"\s*==\s*", "==", one.strip()) for one in _asked(found))
        asked = tuple(one for one in asked if one and not one.startswith("#"))
        return Pins(
            tuple(filter(_PIN.fullmatch, asked)),
            tuple(hidden(one) for one in asked if not _PIN.fullmatch(one)),
            whole=False,
        )
    kept, left, own = list[str](), list[str](), list[str]()
    for name, version in known.packages.items():
        if name.lower() in _INSTALLERS:
            continue
        source = known.sources.get(name)
        if source and (place := _own(source)):
            own += ["-e", place] if source.editable else [place]
            continue
        pin = f"{name}=={version}" if source is None else _from_source(name, source)
        if pin and (source or _PIN.fullmatch(pin)):
            kept.append(pin)
        else:
            left.append(f"{name}=={version}" if source is None else f"{name}=={version} from {hidden(source.url)}")
    return Pins(tuple(kept), tuple(left), whole=True, folders=tuple(own))


def _asked(found: Reproduction) -> Sequence[str]:
    return found.requirements.lines if found.requirements else ()


def _from_source(name: str, source: PackageSource) -> str | None:
    """A package of a repository at its commit; None where the address or the commit is no such thing."""
    place = _REPOSITORY.fullmatch(source.url)
    part = source.subdirectory
    if not place or not re.fullmatch(_NAME, name) or not source.commit or not HEX.fullmatch(source.commit):
        return None
    if part and not _FOLDER.fullmatch(part):
        return None
    return f"{name} @ git+{place[1]}@{source.commit}{f'#subdirectory={part}' if part else ''}"


def _own(source: PackageSource) -> str | None:
    """Where the folder of a package is below the one in which the blocks are run; None where that is not certain."""
    if source.folder == ".":
        return f"./{TOP}"
    return f"./{TOP}/{source.folder}" if source.folder and _FOLDER.fullmatch(source.folder) else None


def python(found: Reproduction) -> list[str]:
    """The interpreter and a virtual environment of its own, with the packages that can be pinned."""
    version = _VERSION.fullmatch(found.environment.python or (found.requirements and found.requirements.python) or "")
    known, parts = pins(found), list[str]()
    if version is None:
        parts.append("Which Python it ran on is not on record.")
    else:
        kind = found.environment.implementation
        of = f"{seen(kind)} " if kind and kind != "CPython" else ""
        parts.append(f"It ran on {code(f'{of}Python {version[0]}')}; another patch version may give other digits.")
    lines = [line([f"python{version[1]}" if version else "python3", "-m", "venv", VENV])]
    install = [f"{VENV}/bin/python", "-m", "pip", "install", "--quiet", *(["--no-deps"] if known.whole else [])]
    if known.lines:
        lines += [f"cat > requirements.txt <<'{_END}'", *_indexes(known.lines), *known.lines, _END]
        lines.append(line([*install, "-r", "requirements.txt"]))
        what = "everything that was installed" if known.whole else "what the logged model asks for, and no more"
        parts.append(f"{count(len(known.lines), 'pin')}: {what}.")
    if known.folders:
        lines.append(line([*install, *known.folders]))
    return [*parts, fenced(lines), *_left_out(known.others)]


def _indexes(lines: Sequence[str]) -> list[str]:
    """The index of builds of torch that PyPI has not."""
    builds = {build[1] for one in lines if (build := _TORCH.fullmatch(one))}
    return [f"--extra-index-url https://download.pytorch.org/whl/{build}" for build in sorted(builds)]


def _left_out(others: Sequence[str]) -> list[str]:
    if not others:
        return []
    told = f"{count(len(others), 'package')} not from an index, or without one version; install by hand:"
    return [told, fenced([seen(one) for one in others], "text")]


def image(found: Reproduction) -> list[str]:
    """The image as another way, where it is known by its digest."""
    known = found.image or ""
    if not _IMAGE.fullmatch(known):
        return []
    run = f'docker run --rm -it -v "$PWD:/again" -w /again {line([known])} bash'
    return ["Or run the blocks in the image that it ran in, which has its packages:", fenced([run], "text")]
