"""Where are judgements read and made: which rules and runs are there now?"""

from datetime import UTC, datetime

from assay.queries import freshness, policies
from assay.settings import Settings
from assay.workspace import Desk


def now(settings: Settings) -> Desk:
    """The policy, the newest runs and the time of this moment; raises PolicyError."""
    found = freshness.current(settings).snapshot
    return Desk(settings, policies.current(settings.policy), found, datetime.now(UTC))
