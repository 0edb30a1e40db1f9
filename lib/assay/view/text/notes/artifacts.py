"""The words for why a run's file is not shown, or not handed out."""

from collections.abc import Callable, Mapping

from assay.model.metric import MetricUnit
from assay.model.note import Code
from assay.model.runs.notes import ArtifactNote as Says
from assay.view.text.notes.template import Said, Words
from assay.view.text.numbers import plain, scale


def size(n: float) -> str:
    """A number of bytes: `36 B`, `21.3 kB`, `5 MB`."""
    unit = scale(MetricUnit.BYTES, [n])
    return f"{plain(round(n * unit.factor, 1))} {unit.unit}"


def _too_large(to: str, then: str) -> Callable[[Said], str]:
    def words(said: Said) -> str:
        own, limit = size(said["size"]), size(said["limit"])
        if own == limit:
            own, limit = (f"{said[key]:,} bytes" for key in ("size", "limit"))
        return f"It is {own}; {to} {limit}. {then}"

    return words


_ELSEWHERE = "Open it in MLflow, or copy it from the store."

WORDS: Mapping[Code, Words] = {
    Says.TOO_LARGE_TO_SHOW: _too_large("files are shown up to", "It can be downloaded."),
    Says.TOO_LARGE_TO_LOAD: _too_large("files are handed out up to", _ELSEWHERE),
    Says.SIZE_UNKNOWN: f"The store does not say how large it is, so it is not fetched. {_ELSEWHERE}",
    Says.NO_ARTIFACT: "The run has no file {path!r} now.",
    Says.BYTES_FOR_TEXT: "It holds other bytes than the text (UTF-8) that its name promises; it can be downloaded.",
    Says.NO_READABLE_TABLE: "It holds no table that can be read; it can be downloaded.",
    Says.TABLE_TOO_LARGE: lambda said: (
        f"Unpacked, the first rows of this table would take {size(said['size'])}, more than the {size(said['limit'])} "
        "that are read; it can be downloaded."
    ),
    Says.NO_IMAGE: "It is no whole PNG, JPEG, GIF or WebP image, whatever its name says; it can be downloaded.",
    Says.TOO_MANY_PIXELS: (
        "Unpacked, this image has more than {limit:,} pixels, so it is not opened; it can be downloaded."
    ),
    Says.NO_FORM: "There is no way to show a file like this; it can be downloaded.",
}
