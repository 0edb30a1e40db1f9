"""One policy file: read, validated, and the line of everything in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

import yaml
from pydantic import ValidationError

from assay.errors import PolicyError
from assay.model.note import Value
from assay.model.problems import PolicyFiles
from assay.policy.refusals import brief, line, refuse_unreadable, refused
from assay.policy.sections import PolicyFile
from assay.settings import SHIPPED

DEFAULT = SHIPPED / "policy" / "default.yaml"
LARGEST = 1_000_000
"""Of a file, in bytes: it is read within seconds; 500 scorecards are less than half of it."""


class _MistaggedError(ValueError):
    def __init__(self, node: yaml.Node) -> None:
        super().__init__(node.tag)
        self.node = node


class _Loader(yaml.SafeLoader):
    """Knows where a value stands of which nothing can be made; a set is what it is written as: keys without values."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node.tag == "tag:yaml.org,2002:set":
            node.tag = "tag:yaml.org,2002:map"
        try:
            return super().construct_object(node, deep)
        except _MistaggedError:
            raise
        except (ValueError, ArithmeticError, AttributeError, LookupError):
            raise _MistaggedError(node) from None


@dataclass(frozen=True, slots=True)
class ReadFile:
    """`content`: as YAML has it; `given`: the same validated."""

    path: Path
    tree: yaml.Node | None
    content: Mapping[str, Any]
    given: PolicyFile

    @property
    def shipped(self) -> bool:
        """Whether it is the file that Assay comes with."""
        return self.path.resolve() == DEFAULT.resolve()

    def line(self, *keys: str | int) -> int:
        """Of the deepest key or item that is there, from 1."""
        return line(self.tree, keys)

    def refusal(self, code: PolicyFiles, *keys: str | int, **values: Value) -> PolicyError:
        """What is wrong with what stands at `keys`."""
        found: Any = self.content
        for key in keys:
            found = found[key]
        known: dict[str, Value] = {"key": ".".join(map(str, keys)), "found": brief(found), "more": 0}
        return PolicyError(code, file=str(self.path), line=self.line(*keys), **known | values)


def read(path: Path) -> ReadFile:
    """Raises PolicyError when the file cannot be read or one key of it is wrong."""
    text = _text(path)
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        refuse_unreadable(path, tree)  # before keys of << stand among those of the mapping, which may replace them
        content = loader.construct_document(tree) if tree else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            raise PolicyError(PolicyFiles.POLICY_NO_YAML, file=str(path), error=error.problem) from None
        raise PolicyError(
            PolicyFiles.POLICY_NO_YAML_AT, file=str(path), line=mark.line + 1, error=error.problem
        ) from None
    except RecursionError:
        raise PolicyError(PolicyFiles.POLICY_TOO_DEEP, file=str(path)) from None
    except yaml.YAMLError as error:
        raise PolicyError(PolicyFiles.POLICY_UNPARSED, file=str(path), error=str(error)) from None
    except _MistaggedError as error:
        found, kind = brief(error.node.value), error.node.tag.rpartition(":")[2]
        where = {"file": str(path), "line": error.node.start_mark.line + 1}
        raise PolicyError(PolicyFiles.POLICY_MISTAGGED, found=found, kind=kind, **where) from None
    if content is None:
        content = {}
    if not isinstance(content, Mapping):
        allowed = tuple(PolicyFile.model_fields)
        raise PolicyError(PolicyFiles.NO_SECTIONS, file=str(path), found=brief(content), allowed=allowed)
    try:
        return ReadFile(path, tree, content, PolicyFile.model_validate(content))
    except ValidationError as error:
        raise refused(path, tree, error) from None
    except RecursionError:
        raise PolicyError(PolicyFiles.POLICY_TOO_DEEP, file=str(path)) from None


def pair(path: Path) -> tuple[ReadFile, ReadFile]:
    """The shipped file and the one in `path`, which may be the same."""
    shipped = read(DEFAULT)
    return shipped, shipped if path.resolve() == DEFAULT.resolve() else read(path)


def _text(path: Path) -> str:
    try:
        found = path.stat()
        if not (S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)):  # reading a pipe may never end
            raise PolicyError(PolicyFiles.POLICY_IRREGULAR, file=str(path))
        if (size := found.st_size) > LARGEST:
            raise PolicyError(PolicyFiles.POLICY_TOO_LARGE, file=str(path), size=size, most=LARGEST)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PolicyError(PolicyFiles.NO_POLICY, file=str(path)) from None
    except IsADirectoryError:
        raise PolicyError(PolicyFiles.POLICY_FOLDER, file=str(path)) from None
    except UnicodeDecodeError:
        raise PolicyError(PolicyFiles.POLICY_NO_TEXT, file=str(path)) from None
    except OSError as error:
        raise PolicyError(PolicyFiles.POLICY_CLOSED, file=str(path), error=error.strerror) from None
