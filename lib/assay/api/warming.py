"""What a server reads before anybody asks: of a long journal the first look would wait for seconds."""

import logging
from contextlib import suppress
from datetime import UTC, datetime

from assay.errors import AssayError
from assay.queries import desk
from assay.queries.review.listing import lines
from assay.settings import Settings

_log = logging.getLogger(__name__)


def warm(settings: Settings) -> None:
    """Reads the reviews, which this process then keeps; what is wrong with them is for their page to say."""
    with suppress(AssayError):
        at = desk.now(settings)
        found = lines(at)
        _log.debug("%d reviews in %.1f s.", len(found), (datetime.now(UTC) - at.now).total_seconds())
