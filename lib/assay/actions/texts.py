"""What people write, before it is written down."""

from assay.errors import ReviewError
from assay.model.review.notes import ReviewNote

MOST = 20_000
"""Characters of one text."""
_KEPT = "\n\t"


def written(what: str, text: str, *, needed: bool = False, most: int = MOST) -> str:
    """`text` without spaces around it; what no text has (NUL, half a character) is shown as the sign for that.

    Raises ReviewError for one that is too long, and for none where one is needed.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = "".join(one if _is_text(one) else "\N{REPLACEMENT CHARACTER}" for one in lines).strip()
    if needed and not found:
        raise ReviewError(ReviewNote.ACT_NO_TEXT, what=what)
    if len(found) > most:
        raise ReviewError(ReviewNote.ACT_TEXT_LONG, what=what, n=len(found), most=most)
    return found


def _is_text(one: str) -> bool:
    return (one >= " " or one in _KEPT) and not "\ud800" <= one <= "\udfff" and one != "\x7f"
