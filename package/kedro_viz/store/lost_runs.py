"""Finds runs whose process has vanished: they are recorded as running, but nothing runs them any more."""

from __future__ import annotations

import os
import sqlite3
import time

from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.machine import process_space
from kedro_viz.tracking.run import RunStatus

# A running run says that it is alive this often.
HEARTBEAT_SECONDS = 10.0

# After so long a silence a run on another machine is taken for lost. On its own machine its process tells.
SILENCE_SECONDS = 45.0

# A process of the same number may be another one by now: a run is not silent for so long while it lives.
_LONG_SILENCE_SECONDS = 900.0


def mark_lost_runs(writer: SQLiteWriter) -> int:
    """Mark the runs that have vanished as lost, as of their last sign of life.

    Args:
        writer: Writes to the store.

    Returns:
        How many runs were marked.

    Raises:
        StoreError: If the store cannot be written now.
    """
    return writer.work(_mark)


def _mark(connection: sqlite3.Connection) -> int:
    now = time.time() * 1000
    running = connection.execute(
        "SELECT id, host, process, heartbeat_at FROM runs WHERE status = ? AND heartbeat_at IS NOT NULL",
        (RunStatus.RUNNING.value,),
    ).fetchall()
    lost = [run_id for run_id, host, process, beat in running if _is_lost(host, process, silence=(now - beat) / 1000)]
    # Its last word may have come between: then it is not running any more, and is left as it is.
    connection.executemany(
        "UPDATE runs SET status = ?, ended_at = heartbeat_at WHERE id = ? AND status = ?",
        [(RunStatus.LOST.value, run_id, RunStatus.RUNNING.value) for run_id in lost],
    )
    return len(lost)


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
