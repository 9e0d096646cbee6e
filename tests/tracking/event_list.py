"""A sink that keeps its events in memory."""

from __future__ import annotations

from collections.abc import Collection

from kedro_viz.tracking.events import Event


class EventList:
    """What was written, as it was written together."""

    def __init__(self) -> None:
        self.writes: list[tuple[Event, ...]] = []

    @property
    def events(self) -> list[Event]:
        """All events in their order."""
        return [event for events in self.writes for event in events]

    def write(self, *events: Event) -> None:
        if events:
            self.writes.append(events)

    try_write = write

    def missing_contents(self, hashes: Collection[str]) -> set[str]:
        return set(hashes)

    def may_have_lost_contents(self, run_id: str) -> bool:
        return False

    def is_spooled(self, run_id: str) -> bool:
        return False

    def record_id(self, run_id: str) -> str:
        return run_id

    def record_as(self, run_id: str, record_id: str) -> None:
        """All runs have ids of their own here."""

    def close(self) -> None:
        """Nothing is open."""
