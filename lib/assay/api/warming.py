"""What a server reads before anybody asks: of a long journal the first look would wait for seconds."""

import logging
from contextlib import suppress
from datetime import UTC, datetime

from assay.errors import AssayError
from assay.queries import freshness, policies
from assay.queries.review.listing import lines
from assay.settings import Settings
from assay.workspace import Desk

_log = logging.getLogger(__name__)


def warm(settings: Settings) -> None:
    """Reads the reviews, which this process then keeps; what is wrong with them is for their page to say."""
    with suppress(AssayError):
        now = datetime.now(UTC)
        found = lines(Desk(settings, policies.current(settings.policy), freshness.current(settings).snapshot, now))
        _log.debug("%d reviews in %.1f s.", len(found), (datetime.now(UTC) - now).total_seconds())
