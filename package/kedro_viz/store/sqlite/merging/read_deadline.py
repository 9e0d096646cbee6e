"""How long work on files from elsewhere may go on."""

from __future__ import annotations

import math
import time
from collections.abc import Callable


class Deadline:
    """A moment after which work is given up.

    Args:
        seconds: It is so far away.
        is_stopped: Asked as well: work is also given up once it returns True, such as when the server closes.
    """

    def __init__(self, seconds: float = math.inf, is_stopped: Callable[[], bool] = lambda: False) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._is_stopped = is_stopped

    def has_passed(self) -> bool:
        """Whether it is time to give up."""
        return time.monotonic() > self._end or self._is_stopped()

    def sooner(self, seconds: float) -> Deadline:
        """A deadline for a part of the work: in so many seconds, or with this one if that comes first."""
        return Deadline(min(seconds, max(0.0, self._end - time.monotonic())), self._is_stopped)
