"""What an event changes in a session store. Standard library only: this runs inside users' `kedro run`."""

from __future__ import annotations

import json
import sqlite3
import time

from kedro_viz.store.recording.run_identity import RunIdTakenError
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    Heartbeat,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
    SessionSaved,
    without_surrogates,
)
from kedro_viz.tracking.run import MAX_CLOCK_AHEAD, RunStatus
from kedro_viz.tracking.series.series_points import MAX_CHUNK_POINTS, SeriesPoints, pack_points, summary_of
from kedro_viz.tracking.whole_number import exact_digits, nearest_float

# What the start of a run does not always know, and its context brings then.
_TOLD_LATER = ("git_branch", "git_sha")

# What stands in for a session that is not known yet: readers of Kedro-Viz 10 expect one in every row.
_NO_SESSION = '"{}"'


def apply_event(connection: sqlite3.Connection, event: Event) -> None:
    """Write one event, inside the caller's transaction. Writing it again changes nothing.

    The contents that a `RunContext` carries are not written here: see `SQLiteWriter.apply`. A run
    that was deleted stays so, whoever still tells of it; unless it is run again.

    Raises:
        RunIdTakenError: If the event is the start of a run whose id another process's run has.
    """
    try:
        if not _is_deleted(connection, event):
            _apply(connection, event)
    except UnicodeEncodeError:
        apply_event(connection, without_surrogates(event))


def _is_deleted(connection: sqlite3.Connection, event: Event) -> bool:
    tombstone = connection.execute("SELECT deleted_at FROM deleted_runs WHERE run_id = ?", (event.run_id,)).fetchone()
    if tombstone is None:
        return False
    if isinstance(event, RunStarted) and event.started_at > tombstone[0]:
        connection.execute("DELETE FROM deleted_runs WHERE run_id = ?", (event.run_id,))
        # Its points go, or come back, bit by bit: what is there of them now is of the earlier try.
        connection.execute("DELETE FROM series_chunks WHERE run_id = ?", (event.run_id,))
        return False
    return True


def _apply(connection: sqlite3.Connection, event: Event) -> None:
    match event:
        case RunStarted():
            _run_started(connection, event)
        case RunContext():
            _run_context(connection, event)
        case Heartbeat():
            _heartbeat(connection, event)
        case NodeStarted():
            _node_started(connection, event)
        case NodeEnded():
            _node_ended(connection, event)
        case NodeFailed():
            _node_failed(connection, event)
        case DataUsed():
            _data_used(connection, event)
        case DatasetSaved():
            _dataset_saved(connection, event)
        case SeriesLogged():
            _series_logged(connection, event)
        case RunEnded():
            _run_ended(connection, event)
        case SessionSaved():
            _session_saved(connection, event)


def _refuse_taken_id(connection: sqlite3.Connection, event: RunStarted) -> None:
    """See that nobody else's run has the id of one that begins. A process that tries again may go on with its own.

    Raises:
        RunIdTakenError: If another process's run has it.
    """
    if event.host is None or event.process is None:
        return
    row = connection.execute("SELECT host, process FROM runs WHERE id = ?", (event.run_id,)).fetchone()
    if row is not None and None not in row and tuple(row) != (event.host, event.process):
        raise RunIdTakenError(event.run_id)


