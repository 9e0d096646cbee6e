"""Tells runs of two stores apart that have one id."""

from __future__ import annotations

import sqlite3

from kedro_viz.store.recording.run_identity import ID_DIGITS, distinct_id
from kedro_viz.store.sqlite.run_rows import RUN_TABLES, SAID_TABLES


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
        (ID_DIGITS + 1,),
    ).fetchall()
    for theirs, ours, host, process in apart:
        if theirs == distinct_id(ours, host, process):
            _rename(connection, theirs, ours)


def _rename(connection: sqlite3.Connection, old: str, new: str) -> None:
    # A store that has the run under both ids has merged it from elsewhere too: the one is dropped for the other.
    for table, key in (("runs", "id"), *((table, "run_id") for table in (*RUN_TABLES, *SAID_TABLES, "metrics"))):
        connection.execute(f"UPDATE OR REPLACE other.{table} SET {key} = ? WHERE {key} = ?", (new, old))  # noqa: S608 - own names
