"""What files a run left, and what one of them holds as far as it can be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assay.model.note import Note
from assay.model.runs.store import Artifact

if TYPE_CHECKING:
    import pandas as pd

MOST_SHOWN_BYTES = 5_000_000
"""Larger files are not opened on a page."""
MOST_LOADED_BYTES = 200_000_000
"""Larger ones are not handed out either: a page holds in memory what somebody downloads."""
_RECENT_SECONDS = 10.0


class FileKind(StrEnum):
    """How a file is shown, by its name; OTHER only where it turns out to be text."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    IMAGE = "image"
    OTHER = "other"


_SUFFIXES: Mapping[FileKind, str] = {
    FileKind.TEXT: (
        ".txt .md .rst .log .yaml .yml .toml .ini .cfg .conf .py .r .sh .sql .diff .patch .tex .html .htm .svg .xml "
        ".css .js .jsonl"
    ),
    FileKind.JSON: ".json .ipynb .geojson",
    FileKind.CSV: ".csv .tsv",
    FileKind.PARQUET: ".parquet",
    FileKind.IMAGE: ".png .jpg .jpeg .gif .webp",
}
_KINDS = {suffix: kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()}


def kind_of(path: str) -> FileKind:
    """What a file of this name is shown as; HTML and SVG are text like any other, so that nothing in them acts."""
    name = PurePosixPath(path)
    return FileKind.TEXT if name.name == "MLmodel" else _KINDS.get(name.suffix.lower(), FileKind.OTHER)


@dataclass(frozen=True, slots=True)
class ArtifactList:
    """The files of a run at any depth, those of the top folders first.

    `reason`: why the store could not be asked; the files are then those that were fetched before. `cut`: there are
    more than are listed. `left_out`: how many names can't be opened, and folders not be listed.
    """

    files: tuple[Artifact, ...]
    reason: Note | None = None
    cut: bool = False
    left_out: int = 0

    @property
    def keeps_seconds(self) -> float:
        """Logging another file does not change the store; one that is away may be back any moment."""
        return 0.0 if self.reason else _RECENT_SECONDS


@dataclass(frozen=True, slots=True)
class ArtifactAsked:
    """One file of a run, by its path below the run's artifacts."""

    run_id: str
    path: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, as one of `text`, `table` and `image`; none of them with the reason why.

    `size`: in bytes, None where the store doesn't say. `cut`: the text goes on. `rows`, `columns`: of the whole table,
    of which `table` holds the first. `image`: a copy that was decoded once; `pixels`: its width and height; `form`:
    PNG, JPEG, GIF or WEBP, by its content.
    """

    path: str
    size: int | None
    reason: Note | None = None
    text: str | None = None
    cut: bool = False
    table: "pd.DataFrame | None" = None
    rows: int = 0
    columns: int = 0
    image: Path | None = None
    pixels: tuple[int, int] = (0, 0)
    form: str = ""

    @property
    def keeps_seconds(self) -> float:
        """A file may be logged again."""
        return _RECENT_SECONDS
