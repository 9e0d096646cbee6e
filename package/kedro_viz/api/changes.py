"""Tells browsers that something changed: new runs, another flowchart, progress of the index."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from enum import Enum


class ChangeTopic(str, Enum):
    """What changed."""

    RUNS = "runs"
    FLOWCHART = "flowchart"
    INDEXING = "indexing"


class ChangeFeed:
    """Spreads news to everyone who listens. Thread-safe to publish to; listeners live in the event loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listeners: set[_Listener] = set()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver in this event loop."""
        self._loop = loop

    def publish(self, topic: ChangeTopic) -> None:
        """Tell all listeners, from any thread. Without an event loop there is nobody to tell."""
        if self._loop is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._deliver, topic)

    def _deliver(self, topic: ChangeTopic) -> None:
        for listener in self._listeners:
            listener.add(topic)

    async def listen(self) -> AsyncIterator[ChangeTopic]:
        """Topics as they change. A topic that changes often while one is busy comes once."""
        listener = _Listener()
        self._listeners.add(listener)
        try:
            while True:
                yield await listener.next()
        finally:
            self._listeners.discard(listener)


class _Listener:
    def __init__(self) -> None:
        self._waiting: dict[ChangeTopic, None] = {}
        self._news = asyncio.Event()

    def add(self, topic: ChangeTopic) -> None:
        self._waiting[topic] = None
        self._news.set()

    async def next(self) -> ChangeTopic:
        await self._news.wait()
        topic = next(iter(self._waiting))
        del self._waiting[topic]
        if not self._waiting:
            self._news.clear()
        return topic
