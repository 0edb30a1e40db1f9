"""One YAML file: read, validated, and the line of everything in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, Generic, Self

import yaml
from pydantic import ValidationError

from assay.errors import AssayError
from assay.model.note import Code, Value
from assay.model.yaml_files import YamlFiles
from assay.yaml_files.form import Content_co, Form, Section
from assay.yaml_files.lines import brief, line
from assay.yaml_files.refusals import refuse_unreadable, refused

LARGEST = 1_000_000
"""Of a file, in bytes: it is read within seconds; 500 scorecards are less than half of it."""


@dataclass(frozen=True, slots=True)
class YamlFile(Generic[Content_co]):
    """`content`: as YAML has it; `given`: the same validated."""

    path: Path
    form: Form[Content_co]
    tree: yaml.Node | None
    content: Mapping[str, Any]
    given: Content_co

    @classmethod
    def of(cls, path: Path, form: Form[Content_co]) -> Self:
        """Raises `form.raises` when the file cannot be read or one key of it is wrong; nothing is half-read."""
        tree, content = _parsed(path, form)
        if not isinstance(content, Mapping):
            allowed = tuple(form.content.model_fields)
            raise form.error(YamlFiles.NO_SECTIONS, path, found=brief(content), allowed=allowed)
        try:
            return cls(path, form, tree, content, form.content.model_validate(content))
        except ValidationError as error:
            raise refused(path, tree, form, error) from None
        except RecursionError:
            raise form.error(YamlFiles.YAML_TOO_DEEP, path) from None

    def line(self, *keys: str | int) -> int:
        """Of the deepest key or item that is there, from 1."""
        return line(self.tree, keys)

    def refusal(self, code: Code, *keys: str | int, **values: Value) -> AssayError:
        """What is wrong with what stands at `keys`."""
        found: Any = self.content
        for key in keys:
            found = found[key]
        known: dict[str, Value] = {"key": ".".join(map(str, keys)), "found": brief(found), "more": 0}
        return self.form.error(code, self.path, line=self.line(*keys), **known | values)


class _NodeError(ValueError):
    """A place of which nothing can be made: `found` stands there, of which YAML says that it is of `tag`."""

    def __init__(self, mark: Any, found: Any, tag: str) -> None:
        super().__init__(tag)
        self.line, self.found, self.tag = mark.line + 1, found, tag


class _AliasError(_NodeError):
    pass


class _Loader(yaml.SafeLoader):
    """Knows where a value stands of which nothing can be made; a set is what it is written as: keys without values."""

    def __init__(self, text: str, aliases: bool) -> None:
        super().__init__(text)
        self._aliases = aliases

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if not self._aliases and self.check_event(yaml.AliasEvent):
            alias: yaml.AliasEvent = self.peek_event()  # type: ignore[no-untyped-call]
            raise _AliasError(alias.start_mark, alias.anchor, "")
        return super().compose_node(parent, index)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node.tag == "tag:yaml.org,2002:set":
            node.tag = "tag:yaml.org,2002:map"
        try:
            return super().construct_object(node, deep)
        except _NodeError:
            raise
        except (ValueError, ArithmeticError, AttributeError, LookupError):
            raise _NodeError(node.start_mark, node.value, node.tag) from None


def _parsed(path: Path, form: Form[Section]) -> tuple[yaml.Node | None, Any]:
    """An empty file holds an empty mapping."""
    text = _text(path, form)
    try:
        loader = _Loader(text, form.aliases)
        tree = loader.get_single_node()
        refuse_unreadable(
            path, tree, form
        )  # before keys of << stand among those of the mapping, which may replace them
        content = loader.construct_document(tree) if tree else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            raise form.error(YamlFiles.NO_YAML, path, error=error.problem) from None
        raise form.error(YamlFiles.NO_YAML_AT, path, line=mark.line + 1, error=error.problem) from None
    except RecursionError:
        raise form.error(YamlFiles.YAML_TOO_DEEP, path) from None
    except yaml.YAMLError as error:
        raise form.error(YamlFiles.YAML_UNPARSED, path, error=str(error)) from None
    except _AliasError as error:
        raise form.error(YamlFiles.NO_ALIASES, path, line=error.line, name=error.found) from None
    except _NodeError as error:
        found, says = brief(error.found), error.tag.rpartition(":")[2]
        raise form.error(YamlFiles.YAML_MISTAGGED, path, line=error.line, found=found, says=says) from None
    return tree, {} if content is None else content


def _text(path: Path, form: Form[Section]) -> str:
    try:
        found = path.stat()
        if not (S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)):  # reading a pipe may never end
            raise form.error(YamlFiles.YAML_IRREGULAR, path)
        if (size := found.st_size) > LARGEST:
            raise form.error(YamlFiles.YAML_TOO_LARGE, path, size=size, most=LARGEST)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise form.error(YamlFiles.YAML_GONE, path) from None
    except IsADirectoryError:
        raise form.error(YamlFiles.YAML_FOLDER, path) from None
    except UnicodeDecodeError:
        raise form.error(YamlFiles.YAML_NO_TEXT, path) from None
    except OSError as error:
        raise form.error(YamlFiles.YAML_CLOSED, path, error=error.strerror) from None
