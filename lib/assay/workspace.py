"""What every question is asked of: the settings, the rules and one snapshot of the runs."""

from dataclasses import dataclass

from assay.model.policy import Policy
from assay.model.sync import Snapshot
from assay.settings import Settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """One look at the data, the same for page, command and API."""

    settings: Settings
    policy: Policy
    snapshot: Snapshot