def _run_started(connection: sqlite3.Connection, event: RunStarted) -> None:
    _refuse_taken_id(connection, event)
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
        "project": event.project,
        "git_sha": event.git_sha,
        "git_branch": event.git_branch,
        "git_dirty": event.git_dirty,
        "host": event.host,
        "process": event.process,
        "heartbeat_at": event.started_at,
    }
    # A session that failed may be run again: the record is then of the later time. The same start may come again of a
    # run that was taken for lost since.
    again = "SELECT 1 FROM runs WHERE id = ?1 AND started_at < ?2 AND ended_at <= ?2"
    if connection.execute(again, (event.run_id, event.started_at)).fetchone() is not None:
        _forget_earlier_try(connection, event)
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    # The end of a run may be known first, when its start was spooled: it must not be taken for running again.
    kept = ("id", "blob", "status", "heartbeat_at", *_TOLD_LATER)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in kept)
    updates += "".join(f", {name} = coalesce(excluded.{name}, runs.{name})" for name in _TOLD_LATER)
    connection.execute(
        f"INSERT INTO runs ({names}) VALUES ({marks}) "  # noqa: S608 - the columns are our own names
        f"ON CONFLICT (id) DO UPDATE SET {updates}, "
        f"blob = coalesce(nullif(runs.blob, '{_NO_SESSION}'), excluded.blob), "
        "status = coalesce(runs.status, excluded.status), "
        f"heartbeat_at = {_larger('runs', 'heartbeat_at')}",
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


def _forget_earlier_try(connection: sqlite3.Connection, event: RunStarted) -> None:
    connection.execute(
        "UPDATE runs SET status = NULL, ended_at = NULL, error_type = NULL, error_message = NULL, "
        "error_traceback = NULL, error_node = NULL, git_branch = NULL, git_sha = NULL, "
        "git_remote = NULL, git_diff = NULL, source = NULL, "
        "environment = NULL, configuration = NULL, peak_memory = NULL WHERE id = ?",
        (event.run_id,),
    )
    connection.execute("DELETE FROM data_uses WHERE run_id = ?", (event.run_id,))
    # Where the start had to be spooled, worker processes may have told of the new try already.
    connection.execute(
        "DELETE FROM node_runs WHERE run_id = ? AND max(coalesce(started_at, 0), coalesce(ended_at, 0)) <= ?",
        (event.run_id, event.started_at),
    )
    connection.execute("DELETE FROM series_chunks WHERE run_id = ? AND first_at <= ?", (event.run_id, event.started_at))


def _run_context(connection: sqlite3.Connection, event: RunContext) -> None:
    contexts = (
        event.git_branch,
        event.git_sha,
        event.git_remote,
        event.git_diff,
        event.source,
        event.environment,
        event.configuration,
    )
    # The run's start may come later: the store could not take it, and takes this.
    connection.execute(
        "INSERT INTO runs "
        "(id, blob, status, git_branch, git_sha, git_remote, git_diff, source, environment, configuration) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "git_branch = coalesce(git_branch, excluded.git_branch), git_sha = coalesce(git_sha, excluded.git_sha), "
        "git_remote = coalesce(excluded.git_remote, git_remote), git_diff = coalesce(excluded.git_diff, git_diff), "
        "source = coalesce(excluded.source, source), environment = coalesce(excluded.environment, environment), "
        "configuration = coalesce(excluded.configuration, configuration)",
        (event.run_id, _NO_SESSION, RunStatus.RUNNING.value, *contexts),
    )


def _heartbeat(connection: sqlite3.Connection, event: Heartbeat) -> None:
    # A machine that slept was taken for lost; its run goes on.
    connection.execute(
        # An earlier sign from the future says nothing: the clock has been put right since.
        "UPDATE runs SET heartbeat_at = max(CASE WHEN heartbeat_at <= ? THEN heartbeat_at ELSE 0 END, ?), "
        "ended_at = NULL, status = ? WHERE id = ? AND status IN (?, ?)",
        (
            round(time.time() * 1000) + MAX_CLOCK_AHEAD,
            event.at,
            RunStatus.RUNNING.value,
            event.run_id,
            RunStatus.RUNNING.value,
            RunStatus.LOST.value,
        ),
    )


def _node_started(connection: sqlite3.Connection, event: NodeStarted) -> None:
    connection.execute(
        "INSERT INTO node_runs (run_id, node, started_at) VALUES (?, ?, ?) "
        "ON CONFLICT (run_id, node) DO UPDATE SET started_at = excluded.started_at",
        (event.run_id, event.node, event.at),
    )


def _node_ended(connection: sqlite3.Connection, event: NodeEnded) -> None:
    connection.execute(
        "INSERT INTO node_runs (run_id, node, ended_at, peak_memory) VALUES (?, ?, ?, ?) "  # noqa: S608 - own columns
        "ON CONFLICT (run_id, node) DO UPDATE SET ended_at = excluded.ended_at, "
        f"peak_memory = {_larger('node_runs', 'peak_memory')}",
        (event.run_id, event.node, event.at, event.peak_memory),
    )


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


def _larger(table: str, column: str) -> str:
    """The larger of what an upsert finds in a column and what it brings, either of which may be NULL."""
    old, new = f"{table}.{column}", f"excluded.{column}"
    return f"max(coalesce({old}, {new}), coalesce({new}, {old}))"


def _data_used(connection: sqlite3.Connection, event: DataUsed) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO data_uses (run_id, dataset, saved, type, path, version, size, fingerprint) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(event.run_id, event.dataset, event.saved, event.type),
            *(event.path, event.version, event.size, event.fingerprint),
        ),
    )


