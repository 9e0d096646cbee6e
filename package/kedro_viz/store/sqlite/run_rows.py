"""All rows of a run, in whatever table they are: as a JSON record, or deleted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, TypeAlias

# The tables in which a run has recorded itself, by its id; but for `runs` itself, and `metrics`, whose rows have
# numbers for names.
RUN_TABLES = ("parameters", "tracked_json", "node_runs", "artifacts", "data_uses", "series_chunks")

# The tables in which people have added to a run.
SAID_TABLES = ("user_run_details", "run_tags", "tags_of_others")

# A row with points: its run, its series, its batch.
PointsKey: TypeAlias = tuple[str, str, str]

# What is in a record. Points of series, which may be many, and contents, which runs share, stay where they are.
_KEYS = {"runs": "id"} | {table: "run_id" for table in (*SAID_TABLES, *RUN_TABLES) if table != "series_chunks"}


class RunRecords:
    """The records of runs in one store. Used inside the caller's transaction.

    Args:
        store: A store of today's schema.
    """

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        self._columns = {table: [row[1] for row in store.execute(f"PRAGMA table_info({table})")] for table in _KEYS}
        # Its rows are numbered.
        self._columns["user_run_details"].remove("id")

    def read(self, run_id: str) -> str:
        """All rows of a run as JSON: the names of each table's columns, and the rows."""
        record: dict[str, Any] = {}  # Any: values as SQLite has them
        for table, key in _KEYS.items():
            columns = self._columns[table]
            query = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ?"  # noqa: S608 - the tables' own names
            record[table] = {"columns": columns, "rows": self._store.execute(query, (run_id,)).fetchall()}
        record["metrics"] = self._store.execute(
            "SELECT value, exact, dataset, key FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?",
            (run_id,),
        ).fetchall()
        return json.dumps(record, ensure_ascii=False)

    def write(self, run_id: str, text: str) -> None:
        """Put the rows of a record back."""
        record = json.loads(text)
        for table, known in self._columns.items():
            names, rows = record[table]["columns"], record[table]["rows"]
            # A later version may have left columns that this one does not know.
            places = [place for place, name in enumerate(names) if name in known]
            columns, marks = ", ".join(names[place] for place in places), ", ".join("?" * len(places))
            self._store.executemany(
                f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608 - the tables' own names
                [[row[place] for place in places] for row in rows],
            )
        self._store.executemany(
            "INSERT INTO metric_names (dataset, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(dataset, key) for _, _, dataset, key in record["metrics"]],
        )
        self._store.executemany(
            "INSERT INTO metrics (run_id, metric_id, value, exact) "
            "SELECT ?, id, ?, ? FROM metric_names WHERE dataset = ? AND key = ?",
            [(run_id, *metric) for metric in record["metrics"]],
        )


def delete_record(connection: sqlite3.Connection, run_id: str) -> None:
    """Delete all rows of a run but the points of its series, inside the caller's transaction."""
    for table, key in (*_KEYS.items(), ("metrics", "run_id")):
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (run_id,))  # noqa: S608 - our own names


def delete_run(connection: sqlite3.Connection, run_id: str) -> None:
    """Delete all rows of a run, inside the caller's transaction."""
    delete_record(connection, run_id)
    connection.execute("DELETE FROM series_chunks WHERE run_id = ?", (run_id,))


def points_of(connection: sqlite3.Connection, run_ids: Iterable[str]) -> list[PointsKey]:
    """The rows with points of runs' series."""
    query = "SELECT run_id, name, batch FROM series_chunks WHERE run_id = ?"
    return [row for run_id in run_ids for row in connection.execute(query, (run_id,))]


def delete_points(connection: sqlite3.Connection, key: PointsKey) -> None:
    """Delete a row with points, inside the caller's transaction."""
    connection.execute("DELETE FROM series_chunks WHERE run_id = ? AND name = ? AND batch = ?", key)


def delete_unused_metric_names(connection: sqlite3.Connection) -> None:
    """Delete the names of metrics that no run has any more, inside the caller's transaction."""
    connection.execute("DELETE FROM metric_names WHERE NOT EXISTS (SELECT 1 FROM metrics WHERE metric_id = id)")
