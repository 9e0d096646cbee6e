"""Addresses of the app's pages, which may lie below a path of a reverse proxy."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from starlette.datastructures import URL
from starlette.types import Scope

# The first parts of our own paths. Below one of them, nobody could tell whether a proxy has cut the root path off.
_OWN_PARTS = frozenset({"api", "artifacts", "assets", "experiment-tracking", "graphql"})
_ROOT_PATH = re.compile(r"(/[A-Za-z0-9._~@%+-]+)*")
_SAFE = "/?&=%:@!$'()*+,;~"


def checked_root_path(text: str) -> str:
    """A root path as the server uses it: empty, or with a slash in front and none behind.

    Raises:
        ValueError: If it cannot be one.
    """
    path = "/" + text.strip().strip("/")
    if path == "/":
        return ""
    if not _ROOT_PATH.fullmatch(path) or any(part in (".", "..") for part in path.split("/")):
        raise ValueError(f"{text!r} is no path of a URL. Give one such as /tools/viz.")
    if path.split("/")[1] in _OWN_PARTS:
        raise ValueError(f"{text!r} begins like a path of the app itself. Choose another one.")
    return path


def without_root_path(scope: Scope, root_path: str) -> Scope:
    """A request as if the app were at `/`, whether or not the proxy has cut the root path off."""
    path: str = scope["path"]
    if not root_path or not (path == root_path or path.startswith(f"{root_path}/")):
        return scope
    raw = scope.get("raw_path")
    return {
        **scope,
        "path": path[len(root_path) :] or "/",
        "raw_path": None if raw is None else raw[len(root_path) :] or b"/",
    }


def address_of_app(scope: Scope, root_path: str) -> str:
    """The app's address as links on the requested page may name it. Ends with a slash.

    Without a root path it is relative, as `../../`: a proxy that cuts a path off need not tell us which.
    """
    if root_path:
        return f"{root_path}/"
    return "../" * (_raw_path(scope).count("/") - 1) or "./"


def place_in_app(scope: Scope) -> str:
    """The requested page's path and query, relative to the app, without a token."""
    parameters = URL(scope=scope).query
    kept = "&".join(each for each in parameters.split("&") if each and each.partition("=")[0] != "token")
    path = _raw_path(scope).lstrip("/")
    return f"{path}?{kept}" if kept else path


def address_in_app(app: str, place: str) -> str:
    """The address of a place in the app. Stays within the app's site, whatever the place is.

    Args:
        app: What `address_of_app` gives.
        place: As `place_in_app` gives it; it may come from a form.
    """
    clean = quote(re.sub(r"[\x00-\x20\\]", "", place).lstrip("/"), safe=_SAFE)
    return app + clean


def sign_in_address(app: str, token: str, place: str) -> str:
    """The address in the app's root that signs in with a token and leads on to a place."""
    return f"{app}?{urlencode({'token': token, **({'to': place} if place else {})})}"


def _raw_path(scope: Scope) -> str:
    raw = scope.get("raw_path")
    return raw.decode("latin-1") if raw else quote(scope["path"])
