"""Serves the built web app: its pages, and the files that they load."""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kedro_viz.api.access.app_address import address_of_app
from kedro_viz.api.security import PLOT_FRAME_POLICY

WEB_FOLDER = Path(__file__).parents[1] / "web"

# What Vite writes of the files that a page loads.
_RELATIVE = re.compile(r"""\b(src|href)="\./([^"']*)\"""")

_NOT_BUILT = """<!doctype html><html lang="en"><title>Kedro-Viz</title>
<h1>The web app is not built</h1>
<p>This Kedro-Viz runs from a source checkout. Run <code>make web</code> there, and load this page again.</p></html>
"""


class Assets(StaticFiles):
    """Built files, whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file that a browser may keep for ever, and that the frame of Plotly figures may load too."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


def page_router(folder: Path = WEB_FOLDER, root_path: str = "") -> APIRouter:
    """The routes of the app's pages. Every path that is not a file's is one of them: the app tells them apart.

    Args:
        folder: The built app.
        root_path: The path below which a proxy has the app, if it is configured.
    """
    router = APIRouter()

    @router.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def page(request: Request, path: str) -> Response:
        file = _file_in(folder, path)
        if file is not None:
            # However it is asked for, this page runs users' figures, and never as a page of the app.
            policy = {"Content-Security-Policy": PLOT_FRAME_POLICY} if file.name == "plot-frame.html" else {}
            return FileResponse(file, headers={"Cache-Control": "no-cache", **policy})
        if "." in path.rsplit("/", 1)[-1] and not path.startswith("experiment-tracking/"):
            raise HTTPException(status_code=404)
        index = folder / "index.html"
        if not index.exists():
            return HTMLResponse(_NOT_BUILT, status_code=503)
        page = with_addresses(index.read_text(), address_of_app(request.scope, root_path))
        etag = f'"{hashlib.sha256(page.encode()).hexdigest()[:32]}"'
        headers = {"Cache-Control": "no-cache", "ETag": etag}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(page, headers=headers)

    return router


def with_addresses(page: str, app: str) -> str:
    """The app's page with its files' addresses, which are relative to the app, as they are from the requested page.

    Args:
        page: The built page.
        app: The address of the app, from the requested page.
    """
    root = html.escape(app, quote=True)
    return _RELATIVE.sub(lambda found: f"{found[1]}='{root}{found[2]}'", page)


def _file_in(folder: Path, path: str) -> Path | None:
    """The file of that path inside the folder; None if there is none, or if it is no path at all."""
    root = folder.resolve()
    try:
        file = (root / path).resolve()
        return file if file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):
        return None


def assets(folder: Path = WEB_FOLDER) -> Assets:
    """The built files."""
    return Assets(directory=folder / "assets", check_dir=False)
