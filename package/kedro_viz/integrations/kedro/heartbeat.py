"""Says from time to time that the runs of this process are alive."""

from __future__ import annotations

import os
import threading

from kedro_viz.store.lost_runs import HEARTBEAT_SECONDS
from kedro_viz.tracking.recorder import Recorder


class Heart:
    """Beats for a process's runs, from a thread of its own, while there are any."""

    def __init__(self) -> None:
        self._runs: dict[str, Recorder] = {}
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._process = os.getpid()

    def start(self, run_id: str, recorder: Recorder) -> None:
        """Beat for a run from now on."""
        with self._wake:
            self._runs[run_id] = recorder
            if self._thread is None or not self._thread.is_alive() or self._process != os.getpid():
                # A daemon thread never keeps a process alive.
                self._process = os.getpid()
                self._thread = threading.Thread(target=self._beat, daemon=True, name="kedro-viz-heartbeat")
                self._thread.start()

    def stop(self, run_id: str) -> None:
        """The run has ended."""
        with self._wake:
            self._runs.pop(run_id, None)
            self._wake.notify_all()

    def _beat(self) -> None:
        while True:
            with self._wake:
                self._wake.wait(HEARTBEAT_SECONDS)
                if not self._runs:
                    self._thread = None
                    return
                runs = dict(self._runs)
            for run_id, recorder in runs.items():
                recorder.beat(run_id)