def _dataset_saved(connection: sqlite3.Connection, event: DatasetSaved) -> None:
    key = (event.run_id, event.dataset)
    connection.execute("DELETE FROM artifacts WHERE run_id = ? AND dataset = ?", key)
    connection.executemany(
        "INSERT INTO artifacts (run_id, dataset, name, type, path, size, problem, signature) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(*key, file.name, event.type, event.path, file.size, event.problem, event.signature) for file in event.files],
    )
    connection.executemany(
        "INSERT INTO metric_names (dataset, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(event.dataset, name) for name in event.metrics],
    )
    connection.execute(
        "DELETE FROM metrics WHERE run_id = ? AND metric_id IN (SELECT id FROM metric_names WHERE dataset = ?)", key
    )
    connection.executemany(
        "INSERT INTO metrics (run_id, metric_id, value, exact) "
        "SELECT ?, id, ?, ? FROM metric_names WHERE dataset = ? AND key = ?",
        [
            (event.run_id, nearest_float(value), exact_digits(value), event.dataset, name)
            for name, value in event.metrics.items()
        ],
    )
    connection.execute("DELETE FROM tracked_json WHERE run_id = ? AND dataset = ?", key)
    if event.document is not None:
        connection.execute("INSERT INTO tracked_json (run_id, dataset, data) VALUES (?, ?, ?)", (*key, event.document))


def _series_logged(connection: sqlite3.Connection, event: SeriesLogged) -> None:
    for start in range(0, len(event.times), MAX_CHUNK_POINTS):
        part = slice(start, start + MAX_CHUNK_POINTS)
        points = SeriesPoints(event.steps[part], event.values[part], event.times[part])
        summary = summary_of(points)
        connection.execute(
            "INSERT OR IGNORE INTO series_chunks "
            "(run_id, name, batch, first_at, last_at, count, min, max, last_step, last, points) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(event.run_id, event.name, event.batch if start == 0 else f"{event.batch}+{start}"),
                *(min(points.times), summary.last_at, summary.count, summary.minimum, summary.maximum),
                *(summary.last_step, summary.last, pack_points(points)),
            ),
        )


def _run_ended(connection: sqlite3.Connection, event: RunEnded) -> None:
    failure = event.failure
    error = (failure.type, failure.message, failure.traceback) if failure else (None, None, None)
    connection.execute(
        "INSERT INTO runs "  # noqa: S608 - own columns
        "(id, blob, status, ended_at, error_type, error_message, error_traceback, peak_memory) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET status = excluded.status, "
        "ended_at = excluded.ended_at, error_type = excluded.error_type, error_message = excluded.error_message, "
        f"error_traceback = excluded.error_traceback, peak_memory = {_larger('runs', 'peak_memory')}",
        (event.run_id, _NO_SESSION, event.status.value, event.ended_at, *error, event.peak_memory),
    )


def _session_saved(connection: sqlite3.Connection, event: SessionSaved) -> None:
    connection.execute(
        "INSERT INTO runs (id, blob) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET blob = excluded.blob",
        (event.run_id, json.dumps(event.blob)),
    )
