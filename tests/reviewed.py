"""What reviews in tests are asked of: a question about two sides of a store, and what is frozen of it."""

from datetime import UTC, datetime

from assay.model.review.acts import Opened
from assay.uri import store_name
from assay.workspace import Workspace


def opening(work: Workspace, baseline: str, candidate: str, *experiments: str, metric: str = "accuracy") -> Opened:
    uri = work.settings.tracking_uri
    return Opened("May it?", baseline, candidate, metric, store_name(uri), uri, experiments=experiments)


FROZEN_AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
