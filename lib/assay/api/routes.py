"""What the server answers besides pages; no route writes."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from assay import __version__
from assay.errors import AssayError
from assay.model.note import Note, note
from assay.model.problems import Caches
from assay.model.review.gate import ReviewQuestion
from assay.model.review.notes import ReviewNote
from assay.queries import desk, freshness
from assay.queries.review.standing import standing
from assay.settings import Settings
from assay.view.objects import bare
from assay.view.objects.review import review as review_object
from assay.view.text.notes import words

_STARTED = time.monotonic()


def routes(settings: Settings, base_path: str = "") -> list[BaseRoute]:
    """GET /api/health and /api/reviews/ID, also below `base_path`, where a proxy may look for them."""

    async def health(_: Request) -> JSONResponse:
        body = await asyncio.to_thread(report, settings)
        code = 503 if body["status"] == "unavailable" else 200
        return JSONResponse(body, code, headers={"Cache-Control": "no-store"})

    async def review(request: Request) -> JSONResponse:
        code, body = await asyncio.to_thread(reviewed, settings, str(request.path_params["id"]))
        return JSONResponse(body, code, headers={"Cache-Control": "no-store"})

    prefixes = dict.fromkeys(("", "/" + base_path.strip("/") if base_path.strip("/") else ""))
    paths = {"/api/health": health, "/api/reviews/{id}": review}
    return [Route(prefix + path, own, methods=["GET"]) for prefix in prefixes for path, own in paths.items()]


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


def reviewed(settings: Settings, id: str) -> tuple[int, dict[str, Any]]:
    """A review's JSON, as `assay review gate` prints it, with its status code; a sentence where there is none.

    A route sees no more than a cookie, and whether that still counts is asked on pages: with a sign-in it says nothing.
    """
    if settings.auth != "local":
        return 403, _refused(note(ReviewNote.LOCAL_ONLY))
    try:
        return 200, review_object(standing(desk.now(settings), ReviewQuestion(id)))
    except AssayError as error:
        return 404 if error.note.code is ReviewNote.REVIEW_UNKNOWN else 503, _refused(error.note)


def _refused(why: Note) -> dict[str, Any]:
    return {"reason": words(why), "note": bare(why)}
