"""One run's example scores, parted into those of named examples and the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from assay.cache.loader import database, quoted
from assay.cache.score_files import ScoreFile, stream, unreadable
from assay.cache.spelling import cut, kind_of, spelled
from assay.model.metric import LARGEST

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PartedScores:
    """Scores of single examples, those of one averaged: of the `named` ones, and of the others (`clean`)."""

    clean: Array
    named: Array

    @property
    def every(self) -> Array:
        """All of them."""
        return np.concatenate([self.clean, self.named])


def parted(file: ScoreFile, column: str, ids: Collection[str], unknown: Sequence[float] = ()) -> PartedScores:
    """`ids`: as a file of splits has them, 3 and 3.0 alike; `unknown`: scores that are none. Raises UnreadableError."""
    name = quoted(file.id_column)
    score = f"TRY_CAST({quoted(column)} AS DOUBLE)"
    usable = " AND ".join([f"abs({score}) < {LARGEST}", *(f"{score} <> {float(value)!r}" for value in unknown)])
    try:
        with pq.ParquetFile(file.path) as held:
            identity = spelled(file.id_column, kind_of(held, file.id_column))
        with database() as connection:
            connection.register("named", pa.table({"id": pa.array(list(ids), pa.string())}))
            connection.register("scores", stream(file, [file.id_column, column], pa.table({})))
            found = connection.execute(
                f"""SELECT coalesce({cut("id")} IN (FROM named), FALSE) AS named, score FROM (
                SELECT {identity} AS id, avg({score}) AS score
                FROM scores WHERE {usable} AND {name} IS NOT NULL GROUP BY 1)"""
            ).fetchnumpy()
    except (pa.ArrowException, OSError, duckdb.Error, UnicodeDecodeError, MemoryError) as error:
        raise unreadable(file.path, error) from None
    named, scores = np.asarray(found["named"], dtype=bool), np.asarray(found["score"], dtype=np.float64)
    return PartedScores(np.sort(scores[~named]), np.sort(scores[named]))
