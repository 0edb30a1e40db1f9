"""Reads what one run logged of a few examples: their input, label, answer and score."""

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from assay.cache.loader import database, quoted
from assay.cache.predictions import class_name
from assay.cache.score_files import ScoreFile, stream, unreadable
from assay.model.evidence.files import ANSWERS, IMAGES, INPUTS, LABELS
from assay.model.metric import LARGEST

_FEATURES = "inputs/"


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One row of a score file; what isn't logged is None. `letters`: of the whole input."""

    example_id: str
    score: float | None
    label: str | None
    said: str | None
    input: str | None
    letters: int | None
    image: str | None


def rows(file: ScoreFile, score: str | None, ids: Collection[str], most: int) -> list[ExampleRow]:
    """The rows of the examples `ids` in the order of the file; texts cut at `most` letters.

    `score`: the column that holds it. Raises UnreadableError.
    """
    label, said, image = (_first(file, names) for names in (LABELS, ANSWERS, IMAGES))
    text = _first(file, INPUTS) or next((name for name in file.texts if name.startswith(_FEATURES)), None)
    if file.id_column in INPUTS:
        text = None
    identity = f"CAST({quoted(file.id_column)} AS VARCHAR)"
    held = [name for name in dict.fromkeys((score, label, said, text, image)) if name and name in file.columns]
    parts = [
        identity,
        f"TRY_CAST({quoted(score)} AS DOUBLE)" if score in held else "NULL",
        *(f"left({class_name(file, name)}, {most})" if name else "NULL" for name in (label, said)),
        *((f"left({_text(text)}, {most})", f"length({_text(text)})") if text else ("NULL", "NULL")),
        _text(image) if image else "NULL",
    ]
    try:
        with database() as connection:
            connection.register("scores", stream(file, [file.id_column, *held], pa.table({})))
            found = connection.execute(
                f"SELECT {', '.join(parts)} FROM scores WHERE {identity} IN (SELECT unnest(?))", [list(ids)]
            ).fetchall()
    except (pa.ArrowException, OSError, duckdb.Error, UnicodeDecodeError, MemoryError) as error:
        raise unreadable(file.path, error) from None
    return [ExampleRow(row[0], _known(row[1]), *row[2:]) for row in found]


def _first(file: ScoreFile, names: tuple[str, ...]) -> str | None:
    return next((name for name in names if name in file.columns), None)


def _text(name: str) -> str:
    return f"CAST({quoted(name)} AS VARCHAR)"


def _known(score: float | None) -> float | None:
    return score if score is not None and abs(score) < LARGEST else None
