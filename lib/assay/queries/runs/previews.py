"""What does a file hold that anybody may have written, under whatever name?"""

import csv
import io
import json
import struct
from decimal import Decimal
from pathlib import Path

import pandas as pd

from assay.cache import heads
from assay.model.note import Note, note
from assay.model.runs.artifacts import MOST_SHOWN_BYTES, FileKind, Preview
from assay.model.runs.notes import ArtifactNote

MOST_CHARACTERS = 20_000
MOST_ROWS = 100
MOST_COLUMNS = 40
MOST_PIXELS = 25_000_000
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def preview(path: Path, name: str, kind: FileKind) -> Preview:
    """The file at `path`, called `name` in the run's artifacts; reads MOST_SHOWN_BYTES of it at most."""
    size = path.stat().st_size
    if kind is FileKind.IMAGE:
        return image(path, name)
    if kind is FileKind.PARQUET:
        return _parquet(path, name, size)
    with path.open("rb") as file:
        text = _decoded(file.read(MOST_SHOWN_BYTES))
    if text is None:
        return Preview(
            name, size, note(ArtifactNote.NO_FORM if kind is FileKind.OTHER else ArtifactNote.BYTES_FOR_TEXT)
        )
    table = _csv(text, name, size) if kind is FileKind.CSV else None
    shown = _indented(text) if kind is FileKind.JSON else text
    return table or Preview(name, size, text=shown[:MOST_CHARACTERS], cut=len(shown) > MOST_CHARACTERS)


def _decoded(content: bytes) -> str | None:
    """The bytes as text; None for those that are none."""
    try:
        text = content.decode("utf-16" if content.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _indented(text: str) -> str:
    """JSON on lines of its own, as far as it is shown; as it is where it has them, or would not say the same."""
    if "\n" in text.strip():
        return text
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_float=_exact)
        parts, length = [], 0
        for part in json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(content):
            parts.append(part)
            length += len(part)
            if length > MOST_CHARACTERS:
                break
        return "".join(parts).encode().decode()
    except (ValueError, ArithmeticError, RecursionError):
        return text


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The members of an object; raises ValueError where two have one name."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _exact(text: str) -> float:
    """Raises ValueError for a number that a float can't hold."""
    number = float(text)
    if repr(number) != text and Decimal(repr(number)) != Decimal(text):
        raise ValueError
    return number


def _csv(text: str, name: str, size: int) -> Preview | None:
    """The text as a table; None where its rows don't fit each other."""
    head = text.partition("\n")[0]
    separator = "\t" if name.lower().endswith(".tsv") else max(",;", key=head.count)
    rows: list[list[str]] = []
    number = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if not row:
                continue
            if rows and len(row) != len(rows[0]):
                return None
            number += 1
            if number <= MOST_ROWS + 1:
                rows.append(row)
    except csv.Error:
        return None
    if not rows:
        return None
    columns = rows[0][:MOST_COLUMNS]
    frame = pd.DataFrame([row[:MOST_COLUMNS] for row in rows[1:]], dtype=object, columns=range(len(columns)))
    return Preview(name, size, table=frame.set_axis(columns, axis=1), rows=number - 1, columns=len(rows[0]))


def _parquet(path: Path, name: str, size: int) -> Preview:
    found = heads.head(path, MOST_ROWS, MOST_COLUMNS)
    if isinstance(found, Note):
        return Preview(name, size, found)
    frame, rows, columns = found
    return Preview(name, size, table=frame, rows=rows, columns=columns)


def image(path: Path, name: str, most: int = MOST_PIXELS) -> Preview:
    """One of at most `most` pixels, which its head tells; then it is unpacked once, so that pages show whole ones only.

    Raises OSError where there is no file any more.
    """
    from PIL import Image

    size = path.stat().st_size
    too_many = note(ArtifactNote.TOO_MANY_PIXELS, limit=most)
    try:
        with Image.open(path, formats=_FORMATS) as opened:
            if opened.width * opened.height > most:
                return Preview(name, size, too_many)
            opened.load()
            return Preview(name, size, image=path, pixels=opened.size, form=opened.format or "")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Preview(name, size, too_many)
    except (OSError, ValueError, TypeError, LookupError, SyntaxError, EOFError, struct.error):
        return Preview(name, size, note(ArtifactNote.NO_IMAGE))
