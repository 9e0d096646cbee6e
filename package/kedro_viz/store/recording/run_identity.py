"""Tells runs apart that have one session id: Kedro makes ids from the clock, and a job array starts many at a time.

The process that began a run is part of its identity. A run whose id is taken by that of another process is recorded
under an id of its own, which comes out the same wherever it is made. Standard library only.
"""

from __future__ import annotations

import hashlib
import sqlite3

from kedro_viz.store.run_rows import RUN_TABLES, SAID_TABLES
from kedro_viz.tracking.events import RunStarted

_DIGITS = 8
# With these it is still the name of a folder.
_MAX_BYTES = 240


class RunIdTakenError(Exception):
    """A run that another process began is recorded under this id. Nothing of the new one has been written."""


def distinct_id(run_id: str, host: str, process: int) -> str:
    """The id of a run whose session id is taken.

    Args:
        run_id: The session id.
        host: Where the run's process is: see `process_space`.
        process: Its number.
    """
    digest = hashlib.sha256(f"{host}\n{process}".encode("utf-8", "backslashreplace")).hexdigest()
    shortened = run_id.encode("utf-8", "replace")[:_MAX_BYTES].decode("utf-8", "ignore")
    return f"{shortened}-{digest[:_DIGITS]}"


def refuse_taken_id(connection: sqlite3.Connection, event: RunStarted) -> None:
    """See that nobody else's run has the id of one that begins. A process that tries again may go on with its own.

    Raises:
        RunIdTakenError: If another process's run has it.
    """
    if event.host is None or event.process is None:
        return
    row = connection.execute("SELECT host, process FROM runs WHERE id = ?", (event.run_id,)).fetchone()
    if row is not None and None not in row and tuple(row) != (event.host, event.process):
        raise RunIdTakenError(event.run_id)


def part_from_ours(connection: sqlite3.Connection) -> None:
    """Rename the runs of an attached store `other` whose ids are taken here by other runs.

    A run that the other store knows under an id of its own, and this one under its session id, gets back the latter.

    Args:
        connection: Has one's own store as `main`, and a copy of another one as `other`, which is changed.
    """
    mixed = connection.execute(
        "SELECT id, theirs.host, theirs.process FROM other.runs AS theirs JOIN main.runs AS ours USING (id) "
        "WHERE theirs.host IS NOT NULL AND ours.host IS NOT NULL AND theirs.process IS NOT NULL "
        "AND ours.process IS NOT NULL AND (theirs.host, theirs.process) IS NOT (ours.host, ours.process)"
    ).fetchall()
    for run_id, host, process in mixed:
        _rename(connection, run_id, distinct_id(run_id, host, process))
    apart = connection.execute(
        "SELECT theirs.id, ours.id, ours.host, ours.process FROM other.runs AS theirs "
        "JOIN main.runs AS ours ON ours.id = substr(theirs.id, 1, length(theirs.id) - ?) "
        "AND (theirs.host, theirs.process) = (ours.host, ours.process)",
        (_DIGITS + 1,),
    ).fetchall()
    for theirs, ours, host, process in apart:
        if theirs == distinct_id(ours, host, process):
            _rename(connection, theirs, ours)


def _rename(connection: sqlite3.Connection, old: str, new: str) -> None:
    # A store that has the run under both ids has merged it from elsewhere too: the one is dropped for the other.
    for table, key in (("runs", "id"), *((table, "run_id") for table in (*RUN_TABLES, *SAID_TABLES, "metrics"))):
        connection.execute(f"UPDATE OR REPLACE other.{table} SET {key} = ? WHERE {key} = ?", (new, old))  # noqa: S608 - own names
