"""One policy file: read, validated, and the line of everything in it."""

from dataclasses import dataclass
from pathlib import Path

from assay.policy.form import FORM
from assay.policy.sections import PolicyFile
from assay.settings import SHIPPED
from assay.yaml_files.reading import YamlFile

DEFAULT = SHIPPED / "policy" / "default.yaml"


@dataclass(frozen=True, slots=True)
class ReadFile(YamlFile[PolicyFile]):
    """A policy as it was written."""

    @property
    def shipped(self) -> bool:
        """Whether it is the file that Assay comes with."""
        return self.path.resolve() == DEFAULT.resolve()


def read(path: Path) -> ReadFile:
    """Raises PolicyError when the file cannot be read or one key of it is wrong."""
    return ReadFile.of(path, FORM)


def pair(path: Path) -> tuple[ReadFile, ReadFile]:
    """The shipped file and the one in `path`, which may be the same."""
    shipped = read(DEFAULT)
    return shipped, shipped if path.resolve() == DEFAULT.resolve() else read(path)
