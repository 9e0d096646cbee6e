"""Lets those in who know the server's token."""

from __future__ import annotations

import hmac
import math
import secrets
import time
from collections.abc import Callable
from urllib.parse import parse_qs

import anyio
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from kedro_viz.api.access.app_address import address_in_app, address_of_app, place_in_app, sign_in_address
from kedro_viz.api.access.attempts import Attempts
from kedro_viz.api.access.login import login_page
from kedro_viz.api.access.person import Person
from kedro_viz.api.access.refusals import Refusal, refused_json
from kedro_viz.api.access.session_cookie import SessionCookie

WRONG = "This is not the token of this server. A server that was started again may have another one."

_SCHEMES = ("bearer", "token")
_LINK_SECONDS = 300.0
# Whoever sends it is not known yet.
_MOST_FORM_BYTES = 16_000
_FORM_SECONDS = 10.0
_FORM_TYPE = "application/x-www-form-urlencoded"


class TokenIdentity:
    """Knows the token by a link (`?token=`), the form of the login page, a header, or the cookie that these give.

    Args:
        token: The token.
        port: The port of the server.
        root_path: The path below which the app is served, if it is configured.
        clock: Seconds since 1970, for the cookie.
        attempts: Counts wrong tokens.
    """

    def __init__(
        self,
        token: str,
        port: int,
        root_path: str = "",
        clock: Callable[[], float] = time.time,
        attempts: Attempts | None = None,
    ) -> None:
        self._token = token.encode()
        self._root_path = root_path
        self._cookie = SessionCookie(token, port, root_path, clock)
        self._attempts = attempts or Attempts()
        # Codes of links that work once, and when they end.
        self._codes: dict[str, float] = {}

    def link_code(self) -> str:
        """A code that signs in once in place of the token, within five minutes.

        A browser is started with its address as an argument, which everybody on the machine can read.
        """
        code = secrets.token_urlsafe(32)
        self._codes[code] = time.monotonic() + _LINK_SECONDS
        return code

    def person(self, connection: HTTPConnection) -> Person | None:
        """Somebody, if they have the cookie or send the token."""
        if self._cookie.is_valid(connection):
            return Person()
        scheme, _, given = connection.headers.get("authorization", "").partition(" ")
        # Other schemes are between the browser and a proxy.
        if scheme.lower() not in _SCHEMES:
            return None
        return Person() if self._seconds_to_wait(connection) == 0 and self._is_right(given, connection) else None

    async def sign_in(self, request: Request) -> Response | None:
        """Answer a link with a token, or the login page's form."""
        app = address_of_app(request.scope, self._root_path)
        if request.method == "GET" and "token" in request.query_params:
            return self._follow_link(request, app)
        if request.method == "POST" and request.url.path == "/":
            return await self._take_form(request, app)
        return None

    def ask_to_sign_in(self, request: Request) -> Response:
        """The login page."""
        return login_page(address_of_app(request.scope, self._root_path), place_in_app(request.scope))

    def _follow_link(self, request: Request, app: str) -> Response:
        token = request.query_params["token"]
        # The cookie is given at the app's root, so that it holds for all of the app: see `SessionCookie.give`.
        if request.url.path != "/":
            return RedirectResponse(sign_in_address(app, token, place_in_app(request.scope)), 303)
        # What else the root's address holds is its page's own.
        place = request.query_params.get("to") or place_in_app(request.scope)
        if self._cookie.is_valid(request) and not self._is_right(token, request, count=False):
            # An old link, and somebody who is in already.
            return RedirectResponse(address_in_app(app, place), 303)
        return self._answer(request, app, token, place, as_json=False)

    async def _take_form(self, request: Request, app: str) -> Response:
        as_json = "application/json" in request.headers.get("accept", "")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM_TYPE:
            return Response("Send the token as the login page's form does.", 415)
        body = bytearray()
        try:
            with anyio.fail_after(_FORM_SECONDS):
                async for part in request.stream():
                    body += part
                    if len(body) > _MOST_FORM_BYTES:
                        return Response("The form is too large.", 413)
        except (TimeoutError, ClientDisconnect):
            return Response("The form did not arrive.", 408)
        fields = parse_qs(body.decode(errors="replace"))
        token = fields.get("token", [""])[0].strip()
        return self._answer(request, app, token, fields.get("to", [""])[0], as_json=as_json)

    def _answer(self, request: Request, app: str, token: str, place: str, *, as_json: bool) -> Response:
        wait = self._seconds_to_wait(request)
        if wait == 0 and self._is_right(token, request):
            response = Response(status_code=204) if as_json else RedirectResponse(address_in_app(app, place), 303)
            response.headers["Cache-Control"] = "no-store"
            self._cookie.give(response, request)
            return response
        message = f"There were too many wrong tokens. Try again in {math.ceil(wait)} seconds." if wait else WRONG
        code, status = (Refusal.TOO_MANY_ATTEMPTS, 429) if wait else (Refusal.SIGN_IN, 401)
        refused = refused_json(code, message, status) if as_json else login_page(app, place, message, status)
        if wait:
            refused.headers["Retry-After"] = str(math.ceil(wait))
        return refused

    def _is_right(self, given: str, connection: HTTPConnection, *, count: bool = True) -> bool:
        if hmac.compare_digest(given.strip().encode(), self._token):
            return True
        ends = self._codes.pop(given, None)
        if ends is not None and ends > time.monotonic():
            return True
        if count:
            self._attempts.note_wrong(_address(connection))
        return False

    def _seconds_to_wait(self, connection: HTTPConnection) -> float:
        return self._attempts.seconds_to_wait(_address(connection))


def _address(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""
