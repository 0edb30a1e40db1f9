"""A synced look at a store, as every question needs one."""

from pathlib import Path

from assay import settings as configuration
from assay import sync
from assay.model.policy import Policy
from assay.queries import freshness
from assay.workspace import Workspace
from stores import Store


def synced(store: Store, data: Path) -> Path:
    """The folder `data`, with a snapshot of the store."""
    sync.sync(configuration.read({}, tracking_uri=store.uri, data=data))
    return data


def looked_at(store: Store, data: Path, policy: Policy) -> Workspace:
    settings = configuration.read({}, tracking_uri=store.uri, data=synced(store, data))
    snapshot = freshness.current(settings).snapshot
    assert snapshot is not None
    return Workspace(settings, policy, snapshot)
