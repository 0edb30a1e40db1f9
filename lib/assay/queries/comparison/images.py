"""Images that runs logged as artifacts, as a browser can show them without asking anyone else for them."""

import base64
import struct
from pathlib import Path

from assay import artifacts
from assay.model.comparison.excerpts import ImageQuestion, Images
from assay.model.note import Note, note
from assay.model.problems import Artifacts
from assay.queries import freshness
from assay.workspace import Workspace

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_JPEG = b"\xff\xd8"
_NO_FRAME = {0xC4, 0xC8, 0xCC}  # markers among those of frames that hold tables


def images(work: Workspace, question: ImageQuestion) -> Images:
    """Fetched once into the data folder; what is no PNG or JPEG, or too large, is refused before anyone decodes it."""
    away = freshness.current(work.settings).status.problem is not None
    urls: dict[tuple[str, str], str] = {}
    refused: dict[tuple[str, str], Note] = {}
    for key, one in artifacts.files(work.settings, question.images, question.most, away=away).items():
        shown = _url(key[1], one.paths[0], question.pixels) if one.paths else one.reason
        if isinstance(shown, str):
            urls[key] = shown
        elif shown is not None:
            refused[key] = shown
    return Images(urls, refused)


def _url(path: str, file: Path, most: int) -> str | Note:
    try:
        content = file.read_bytes()
    except OSError:
        return note(Artifacts.FILE_NOT_LOGGED, path=path)
    kind = "png" if content.startswith(_PNG) else "jpeg"
    size = pixels(content)
    if size is None:
        return note(Artifacts.NOT_AN_IMAGE, path=path)
    if size[0] * size[1] > most:
        return note(Artifacts.IMAGE_TOO_LARGE, path=path, width=size[0], height=size[1], most=most)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def pixels(content: bytes) -> tuple[int, int] | None:
    """Width and height that a PNG or a JPEG states, without decoding it; None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return (width, height) if width and height else None
    return _frame(content) if content.startswith(_JPEG) else None


def _frame(content: bytes) -> tuple[int, int] | None:
    """Of a JPEG, whose segments stand one behind the other, each with its length."""
    at = len(_JPEG)
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 1 if marker == 0xFF else 2 + length
    return None
