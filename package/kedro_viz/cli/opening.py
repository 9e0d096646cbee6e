"""Opens the Kedro project that a command was started in."""

from __future__ import annotations

import warnings
from pathlib import Path

import click
from kedro.utils import find_kedro_project

from kedro_viz.integrations.kedro.project.project import ProjectError, RuntimeParams, open_project
from kedro_viz.tracking.project import Project


def project_folder(command: str) -> Path:
    """The root of the project in this folder or one above it.

    Args:
        command: What to tell the user to start inside of a project.

    Raises:
        click.ClickException: If there is none.
    """
    folder = find_kedro_project(Path.cwd())
    if folder is None:
        raise click.ClickException(
            f"There is no Kedro project in {Path.cwd()} or the folders above it: no pyproject.toml with a section "
            f"[tool.kedro]. Start `{command}` inside of a project."
        )
    return Path(folder)


def opened_project(folder: Path, env: str | None = None, runtime_params: RuntimeParams | None = None) -> Project:
    """Open a project. See `open_project`.

    Raises:
        click.ClickException: If its `pyproject.toml` cannot be used.
    """
    # Kedro calls a method of OmegaConf that is deprecated; a user can do nothing about it.
    warnings.filterwarnings("ignore", message=r"register_new_resolver\(\)")
    try:
        return open_project(folder, env, runtime_params)
    except ProjectError as error:
        raise click.ClickException(f"The project in {folder} cannot be opened: {error}") from error
