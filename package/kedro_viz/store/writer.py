"""Applies events to a SQLite session store. Standard library only: this runs inside users' `kedro run`."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kedro_viz.store.errors import StoreError
from kedro_viz.store.sqlite_file import LOCK_TIMEOUT, open_store, store_error
from kedro_viz.tracking.events import (
    DatasetSaved,
    Event,
    Heartbeat,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunEnded,
    RunStarted,
    SessionSaved,
    without_surrogates,
)
from kedro_viz.tracking.run import RunStatus

Result = TypeVar("Result")

# A connection must not be used, nor even closed, in a process that inherited it by fork
# (https://www.sqlite.org/howtocorrupt.html#_carrying_an_open_database_across_a_fork_): they are kept here instead.
_inherited: list[sqlite3.Connection] = []

# What stands in for a session that is not known yet: readers of Kedro-Viz 10 expect one in every row.
_NO_SESSION = '"{}"'


class SQLiteWriter:
    """Writes events to one store, from any thread, and from processes forked after it was made.

    The connection is opened at the first write and kept: with the write-ahead log, closing the last connection flushes
    the log to disk, which would cost more than the write.

    Args:
        location: The store's file.
        lock_timeout: Seconds that a write waits for another process.
    """

    def __init__(self, location: Path, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self._location = location
        self._lock_timeout = lock_timeout
        # Entered again by the same thread where a signal interrupts a write: then SQLite refuses, and we spool.
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened_file: os.stat_result | None = None
        self._process = os.getpid()
        self.openings = 0
        """How often the file was opened: more than once tells that it was replaced, or could not be used for a time."""

    def apply(self, events: Iterable[Event]) -> None:
        """Write events, all or none of them.

        Raises:
            StoreError: If they cannot be written now. See `open_store`.
        """

        def write(connection: sqlite3.Connection) -> None:
            for event in events:
                _apply(connection, event)

        self.work(write)

    def work(self, change: Callable[[sqlite3.Connection], Result]) -> Result:
        """Change the store in one transaction.

        Args:
            change: Is given the connection, and must leave beginning and commit to us.

        Returns:
            What it returned.

        Raises:
            StoreError: If the store cannot be written now. Then nothing has changed.
        """
        self._after_fork()
        with self._lock:
            try:
                connection = self._open()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    result = change(connection)
                    connection.execute("COMMIT")
                except BaseException:
                    # A disk that filled up rolls back by itself; a second rollback would hide the reason.
                    with contextlib.suppress(sqlite3.Error):
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                self._close()
                raise store_error(error, self._location, self._lock_timeout) from error
            except StoreError:
                self._close()
                raise
        return result

    def close(self) -> None:
        """Close the connection, if this process opened one."""
        self._after_fork()
        with self._lock:
            self._close()

    def _open(self) -> sqlite3.Connection:
        # Someone may delete or replace the file while a run goes on; writing to the old one would lose the record.
        if self._connection is not None and not self._is_still_there():
            self._close()
        if self._connection is None:
            self._connection = open_store(self._location, self._lock_timeout)
            with contextlib.suppress(OSError):
                self._opened_file = self._location.stat()
            self.openings += 1
        return self._connection

    def _is_still_there(self) -> bool:
        try:
            return self._opened_file is not None and os.path.samestat(self._opened_file, self._location.stat())
        except OSError:
            return False

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _after_fork(self) -> None:
        if self._process != os.getpid():
            if self._connection is not None:
                _inherited.append(self._connection)
            self._connection = None
            # Another thread of the parent may have held the lock at the moment of the fork.
            self._lock = threading.RLock()
            self._process = os.getpid()


def _apply(connection: sqlite3.Connection, event: Event) -> None:
    try:
        apply_event(connection, event)
    except UnicodeEncodeError:
        apply_event(connection, without_surrogates(event))


def apply_event(connection: sqlite3.Connection, event: Event) -> None:
    """Write one event. Writing it again changes nothing."""
    match event:
        case RunStarted():
            _run_started(connection, event)
        case Heartbeat():
            _heartbeat(connection, event)
        case NodeStarted():
            _node_changed(connection, event, "started_at")
        case NodeEnded():
            _node_changed(connection, event, "ended_at")
        case DatasetSaved():
            _dataset_saved(connection, event)
        case NodeFailed():
            _node_failed(connection, event)
        case RunEnded():
            _run_ended(connection, event)
        case SessionSaved():
            _session_saved(connection, event)


def _run_started(connection: sqlite3.Connection, event: RunStarted) -> None:
    columns = {
        "id": event.run_id,
        # Kedro-Viz 10 wrote its JSON column with text that is itself JSON; its readers expect that.
        "blob": json.dumps(event.blob),
        "status": RunStatus.RUNNING.value,
        "started_at": event.started_at,
        "author": event.author,
        "command": event.command,
        "pipeline": event.pipeline,
        "env": event.env,
        "runner": event.runner,
        "kedro_version": event.kedro_version,
        "git_sha": event.git_sha,
        "git_branch": event.git_branch,
        "git_dirty": event.git_dirty,
        "host": event.host,
        "process": event.process,
        "heartbeat_at": event.started_at,
    }
    # A session that failed may be run again: the record is then of the later time.
    again = "SELECT 1 FROM runs WHERE id = ? AND ended_at IS NOT NULL AND ended_at <= ? AND started_at IS NOT NULL"
    if connection.execute(again, (event.run_id, event.started_at)).fetchone() is not None:
        connection.execute(
            "UPDATE runs SET status = NULL, ended_at = NULL, error_type = NULL, error_message = NULL, "
            "error_traceback = NULL, error_node = NULL WHERE id = ?",
            (event.run_id,),
        )
        connection.execute("DELETE FROM node_runs WHERE run_id = ?", (event.run_id,))
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    # The end of a run may be known first, when its start was spooled: it must not be taken for running again.
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("id", "blob", "status"))
    connection.execute(
        f"INSERT INTO runs ({names}) VALUES ({marks}) "  # noqa: S608 - the columns are our own names
        f"ON CONFLICT (id) DO UPDATE SET {updates}, "
        f"blob = coalesce(nullif(runs.blob, '{_NO_SESSION}'), excluded.blob), "
        "status = coalesce(runs.status, excluded.status)",
        tuple(columns.values()),
    )
    connection.executemany(
        "INSERT OR REPLACE INTO parameters (run_id, name, value) VALUES (?, ?, ?)",
        [(event.run_id, parameter.name, parameter.value) for parameter in event.parameters],
    )
    connection.executemany(
        "INSERT INTO node_runs (run_id, node, position) VALUES (?, ?, ?) "
        "ON CONFLICT (run_id, node) DO UPDATE SET position = excluded.position",
        [(event.run_id, node, position) for position, node in enumerate(event.nodes)],
    )


def _heartbeat(connection: sqlite3.Connection, event: Heartbeat) -> None:
    # A machine that slept was taken for lost; its run goes on.
    connection.execute(
        "UPDATE runs SET heartbeat_at = ?, ended_at = NULL, status = ? WHERE id = ? AND status IN (?, ?)",
        (event.at, RunStatus.RUNNING.value, event.run_id, RunStatus.RUNNING.value, RunStatus.LOST.value),
    )


def _node_changed(connection: sqlite3.Connection, event: NodeStarted | NodeEnded, column: str) -> None:
    connection.execute(
        f"INSERT INTO node_runs (run_id, node, {column}) VALUES (?, ?, ?) "  # noqa: S608 - a column of our own
        f"ON CONFLICT (run_id, node) DO UPDATE SET {column} = excluded.{column}",
        (event.run_id, event.node, event.at),
    )


def _dataset_saved(connection: sqlite3.Connection, event: DatasetSaved) -> None:
    key = (event.run_id, event.dataset)
    connection.execute("DELETE FROM artifacts WHERE run_id = ? AND dataset = ?", key)
    connection.executemany(
        "INSERT INTO artifacts (run_id, dataset, name, type, path, size, problem) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*key, file.name, event.type, event.path, file.size, event.problem) for file in event.files],
    )
    connection.executemany(
        "INSERT INTO metric_names (dataset, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(event.dataset, name) for name in event.metrics],
    )
    connection.execute(
        "DELETE FROM metrics WHERE run_id = ? AND metric_id IN (SELECT id FROM metric_names WHERE dataset = ?)", key
    )
    connection.executemany(
        "INSERT INTO metrics (run_id, metric_id, value) "
        "SELECT ?, id, ? FROM metric_names WHERE dataset = ? AND key = ?",
        [(event.run_id, value, event.dataset, name) for name, value in event.metrics.items()],
    )
    connection.execute("DELETE FROM tracked_json WHERE run_id = ? AND dataset = ?", key)
    if event.document is not None:
        connection.execute("INSERT INTO tracked_json (run_id, dataset, data) VALUES (?, ?, ?)", (*key, event.document))


def _node_failed(connection: sqlite3.Connection, event: NodeFailed) -> None:
    # The run's start may come later: another process saw it, and had to spool it.
    connection.execute(
        "INSERT INTO runs (id, blob, status, error_node) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET error_node = excluded.error_node",
        (event.run_id, _NO_SESSION, RunStatus.RUNNING.value, event.node),
    )
    connection.execute(
        "INSERT INTO node_runs (run_id, node, ended_at, failed) VALUES (?, ?, ?, 1) "
        "ON CONFLICT (run_id, node) DO UPDATE SET ended_at = excluded.ended_at, failed = 1",
        (event.run_id, event.node, event.at),
    )


def _run_ended(connection: sqlite3.Connection, event: RunEnded) -> None:
    failure = event.failure
    error = (failure.type, failure.message, failure.traceback) if failure else (None, None, None)
    connection.execute("INSERT INTO runs (id, blob) VALUES (?, ?) ON CONFLICT DO NOTHING", (event.run_id, _NO_SESSION))
    connection.execute(
        "UPDATE runs SET status = ?, ended_at = ?, error_type = ?, error_message = ?, error_traceback = ? WHERE id = ?",
        (event.status.value, event.ended_at, *error, event.run_id),
    )


def _session_saved(connection: sqlite3.Connection, event: SessionSaved) -> None:
    connection.execute(
        "INSERT INTO runs (id, blob) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET blob = excluded.blob",
        (event.run_id, json.dumps(event.blob)),
    )
