"""The cookie that keeps a browser signed in."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION_SECONDS = 30 * 24 * 3600


class SessionCookie:
    """A time of expiry, signed with the token: true after a restart with the same token, and void with another one.

    Args:
        token: Whoever knows it is let in.
        port: The port of the server. A browser sends cookies to all ports of a machine, so each server's has its name.
        root_path: The path below which the app is served, if it is configured.
        clock: Seconds since 1970.
    """

    def __init__(self, token: str, port: int, root_path: str = "", clock: Callable[[], float] = time.time) -> None:
        self.name = f"kedro-viz-{port}"
        self._key = token.encode()
        self._root_path = root_path
        self._clock = clock

    def is_valid(self, connection: HTTPConnection) -> bool:
        """Whether a request carries a cookie of ours that has not expired."""
        expires, _, signature = connection.cookies.get(self.name, "").partition(".")
        if not (expires.isascii() and expires.isdecimal() and len(expires) < 20 and signature.isascii()):
            return False
        return hmac.compare_digest(signature, self._sign(expires)) and int(expires) > self._clock()

    def give(self, response: Response, connection: HTTPConnection) -> None:
        """Sign a browser in. The answer has to be one to a request for the app's root.

        Without a path, a cookie holds for the folder of the requested address: for the app, also where a proxy has it
        below a path that we do not know, and not for what else is on that site.
        """
        expires = str(int(self._clock()) + SESSION_SECONDS)
        response.set_cookie(
            self.name,
            f"{expires}.{self._sign(expires)}",
            max_age=SESSION_SECONDS,
            path=self._root_path or None,
            # Who forges this header only loses a cookie of their own.
            secure="https" in (connection.url.scheme, connection.headers.get("x-forwarded-proto")),
            httponly=True,
            samesite="lax",
        )

    def _sign(self, expires: str) -> str:
        return hmac.new(self._key, f"kedro-viz session until {expires}".encode(), hashlib.sha256).hexdigest()
