"""Who may do what in a review: the table that page, command and API are held to."""

from collections.abc import Mapping

from assay.model.people import APPROVERS, Role
from assay.model.review.acts import (
    Act,
    Answered,
    Commented,
    Decided,
    Dismissed,
    Edited,
    Erased,
    Frozen,
    Opened,
    Reopened,
    Retracted,
    SignatureAsked,
    Signed,
    Waived,
    Withdrawn,
)

WRITERS = frozenset({Role.REVIEWER, *APPROVERS})
DECIDERS = frozenset(APPROVERS)

ALLOWED: Mapping[type[Act], frozenset[Role]] = {
    Opened: WRITERS,
    Frozen: WRITERS,
    Answered: WRITERS,
    Commented: WRITERS,
    Retracted: WRITERS,
    SignatureAsked: WRITERS,
    Signed: WRITERS,
    Reopened: WRITERS,
    Edited: WRITERS,
    Withdrawn: WRITERS,
    Dismissed: DECIDERS,
    Waived: DECIDERS,
    Decided: DECIDERS,
    Erased: frozenset({Role.ADMIN}),
}
"""Any one of these roles; a reviewer's signature may request changes alone, an approver's is in a role of their own."""

AUTHORS_ALONE = frozenset({Edited, Withdrawn})
"""Only who opened the review."""
NEVER_AUTHORS = frozenset({Dismissed, Waived, Decided})
"""Nobody who opened it, froze it last, edited its hypothesis last or made a run of it; nor may they approve."""
