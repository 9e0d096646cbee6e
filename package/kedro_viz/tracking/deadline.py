"""Ends work that takes too long, in whichever thread it is done.

A thread cannot be stopped from outside. So what can be interrupted, a statement of a database, is; and loops of ours
over many runs look at the clock as they go (`check_deadline`, `paced`). Without a deadline both cost nothing.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")


class TookTooLongError(Exception):
    """Work that was given up.

    Args:
        seconds: How long it was let go on.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This took longer than {seconds:g} s and was given up. Ask for less at once: fewer runs, fields or "
            "columns, or one page after the other."
        )


class Deadline:
    """When the work for one answer must be done. Methods may be called from any thread.

    Args:
        seconds: How long it may take from now on.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._interrupts: dict[int, Callable[[], None]] = {}

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self._end

    def check(self) -> None:
        """Look at the clock.

        Raises:
            TookTooLongError: If the time is up.
        """
        if self.is_over:
            raise TookTooLongError(self.seconds)

    def expire(self) -> None:
        """Let the time be up, and interrupt what is under way."""
        with self._lock:
            self._end = min(self._end, time.monotonic() - 1)
            for interrupt in self._interrupts.values():
                interrupt()

    def hold(self, resource: object, interrupt: Callable[[], None]) -> None:
        """Say how something can be interrupted that works for this answer from now on.

        Raises:
            TookTooLongError: If the time is up.
        """
        self.check()
        with self._lock:
            self._interrupts[id(resource)] = interrupt

    def release(self, resource: object) -> None:
        """Say that it no longer does. It is not interrupted after this returns."""
        with self._lock:
            self._interrupts.pop(id(resource), None)

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """Make this the deadline of what is done inside."""
        token = _current.set(self)
        try:
            yield
        finally:
            _current.reset(token)
            with self._lock:
                self._interrupts.clear()


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


def current_deadline() -> Deadline | None:
    """The deadline of what is being done; None if there is none."""
    return _current.get()


def check_deadline() -> None:
    """Look at the clock, in a long piece of work.

    Raises:
        TookTooLongError: If the time is up.
    """
    deadline = _current.get()
    if deadline is not None:
        deadline.check()


def paced(items: Iterable[T]) -> Iterator[T]:
    """The same items; each time one is asked for, the clock is looked at.

    Raises:
        TookTooLongError: If the time is up.
    """
    deadline = _current.get()
    for item in items:
        if deadline is not None:
            deadline.check()
        yield item


class Paced(list[T]):
    """A list whose users look at the clock at each item, without knowing of it."""

    def __iter__(self) -> Iterator[T]:
        """The items. Raises a `TookTooLongError` once the time is up."""
        return paced(super().__iter__())
