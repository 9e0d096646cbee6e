"""Takes another store's runs and edits into one's own."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.schema import MAX_NOTES_CHARACTERS, MAX_TITLE_CHARACTERS
from kedro_viz.store.sqlite_file import open_store, store_error

# Reading a colleague's store happens in the background; there is time to wait for a run that is being recorded.
_MERGE_LOCK_TIMEOUT = 30.0

_RUN_TABLES = {
    "parameters": "run_id, name, value",
    "tracked_json": "run_id, dataset, data",
    "node_runs": "run_id, node, position, started_at, ended_at, failed",
    "artifacts": "run_id, dataset, name, type, path, size, problem",
}

# What may stand in a column, by its declared type.
_HELD_BY = {
    "VARCHAR": "('text', 'null')",
    "JSON": "('text', 'null', 'integer', 'real')",
    "INTEGER": "('integer', 'null')",
    "BIGINT": "('integer', 'null')",
    "BOOLEAN": "('integer', 'null')",
    "REAL": "('real', 'integer', 'null')",
}

# The last millisecond of the year 9999: what is later is no time that anything could show.
_LAST_TIME = 253_402_300_799_999

# A run's id is a folder's name, and a process has a number that systems can be asked for.
_MAX_ID_CHARACTERS = 255
_MAX_PROCESS = 2**31 - 1

# What people say of a run, each with the most characters that are taken over.
_DETAILS = {"title": MAX_TITLE_CHARACTERS, "notes": MAX_NOTES_CHARACTERS, "bookmark": None}


def merge_store(location: Path, other: Path) -> int:
    """Add the runs of another store that are not here yet, and edits that are later than ours.

    Args:
        location: One's own store. Made if it is not there.
        other: A copy of another store. It is upgraded in place, so it must be a copy.

    Returns:
        How many runs are new.

    Raises:
        StoreError: If either cannot be opened or written. Then nothing has been taken over.
    """
    try:
        # Opening brings the copy to today's schema, so that both have the same columns.
        with contextlib.closing(open_store(other)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
    except StoreError:
        raise
    except Exception as error:
        # A file from elsewhere may hold anything under the names of our tables and columns.
        raise StoreCorruptError(other, error) from error
    with contextlib.closing(open_store(location, _MERGE_LOCK_TIMEOUT)) as connection:
        # The copy comes from elsewhere: nothing that its schema defines may run functions here.
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("ATTACH DATABASE ? AS other", (str(other),))
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                _check_types(connection, other)
                before = _count(connection)
                _merge(connection)
                added = _count(connection) - before
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise store_error(error, location, _MERGE_LOCK_TIMEOUT) from error
    return added


def _check_types(connection: sqlite3.Connection, other: Path) -> None:
    """Refuse a store with values that its columns cannot rightly hold: SQLite would keep them, and readers fail."""
    for table in ("runs", "user_run_details", "metric_names", "metrics", *_RUN_TABLES):
        columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
        wrong = " OR ".join(_is_wrong(name, kind) for _, name, kind, *_ in columns)
        if connection.execute(f"SELECT 1 FROM other.{table} WHERE {wrong} LIMIT 1").fetchone() is not None:  # noqa: S608 - own names
            raise StoreCorruptError(other, ValueError(f"a value in its table '{table}' is of another type or size"))


def _is_wrong(column: str, kind: str) -> str:
    """The condition that a column holds what readers cannot take."""
    wrong = f"typeof({column}) NOT IN {_HELD_BY[kind]}"
    if column.endswith("_at"):
        return f"{wrong} OR {column} NOT BETWEEN 0 AND {_LAST_TIME}"
    if column == "process":
        return f"{wrong} OR {column} NOT BETWEEN 0 AND {_MAX_PROCESS}"
    if column in ("id", "run_id") and kind == "VARCHAR":
        return f"{wrong} OR length({column}) > {_MAX_ID_CHARACTERS}"
    return wrong


def _count(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("SELECT count(*) FROM main.runs").fetchone()[0]
    return count


def _is_unfinished(run: str) -> str:
    """The condition that more may be known of a run elsewhere: one that we took for lost may have ended well."""
    return f"({run}.ended_at IS NULL OR {run}.status = 'lost')"


def _is_final(run: str) -> str:
    """The condition that a run has ended by its own word.

    That it was lost is what another machine concluded from silence. Each can conclude that for itself; the machine that
    runs it knows better.
    """
    return f"({run}.ended_at IS NOT NULL AND {run}.status IS NOT 'lost')"


def _merge(connection: sqlite3.Connection) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA main.table_info(runs)")]
    names = ", ".join(columns)
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    # A run that was fetched while it ran is replaced by its finished record, with all that belongs to it. `WHERE true`
    # parts the SELECT from the upsert clause, as SQLite's grammar asks.
    for table in ("metrics", *_RUN_TABLES):
        connection.execute(
            f"DELETE FROM main.{table} WHERE run_id IN (SELECT id FROM other.runs AS theirs JOIN main.runs AS ours "  # noqa: S608 - own names
            f"USING (id) WHERE {_is_unfinished('ours')} AND {_is_final('theirs')})"
        )
    connection.execute(
        f"INSERT INTO main.runs ({names}) SELECT {names} FROM other.runs WHERE true "  # noqa: S608 - own column names
        f"ON CONFLICT (id) DO UPDATE SET {updates} WHERE {_is_unfinished('runs')} AND {_is_final('excluded')}"
    )
    connection.execute(
        "INSERT OR IGNORE INTO main.metric_names (dataset, key) SELECT dataset, key FROM other.metric_names ORDER BY id"
    )
    connection.execute(
        "INSERT OR IGNORE INTO main.metrics (run_id, metric_id, value) "
        "SELECT theirs.run_id, ours.id, theirs.value FROM other.metrics AS theirs "
        "JOIN other.metric_names AS name ON name.id = theirs.metric_id "
        "JOIN main.metric_names AS ours ON ours.dataset = name.dataset AND ours.key = name.key"
    )
    for table, fields in _RUN_TABLES.items():
        connection.execute(
            f"INSERT OR IGNORE INTO main.{table} ({fields}) SELECT {fields} FROM other.{table}"  # noqa: S608 - own names
        )
    _merge_details(connection)


def _merge_details(connection: sqlite3.Connection) -> None:
    """Take over what others say of runs, field by field: the later edit of a title, of notes, of a bookmark."""
    taken = [column if limit is None else f"substr({column}, 1, {limit})" for column, limit in _DETAILS.items()]
    times = [f"{column}_updated_at" for column in _DETAILS]
    updates = [
        f"{changed} = CASE WHEN {_is_later(field)} THEN excluded.{changed} ELSE user_run_details.{changed} END"
        for field in _DETAILS
        for changed in (field, f"{field}_updated_at")
    ]
    updates += [
        f"{changed} = CASE WHEN coalesce(excluded.updated_at, 0) > coalesce(user_run_details.updated_at, 0) "
        f"THEN excluded.{changed} ELSE user_run_details.{changed} END"
        for changed in ("updated_at", "updated_by")
    ]
    connection.execute(
        f"INSERT INTO main.user_run_details (run_id, {', '.join([*_DETAILS, *times])}, updated_at, updated_by) "  # noqa: S608 - own names
        f"SELECT run_id, {', '.join([*taken, *times])}, updated_at, updated_by FROM other.user_run_details "
        f"WHERE run_id IS NOT NULL ON CONFLICT (run_id) DO UPDATE SET {', '.join(updates)}"
    )


def _is_later(field: str) -> str:
    """The condition that their word on a field is later than ours. Kedro-Viz 10 told no times: what it says counts only
    where we say nothing."""
    return (
        f"(coalesce(excluded.{field}_updated_at, 0) > coalesce(user_run_details.{field}_updated_at, 0) "
        f"OR (user_run_details.{field}_updated_at IS NULL AND coalesce(user_run_details.{field}, 0) IN ('', 0)))"
    )
