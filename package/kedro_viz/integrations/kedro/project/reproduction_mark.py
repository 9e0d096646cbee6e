"""A mark on reproduced projects: their runs stay with them, whatever store their settings name.

Imported by every session of a project that tracks its runs, so it imports next to nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kedro.framework import project as kedro_project

# Beside pyproject.toml. Its name cannot be a file of anyone else's.
MARK = "kedro-viz-reproduction.json"

# From `src/<package>/settings.py` to the project, with room for a package in a namespace.
_LEVELS = 6


def mark_text(run_id: str) -> str:
    """What the mark holds: only for people to read. That it is there is all that counts."""
    told = "While this file is here, runs of this project are kept in data/session_store.db and are not shared."
    return json.dumps({"reproduces": run_id, "meaning": told}, indent=2) + "\n"


def reproduction_of(project: Path) -> Path | None:
    """The root of the reproduced project whose runs go on in this process.

    Args:
        project: The root of the project that this process works in, as far as its folder tells.

    Returns:
        That project, or the one whose settings are in force: a notebook may be elsewhere. None if neither is one.
    """
    settings = sys.modules.get(f"{kedro_project.PACKAGE_NAME}.settings")
    file = getattr(settings, "__file__", None)
    folders = [project, *(Path(file).parents[:_LEVELS] if file else ())]
    return next((folder for folder in folders if is_marked(folder)), None)


def is_marked(project: Path) -> bool:
    """Whether a folder is the root of a reproduced project."""
    return (project / MARK).is_file()
