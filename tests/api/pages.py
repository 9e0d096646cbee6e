"""Open pages, as far as the server knows them: WebSockets that listen to changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.api.serving import Server

# Only reached where the news never comes.
SECONDS = 30


class Page:
    """An open page: a WebSocket on which it has subscribed to changes."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def receive(self) -> dict[str, Any]:
        text = self.socket.recv(SECONDS)
        assert isinstance(text, str), "browsers' clients take text frames only"
        message: dict[str, Any] = json.loads(text)
        return message

    def hears(self, topic: str) -> None:
        """Wait for news of this topic; other news may come before."""
        while True:
            message = self.receive()
            assert message["type"] == "next", message
            if message["payload"]["data"]["changes"] == topic:
                return

    def asks(self, query: str) -> Any:
        """Run a query over the same socket."""
        self.send(id="query", type="subscribe", payload={"query": query})
        while (message := self.receive())["id"] != "query":
            pass
        assert self.receive()["type"] == "complete"
        return message["payload"]["data"]


@contextmanager
def page_of(server: Server) -> Iterator[Page]:
    """A page that listens already."""
    # Some of these may be of pages that have vanished, and go while we wait.
    before = list(server.services.changes._listeners)
    with connect(f"ws://{server.host}/graphql", subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]  # a NewType of str
        page = Page(socket)
        page.send(type="connection_init")
        assert page.receive() == {"type": "connection_ack"}
        page.send(id="changes", type="subscribe", payload={"query": "subscription { changes }"})
        # The answer to a ping comes after the subscription has begun.
        while all(listener in before for listener in list(server.services.changes._listeners)):
            page.send(type="ping")
            assert page.receive()["type"] == "pong"
        yield page
