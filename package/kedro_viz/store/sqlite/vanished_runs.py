"""Runs that are recorded as running, and the end of those that have vanished."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kedro_viz.store.recording.event_writer import RunningRun, VanishedRun
from kedro_viz.tracking.run import RunStatus


def read_running(connection: sqlite3.Connection) -> list[RunningRun]:
    """The runs that are recorded as running and have given a sign of life."""
    rows = connection.execute(
        "SELECT id, host, process, heartbeat_at FROM runs WHERE status = ? AND heartbeat_at IS NOT NULL",
        (RunStatus.RUNNING.value,),
    )
    return [RunningRun(*row) for row in rows]


def end_vanished(connection: sqlite3.Connection, runs: Iterable[VanishedRun]) -> None:
    """Record the end of runs that have vanished, except those that have given another sign of life since."""
    for vanished in runs:
        status = RunStatus.CANCELLED if vanished.failure else RunStatus.LOST
        failure = vanished.failure
        error = (failure.type, failure.message, failure.traceback) if failure else (None, None, None)
        run = vanished.run
        changed = connection.execute(
            "UPDATE runs SET status = ?, ended_at = ?, error_type = ?, error_message = ?, error_traceback = ? "
            "WHERE id = ? AND status = ? AND heartbeat_at = ?",
            (status.value, vanished.ended_at, *error, run.id, RunStatus.RUNNING.value, run.heartbeat_at),
        )
        if failure and changed.rowcount:
            # Where one node was at work, that is where the run ended.
            connection.execute(
                "UPDATE runs SET error_node = (SELECT max(node) FROM node_runs WHERE run_id = runs.id AND "
                "started_at IS NOT NULL AND ended_at IS NULL HAVING count(*) = 1) WHERE id = ? AND error_node IS NULL",
                (run.id,),
            )
