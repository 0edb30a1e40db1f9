"""The journal's tables: text and whole numbers alone, so that every database holds the same bytes."""

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text, UniqueConstraint

SCHEMA = 1
"""Of a journal that this version of Assay writes; one with a higher number is a newer version's."""

TABLES = MetaData()

_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


def _table(name: str, *columns: Column[str] | Column[int] | UniqueConstraint) -> Table:
    """Its rows are found by the key alone: a hidden number could be used to put one in another's place."""
    return Table(name, TABLES, *columns, sqlite_with_rowid=False)


ENTRIES = Table(
    "entries",
    TABLES,
    Column("seq", _NUMBER, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("verified", Integer, nullable=False),
    Column("via", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body_hash", Text, nullable=False),
    Column("previous", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False, unique=True),
    UniqueConstraint("subject", "version"),
)
"""The chain; `hash` is SHA-256 of the other columns, in this order and a line each."""
BODIES = _table(
    "bodies",
    Column("hash", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""What entries say: JSON, erasable; `hash` is SHA-256 of the salt, a line break and the text."""
PEOPLE = _table(
    "people",
    Column("id", Text, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""Who made them, a row for every spelling of an account; `id` as the hash of a body."""
EVIDENCE = _table("evidence", Column("sha256", Text, primary_key=True), Column("text", Text, nullable=False))
"""What was signed, by the SHA-256 of its text."""
DRAFTS = _table(
    "drafts",
    Column("owner", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""What somebody typed and has not saved: nobody else's, and no part of the chain."""
META = _table("meta", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""`schema`: SCHEMA."""

KEYS = {
    "entries": (("seq",), ("hash",), ("previous",), ("subject", "version")),
    "bodies": (("hash",),),
    "people": (("id",),),
    "evidence": (("sha256",),),
}
"""Tables whose rows stay as they are → what no second row may have."""
