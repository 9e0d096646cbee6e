"""Who may ask, and what a page may do.

The app listens on the user's own machine, where every page of the web that the user visits can send it requests. It has
no passwords; what protects it is that such pages are told apart by the headers that browsers always send.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# All that a page needs is in the wheel. Inline styles are needed by the component and chart libraries.
APP_POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)

# Users' Plotly figures are drawn in a frame without an origin: it can reach neither the app nor the network.
PLOT_FRAME_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; frame-ancestors 'self'"
)

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

# What the frame of Plotly figures loads. It has no origin, which browsers call "null"; so has a frame that any other
# site makes, and therefore all else is refused to it.
_FRAME_PATHS = ("/assets/", "/plot-frame.html")

_ANY_ADDRESS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - compared with, not listened on


class SameOrigin:
    """Lets only requests through that name this server as their host and, if they tell, as their origin.

    A foreign name in `Host` is DNS rebinding; a foreign `Origin` is another site's page.

    Args:
        app: The application behind it.
        host: The address that the server listens on. Any name may stand for one that listens on all addresses.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app = app
        self._any_host = host in _ANY_ADDRESS
        self._names = _LOCAL_NAMES | {host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or self._is_allowed(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            text = "This address is not served here. Open the app by the address that `kedro viz` prints."
            await PlainTextResponse(text, status_code=403)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _is_allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._any_host and _name(f"//{host}") not in self._names:
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        if origin == "null":
            reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
            return reads and str(scope["path"]).startswith(_FRAME_PATHS)
        return _address(origin) == host.lower()


class SecurityHeaders:
    """Adds the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its answer's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
                headers.setdefault("Content-Security-Policy", APP_POLICY)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _address(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return None


def _name(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
