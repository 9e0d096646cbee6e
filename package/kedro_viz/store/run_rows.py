"""All rows of a run, in whatever table they are: copied to another store, or deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TypeAlias

# The tables in which a run has told of itself, by its id; but for `runs` itself, and `metrics`, whose rows have numbers
# for names.
RUN_TABLES = ("parameters", "tracked_json", "node_runs", "artifacts", "data_uses", "series_chunks")

# The tables in which people have told of a run.
SAID_TABLES = ("user_run_details", "run_tags", "tags_of_others")

# A row with points: its run, its series, its batch.
PointsKey: TypeAlias = tuple[str, str, str]
_POINTS_KEY = "run_id = ? AND name = ? AND batch = ?"

# What writing a row, and a run of common size, costs beside its large values: as if it were so many bytes.
_ROW_BYTES = 500
_RECORD_BYTES = 200_000


def columns_of(connection: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def copy_record(source: sqlite3.Connection, target: sqlite3.Connection, run_id: str) -> None:
    """Copy all rows of a run but the points of its series, inside the caller's transactions. Contents, which many runs
    share, are not copied.

    Args:
        source: A store of today's schema.
        target: Another one. What it says of the run already is replaced.
        run_id: The run.
    """
    delete_record(target, run_id)
    tables = [(table, "run_id") for table in (*SAID_TABLES, *RUN_TABLES) if table != "series_chunks"]
    for table, key in (("runs", "id"), *tables):
        _copy(source, target, table, f"{key} = ?", [(run_id,)])
    metrics = source.execute(
        "SELECT value, exact, dataset, key FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?", (run_id,)
    ).fetchall()
    target.executemany(
        "INSERT INTO metric_names (dataset, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(dataset, key) for _, _, dataset, key in metrics],
    )
    target.executemany(
        "INSERT INTO metrics (run_id, metric_id, value, exact) "
        "SELECT ?, id, ?, ? FROM metric_names WHERE dataset = ? AND key = ?",
        [(run_id, *metric) for metric in metrics],
    )


def delete_record(connection: sqlite3.Connection, run_id: str) -> None:
    """Delete all rows of a run but the points of its series, inside the caller's transaction."""
    for table in (*RUN_TABLES, *SAID_TABLES, "metrics"):
        if table != "series_chunks":
            connection.execute(f"DELETE FROM {table} WHERE run_id = ?", (run_id,))  # noqa: S608 - our own names
    connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))


def delete_run(connection: sqlite3.Connection, run_id: str) -> None:
    """Delete all rows of a run, inside the caller's transaction."""
    delete_record(connection, run_id)
    connection.execute("DELETE FROM series_chunks WHERE run_id = ?", (run_id,))


def record_size(connection: sqlite3.Connection, run_id: str) -> int:
    """About how many bytes the rows of a run take, without the points of its series."""
    documents = "SELECT coalesce(sum(length(data)), 0) FROM tracked_json WHERE run_id = ?"
    size: int = connection.execute(documents, (run_id,)).fetchone()[0]
    return size + _RECORD_BYTES


def points_of(connection: sqlite3.Connection, run_ids: Iterable[str]) -> list[tuple[PointsKey, int]]:
    """The rows with points of runs' series, and about how many bytes each takes."""
    query = "SELECT run_id, name, batch, length(points) FROM series_chunks WHERE run_id = ?"
    return [
        ((run, name, batch), size + _ROW_BYTES)
        for run_id in run_ids
        for run, name, batch, size in connection.execute(query, (run_id,))
    ]


def copy_points(source: sqlite3.Connection, target: sqlite3.Connection, keys: Iterable[PointsKey]) -> None:
    """Copy rows with points, inside the caller's transactions. What the target has under these keys is replaced."""
    _copy(source, target, "series_chunks", _POINTS_KEY, keys)


def delete_points(connection: sqlite3.Connection, keys: Iterable[PointsKey]) -> None:
    """Delete rows with points, inside the caller's transaction."""
    connection.executemany(f"DELETE FROM series_chunks WHERE {_POINTS_KEY}", keys)  # noqa: S608 - our own names


def _copy(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    table: str,
    condition: str,
    keys: Iterable[tuple[str, ...]],
) -> None:
    known = set(columns_of(target, table))
    names = [name for name in columns_of(source, table) if name in known]
    if table == "user_run_details":
        # Its rows are numbered.
        names.remove("id")
    columns, marks = ", ".join(names), ", ".join("?" * len(names))
    for key in keys:
        target.executemany(
            f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - the tables' own names
            source.execute(f"SELECT {columns} FROM {table} WHERE {condition}", key),  # noqa: S608 - as above
        )


def delete_unused_metric_names(connection: sqlite3.Connection) -> None:
    """Delete the names of metrics that no run has any more, inside the caller's transaction."""
    connection.execute("DELETE FROM metric_names WHERE NOT EXISTS (SELECT 1 FROM metrics WHERE metric_id = id)")
