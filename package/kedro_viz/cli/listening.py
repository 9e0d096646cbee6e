"""Finds the address to listen on."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys

import click

# How many ports after the one that was asked for are tried.
_NEXT_PORTS = 100
_BACKLOG = 2048
_MAX_PORT = 65535


class ListenError(click.ClickException):
    """The address cannot be listened on. The message tells why and what to do."""


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address, or where its port is in use, on the next free one.

    Connections are taken from now on, and wait until they are served.

    Args:
        host: A name or an IP address of this machine.
        port: The first port to try; 0 for any that is free.

    Raises:
        ListenError: If the host is not this machine, or no port is free or allowed.
    """
    family, address = _resolve(host, port)
    last = port if port == 0 else min(port + _NEXT_PORTS, _MAX_PORT)
    for candidate in range(port, last + 1):
        try:
            return _listen(family, address, candidate)
        except PermissionError as error:
            raise ListenError(f"Port {candidate} is not allowed to you. Choose one above 1023 with --port.") from error
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise ListenError(f"This machine has no address {host}. Try --host 127.0.0.1.") from error
            if error.errno != errno.EADDRINUSE:
                raise ListenError(f"Cannot listen on {host}, port {candidate}: {error.strerror}.") from error
    raise ListenError(f"The ports {port} to {last} are all in use. Choose another one with --port.")


def url_of(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    if is_every_address(host):
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_every_address(host: str) -> bool:
    """Whether a host stands for all addresses of this machine, such as 0.0.0.0."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ListenError(f"The host {host!r} is not known. Try --host 127.0.0.1.") from error
    # `localhost` is both: browsers try the older one as well, and more tools know only that.
    family, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    return family, str(address[0])


def _listen(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # The protocol is named because asyncio sends without delay (TCP_NODELAY) only on sockets that name it: else each
    # answer on an open connection waits 40 ms for the browser's acknowledgement of its head.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # There, reuse means that two programs may listen on one port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # A port whose last connections are still being closed counts as free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except BaseException:
        listener.close()
        raise
    return listener
