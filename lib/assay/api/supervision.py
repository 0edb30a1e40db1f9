"""What goes on beside the pages of a server: the sync process that it keeps alive, and what is read ahead."""

import asyncio
import logging
import os
import sys
import threading
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any

from assay.api.warming import warm
from assay.settings import Settings

_log = logging.getLogger(__name__)
_SHORTEST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_END_SECONDS = 5.0


def lifespan(settings: Settings) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Keeps one sync process alive while the server lives, and reads ahead what the first visitor would wait for."""

    @asynccontextmanager
    async def live(_: Any) -> AsyncIterator[dict[str, Any]]:
        supervisor = asyncio.create_task(_supervise(settings))
        threading.Thread(target=warm, args=(settings,), daemon=True).start()
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
