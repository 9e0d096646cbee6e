"""Decides, before anything else looks at a request, whether it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kedro_viz.api.access.app_address import without_root_path
from kedro_viz.api.access.everyone import Everyone
from kedro_viz.api.access.hosts import HostName, KnownHosts, origin_to_allow
from kedro_viz.api.access.person import EveryAction, Identity, Permissions, Viewer
from kedro_viz.api.access.refusals import Refusal, foreign_origin, refused_json, unknown_host, wants_page

# The same for everybody, and in the installed package for all to read. The frame of Plotly figures loads some of it,
# and has no origin and no cookie.
_PUBLIC_FOLDER = "/assets/"
_PUBLIC_FILES = frozenset({"/plot-frame.html", "/favicon.svg"})

# All other paths are pages of the app, which hold no data.
_DATA_PATHS = ("/graphql", "/api", "/artifacts")

_VIEWER = "kedro_viz.viewer"

SIGN_IN = "Sign in: this server answers only those who have its token."


@dataclass(frozen=True)
class Access:
    """Who may use the server, and how it is reached.

    Attributes:
        hosts: The names by which it is reached.
        identity: Tells who somebody is.
        permissions: Tells what they may do.
        root_path: The path below which a proxy has it, if that is configured.
    """

    hosts: KnownHosts = field(default_factory=KnownHosts)
    identity: Identity = field(default_factory=Everyone)
    permissions: Permissions = field(default_factory=EveryAction)
    root_path: str = ""


class Gate:
    """Passes on what is asked of this server, by its own pages, by somebody who may ask.

    Args:
        app: The application behind it.
        access: Who may use it.
    """

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = without_root_path(scope, self._access.root_path)
        if _is_public(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._meet_socket(scope, receive, send)
        else:
            await self._meet_request(scope, receive, send)

    async def _meet_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        refusal = self._wrong_place(request)
        is_page = _is_page(scope)
        if refusal is None and (is_page or scope["path"] == "/"):
            refusal = await self._access.identity.sign_in(request)
        if refusal is None:
            person = self._access.identity.person(request)
            if person is not None:
                scope[_VIEWER] = Viewer.of(person, self._access.permissions)
                await self._app(scope, receive, send)
                return
            if is_page or wants_page(request):
                refusal = self._access.identity.ask_to_sign_in(request)
            else:
                refusal = refused_json(Refusal.SIGN_IN, SIGN_IN, 401)
                refusal.headers["WWW-Authenticate"] = "Bearer"
        await refusal(scope, receive, send)

    async def _meet_socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope)
        person = None if self._wrong_place(connection) else self._access.identity.person(connection)
        if person is None:
            # Browsers do not tell pages why; the app asks over HTTP.
            await send({"type": "websocket.close", "code": 1008})
            return
        scope[_VIEWER] = Viewer.of(person, self._access.permissions)
        await self._app(scope, receive, send)

    def _wrong_place(self, connection: HTTPConnection) -> Response | None:
        """The refusal of a request for another server, or from another site's page."""
        hosts, headers = self._access.hosts, connection.headers
        host = headers.get("host", "")
        if not hosts.is_known(host):
            named = HostName.parse(host)
            shown = connection.scope["type"] == "http" and wants_page(Request(connection.scope))
            return unknown_host(None if named is None else named.name, as_page=shown)
        origin = headers.get("origin")
        if origin is None or _is_page(connection.scope) or hosts.is_own_origin(origin, host):
            return None
        allow = origin_to_allow(origin)
        return foreign_origin(origin, None if allow is None else str(allow))


def viewer_of(connection: HTTPConnection) -> Viewer:
    """Who has sent a request that the gate has passed on."""
    viewer: Viewer = connection.scope[_VIEWER]
    return viewer


def _is_public(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    # What climbs out of the folder of assets is no file of it.
    return path in _PUBLIC_FILES or (path.startswith(_PUBLIC_FOLDER) and ".." not in path)


def _is_page(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    return not any(path == each or path.startswith(f"{each}/") for each in _DATA_PATHS)
