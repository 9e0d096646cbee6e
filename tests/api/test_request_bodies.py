"""How large and how slow the bodies of requests may be, on all routes of a real server."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.serving import Server, project_of, served, wait_until

ROUTES = ["/graphql", "/api/run-columns", "/api/export", "/", "/artifacts/a/b/c", "/none"]
QUERY = json.dumps({"query": "{ version { installed } }"}).encode()
TOO_LARGE = "The request is larger than 5 MB. Send it in parts."


@pytest.fixture
def server(tmp_path: Path, store: Path) -> Iterator[Server]:
    with served(project_of(tmp_path, store=store)) as server:
        yield server


def connected(server: Server) -> socket.socket:
    host, port = server.host.split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def head(server: Server, path: str, *more: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"Host: {server.host}", "Content-Type: application/json", *more, "", ""]
    return "\r\n".join(lines).encode()


def answer_to(sent: socket.socket) -> tuple[int, bytes]:
    answer = http.client.HTTPResponse(sent)
    answer.begin()
    return answer.status, answer.read()


def still_answers(server: Server) -> bool:
    with closing(connected(server)) as connection:
        connection.sendall(head(server, "/graphql", f"Content-Length: {len(QUERY)}") + QUERY)
        return answer_to(connection)[0] == 200


@pytest.mark.parametrize("path", ROUTES)
def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_sent(server: Server, path: str) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(head(server, path, "Content-Length: 1200000000"))
        status, body = answer_to(connection)
    assert status == 413
    assert json.loads(body) == {"error": TOO_LARGE, "errors": [{"message": TOO_LARGE}]}


@pytest.mark.parametrize("path", ROUTES)
def test_a_body_that_turns_out_too_large_is_refused(server: Server, path: str) -> None:
    part = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with closing(connected(server)) as connection:
        connection.sendall(head(server, path, "Transfer-Encoding: chunked"))
        # Twice what is allowed: who sends all before it reads is answered as well.
        for _ in range(10_000_000 // 0x10000):
            connection.sendall(part)
        connection.sendall(b"0\r\n\r\n")
        assert answer_to(connection)[0] == 413
    assert still_answers(server)


def test_the_largest_body_is_taken(server: Server) -> None:
    body = QUERY + b" " * (5_000_000 - len(QUERY))
    with closing(connected(server)) as connection:
        connection.sendall(head(server, "/graphql", f"Content-Length: {len(body)}") + body)
        assert answer_to(connection)[0] == 200


def test_a_body_that_comes_too_slowly_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.api.request_bodies.MAX_BODY_SECONDS", 0.1)
    monkeypatch.setattr("kedro_viz.api.request_bodies._DRAIN_SECONDS", 0.1)
    with closing(connected(server)) as connection:
        connection.sendall(head(server, "/graphql", "Content-Length: 100") + b"{")
        status, body = answer_to(connection)
    assert (status, json.loads(body)["error"]) == (408, "The request did not arrive within 0.1 s.")


def test_many_bodies_together_are_bounded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.api.request_bodies.MAX_HELD_BYTES", 1_000_000)
    waiting = connected(server)
    with closing(waiting), closing(connected(server)) as second:
        waiting.sendall(head(server, "/graphql", "Content-Length: 999999") + b"{" * 600_000)
        second.sendall(head(server, "/graphql", "Content-Length: 600000") + b" " * 600_000)
        # One of the two, whichever came later.
        waiting.settimeout(0.01)
        statuses = []

        def one_is_refused() -> bool:
            for each in (waiting, second):
                each.settimeout(0.01)
                try:
                    if each.recv(12, socket.MSG_PEEK):
                        statuses.append(answer_to(each))
                        return True
                except TimeoutError:
                    pass
            return False

        wait_until(one_is_refused)
    assert statuses[0][0] == 503
    assert "Try again" in json.loads(statuses[0][1])["error"]
    wait_until(lambda: still_answers(server))


@pytest.mark.parametrize("path", ["/graphql", "/api/run-columns", "/api/export", "/none"])
def test_a_request_that_is_given_up_is_no_error(server: Server, path: str, caplog: pytest.LogCaptureFixture) -> None:
    with closing(connected(server)) as connection:
        connection.sendall(head(server, path, "Content-Length: 1000") + b'{"query": ')
    with closing(connected(server)) as connection:
        connection.sendall(head(server, path, "Transfer-Encoding: chunked") + b"5\r\n12345\r\n")
    assert still_answers(server)
    assert caplog.text == ""
