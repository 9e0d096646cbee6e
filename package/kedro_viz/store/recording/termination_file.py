"""The file that says where a run was when its process was asked to end (SIGTERM).

Such a process ends at once, without a word of Python: what is left is the stack that C code wrote to this file. It lies
with the spooled records and is there while the run goes on, empty till the signal comes.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from kedro_viz.store.recording.spool import spool_folders, spool_name

# Python writes at most 100 frames.
MAX_STACK_CHARACTERS = 50_000


@dataclass(frozen=True)
class Termination:
    """A process was asked to end. `at` in milliseconds since 1970, UTC; `stack` is where it was."""

    at: int
    stack: str


def termination_file(location: Path, run_id: str, process: int) -> Path:
    """Where a run's process has its stack written. Its folder need not be there.

    Args:
        location: The session store's file.
        run_id: The run.
        process: The number of its process.
    """
    return spool_folders(location)[0] / f"{spool_name(run_id, process)}.terminated"


def read_termination(path: Path) -> Termination | None:
    """What a termination file says; None if it is not there, empty or unreadable."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            stack = file.read(MAX_STACK_CHARACTERS)
        at = round(path.stat().st_mtime * 1000)
    except OSError:
        return None
    return Termination(at, stack) if stack else None


def remove_termination(path: Path) -> None:
    """Remove a termination file if it is there, and its folder if nothing else is in it."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
        path.parent.rmdir()
