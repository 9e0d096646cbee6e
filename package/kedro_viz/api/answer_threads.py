"""Threads in which answers are made, each kind of work in its own: slow answers wait for each other, never quick ones.

The event loop only reads requests and sends answers. All else (parsing, reading the store, building objects) is done
here, within a time limit.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum
from typing import Any, TypeVar

from kedro_viz.tracking.deadline import Deadline, TookTooLongError

T = TypeVar("T")

# Proxies give up after a minute, too. The slowest that the app asks for takes a few seconds.
ANSWER_SECONDS = 60.0

# Work that is interrupted ends within milliseconds. Whoever waits for work that does not is answered after so long.
_GRACE_SECONDS = 1.0
_INTERRUPT_AGAIN_SECONDS = 0.05


class Lane(Enum):
    """Kinds of work. Each has its threads, and only so many pieces of work wait for one of these."""

    QUICK = (4, 500)
    """What takes milliseconds: a run, the state of the project."""
    USUAL = (4, 200)
    """What reads many runs, and what a user's query searches."""
    SLOW = (2, 50)
    """What takes seconds of processor time: all runs at once, exports, what matters for a metric."""
    EDITS = (2, 200)
    """Writes. They wait for a run that is writing."""
    FILES = (8, 200)
    """Files of runs. Their storage may be far away, or hang."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self.threads = threads
        self.most_waiting = most_waiting


# How many connections to the store all of these take at most, beside the work in the background.
MOST_AT_ONCE = sum(lane.threads for lane in Lane)


class BusyError(Exception):
    """Too much work of this kind waits already."""

    def __init__(self) -> None:
        super().__init__("The server is busy with other requests. Try again in a moment.")


class AnswerThreads:
    """The threads of one server. They start when they are needed."""

    def __init__(self) -> None:
        self._lanes = {lane: _LaneThreads(lane) for lane in Lane}

    async def run(self, lane: Lane, work: Callable[[], T], *, may_be_refused: bool = True) -> T:
        """Do some work in a thread.

        Args:
            lane: The kind of work.
            work: Does it. What is put into its context (`contextvars`) stays there.
            may_be_refused: Whether it is refused if much waits. What has begun must go on.

        Returns:
            What it returned.

        Raises:
            BusyError: If too much waits for the threads, or no thread was free in time.
            TookTooLongError: If it takes too long, with the wait for a thread.
        """
        deadline = Deadline(ANSWER_SECONDS)
        job = self._lanes[lane].submit(deadline, work, may_be_refused)
        try:
            return await _result(job, deadline)
        finally:
            # Nobody waits any more: at the end of the time, or because the server stops.
            if not job.done():
                job.cancel()
                deadline.expire()

    def close(self) -> None:
        """Begin nothing any more, and interrupt what is under way."""
        for threads in self._lanes.values():
            threads.close()


async def sent(parts: Iterator[bytes], threads: AnswerThreads, lane: Lane) -> AsyncGenerator[bytes, None]:
    """The parts of a large answer, each made when the client has taken the one before. In between, answers take turns.

    Raises:
        TookTooLongError: If one of them takes too long.
    """
    try:
        while (part := await threads.run(lane, lambda: next(parts, None), may_be_refused=False)) is not None:
            yield part
    finally:
        # A client that has gone away leaves a file open.
        if isinstance(parts, Generator):
            await threads.run(lane, parts.close, may_be_refused=False)


class _LaneThreads:
    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._threads = ThreadPoolExecutor(lane.threads, f"kedro-viz-{lane.name.lower()}")
        self._lock = threading.Lock()
        # Any: results are of the types of whoever asks.
        self._jobs: dict[Future[Any], Deadline] = {}

    def submit(self, deadline: Deadline, work: Callable[[], T], may_be_refused: bool) -> Future[T]:
        context = contextvars.copy_context()

        def within_deadline() -> T:
            with deadline.active():
                return work()

        with self._lock:
            if may_be_refused and len(self._jobs) >= self._lane.threads + self._lane.most_waiting:
                raise BusyError
            job: Future[T] = self._threads.submit(context.run, within_deadline)
            self._jobs[job] = deadline
        job.add_done_callback(self._forget)
        return job

    def _forget(self, job: Future[T]) -> None:
        with self._lock:
            self._jobs.pop(job, None)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            under_way = list(self._jobs.values())
        for deadline in under_way:
            deadline.expire()


async def _result(job: Future[T], deadline: Deadline) -> T:
    result = asyncio.wrap_future(job)
    # Asked for whether or not somebody still wants it: asyncio complains of errors that nobody has looked at.
    result.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait({result}, timeout=deadline.seconds)
    if not result.done() and job.cancel():
        raise BusyError
    end = time.monotonic() + _GRACE_SECONDS
    while not result.done() and time.monotonic() < end:
        # Again and again: an interrupt ends the statement that is under way, not the next one.
        deadline.expire()
        await asyncio.wait({result}, timeout=_INTERRUPT_AGAIN_SECONDS)
    if not result.done():
        raise TookTooLongError(deadline.seconds)
    return result.result()
