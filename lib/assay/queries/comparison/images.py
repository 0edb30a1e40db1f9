"""Images that runs logged as artifacts, as a browser can show them without asking anyone else for them."""

import base64

from assay import artifacts
from assay.model.comparison.excerpts import ImageQuestion, Images
from assay.model.note import note
from assay.model.runs.artifacts import Preview
from assay.model.runs.notes import ArtifactNote
from assay.queries import freshness
from assay.queries.runs.previews import image
from assay.workspace import Workspace


def images(work: Workspace, question: ImageQuestion) -> Images:
    """Fetched into the data folder; what is no image, or too large, is refused before it gets to a page."""
    away = freshness.current(work.settings).status.problem
    fetched = artifacts.files(work.settings, question.images, question.most, away=away)
    return Images({key: _preview(key[1], one, question.pixels) for key, one in fetched.items()})


def url(found: Preview) -> str | None:
    """An image as data URL; None for one that isn't shown, or is gone since."""
    try:
        content = found.image.read_bytes() if found.image else b""
    except OSError:
        content = b""
    return f"data:image/{found.form.lower()};base64,{base64.b64encode(content).decode()}" if content else None


def _preview(path: str, fetched: artifacts.Fetched, most: int) -> Preview:
    try:
        return image(fetched.paths[0], path, most) if fetched.paths else Preview(path, None, fetched.reason)
    except OSError:  # the copy went away meanwhile
        return Preview(path, None, note(ArtifactNote.NO_ARTIFACT, path=path))
