"""How long a piece of work may wait for others."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator


class LockWait:
    """How long a piece of work may wait for other threads and processes, in all its steps together.

    Args:
        seconds: The time for all of them.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.left = seconds
        """The seconds that are left."""

    def acquire(self, lock: threading.RLock) -> bool:
        """Take a lock of this process.

        Returns:
            Whether it was free in time.
        """
        with self.spending():
            return lock.acquire(timeout=self.left)

    @contextlib.contextmanager
    def spending(self) -> Iterator[None]:
        """Count the time of a step that may have to wait."""
        begin = time.monotonic()
        try:
            yield
        finally:
            self.left = max(0.0, self.left - (time.monotonic() - begin))
