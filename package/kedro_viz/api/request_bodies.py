"""Bounds the bodies of requests, on all routes: how large they are, how long they take, and how much is held in all.

A body is read here, before any route sees the request. A client that goes away meanwhile is nobody's error, and nothing
of what it sent is parsed.
"""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kedro_viz.tracking.content import describe_size

# The largest request of ours names 100,000 runs to export, by ids of 24 characters.
MAX_BODY_BYTES = 5_000_000

# The bodies of all requests that are being read or answered. Memory must not depend on how many send at once.
MAX_HELD_BYTES = 50_000_000

# For all of a body. What the app sends takes milliseconds.
MAX_BODY_SECONDS = 30.0

# A client that is refused may go on sending, and reads the refusal only afterwards: it is given so long.
_DRAIN_SECONDS = 5.0


class BoundedBodies:
    """Hands whole bodies on, and refuses those that are too large or too slow."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read a request's body and pass it on, or refuse it."""
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        body = _Body(self, receive)
        try:
            whole = await body.read(_declared_size(scope))
            if whole is not None:
                await self._app(scope, _after(whole, receive), send)
        except _RefusedError as error:
            await _refuse(error, scope, receive, send)
        finally:
            self._held -= body.size

    def hold(self, size: int) -> None:
        """Count bytes that are held from now on.

        Raises:
            _RefusedError: If they are too many.
        """
        self._held += size
        if self._held > MAX_HELD_BYTES:
            raise _RefusedError(503, "The server is busy with other large requests. Try again in a moment.")


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Body:
    def __init__(self, bodies: BoundedBodies, receive: Receive) -> None:
        self._bodies = bodies
        self._receive = receive
        self._data = bytearray()
        self.size = 0

    async def read(self, declared: int) -> bytes | None:
        """All of it; None if the client has gone away."""
        if declared > MAX_BODY_BYTES:
            raise _too_large()
        try:
            return await asyncio.wait_for(self._read(), MAX_BODY_SECONDS)
        except (TimeoutError, asyncio.TimeoutError):
            # Two classes before Python 3.11.
            message = f"The request did not arrive within {MAX_BODY_SECONDS:g} s."
            raise _RefusedError(408, message) from None

    async def _read(self) -> bytes | None:
        while True:
            message = await self._receive()
            if message["type"] != "http.request":
                return None
            part = message.get("body", b"")
            self.size += len(part)
            self._bodies.hold(len(part))
            if self.size > MAX_BODY_BYTES:
                raise _too_large()
            self._data += part
            if not message.get("more_body", False):
                return bytes(self._data)


def _too_large() -> _RefusedError:
    return _RefusedError(413, f"The request is larger than {describe_size(MAX_BODY_BYTES)}. Send it in parts.")


def _has_body(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return "content-length" in headers or "transfer-encoding" in headers


def _declared_size(scope: Scope) -> int:
    declared = Headers(scope=scope).get("content-length", "")
    # What is no number the server itself has refused, or counts as none.
    return int(declared) if declared.isascii() and declared.isdigit() else 0


def _after(body: bytes, receive: Receive) -> Receive:
    """What the application receives: the body at once, then what comes after it."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return rest.pop() if rest else await receive()

    return next_message


async def _refuse(error: _RefusedError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer, and take what the client still sends: to close at once would take the answer away from it."""
    message = str(error)
    # The second is what clients of GraphQL look for.
    told = {"error": message, "errors": [{"message": message}]}
    answer = JSONResponse(told, error.status, headers={"Connection": "close"})

    async def send_then_drain(part: Message) -> None:
        if part["type"] != "http.response.body":
            await send(part)
            return
        await send({**part, "more_body": True})
        await _drain(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    await answer(scope, receive, send_then_drain)


async def _drain(receive: Receive) -> None:
    end = time.monotonic() + _DRAIN_SECONDS
    while (left := end - time.monotonic()) > 0:
        try:
            message = await asyncio.wait_for(receive(), left)
        except (TimeoutError, asyncio.TimeoutError):
            return
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
