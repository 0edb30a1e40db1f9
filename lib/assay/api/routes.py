"""What the server answers besides pages; no route writes."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from assay import __version__
from assay.model.note import note
from assay.model.problems import Caches
from assay.queries import freshness
from assay.settings import Settings
from assay.view.objects import bare
from assay.view.text.notes import words

_STARTED = time.monotonic()


def routes(settings: Settings, base_path: str = "") -> list[BaseRoute]:
    """GET /api/health, also below `base_path`, where a proxy may look for it."""

    async def health(_: Request) -> JSONResponse:
        body = await asyncio.to_thread(report, settings)
        code = 503 if body["status"] == "unavailable" else 200
        return JSONResponse(body, code, headers={"Cache-Control": "no-store"})

    prefixes = dict.fromkeys(("", "/" + base_path.strip("/") if base_path.strip("/") else ""))
    return [Route(f"{prefix}/api/health", health, methods=["GET"]) for prefix in prefixes]


def report(settings: Settings) -> dict[str, Any]:
    """Health: `ok`, `stale` (the cache answers but is not kept up to date) or `unavailable`; a reason unless ok."""
    now = datetime.now(UTC)
    state = freshness.current(settings)
    reason = state.problem
    if state.snapshot is None:
        status = "unavailable"
        reason = reason or note(Caches.UNREAD)
    else:
        status = "stale" if reason else "ok"
    return {
        "status": status,
        "version": __version__,
        "uptime_seconds": round(time.monotonic() - _STARTED, 3),
        "timestamp": now.isoformat(),
        "cache_age_seconds": state.age_seconds(now),
        "runs": state.snapshot.runs if state.snapshot else None,
    } | ({"reason": words(reason), "note": bare(reason)} if reason else {})
