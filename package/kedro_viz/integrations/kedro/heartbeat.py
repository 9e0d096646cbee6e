"""Beats while runs go on in this process, from a thread of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

from kedro_viz.store.lost_runs import HEARTBEAT_SECONDS

# Stopping for a fork waits for a beat that is being written.
_PAUSE_SECONDS = 2.0


class Heart:
    """Calls `beat` every few seconds between `start` and `stop`.

    The thread is not there while the process forks: a fork beside threads may leave locks taken for ever in the child,
    and Python warns of it.

    Args:
        beat: Called in the heart's thread.
    """

    def __init__(self, beat: Callable[[], None]) -> None:
        self._beat = beat
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._wanted = False
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(before=self._pause, after_in_parent=self._resume, after_in_child=self._end)

    def start(self) -> None:
        """Beat from now on."""
        self._wanted = True
        self._resume()

    def stop(self) -> None:
        """Beat no more. Does not wait for a beat that goes on, which may be what stops us."""
        self._wanted = False
        self._stopped.set()

    def _pause(self) -> None:
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            self._stopped.set()
            thread.join(_PAUSE_SECONDS)

    def _resume(self) -> None:
        if not self._wanted or (self._thread is not None and self._thread.is_alive() and not self._stopped.is_set()):
            return
        # Each thread has an event of its own: one that ends late must not take the next one's for its own.
        self._stopped = threading.Event()
        # A daemon thread never keeps a process alive.
        self._thread = threading.Thread(
            target=self._work, args=(self._stopped,), daemon=True, name="kedro-viz-heartbeat"
        )
        self._thread.start()

    def _end(self) -> None:
        self._wanted = False
        self._thread = None

    def _work(self, stopped: threading.Event) -> None:
        while not stopped.wait(HEARTBEAT_SECONDS):
            self._beat()
