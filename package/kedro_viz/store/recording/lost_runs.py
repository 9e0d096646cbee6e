"""Finds runs whose process has vanished: they are recorded as running, but nothing runs them any more."""

from __future__ import annotations

import math
import os
import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kedro_viz.store.recording.termination_file import (
    Termination,
    read_termination,
    remove_termination,
    termination_file,
)
from kedro_viz.store.recording.writer import SQLiteWriter
from kedro_viz.store.sqlite.schema import MAX_CLOCK_AHEAD
from kedro_viz.store.sqlite.sqlite_file import LockWait
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.secrets.redaction import redact_text
from kedro_viz.tracking.surroundings.machine import process_space

# A running run says that it is alive this often.
HEARTBEAT_SECONDS = 10.0

# After so long a silence a run on another machine is taken for lost. On its own machine its process tells.
SILENCE_SECONDS = 45.0

# A process of the same number may be another one by now: a run is not silent for so long while it lives.
_LONG_SILENCE_SECONDS = 900.0


def mark_lost_runs(writer: SQLiteWriter, wait: LockWait | None = None) -> int:
    """Mark the runs that have vanished as lost, as of their last sign of life.

    A run whose process was asked to end is told as cancelled instead. See `termination_file.py`.

    Args:
        writer: Writes to the store.
        wait: How long to wait for others; as long as the writer does by itself if None.

    Returns:
        How many runs were marked.

    Raises:
        StoreError: If the store cannot be written now.
    """
    lost = writer.work(partial(_mark, writer.location), wait)
    for run in lost:
        remove_termination(run.file)
    return len(lost)


class _LostRun(NamedTuple):
    id: str
    file: Path


def _mark(location: Path, connection: sqlite3.Connection) -> list[_LostRun]:
    now = time.time() * 1000
    running = connection.execute(
        "SELECT id, host, process, heartbeat_at FROM runs WHERE status = ? AND heartbeat_at IS NOT NULL",
        (RunStatus.RUNNING.value,),
    ).fetchall()
    lost = [
        _LostRun(run_id, termination_file(location, run_id, process or 0))
        for run_id, host, process, beat in running
        if _is_lost(host, process, silence=_silence(now, beat))
    ]
    for run in lost:
        termination = read_termination(run.file)
        if termination is None:
            _mark_lost(connection, run)
        else:
            _mark_cancelled(connection, run, termination, at_most=round(now))
    return lost


def _mark_lost(connection: sqlite3.Connection, run: _LostRun) -> None:
    connection.execute(
        "UPDATE runs SET status = ?, ended_at = min(heartbeat_at, ?) WHERE id = ?",
        (RunStatus.LOST.value, round(time.time() * 1000), run.id),
    )


def _mark_cancelled(connection: sqlite3.Connection, run: _LostRun, termination: Termination, at_most: int) -> None:
    connection.execute(
        "UPDATE runs SET status = ?, ended_at = min(max(heartbeat_at, ?), ?), error_type = ?, error_message = ?, "
        "error_traceback = ? WHERE id = ?",
        (
            *(RunStatus.CANCELLED.value, termination.at, at_most),
            *("SIGTERM", "The process was asked to end (SIGTERM).", redact_text(termination.stack), run.id),
        ),
    )
    # Where one node was at work, that is where the run ended.
    connection.execute(
        "UPDATE runs SET error_node = (SELECT max(node) FROM node_runs WHERE run_id = runs.id AND "
        "started_at IS NOT NULL AND ended_at IS NULL HAVING count(*) = 1) WHERE id = ? AND error_node IS NULL",
        (run.id,),
    )


def _silence(now: float, beat: int) -> float:
    """For how many seconds nothing was heard: for ever, if the last sign is further ahead than clocks are wrong."""
    return math.inf if beat > now + MAX_CLOCK_AHEAD else (now - beat) / 1000


def _is_lost(host: str | None, process: int | None, silence: float) -> bool:
    if host != process_space() or process is None:
        return silence > SILENCE_SECONDS
    return silence > _LONG_SILENCE_SECONDS or not _is_alive(process)


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        # Elsewhere asking for a process by signal 0 would end it: its silence has to tell.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
