"""The names under which the server may be reached."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

ANY_NAME = "*"

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?")


@dataclass(frozen=True)
class HostName:
    """A name or IP address, lower case and without brackets, and the port if one is given."""

    name: str
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> HostName | None:
        """Read what a `Host` header holds: `name` or `name:port`. None if it is neither."""
        try:
            parts = urlsplit(f"//{text}")
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return None
        if parts.netloc != text or "@" in text or not (_NAME.fullmatch(name) or _is_address(name)):
            return None
        return cls(name, port)

    @classmethod
    def of_user(cls, text: str) -> HostName:
        """Read a name that a user allows: `name`, `name:port`, or an address copied from the browser.

        Raises:
            ValueError: If it is none of these.
        """
        text = text.strip()
        if "://" in text:
            text = urlsplit(text).netloc
        if not text.isascii():
            # UnicodeError is a ValueError.
            text = text.encode("idna").decode()
        found = cls.parse(text)
        if found is None:
            raise ValueError(f"{text!r} is no host name. Give a name such as viz.example.com, or viz.example.com:8443.")
        return found

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port is None else f"{name}:{self.port}"


class KnownHosts:
    """Tells this server's own names and pages from foreign ones.

    A foreign name in `Host` is DNS rebinding: a page elsewhere whose name suddenly leads to this machine. An IP address
    cannot be rebound, so any is accepted where the server listens on more than loopback. A foreign `Origin` means a
    page of another site.

    Args:
        host: The address that the server listens on.
        allowed: Further names, as `--allow-host` gives them. `*` allows every name in `Host`, but no further origins.
    """

    def __init__(self, host: str = "127.0.0.1", allowed: Iterable[str] = ()) -> None:
        names = set(allowed)
        self._any_name = ANY_NAME in names
        self._allowed = frozenset(HostName.of_user(name) for name in names - {ANY_NAME})
        self._any_address = not is_loopback(host)
        self._names = _LOCAL_NAMES | {host.lower()} | {each.name for each in self._allowed}
        if self._any_address:
            self._names |= machine_names()

    def is_known(self, host: str) -> bool:
        """Whether a `Host` header names this server."""
        parsed = HostName.parse(host)
        if parsed is None:
            return False
        return self._any_name or parsed.name in self._names or (self._any_address and _is_address(parsed.name))

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Whether an `Origin` header names a page of this server.

        It does if it agrees with `Host`. A proxy may replace `Host` by the address it connects to; then the page's name
        has to be one that the user allows.
        """
        scheme, _, rest = origin.partition("://")
        page, asked = HostName.parse(rest), HostName.parse(host)
        default = _DEFAULT_PORTS.get(scheme.lower())
        if page is None or default is None:
            return False
        port = page.port or default
        if asked is not None and (page.name, port) == (asked.name, asked.port or default):
            return True
        return any((page.name, port) == (each.name, each.port or default) for each in self._allowed)


def origin_to_allow(origin: str) -> HostName | None:
    """What to allow for pages of an origin to be answered; None if it is no origin of a web site."""
    scheme, _, rest = origin.partition("://")
    return HostName.parse(rest) if scheme.lower() in _DEFAULT_PORTS else None


def machine_names() -> frozenset[str]:
    """The names that other machines may know this one by, without asking a name server."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    # `.local` is how machines find each other without a name server (mDNS).
    return frozenset({name, short, f"{short}.local"} - {"", ".local"})


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can only be reached from this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
