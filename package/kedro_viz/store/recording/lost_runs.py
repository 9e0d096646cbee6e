"""Finds runs whose process has vanished: they are recorded as running, but no process runs them any more."""

from __future__ import annotations

import math
import os
import time

from kedro_viz.store.recording.event_writer import EventWriter, RunningRun, VanishedRun
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.recording.termination_file import read_termination, remove_termination, termination_file
from kedro_viz.tracking.run import MAX_CLOCK_AHEAD, RunFailure
from kedro_viz.tracking.secrets.redaction import redact_text
from kedro_viz.tracking.surroundings.machine import process_space

# A run records a sign of life this often.
HEARTBEAT_SECONDS = 10.0

# A run on another machine counts as lost after so long a silence. On its own machine, its process shows.
SILENCE_SECONDS = 45.0

# Another process may have the same number by now: no living run is silent for so long.
_LONG_SILENCE_SECONDS = 900.0


def mark_lost_runs(writer: EventWriter, wait: LockWait | None = None) -> int:
    """Mark the runs that have vanished as lost, as of their last sign of life.

    A run whose process was asked to end is marked as cancelled instead. See `termination_file.py`.

    Args:
        writer: Writes to the store.
        wait: How long to wait for others; as long as the writer does by itself if None.

    Returns:
        How many runs were marked.

    Raises:
        StoreError: If the store cannot be written now.
    """
    now = round(time.time() * 1000)
    vanished = [run for run in writer.running_runs(wait) if _has_vanished(run, now)]
    if not vanished:
        return 0
    files = [termination_file(writer.location, run.id, run.process or 0) for run in vanished]
    ends = []
    for run, file in zip(vanished, files, strict=True):
        termination = read_termination(file)
        if termination is None:
            ends.append(VanishedRun(run, min(run.heartbeat_at, now)))
        else:
            reason = RunFailure("SIGTERM", "The process was asked to end (SIGTERM).", redact_text(termination.stack))
            ends.append(VanishedRun(run, min(max(run.heartbeat_at, termination.at), now), reason))
    writer.end_vanished(ends, wait)
    for file in files:
        remove_termination(file)
    return len(vanished)


def _has_vanished(run: RunningRun, now: int) -> bool:
    # A sign of life further ahead than clocks are wrong says nothing.
    silence = math.inf if run.heartbeat_at > now + MAX_CLOCK_AHEAD else (now - run.heartbeat_at) / 1000
    if run.host != process_space() or run.process is None:
        return silence > SILENCE_SECONDS
    return silence > _LONG_SILENCE_SECONDS or not _is_alive(run.process)


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        # Elsewhere signal 0 would end the process: only its silence can show that it is gone.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
