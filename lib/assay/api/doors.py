"""Before every answer: only names of this server are answered, and no other site may frame what it shows."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assay.identity.hosts import Doors

_REFUSED = 1008  # WebSocket: policy violation


class GuardedDoors:
    """Refuses a foreign `Host`, of WebSockets too, and says in each answer that nobody may frame it."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self.app = app
        self.doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def framed_by_nobody(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("Content-Security-Policy", "frame-ancestors 'none'")
                headers["X-Frame-Options"] = "DENY"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        if scope["type"] == "lifespan" or self.doors.admit(Headers(scope=scope).get("host")):
            await self.app(scope, receive, framed_by_nobody)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _REFUSED})
        else:
            refusal = PlainTextResponse(
                "This server does not answer to that name; server.allowedHosts lists those it answers to.\n", 400
            )
            await refusal(scope, receive, framed_by_nobody)


def middleware(doors: Doors) -> list[Middleware]:
    """What stands before Streamlit's routes and ours."""
    return [Middleware(GuardedDoors, doors=doors)]
