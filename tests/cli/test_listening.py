"""The address to listen on is the one that was asked for, or the next free one."""

from __future__ import annotations

import asyncio
import errno
import socket

import pytest

from kedro_viz.api.access.hosts import is_loopback
from kedro_viz.cli.listening import ListenError, is_every_address, listen, url_of


def test_the_port_that_was_asked_for_is_taken_if_it_is_free() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
    with listen("127.0.0.1", port) as again:
        assert again.getsockname() == ("127.0.0.1", port)


def test_a_port_in_use_gives_the_next_free_one() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with listen("127.0.0.1", port) as second, listen("127.0.0.1", port) as third:
            assert port < second.getsockname()[1] < third.getsockname()[1]


def test_answers_are_sent_without_delay() -> None:
    async def delay_is_off() -> int:
        accepted = asyncio.Event()
        options: list[int] = []

        def serve(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            options.append(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()
            accepted.set()

        with listen("127.0.0.1", 0) as listener:
            async with await asyncio.start_server(serve, sock=listener):
                with socket.create_connection(listener.getsockname()):
                    await accepted.wait()
        return options[0]

    assert asyncio.run(delay_is_off()) != 0


def test_connections_wait_until_they_are_served() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        pass


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ("no-such-host.invalid", "The host 'no-such-host.invalid' is not known"),
        ("a" * 70, "is not known"),
        ("192.0.2.1", "This machine has no address 192.0.2.1"),
    ],
)
def test_a_host_that_is_not_this_machine_is_refused(host: str, told: str) -> None:
    with pytest.raises(ListenError, match=told):
        listen(host, 0)


def test_a_port_that_is_not_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, to whom every port is allowed.
    def refuse(listener: socket.socket, address: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(ListenError, match="Port 80 is not allowed to you"):
        listen("127.0.0.1", 80)


def test_when_no_port_is_free_all_that_were_tried_are_told() -> None:
    with listen("127.0.0.1", 65535), pytest.raises(ListenError, match="The ports 65535 to 65535 are all in use"):
        listen("127.0.0.1", 65535)


@pytest.mark.parametrize(
    ("host", "local", "every", "url"),
    [
        ("127.0.0.1", True, False, "http://127.0.0.1:4141"),
        ("localhost", True, False, "http://localhost:4141"),
        ("::1", True, False, "http://[::1]:4141"),
        ("0.0.0.0", False, True, "http://127.0.0.1:4141"),
        ("::", False, True, "http://127.0.0.1:4141"),
        ("", False, True, "http://127.0.0.1:4141"),
        ("10.1.2.3", False, False, "http://10.1.2.3:4141"),
        ("notebooks.example.org", False, False, "http://notebooks.example.org:4141"),
    ],
)
def test_hosts_are_told_apart_and_have_an_address_to_type(host: str, local: bool, every: bool, url: str) -> None:
    assert (is_loopback(host), is_every_address(host), url_of(host, 4141)) == (local, every, url)
