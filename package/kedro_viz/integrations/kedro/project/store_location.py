"""Where the settings of a project put its session store, and the folder that it is shared by.

Relative paths are the project's, wherever a session is opened from; `~` is the user's home folder.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from kedro.framework.project import settings

from kedro_viz.integrations.kedro.project.reproduction_mark import reproduction_of
from kedro_viz.integrations.kedro.project.tracked_projects import is_configured

DATABASE_NAME = "session_store.db"

# Kedro passes `<project>/sessions` when a project names no path; the store's own default is the project's `data`.
_KEDRO_DEFAULT_FOLDER = "sessions"

# A path of the local file system as fsspec takes it, which is relative to some folder.
_RELATIVE_URL = re.compile(r"(?P<protocol>(?:file|local)://)(?P<path>[^/\\].*)", re.IGNORECASE)


def store_location(project_path: Path) -> Path | None:
    """The session store's file of the project that is set up in this process; None if it has not set our store."""
    if not is_configured():
        return None
    return location_in(project_path, dict(settings.SESSION_STORE_ARGS).get("path"))


def remote_path(project_path: Path) -> str | None:
    """The fsspec URL that the project shares its store by; None if it does not."""
    if not is_configured():
        return None
    return remote_path_in(project_path, dict(settings.SESSION_STORE_ARGS).get("remote_path"))


def location_in(project_path: Path, path: str | os.PathLike[str] | None) -> Path:
    """The session store's file of a project.

    Args:
        project_path: The project's root.
        path: The folder that the settings name, or that Kedro passes if they name none.
    """
    # Its settings are those of the project that it was made from, and so may be the path.
    if reproduction := reproduction_of(project_path):
        return reproduction / "data" / DATABASE_NAME
    if path is None:
        return project_path / "data" / DATABASE_NAME
    folder = Path(path)
    if folder.name == _KEDRO_DEFAULT_FOLDER and "path" not in dict(settings.SESSION_STORE_ARGS):
        folder = folder.parent / "data"
    return _in_project(project_path, folder) / DATABASE_NAME


def remote_path_in(project_path: Path, path: str | os.PathLike[str] | None) -> str | None:
    """The folder that a project shares its store by, as a path or an fsspec URL; None for a project that does not.

    Args:
        project_path: The project's root.
        path: What the settings name.
    """
    if not path or reproduction_of(project_path):
        return None
    text = os.fspath(path)
    if url := _RELATIVE_URL.fullmatch(text):
        return url["protocol"] + _in_project(project_path, Path(url["path"])).as_posix()
    # A chain of URLs, as `simplecache::s3://…`, names places of its own too.
    if "://" in text or "::" in text:
        return text
    return str(_in_project(project_path, Path(text)))


def _in_project(project_path: Path, path: Path) -> Path:
    # `Path.expanduser` raises an exception for a user without a home, as in some containers.
    return (project_path / os.path.expanduser(path)).absolute()  # noqa: PTH111
