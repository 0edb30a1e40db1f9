"""What the server offers besides pages: its health, reviews as JSON, guarded doors, and a sync process kept alive."""

from assay.api.doors import middleware
from assay.api.routes import report, reviewed, routes
from assay.api.supervision import lifespan

__all__ = ["lifespan", "middleware", "report", "reviewed", "routes"]
