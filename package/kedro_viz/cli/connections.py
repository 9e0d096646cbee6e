"""Bounds connections to the server: how many there are, and how long a request's head may take.

A connection that sends nothing costs a file descriptor, of which a process has about a thousand.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import h11

# A browser sends a request's head at once, but may open a connection some seconds before it uses it.
HEAD_SECONDS = 20.0

# Browsers open up to six each, and a WebSocket. Those that wait longest for a request are closed for new ones.
MAX_CONNECTIONS = 400

# What else needs descriptors: the store's connections, threads, files of runs.
_DESCRIPTORS = 4_096

# A message names some thousand runs at most; `/graphql` takes larger requests by POST.
MAX_MESSAGE_BYTES = 1_000_000
MAX_MESSAGES_WAITING = 8

_TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Length: 35\r\n\r\nThe server has too many connections"
)


class BoundedConnection(H11Protocol):
    """A connection that is closed if a request's head does not come, or if others need its place."""

    # Those of each server that wait for a request, the longest first.
    _waiting: ClassVar[WeakKeyDictionary[object, dict[BoundedConnection, None]]] = WeakKeyDictionary()

    _head_timer: asyncio.TimerHandle | None = None

    # uvicorn narrows the type of the transport in the same way.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, if there is room."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS and not self._close_longest_waiting():
            transport.write(_BUSY)
            transport.close()
            return
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        """Take more of a request."""
        if self._head_timer is None and not self._answers():
            self._wait_for_head()
        super().data_received(data)
        if self._answers():
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request on the same connection."""
        super().on_response_complete()
        if not self._answers() and not self.transport.is_closing():
            # Its time runs from its first byte; until then uvicorn's own limit for idle connections holds.
            self._stop_waiting()
            self._in_order()[self] = None

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Become a WebSocket, which has limits of its own."""
        self._stop_waiting()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _answers(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _in_order(self) -> dict[BoundedConnection, None]:
        return self._waiting.setdefault(self.server_state, {})

    def _wait_for_head(self) -> None:
        self._in_order()[self] = None
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._head_is_late)

    def _stop_waiting(self) -> None:
        self._in_order().pop(self, None)
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _head_is_late(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_TOO_LATE)
            self.transport.close()

    def _close_longest_waiting(self) -> bool:
        longest = next(iter(self._in_order()), None)
        if longest is None:
            return False
        longest.give_up()
        return True

    def give_up(self) -> None:
        """Close the connection, which waits for a request, for another one."""
        self._stop_waiting()
        self.transport.close()
        # It would count until the event loop comes to it.
        self.connections.discard(self)


def raise_descriptor_limit() -> None:
    """Let this process have more file descriptors than a terminal gives it, as far as the system allows."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(_DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
