"""Keeps what users say of runs: titles, notes and bookmarks."""

from __future__ import annotations

import time

from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import OperationalError

from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.schema import MAX_NOTES_CHARACTERS, MAX_TITLE_CHARACTERS
from kedro_viz.store.tables import user_run_details
from kedro_viz.tracking.run import Run


class RunNotFoundError(LookupError):
    """There is no run of that id."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"Given run_id: {run_id} doesn't exist")


class RunDetailsError(ValueError):
    """A title or a note that cannot be kept. The message says why."""


class RunDetails:
    """What users say of the runs of a store.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only
        self._runs = RunReader(engine)

    def update(
        self,
        run_id: str,
        *,
        title: str | None = None,
        notes: str | None = None,
        bookmark: bool | None = None,
        author: str | None = None,
    ) -> Run:
        """Keep what a user says of a run. None leaves a field as it is.

        Args:
            run_id: The run.
            title: A new title. A blank one is ignored; the run's id brings the default title back.
            notes: New notes. A blank text clears them.
            bookmark: Whether the run is bookmarked.
            author: Who says so.

        Raises:
            RunNotFoundError: If there is no such run.
            RunDetailsError: If a text cannot be kept, or the store cannot be written.
        """
        if self._read_only:
            raise RunDetailsError("The session store is read-only: the change was not saved.")
        values: dict[str, str | int | bool | None] = {}
        if title is not None and title.strip():
            _check("The title has", title, MAX_TITLE_CHARACTERS)
            values["title"] = None if title.strip() == run_id else title.strip()
        if notes is not None:
            _check("The notes have", notes, MAX_NOTES_CHARACTERS)
            values["notes"] = notes if notes.strip() else ""
        if bookmark is not None:
            values["bookmark"] = bookmark
        if not self._runs.get([run_id]):
            raise RunNotFoundError(run_id)
        # An edit that says nothing must not look later than a colleague's that does.
        if values:
            now = round(time.time() * 1000)
            values |= {f"{field}_updated_at": now for field in values}
            values |= {"updated_at": now, "updated_by": author}
            try:
                self._write_details(run_id, values)
            except OperationalError as error:
                raise RunDetailsError(f"The change was not saved ({error.orig}). Try again.") from error
        found = self._runs.get([run_id])
        if not found:
            raise RunNotFoundError(run_id)
        return found[0]

    def _write_details(self, run_id: str, values: dict[str, str | int | bool | None]) -> None:
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(user_run_details).where(user_run_details.c.run_id == run_id).values(**values)
            )
            if changed.rowcount == 0:
                connection.execute(insert(user_run_details).values(run_id=run_id, **{"bookmark": False, **values}))


def _check(beginning: str, text: str, limit: int) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RunDetailsError(f"{beginning} a broken character at position {error.start + 1}.") from error
    if len(text) > limit:
        raise RunDetailsError(f"{beginning} {len(text):,} characters; up to {limit:,} can be kept.")
