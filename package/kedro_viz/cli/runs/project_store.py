"""Opens the session store of the project that a command was started in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from kedro_viz.cli.opening import opened_project, project_folder
from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.files.file_index import IndexProgress
from kedro_viz.store.opening import opened_store
from kedro_viz.store.reading.run_ids import LATEST, MAX_CANDIDATES
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.read_errors import ReadError
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.project import Project

_SETTINGS = """\
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""


# Progress is told after so many files.
_TOLD_EVERY = 500


@dataclass(frozen=True)
class ProjectStore:
    """A project and the store of its runs.

    Attributes:
        project: The project.
        location: The store's file.
        repository: Its runs.
    """

    project: Project
    location: Path
    repository: RunRepository

    def run_id(self, text: str) -> str:
        """The id of the run that a user means. See `find_run`.

        Raises:
            click.ClickException: If there is none, or if there are several.
        """
        found = self.repository.find_run(text)
        if found.run_id is not None:
            return found.run_id
        candidates = "".join(f"\n  {printable(run_id)}" for run_id in found.candidates)
        if not found.candidates:
            raise click.ClickException("There are no runs yet: `kedro run` records one.")
        if found.matching:
            more = found.matching - len(found.candidates)
            rest = f"\n  and {more:,} more" if more > 0 else ""
            raise click.ClickException(
                f"{found.matching:,} runs have an id that begins with '{printable(text)}'. Type more of it:{candidates}"
                f"{rest}"
            )
        beginning = "The nearest ids are" if len(found.candidates) < MAX_CANDIDATES else "Among the nearest ids are"
        raise click.ClickException(
            f"There is no run '{printable(text)}'. {beginning}:{candidates}\n`{LATEST}` means the run that began last."
        )


@contextlib.contextmanager
def project_store(
    command: str, *, env: str | None = None, to_change: bool = False, with_metrics: bool = False
) -> Iterator[ProjectStore]:
    """Open the store of the project in this folder, with what earlier runs left beside it.

    Args:
        command: What to tell the user to start inside of a project.
        env: The configuration environment; None for the project's default.
        to_change: Whether it is going to be changed: one that cannot be written is refused then, else read.
        with_metrics: Whether to read the metrics of runs that came without them from their files first.

    Raises:
        click.ClickException: If there is no project, no store, or it cannot be used. It tells the remedy.
    """
    project, location = _located(command, env)
    with contextlib.ExitStack() as stack:
        try:
            catalog = project.catalog if with_metrics else None
            repository = stack.enter_context(
                opened_store(location, to_change=to_change, catalog=catalog, on_progress=_tell_progress)
            )
        except StoreCorruptError as error:
            raise click.ClickException(
                f"{error} Restore it from a copy; the next `kedro run` or `kedro viz` sets it aside and begins a new "
                "one."
            ) from error
        except StoreError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            raise click.ClickException(
                f"The session store '{location}' cannot be read ({error}). Check that you may read it."
            ) from error
        try:
            yield ProjectStore(project, location, repository)
        except ReadError as error:
            # Only what is read tells whether it is damaged: the first page of a file may be sound.
            raise click.ClickException(
                f"The session store '{location}' cannot be read ({error.orig}). Try again, or restore it from a copy."
            ) from error


def _tell_progress(progress: IndexProgress) -> None:
    if progress.running and progress.done % _TOLD_EVERY == 0:
        click.echo(f"Reading the files of earlier runs: {progress.done:,} of {progress.total:,}.", err=True)


def _located(command: str, env: str | None) -> tuple[Project, Path]:
    project = opened_project(project_folder(command), env)
    location = project.store_location
    if location is None and project.problems:
        problem = project.problems[0]
        raise click.ClickException(f"The session store is not known. {problem.title}: {problem.detail}")
    if location is None:
        raise click.ClickException(
            f"This project does not record its runs. Add these lines to {project.settings_path}:\n\n{_SETTINGS}"
        )
    if not location.exists():
        raise click.ClickException(f"There are no runs yet: `kedro run` makes '{location}' and records the first.")
    return project, location
