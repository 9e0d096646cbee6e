"""What this process knows of the runs it takes part in: shared by the session store and the hook."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from kedro.utils import find_kedro_project

from kedro_viz.integrations.kedro.project.store_location import location_in
from kedro_viz.integrations.kedro.recording.worker_processes import is_worker

if TYPE_CHECKING:
    from kedro_viz.tracking.recorder import Recorder
    from kedro_viz.tracking.run import RunStatus


class SessionData:
    """The data of a session store that is open in this process, and where it is kept.

    Args:
        path: The store's folder, as the settings name it.
        data: The session's data, which Kedro fills after it has made the store.
    """

    def __init__(self, path: str | None, data: Mapping[str, Any]) -> None:
        self._path = path
        self.data = data

    @property
    def project_path(self) -> Path:
        """The root of the session's project."""
        if told := self.data.get("project_path"):
            return Path(told)
        # Kedro has not said yet which project the session is of. It would find it in this way.
        return find_kedro_project(Path.cwd()) or Path.cwd()

    @property
    def location(self) -> Path:
        """The store's file."""
        return location_in(self.project_path, self._path)


_recorders: dict[Path, Recorder] = {}


def recorder_for(location: Path) -> Recorder:
    """The recorder of a store. One a process, so that the store's file is opened once."""
    recorder = _recorders.get(location)
    if recorder is None:
        # Imported with the first record: `settings.py` imports this module, and must go through on any Python.
        from kedro_viz.store.recording.record_sink import RecordSink
        from kedro_viz.store.sqlite.writer import SQLiteWriter
        from kedro_viz.tracking.path_signature import sign_path
        from kedro_viz.tracking.recorder import Recorder

        # Another thread may have been faster.
        recorder = _recorders.setdefault(
            location, Recorder(RecordSink(SQLiteWriter(location)), sign_path=partial(sign_path, location))
        )
    return recorder


def close_stores() -> None:
    """Leave all stores complete in their files, unless a run goes on in this process: it does so when it ends."""
    if not registry.has_running():
        _close_all()


def _close_all() -> None:
    # A worker process leaves that to the process that has begun the run.
    if not is_worker():
        for recorder in list(_recorders.values()):
            recorder.close()


# Every session loads this module first, so that this comes last, after all that writes at the end of the process.
atexit.register(_close_all)


class RunRegistry:
    """Sessions that are open in this process, and which of them are runs."""

    def __init__(self) -> None:
        self._sessions: WeakValueDictionary[str, SessionData] = WeakValueDictionary()
        self._announced: set[str] = set()
        self._started: set[str] = set()
        self._ended: dict[str, RunStatus] = {}
        self._lock = threading.Lock()
        self._on_end: list[Callable[[str], None]] = []

    def when_ended(self, callback: Callable[[str], None]) -> None:
        """Have `callback` called with the id of each run that ends."""
        self._on_end.append(callback)

    def open_session(self, run_id: str, session: SessionData) -> None:
        """Kedro has made a session. It is forgotten when nobody holds it any more."""
        self._sessions[run_id] = session

    def session(self, run_id: str) -> SessionData | None:
        """The open session of that id, if this process made it."""
        return self._sessions.get(run_id)

    def announce(self, run_id: str) -> None:
        """Kedro says that a run is about to begin."""
        with self._lock:
            self._announced.add(run_id)

    def start(self, run_id: str) -> None:
        """A run has begun, and is recorded."""
        with self._lock:
            self._started.add(run_id)
            # A session that failed may be run again.
            self._ended.pop(run_id, None)

    def end(self, run_id: str, status: RunStatus) -> None:
        """The outcome of a run is recorded."""
        with self._lock:
            self._ended[run_id] = status
        for callback in self._on_end:
            callback(run_id)

    def is_announced(self, run_id: str) -> bool:
        """Whether Kedro has said that a run of that id begins in this process."""
        return run_id in self._announced

    def is_started(self, run_id: str) -> bool:
        """Whether a run of that id has begun in this process, and is recorded."""
        return run_id in self._started

    def is_ended(self, run_id: str) -> bool:
        """Whether the outcome of that run is recorded."""
        return run_id in self._ended

    def outcome(self, run_id: str) -> RunStatus | None:
        """The outcome of that run as it is recorded; None if it is not."""
        return self._ended.get(run_id)

    def has_running(self) -> bool:
        """Whether a run goes on in this process."""
        return bool(self._started - self._ended.keys())

    def forget(self, run_id: str) -> None:
        """The session is closed: a server or notebook that runs for weeks must not collect ids."""
        with self._lock:
            self._announced.discard(run_id)
            self._started.discard(run_id)
            self._ended.pop(run_id, None)


# Any: Kedro's run parameters.
def run_id_of(run_params: Mapping[str, Any]) -> str:
    """The id of a run that Kedro tells of."""
    # Kedro 1.0 has no name for the run beside its session's.
    return str(run_params.get("run_id") or run_params["session_id"])


registry = RunRegistry()
