"""What a run ran on, as `evidence/environment.json` has it: packages, hardware, container, code and command."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assay.model.evidence.run import lasts
from assay.model.note import Note

VERSION = 2
"""Of the file's format; version 1 had no `argv`, `sources`, `patch`, nor what was started."""

HIDDEN = "***"
"""What stands for a secret in a command."""


@dataclass(frozen=True, slots=True)
class PackageSource:
    """Where a package is from that no index had: an address, or a folder of that machine.

    `folder`: from the top of the run's own repository, None outside of it.
    """

    url: str
    commit: str | None = None
    editable: bool = False
    subdirectory: str | None = None
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class CodeState:
    """The repository that the code was in; `folder`: the working directory below its top, None outside of it.

    `dirty`: whether tracked files differed from `commit`. `script`: what was started, below the top, and `tracked`
    whether the repository knows it; None where that is not on record.
    """

    commit: str
    branch: str | None = None
    dirty: bool | None = None
    remote: str | None = None
    folder: str | None = None
    script: str | None = None
    tracked: bool | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What was not committed; `sha256`: of the patch, None where it was too large to keep."""

    sha256: str | None
    lines: int
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Environment:
    """None, or empty, is what could not be found out.

    `seeds`: level → what was done; `threads`: library → n; `cpus`: those that the process might use.
    """

    version: int = 1
    python: str | None = None
    implementation: str | None = None
    platform: str | None = None
    packages: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, PackageSource] = field(default_factory=dict)
    cuda: str | None = None
    cudnn: str | None = None
    gpus: tuple[str, ...] = ()
    cpu: str | None = None
    cpus: int | None = None
    ram_bytes: int | None = None
    threads: Mapping[str, int] = field(default_factory=dict)
    container: str | None = None
    image: str | None = None
    code: CodeState | None = None
    command: str | None = None
    argv: tuple[str, ...] = ()
    seeds: Mapping[str, str] = field(default_factory=dict)
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """What the model that a run logged asks for: lines as pip has them, from `path` among the run's artifacts."""

    path: str
    lines: tuple[str, ...]
    python: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedEnvironment:
    """What the files of one run say of where it ran; `reasons`: by path why one that is there could not be read.

    `files`: the evidence that is seen to be there. `waiting`: whether a store that is away, or slow, kept some back.
    """

    environment: Environment | None = None
    requirements: Requirements | None = None
    files: frozenset[str] = frozenset()
    reasons: Mapping[str, Note] = field(default_factory=dict)
    waiting: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether nothing is there, nor will be by asking again."""
        nothing = self.environment is None and self.requirements is None and not (self.files or self.waiting)
        return nothing and all(map(lasts, self.reasons.values()))
