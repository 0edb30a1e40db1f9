"""What the server offers besides pages: its health, and the sync process that it keeps alive."""

import asyncio
import logging
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
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

_log = logging.getLogger(__name__)
_STARTED = time.monotonic()
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_END_SECONDS = 5.0


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


def lifespan(settings: Settings) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Keeps one sync process alive while the server lives."""

    @asynccontextmanager
    async def live(_: Any) -> AsyncIterator[dict[str, Any]]:
        supervisor = asyncio.create_task(_supervise(settings))
        try:
            yield {}
        finally:
            supervisor.cancel()
            with suppress(asyncio.CancelledError):
                await supervisor

    return live


async def _supervise(settings: Settings) -> None:
    pause = _SHORTEST_PAUSE
    while True:
        began = time.monotonic()
        try:
            process = await _start(settings)
        except OSError as error:
            _log.error("The sync process cannot be started: %s; trying again.", error.strerror)
        else:
            try:
                code = await process.wait()
                _log.warning("The sync process ended by itself with code %d; starting another.", code)
            finally:
                await asyncio.shield(_end(process))
        pause = _SHORTEST_PAUSE if time.monotonic() - began > _LONGEST_PAUSE else min(2 * pause, _LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _start(settings: Settings) -> Process:
    # A session of its own, so that Ctrl-C reaches the server alone; settings go where `ps` shows no credentials;
    # -P: nothing in the folder that somebody serves from is taken for a module.
    environment = os.environ | {
        "MLFLOW_TRACKING_URI": settings.tracking_uri,
        "ASSAY_DATA": str(settings.data),
        "ASSAY_POLICY": str(settings.policy),
        "ASSAY_SYNC_SECONDS": str(settings.sync_seconds),
        "ASSAY_LOG": settings.log,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "assay.sync", stdin=PIPE, env=environment, start_new_session=True
    )


async def _end(process: Process) -> None:
    """Closing its stdin is what tells a sync process to finish."""
    if process.returncode is not None:
        return
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), _END_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
