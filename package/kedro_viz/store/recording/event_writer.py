"""What recording needs of a store, whichever database it is.

Standard library only: this is imported inside users' `kedro run`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.tracking.events import Event
from kedro_viz.tracking.run import RunFailure


class Generation(NamedTuple):
    """Which store a writer has before it: what was written to an earlier one may be gone.

    Attributes:
        openings: How often the store was opened. More than once if it was replaced or out of reach for a time.
        replacements: How often another store, or none, was found where the open one had been.
    """

    openings: int
    replacements: int


@dataclass(frozen=True)
class RunningRun:
    """A run that is recorded as running.

    Attributes:
        id: Its id.
        host: Where its process is: see `process_space`.
        process: The number of its process.
        heartbeat_at: Its last sign of life, in milliseconds since 1970.
    """

    id: str
    host: str | None
    process: int | None
    heartbeat_at: int


@dataclass(frozen=True)
class VanishedRun:
    """How a run whose process has vanished is recorded to have ended.

    Attributes:
        run: The run, as it was when it was found to have vanished.
        ended_at: Milliseconds since 1970.
        failure: What ended it, where that is known: then it counts as cancelled, else as lost.
    """

    run: RunningRun
    ended_at: int
    failure: RunFailure | None = None


class EventWriter(Protocol):
    """Writes events to one store, from any thread, and from processes forked after it was made.

    All methods raise `StoreError` if the store cannot be used now; nothing has changed then. Each waits for others as
    long as the writer does by itself, or as `wait` says.
    """

    @property
    def location(self) -> Path:
        """Where the store is. Events that it cannot take are spooled beside it."""

    @property
    def generation(self) -> Generation:
        """Which store is open."""

    @property
    def is_open(self) -> bool:
        """Whether this process has opened a connection and not closed it."""

    def apply(self, events: Iterable[Event], wait: LockWait | None = None) -> None:
        """Write events, all or none of them.

        Raises:
            RunIdTakenError: If one is the start of a run whose id another process's run has.
        """

    def missing_contents(self, hashes: Collection[str]) -> set[str]:
        """The hashes whose contents are not in the store."""

    def running_runs(self, wait: LockWait | None = None) -> list[RunningRun]:
        """The runs that are recorded as running and have given a sign of life."""

    def end_vanished(self, runs: Sequence[VanishedRun], wait: LockWait | None = None) -> None:
        """Record the end of runs that have vanished, except those that have given another sign of life since."""

    def replace_damaged(self) -> Path | None:
        """Put a damaged store aside, so that the next write begins a new one.

        Returns:
            Where the damaged store is kept now; None if another process has replaced it already or is doing so.
        """

    def flush(self, seconds: float) -> bool:
        """Complete the store's file, waiting for others so long at most; whether that was done."""

    def close(self) -> None:
        """Close the connection, if this process opened one."""
