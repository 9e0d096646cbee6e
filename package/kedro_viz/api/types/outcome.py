"""How a run went, in the API: its error, its nodes, how far it is."""

from __future__ import annotations

from datetime import datetime, timezone

import strawberry

from kedro_viz.tracking import node_run
from kedro_viz.tracking.node_run import NodeStatus

# The last millisecond that a `datetime` can hold.
_LAST_MOMENT = 253_402_300_799_999

strawberry.enum(NodeStatus, description="Where a node is in its run.")


@strawberry.type(description="What ended a run before its time.")
class RunError:
    """See `kedro_viz.tracking.run.RunFailure`."""

    type: str
    message: str
    traceback: str
    node: str | None


@strawberry.type(description="A node of a run. `duration` is in seconds, with the saving of its outputs.")
class NodeRun:
    """See `kedro_viz.tracking.node_run.NodeRun`."""

    name: str
    status: NodeStatus
    started_at: datetime | None
    ended_at: datetime | None
    duration: float | None
    peak_memory: float | None = strawberry.field(
        description="The most memory, in bytes, that its process had held when it ended."
    )

    @classmethod
    def of(cls, node: node_run.NodeRun) -> NodeRun:
        """The node as the API tells it."""
        return cls(
            name=node.node,
            status=node.status,
            started_at=moment(node.started_at),
            ended_at=moment(node.ended_at),
            duration=node.duration,
            peak_memory=node.peak_memory,
        )


@strawberry.type(description="How far a run has come.")
class RunProgress:
    """Nodes that have ended, of all that are to run."""

    done: int
    total: int


def moment(milliseconds: int | None) -> datetime | None:
    """A stored time; None for what no calendar has."""
    if milliseconds is None or not 0 <= milliseconds <= _LAST_MOMENT:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, tz=timezone.utc)
