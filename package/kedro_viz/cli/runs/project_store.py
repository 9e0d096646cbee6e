"""Opens the session store of the project that a command was started in."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from kedro_viz.cli.opening import opened_project, project_folder
from kedro_viz.store.engine import engine_of, readable_copy, scratch_folder
from kedro_viz.store.errors import StoreCorruptError, StoreError, StoreNotWritableError
from kedro_viz.store.lost_runs import mark_lost_runs
from kedro_viz.store.reading.run_ids import LATEST, MAX_CANDIDATES, find_run
from kedro_viz.store.spool import take_in
from kedro_viz.store.sqlite_file import open_store
from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.project import Project

logger = logging.getLogger(__name__)

_SETTINGS = """\
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

# A person waits this long for a run that is writing.
_LOCK_SECONDS = 5.0


@dataclass(frozen=True)
class ProjectStore:
    """A project and the store of its runs.

    Attributes:
        project: The project.
        location: The store's file.
        engine: Reads it.
    """

    project: Project
    location: Path
    engine: Engine

    def run_id(self, text: str) -> str:
        """The id of the run that a user means. See `find_run`.

        Raises:
            click.ClickException: If there is none, or if there are several.
        """
        found = find_run(self.engine, text)
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
def project_store(command: str, *, env: str | None = None, to_change: bool = False) -> Iterator[ProjectStore]:
    """Open the store of the project in this folder, with what earlier runs left beside it.

    Args:
        command: What to tell the user to start inside of a project.
        env: The configuration environment; None for the project's default.
        to_change: Whether it is going to be changed: one that cannot be written is refused then, else read.

    Raises:
        click.ClickException: If there is no project, no store, or it cannot be used. It tells the remedy.
    """
    project, location = _located(command, env)
    with contextlib.ExitStack() as stack:
        try:
            open_store(location, _LOCK_SECONDS).close()
            file = location
            _tidy(location)
        except StoreNotWritableError as error:
            if to_change:
                raise click.ClickException(str(error)) from error
            file = _copied(location, Path(stack.enter_context(scratch_folder())))
        except StoreCorruptError as error:
            raise click.ClickException(_of_a_damaged(error)) from error
        except StoreError as error:
            raise click.ClickException(str(error)) from error
        engine = engine_of(file)
        stack.callback(engine.dispose)
        try:
            yield ProjectStore(project, location, engine)
        except DatabaseError as error:
            # Only what is read tells whether it is damaged: the first page of a file may be sound.
            raise click.ClickException(
                f"The session store '{location}' cannot be read ({error.orig}). Try again, or restore it from a copy."
            ) from error


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


def _tidy(location: Path) -> None:
    """Take in what could not be stored before, and see which runs have vanished."""
    writer = SQLiteWriter(location)
    try:
        take_in(location, writer)
        mark_lost_runs(writer)
    except StoreError as error:
        logger.debug("Earlier runs stay as they are: %s", error)
    finally:
        writer.close()


def _copied(location: Path, scratch: Path) -> Path:
    try:
        return readable_copy(location, scratch)
    except StoreCorruptError as error:
        raise click.ClickException(_of_a_damaged(error)) from error
    except StoreError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(
            f"The session store '{location}' cannot be read ({error}). Check that you may read it."
        ) from error


def _of_a_damaged(error: StoreCorruptError) -> str:
    return f"{error} Restore it from a copy; the next `kedro run` or `kedro viz` sets it aside and begins a new one."
