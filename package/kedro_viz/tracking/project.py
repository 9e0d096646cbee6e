"""What the app tells of the project that it serves."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from kedro_viz.tracking.catalog import Catalog


class ProblemCode(str, Enum):
    """What follows from a problem, for programs: titles are for people, and their words may change."""

    CATALOG_UNKNOWN = "catalog_unknown"


@dataclass(frozen=True)
class Problem:
    """Something that the user should know and can mend: a short title, and the remedy or the cause in full."""

    title: str
    detail: str
    code: ProblemCode | None = None


@dataclass(frozen=True)
class Project:
    """A Kedro project as tracking sees it.

    Attributes:
        name: The project's name as in `pyproject.toml`.
        package_name: Its Python package.
        path: Its root folder.
        settings_path: Its `settings.py`, relative to the root, as a user would type it.
        kedro_version: The Kedro that is installed.
        store_location: The session store's file; None if the project has not set ours.
        remote_path: The fsspec URL that the store is shared by, or None.
        catalog: Its datasets.
        problems: What could not be read.
    """

    name: str
    package_name: str
    path: Path
    settings_path: str
    kedro_version: str
    store_location: Path | None
    remote_path: str | None
    catalog: Catalog
    problems: list[Problem] = field(default_factory=list)
