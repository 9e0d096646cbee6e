"""Lets everybody in who reaches the port."""

from __future__ import annotations

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from kedro_viz.api.access.app_address import address_in_app, address_of_app, place_in_app
from kedro_viz.api.access.person import Person


class Everyone:
    """Asks nobody who they are.

    Args:
        root_path: The path below which the app is served, if it is configured.
    """

    def __init__(self, root_path: str = "") -> None:
        self._root_path = root_path

    def person(self, _connection: HTTPConnection) -> Person | None:
        """Somebody."""
        return Person()

    async def sign_in(self, request: Request) -> Response | None:
        """Take the token of an earlier server's link out of the address."""
        if request.method != "GET" or "token" not in request.query_params:
            return None
        app = address_of_app(request.scope, self._root_path)
        return RedirectResponse(address_in_app(app, place_in_app(request.scope)), 303)

    def ask_to_sign_in(self, _request: Request) -> Response:
        """Never needed.

        Raises:
            NotImplementedError: Always.
        """
        raise NotImplementedError("Everybody is let in.")
