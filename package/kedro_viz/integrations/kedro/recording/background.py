"""Works beside the runs of this process, in one thread of its own that is there only while there is something to do."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

logger = logging.getLogger(__name__)

# Stopping for a fork waits for the step that is being done.
_PAUSE_SECONDS = 2.0


class Job:
    """Something that is done once, in short steps, so that neither calls nor forks have to wait for its end.

    Args:
        steps: Does a part of the work each time it is asked for the next item.
    """

    def __init__(self, steps: Iterator[None]) -> None:
        self.steps = steps
        self.is_done = threading.Event()

    def end(self) -> None:
        """It is done, or given up. What it has gathered does not outlive it."""
        self.steps = iter(())
        self.is_done.set()


@dataclass(frozen=True)
class _Call:
    due: float
    every: float | None = None


class Background:
    """Calls what is due, and does jobs in between. What is called may raise anything, and must not take long.

    The thread is not there while the process forks: a fork beside threads may leave locks taken for ever in the child,
    and Python warns of it. A forked child begins with nothing to do.
    """

    def __init__(self) -> None:
        self._begin()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._pause, after_in_parent=self._resume, after_in_child=self._begin_child)

    def _begin(self) -> None:
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._pauses = 0
        self._calls: dict[Callable[[], None], _Call] = {}
        self._jobs: deque[Job] = deque()

    def call_every(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call something every so many seconds from now on, until `stop_calling`."""
        with self._changed:
            if callback not in self._calls:
                self._calls[callback] = _Call(time.monotonic() + seconds, seconds)
                self._wake()

    def call_within(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call something once, in so many seconds, or earlier if it was to be called earlier."""
        with self._changed:
            due = time.monotonic() + seconds
            if callback not in self._calls or self._calls[callback].due > due:
                self._calls[callback] = _Call(due)
                self._wake()

    def stop_calling(self, callback: Callable[[], None]) -> None:
        """Call something no more. Does not wait for a call that goes on, which may be what stops it."""
        with self._changed:
            self._calls.pop(callback, None)
            self._changed.notify_all()

    def submit(self, steps: Iterator[None]) -> Job:
        """Have something done, beginning at once.

        Args:
            steps: Does a part of the work each time it is asked for the next item: some milliseconds of it, or some
                tens where a large file is compressed or searched.
        """
        job = Job(steps)
        with self._changed:
            self._jobs.append(job)
            self._wake()
        return job

    def finish(self, job: Job, timeout: float) -> bool:
        """Wait until a job is done, for so many seconds at most. Its own thread does not wait for itself.

        Returns:
            Whether it is done. A job that raised an exception is.
        """
        return job.is_done.wait(0 if threading.current_thread() is self._thread else timeout)

    def _wake(self) -> None:
        """Have the thread look again. The caller holds the lock."""
        self._changed.notify_all()
        if self._pauses or (self._thread is not None and self._thread.is_alive()):
            return
        # A daemon thread never keeps a process alive.
        thread = threading.Thread(target=self._work, daemon=True, name="kedro-viz-background")
        try:
            thread.start()
        except RuntimeError as error:
            # The process has no thread left to give, or is about to end.
            logger.debug("Nothing is done in the background: %s", error)
            self._give_up_jobs()
        else:
            self._thread = thread

    def _work(self) -> None:
        while (task := self._next_task()) is not None:
            try:
                task()
            except Exception as error:
                logger.debug("Not done in the background: %s", error, exc_info=True)

    def _next_task(self) -> Callable[[], None] | None:
        """What is to be done next, once it is due; None if this thread shall end."""
        with self._changed:
            while not self._pauses:
                now = time.monotonic()
                callback = min(self._calls, key=lambda each: self._calls[each].due, default=None)
                if callback is not None and self._calls[callback].due <= now:
                    self._take(callback, now)
                    return callback
                if self._jobs:
                    return partial(self._do_step, self._jobs[0])
                if callback is None:
                    break
                self._changed.wait(self._calls[callback].due - now)
            self._thread = None
            return None

    def _take(self, callback: Callable[[], None], now: float) -> None:
        call = self._calls.pop(callback)
        if call.every is not None:
            self._calls[callback] = _Call(now + call.every, call.every)

    def _do_step(self, job: Job) -> None:
        try:
            next(job.steps)
        except BaseException as error:
            with self._changed:
                if self._jobs and self._jobs[0] is job:
                    self._jobs.popleft()
            job.end()
            if not isinstance(error, StopIteration):
                raise

    def _pause(self) -> None:
        with self._changed:
            self._pauses += 1
            thread = self._thread
            self._changed.notify_all()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_PAUSE_SECONDS)

    def _resume(self) -> None:
        with self._changed:
            self._pauses -= 1
            if self._calls or self._jobs:
                self._wake()

    def _begin_child(self) -> None:
        for job in self._jobs:
            # A thread that is not there in the child may have held the lock of the old one.
            job.is_done = threading.Event()
        self._give_up_jobs()
        self._begin()

    def _give_up_jobs(self) -> None:
        for job in self._jobs:
            job.end()
        self._jobs.clear()


background = Background()
"""The one of this process."""
