"""Answers that refuse: a page for people, JSON with a code for programs."""

from __future__ import annotations

import html
from enum import Enum

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kedro_viz.api.access.plain_page import plain_page


class Refusal(str, Enum):
    """Why a request is refused, as programs read it: `extensions.code` in GraphQL, `code` elsewhere."""

    UNKNOWN_HOST = "UNKNOWN_HOST"
    FOREIGN_ORIGIN = "FOREIGN_ORIGIN"
    SIGN_IN = "SIGN_IN"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"
    READ_ONLY = "READ_ONLY"


def refused_json(code: Refusal, message: str, status: int, **more: object) -> JSONResponse:
    """An error for programs, in the forms of GraphQL and of our other routes."""
    error = {"message": message, "extensions": {"code": code.value, **more}}
    body = {"error": message, "code": code.value, **more, "errors": [error]}
    return JSONResponse(body, status, headers={"Cache-Control": "no-store"})


def wants_page(request: Request) -> bool:
    """Whether a request is a browser's for a page to show."""
    return request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", "")


def unknown_host(allow: str | None, *, as_page: bool) -> Response:
    """The answer to a request for a name that may not be ours.

    Args:
        allow: What to give to `--allow-host` for the name to be answered; None if it is no name at all.
        as_page: Whether a browser shows the answer.
    """
    message = "This address is not served here. Open the app by the address that `kedro viz` prints."
    if allow is not None:
        message += f" If {allow} is a name of this server, start it with --allow-host {allow}"
    if not as_page:
        return refused_json(Refusal.UNKNOWN_HOST, message, 403, allowHost=allow)
    remedy = ""
    if allow is not None:
        name = html.escape(allow)
        remedy = (
            f"<p>If <strong>{name}</strong> is a name of this server, or of a proxy in front of it, add it to the "
            f"command that starts the server:</p><pre><code>kedro viz run --allow-host {name}</code></pre>"
        )
    body = (
        "<p>The server does not know this address, so it shows nothing here: another site could have borrowed it to "
        f"read this project's runs. Open the app by the address that <code>kedro viz</code> prints.</p>{remedy}"
    )
    return plain_page("This address is not served here", body, status=403)


def foreign_origin(origin: str, allow: str | None) -> Response:
    """The answer to a request that a page of another site seems to send."""
    message = f"Pages of {origin[:200]} get no data from this server."
    if allow is not None:
        message += (
            " If this is the address of a reverse proxy in front of it, have the proxy forward the Host header, or "
            f"start the server with --allow-host {allow}"
        )
    return refused_json(Refusal.FOREIGN_ORIGIN, message, 403, allowHost=allow)
