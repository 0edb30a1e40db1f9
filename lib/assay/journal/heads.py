"""The head beside the file: a number and a hash that notice when the journal's tail was cut off."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from assay.journal import reads
from assay.model.journal import Head


def place(path: Path) -> Path:
    """The file that the head of the journal in `path` is kept in."""
    return path.with_name(f"{path.name}.head")


def known(path: Path) -> Head | None:
    """What is kept; None where nothing is. Raises ValueError for what is no head."""
    file = place(path)
    try:
        if file.exists() and not file.is_file():  # a pipe would be waited for
            raise ValueError(str(file))
        seq, digest = file.read_text(encoding="utf-8").split()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ValueError(str(error)) from error
    return Head(int(seq), digest)


def keep(connection: Connection, path: Path) -> None:
    """Writes the head down; `connection`: a transaction that keeps others from doing the same.

    Never ahead of the chain and never back. One that the chain does not lead up to stays, for it proves that something
    is wrong. A folder that cannot be written to leaves it behind.
    """
    found = reads.head(connection)
    try:
        before = known(path) or Head()
    except ValueError:
        return
    if before.seq >= found.seq or (before.seq and reads.hash_at(connection, before.seq) != before.hash):
        return
    with suppress(OSError):
        _write(place(path), f"{found.seq} {found.hash}\n")


def _write(file: Path, content: str) -> None:
    """Replaces `file` in one step, on the disk when it is done."""
    partial = file.with_name(f"{file.name}.part")
    with partial.open("w", encoding="utf-8") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    partial.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
