"""Opens the session store of a project for reading."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kedro.utils import find_kedro_project

from kedro_viz.experiments.errors import ExperimentsError
from kedro_viz.integrations.kedro.project.project import ProjectError, open_project
from kedro_viz.store.errors import StoreError
from kedro_viz.store.opening import opened_store
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.project import Project


@dataclass(frozen=True)
class OpenedProject:
    """A project and what is recorded of its runs."""

    project: Project
    repository: RunRepository


@contextlib.contextmanager
def opened(path: Path | str | None, env: str | None = None) -> Iterator[OpenedProject]:
    """Open a project's session store for as long as the context lasts.

    Args:
        path: A folder of the project; None for the one of the current folder.
        env: The configuration environment; None for the project's default.

    Raises:
        ExperimentsError: If there is no project, or no store that can be read.
    """
    folder = Path(path or Path.cwd()).expanduser().resolve()
    root = find_kedro_project(folder)
    if root is None:
        raise ExperimentsError(
            f"There is no Kedro project in {folder} or the folders above it: no pyproject.toml with a section "
            "[tool.kedro]."
        )
    project = _project(Path(root), env)
    location = project.store_location
    if location is None:
        reason = next((f"{each.title}: {each.detail}" for each in project.problems), None)
        raise ExperimentsError(
            reason or f"This project does not record its runs: {project.settings_path} sets no SESSION_STORE_CLASS."
        )
    if not location.exists():
        raise ExperimentsError(f"There are no runs yet: `kedro run` makes '{location}' and records the first.")
    with contextlib.ExitStack() as stack:
        try:
            repository = stack.enter_context(opened_store(location, catalog=project.catalog, read_only=True))
        except (StoreError, OSError) as error:
            raise ExperimentsError(f"The session store cannot be read: {error}") from error
        yield OpenedProject(project, repository)


def _project(root: Path, env: str | None) -> Project:
    with warnings.catch_warnings():
        # Kedro calls a method of OmegaConf that is deprecated; a user can do nothing about it.
        warnings.filterwarnings("ignore", message=r"register_new_resolver\(\)")
        try:
            project = open_project(root, env)
        except ProjectError as error:
            raise ExperimentsError(f"The project in {root} cannot be opened: {error}") from error
    _check_package(project)
    return project


def _check_package(project: Project) -> None:
    """Make sure that settings are the project's own: Python imports a package of one name only once."""
    package = sys.modules.get(project.package_name)
    folder = (project.path / project.settings_path).parent
    # A package in several folders has all of them in its path.
    elsewhere = [Path(each).resolve() for each in getattr(package, "__path__", ())]
    if elsewhere and folder.resolve() not in elsewhere:
        raise ExperimentsError(
            f"The project in {project.path} has a package '{project.package_name}', and so has another, whose settings "
            f"Python already uses ({elsewhere[0]}). Open this one in a new process, or restart the notebook's kernel."
        )
