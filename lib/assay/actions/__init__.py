"""Everything that people do in a review: may they, on what does it rest, then the journal."""

from assay.actions.deciding import decided, reopened, withdrawn
from assay.actions.discussing import answered, asked, commented, edited, retracted
from assay.actions.erasing import drafted, erased
from assay.actions.opening import frozen, opened
from assay.actions.signing import dismissed, signed, waived

__all__ = [
    "answered",
    "asked",
    "commented",
    "decided",
    "dismissed",
    "drafted",
    "edited",
    "erased",
    "frozen",
    "opened",
    "reopened",
    "retracted",
    "signed",
    "waived",
    "withdrawn",
]
