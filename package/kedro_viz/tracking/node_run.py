"""The nodes of a run: which ran, when, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kedro_viz.tracking.run import RunStatus


class NodeStatus(str, Enum):
    """Where a node is in its run."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    # It was running when its run ended in another place.
    INTERRUPTED = "interrupted"
    # Its run ended before its turn, or its outputs were there already.
    SKIPPED = "skipped"


@dataclass(frozen=True)
class NodeRun:
    """A node of a run. Times are milliseconds since 1970, UTC; None for what has not happened.

    `peak_memory`: the most memory, in bytes, that its process had held when it ended; None where that is not known.
    """

    node: str
    status: NodeStatus
    started_at: int | None
    ended_at: int | None
    peak_memory: int | None = None

    @property
    def duration(self) -> float | None:
        """How long the node took, with the saving of its outputs, in seconds."""
        if self.started_at is None or self.ended_at is None:
            return None
        return max(0, self.ended_at - self.started_at) / 1000


def node_status(started_at: int | None, ended_at: int | None, failed: bool, run_status: RunStatus) -> NodeStatus:
    """Tell a node's status from what was recorded of it and how its run stands."""
    if failed:
        return NodeStatus.FAILED
    over = run_status is not RunStatus.RUNNING
    if started_at is None:
        return NodeStatus.SKIPPED if over else NodeStatus.PENDING
    # A run that succeeded has run each of its nodes to the end, though the last word of one may be missing.
    if ended_at is not None or run_status is RunStatus.SUCCEEDED:
        return NodeStatus.SUCCEEDED
    return NodeStatus.INTERRUPTED if over else NodeStatus.RUNNING
