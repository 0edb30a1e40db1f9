"""What tells one kind of YAML file from another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from assay.errors import AssayError
from assay.model.note import Code, Value
from assay.model.yaml_files import YamlKind


class Section(BaseModel):
    """Keys and values, of which it knows all."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Content_co = TypeVar("Content_co", bound=Section, covariant=True)


class ObjectionError(ValueError):
    """What is wrong with a value, whose place in the file is known to `refusals`."""

    def __init__(self, code: Code, **values: Value) -> None:
        super().__init__(code.value)
        self.code, self.given = code, values


def _never(_keys: tuple[str, ...]) -> bool:
    return False


def _itself(_keys: tuple[str, ...], name: str) -> str:
    return name


@dataclass(frozen=True, slots=True)
class Form(Generic[Content_co]):
    """`content`: what a whole file holds; `raises`: what it is refused by.

    Of the keys that lead to a place: `section` is what may stand there; whether its own keys are `free`, text or not;
    and how each of these is `spelled` where several spellings mean one thing. `aliases`: whether `*name` may repeat
    what stands elsewhere.
    """

    kind: YamlKind
    content: type[Content_co]
    raises: type[AssayError]
    section: Callable[[tuple[str | int, ...]], type[Section]]
    free: Callable[[tuple[str, ...]], bool] = _never
    spelled: Callable[[tuple[str, ...], str], str] = _itself
    aliases: bool = True

    def error(self, code: Code, path: Path, **values: Value) -> AssayError:
        """That the file in `path` is wrong."""
        return self.raises(code, file=str(path), kind=self.kind.value, **values)
