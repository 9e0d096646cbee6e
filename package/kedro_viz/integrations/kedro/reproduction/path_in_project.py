"""Paths as a run recorded them, on this machine or on another."""

from __future__ import annotations

import posixpath
import re

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_WINDOWS_ABSOLUTE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def path_in_project(path: str, run_project: str) -> str | None:
    """A path relative to the project that it is in; None if it is not.

    Args:
        path: As a run recorded it. One that is not absolute starts from the project.
        run_project: The root of the project when it ran.
    """
    path, root = path.replace("\\", "/") if _WINDOWS_ABSOLUTE.match(path) else path, run_project.replace("\\", "/")
    if not (path.startswith("/") or _WINDOWS_ABSOLUTE.match(path) or URL.match(path)):
        path = f"{root}/{path}"
    # A record from elsewhere may lead up from the project.
    path, root = posixpath.normpath(path), posixpath.normpath(root)
    return path.removeprefix(f"{root}/") if root not in ("", ".", "/") and path.startswith(f"{root}/") else None
