"""All rows of a run, in whatever table they are: copied to another store, or deleted."""

from __future__ import annotations

import sqlite3

# The tables that tell of a run by its id, but for `runs` itself, `metrics`, whose rows have numbers for names, and
# `user_run_details`, whose rows are numbered.
RUN_TABLES = ("parameters", "tracked_json", "node_runs", "artifacts", "data_uses", "series_chunks")


def columns_of(connection: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")]


def copy_run(source: sqlite3.Connection, target: sqlite3.Connection, run_id: str) -> None:
    """Copy all rows of a run, inside the caller's transactions. Contents, which many runs share, are not copied.

    Args:
        source: A store of today's schema.
        target: Another one. What it says of the run already is replaced.
        run_id: The run.
    """
    delete_run(target, run_id)
    for table, key in (("runs", "id"), ("user_run_details", "run_id"), *((table, "run_id") for table in RUN_TABLES)):
        known = set(columns_of(target, table))
        names = [name for name in columns_of(source, table) if name in known]
        if table == "user_run_details":
            names.remove("id")
        columns, marks = ", ".join(names), ", ".join("?" * len(names))
        target.executemany(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - the tables' own names
            source.execute(f"SELECT {columns} FROM {table} WHERE {key} = ?", (run_id,)),  # noqa: S608 - as above
        )
    metrics = source.execute(
        "SELECT dataset, key, value FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?", (run_id,)
    ).fetchall()
    target.executemany(
        "INSERT INTO metric_names (dataset, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(dataset, key) for dataset, key, _ in metrics],
    )
    target.executemany(
        "INSERT INTO metrics (run_id, metric_id, value) "
        "SELECT ?, id, ? FROM metric_names WHERE dataset = ? AND key = ?",
        [(run_id, value, dataset, key) for dataset, key, value in metrics],
    )


def delete_run(connection: sqlite3.Connection, run_id: str) -> None:
    """Delete all rows of a run, inside the caller's transaction."""
    for table in (*RUN_TABLES, "metrics", "user_run_details"):
        connection.execute(f"DELETE FROM {table} WHERE run_id = ?", (run_id,))  # noqa: S608 - our own names
    connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))


def delete_unused_metric_names(connection: sqlite3.Connection) -> None:
    """Delete the names of metrics that no run has any more, inside the caller's transaction."""
    connection.execute("DELETE FROM metric_names WHERE NOT EXISTS (SELECT 1 FROM metrics WHERE metric_id = id)")
