"""How many connections a server has, and how long it waits for a request."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.api.serving import Server, project_of, served, wait_until

QUERY = json.dumps({"query": "{ version { installed } }"}).encode()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(project_of(tmp_path, store=tmp_path / "session_store.db")) as server:
        yield server


def connected(server: Server) -> socket.socket:
    host, port = server.host.split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def request(server: Server) -> bytes:
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(QUERY)}\r\n\r\n"
    )
    return head.encode() + QUERY


def status_of(connection: socket.socket) -> int:
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


def is_closed(connection: socket.socket) -> bool:
    connection.settimeout(0.01)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: 127"], ids=["nothing", "half a head"])
def test_a_head_that_does_not_come_ends_the_connection(
    server: Server, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr("kedro_viz.cli.connections.HEAD_SECONDS", 0.1)
    with closing(connected(server)) as connection:
        connection.sendall(sent)
        assert status_of(connection) == 408
        assert connection.recv(1) == b""


def test_the_head_of_a_later_request_is_limited_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(request(server))
        assert status_of(connection) == 200
        monkeypatch.setattr("kedro_viz.cli.connections.HEAD_SECONDS", 0.1)
        connection.sendall(b"GET / HT")
        assert status_of(connection) == 408


def test_an_answer_may_take_longer_than_a_head(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.cli.connections.HEAD_SECONDS", 0.05)
    with closing(connected(server)) as connection:
        head, body = request(server)[: -len(QUERY)], QUERY
        connection.sendall(head)
        # The head's time is over when another connection has been given up.
        with closing(connected(server)) as other:
            assert status_of(other) == 408
        connection.sendall(body)
        assert status_of(connection) == 200


def test_those_that_wait_longest_make_room(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.cli.connections.MAX_CONNECTIONS", 20)
    with ExitStack() as stack:
        idle = [stack.enter_context(closing(connected(server))) for _ in range(60)]
        # Another user's, who is answered at once, as often as asked.
        used = stack.enter_context(closing(connected(server)))
        used.sendall(request(server))
        assert status_of(used) == 200
        wait_until(lambda: all(is_closed(each) for each in idle[:40]))
        idle[-1].settimeout(30)
        idle[-1].sendall(request(server))
        assert status_of(idle[-1]) == 200


def test_requests_under_way_are_not_closed_for_others(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.cli.connections.MAX_CONNECTIONS", 3)
    head = request(server)[: -len(QUERY)].replace(b"Host:", b"Expect: 100-continue\r\nHost:")
    with ExitStack() as stack:
        busy = [stack.enter_context(closing(connected(server))) for _ in range(3)]
        for each in busy:
            each.sendall(head)
            # The server has begun with it.
            assert each.recv(25).startswith(b"HTTP/1.1 100")
        with closing(connected(server)) as another:
            assert status_of(another) == 503
        for each in busy:
            each.sendall(QUERY)
            assert status_of(each) == 200


def test_a_message_that_is_too_large_ends_its_websocket(server: Server) -> None:
    with connect(f"ws://{server.host}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]) as page:
        page.send(json.dumps({"type": "connection_init"}))
        assert json.loads(page.recv(timeout=30))["type"] == "connection_ack"
        page.send(json.dumps({"type": "ping", "payload": {"text": "x" * 1_100_000}}))
        with pytest.raises(ConnectionClosed):
            page.recv(timeout=30)
