"""Records a run as cancelled when its process is told to end, and lets it end as it would have without us."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType


class TerminationWatch:
    """Listens for SIGTERM, which ends a Python process without a word unless someone has asked for it.

    Only where nobody has: a handler of the user's or of a server's is left alone.

    Args:
        on_termination: Called before the process ends.
    """

    def __init__(self, on_termination: Callable[[], None]) -> None:
        self._on_termination = on_termination
        self._process: int | None = None

    def start(self) -> None:
        """Begin to listen. Does nothing where signals cannot be asked for, as in a thread."""
        if threading.current_thread() is not threading.main_thread():
            return
        if self._process is None and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            self._process = os.getpid()
            signal.signal(signal.SIGTERM, self._terminated)

    def stop(self) -> None:
        """Listen no more."""
        if threading.current_thread() is not threading.main_thread() or self._process != os.getpid():
            return
        self._process = None
        # Someone may have set a handler of their own since.
        if signal.getsignal(signal.SIGTERM) == self._terminated:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def _terminated(self, number: int, _frame: FrameType | None) -> None:
        try:
            # A worker process that was forked has inherited this handler, but the run is not its own.
            if self._process == os.getpid():
                self._on_termination()
        finally:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
