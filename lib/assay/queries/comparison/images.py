"""Images that runs logged as artifacts, as a browser can show them without asking anyone else for them."""

import base64
from pathlib import Path

from assay import artifacts
from assay.model.comparison.excerpts import ImageQuestion, Images
from assay.model.note import Note, note
from assay.model.problems import Artifacts
from assay.model.runs.notes import ArtifactNote
from assay.queries import freshness
from assay.queries.runs.previews import image
from assay.workspace import Workspace


def images(work: Workspace, question: ImageQuestion) -> Images:
    """Fetched once into the data folder; what is no image, or too large, is refused before it gets to a page."""
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
        found, content = image(file, path, most), file.read_bytes()
    except OSError:
        return note(Artifacts.FILE_NOT_LOGGED, path=path)
    if found.reason is None:
        return f"data:image/{found.form.lower()};base64,{base64.b64encode(content).decode()}"
    if found.reason.code is ArtifactNote.TOO_MANY_PIXELS:
        return note(Artifacts.IMAGE_TOO_LARGE, path=path, most=most)
    return note(Artifacts.NOT_AN_IMAGE, path=path)
