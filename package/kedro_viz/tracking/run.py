"""A pipeline run and its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum


class RunStatus(str, Enum):
    """Where a run is in its life."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    # The process stopped without reporting: killed, or its machine gone.
    LOST = "lost"


@dataclass(frozen=True)
class RunFailure:
    """What ended a run before its time.

    Attributes:
        type: The exception's class, with its module unless that is `builtins`.
        message: What the exception says.
        traceback: The formatted traceback.
    """

    type: str
    message: str
    traceback: str


# A clock may be wrong by a time zone. What is dated further ahead than a day, in milliseconds, has no true date.
MAX_CLOCK_AHEAD = 24 * 3600 * 1000

# The last millisecond of the year 9999: what is later is no time that anything could show.
LAST_TIME = 253_402_300_799_999

# Kedro's `generate_timestamp`: 2024-05-01T12.30.45.678Z
_KEDRO_TIMESTAMP = "%Y-%m-%dT%H.%M.%S.%fZ"


def time_of_run_id(run_id: str) -> int | None:
    """The moment that a run's id tells: Kedro makes session ids from the clock.

    Returns:
        Milliseconds since 1970 in UTC, or None for an id that is not a Kedro timestamp.
    """
    try:
        moment = datetime.strptime(run_id, _KEDRO_TIMESTAMP).replace(tzinfo=timezone.utc)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000)


@dataclass(frozen=True)
class Run:
    """A run as the store tells it. Times are milliseconds since 1970, UTC."""

    id: str
    title: str
    notes: str
    bookmark: bool
    archived: bool
    status: RunStatus
    started_at: int | None
    ended_at: int | None
    author: str | None
    command: str | None
    pipeline: str | None
    env: str | None
    runner: str | None
    kedro_version: str | None
    project: str | None
    git_sha: str | None
    git_branch: str | None
    git_dirty: bool | None
    git_remote: str | None

    @property
    def duration(self) -> float | None:
        """How long the run took, in seconds; None while it runs, and for runs of which only the start is known."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max(0, self.ended_at - self.started_at) / 1000
