"""What people call a project: runs of several projects may be kept in one store."""

from __future__ import annotations

import logging
import sys
from functools import lru_cache
from pathlib import Path

from kedro.framework import project as kedro_project

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

logger = logging.getLogger(__name__)

_MAX_CHARACTERS = 200

# Kedro's own lines are few. Reading a larger file would hold the run's start up.
_MAX_FILE_BYTES = 200_000


def project_name(project_path: Path) -> str | None:
    """The name of the project that is set up in this process.

    Args:
        project_path: Its root.

    Returns:
        Its `project_name` in `pyproject.toml`; the name of its package where that is not at hand, as of a packaged
        project. None if neither is known.
    """
    file = project_path / "pyproject.toml"
    try:
        found = file.stat()
        name = _name_in(file, found.st_mtime_ns) if found.st_size <= _MAX_FILE_BYTES else None
    except (OSError, ValueError) as error:
        logger.debug("The project's name is not known: %s", error)
        name = None
    return (name or str(kedro_project.PACKAGE_NAME or ""))[:_MAX_CHARACTERS] or None


@lru_cache(maxsize=8)
def _name_in(file: Path, _changed_at: int) -> str | None:
    section = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    section = section.get("kedro") if isinstance(section, dict) else None
    name = section.get("project_name") if isinstance(section, dict) else None
    return name if isinstance(name, str) and name.strip() else None
