"""Takes another store's runs and edits into one's own."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kedro_viz.store.errors import StoreCorruptError, StoreError
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
        wrong = " OR ".join(f"typeof({name}) NOT IN {_HELD_BY[kind]}" for _, name, kind, *_ in columns)
        if connection.execute(f"SELECT 1 FROM other.{table} WHERE {wrong} LIMIT 1").fetchone() is not None:  # noqa: S608 - own names
            raise StoreCorruptError(other, ValueError(f"a value in its table '{table}' is of another type"))


def _count(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("SELECT count(*) FROM main.runs").fetchone()[0]
    return count


def _is_unfinished(run: str) -> str:
    """The condition that more may be known of a run elsewhere: one that we took for lost may have ended well."""
    return f"({run}.ended_at IS NULL OR {run}.status = 'lost')"


def _merge(connection: sqlite3.Connection) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA main.table_info(runs)")]
    names = ", ".join(columns)
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    # A run that was fetched while it ran is replaced by its finished record, with all that belongs to it. `WHERE true`
    # parts the SELECT from the upsert clause, as SQLite's grammar asks.
    for table in ("metrics", *_RUN_TABLES):
        connection.execute(
            f"DELETE FROM main.{table} WHERE run_id IN (SELECT id FROM other.runs AS theirs JOIN main.runs AS ours "  # noqa: S608 - own names
            f"USING (id) WHERE {_is_unfinished('ours')} AND theirs.ended_at IS NOT NULL)"
        )
    connection.execute(
        f"INSERT INTO main.runs ({names}) SELECT {names} FROM other.runs WHERE true "  # noqa: S608 - own column names
        f"ON CONFLICT (id) DO UPDATE SET {updates} WHERE {_is_unfinished('runs')} AND excluded.ended_at IS NOT NULL"
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
    connection.execute(
        "INSERT INTO main.user_run_details (run_id, bookmark, title, notes, updated_at, updated_by) "
        "SELECT run_id, bookmark, title, notes, updated_at, updated_by FROM other.user_run_details "
        "WHERE run_id IS NOT NULL "
        "ON CONFLICT (run_id) DO UPDATE SET bookmark = excluded.bookmark, title = excluded.title, "
        "notes = excluded.notes, updated_at = excluded.updated_at, updated_by = excluded.updated_by "
        "WHERE coalesce(excluded.updated_at, 0) > coalesce(user_run_details.updated_at, 0)"
    )
