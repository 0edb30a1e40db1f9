"""What every question is asked of: the settings, the rules and one snapshot of the runs."""

from dataclasses import dataclass
from datetime import datetime

from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.settings import Settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """One look at the data, the same for page, command and API."""

    settings: Settings
    policy: Policy
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Desk:
    """What judgements are read and made at: as `Workspace`, but it does without a snapshot; `now`: UTC."""

    settings: Settings
    policy: Policy
    snapshot: Snapshot | None
    now: datetime

    @property
    def work(self) -> Workspace | None:
        """What runs are asked of; None before the first sync."""
        return Workspace(self.settings, self.policy, self.snapshot) if self.snapshot else None
