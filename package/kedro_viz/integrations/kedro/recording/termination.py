"""Notices when the process of a run is asked to end (SIGTERM), without coming between the signal and the process.

A handler in Python would be called only once the interpreter is back from whatever C code it is in, and would keep the
process alive for so long. Python's `faulthandler` has one in C: it writes where the process is to a file, at once, and
then lets the signal do what it did before. What the file says is read by whoever finds that the process has vanished:
see `store/recording/lost_runs.py`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import re
import signal
import threading
from pathlib import Path

from kedro_viz.store.recording.termination_file import read_termination, remove_termination, termination_file

logger = logging.getLogger(__name__)

# Windows has no such signal.
_IS_POSSIBLE = hasattr(faulthandler, "register")


class TerminationWatch:
    """Has the stack of this process written for the runs that go on in it, should it be asked to end."""

    def __init__(self) -> None:
        # All runs of the process have one file, under a name for each of them.
        self._files: dict[str, Path] = {}
        self._descriptor: int | None = None
        # What Python was to do at the signal when we began: a Python function, a constant, or None.
        self._python_handler: object = None
        if _IS_POSSIBLE and hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._end_in_child)

    def begin(self, location: Path, run_id: str, record_id: str) -> None:
        """Watch over a run from now on.

        Args:
            location: Its session store's file.
            run_id: The run.
            record_id: The id under which it is recorded.
        """
        if not _IS_POSSIBLE:
            return
        path = termination_file(location, record_id, os.getpid())
        try:
            try:
                self._watch_by(path)
            except FileNotFoundError:
                # Another process has removed the folder in between, which was empty.
                self._watch_by(path)
        except (OSError, RuntimeError) as error:
            logger.debug("Not noticed if run %s is asked to end: %s", run_id, error)
            remove_termination(path)
        else:
            self._files[run_id] = path

    def was_asked_to_end(self, run_id: str) -> bool:
        """Whether the signal came while this run went on here, though the process lives."""
        path = self._files.get(run_id)
        return path is not None and read_termination(path) is not None

    def end(self, run_id: str) -> None:
        """The run is over."""
        path = self._files.pop(run_id, None)
        if path is not None:
            remove_termination(path)
        if not self._files:
            self._unregister()

    def _watch_by(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if self._files and self._descriptor is not None:
            # Somebody's own handler may have let the process live through an earlier signal.
            os.ftruncate(self._descriptor, 0)
            os.link(next(iter(self._files.values())), path)
        else:
            self._register(path)

    def _register(self, path: Path) -> None:
        if self._descriptor is None and _is_caught_by_others():
            raise RuntimeError("Something else watches over this signal.")
        self._close()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        self._python_handler = signal.getsignal(signal.SIGTERM)
        try:
            # Not of all threads: those that go on meanwhile pull their stacks from under it, and one process in a
            # hundred would crash instead of ending.
            faulthandler.register(signal.SIGTERM, file=self._descriptor, all_threads=False, chain=True)
        except BaseException:
            self._close()
            raise

    def _unregister(self) -> None:
        if self._descriptor is None:
            return
        # To unregister is to bring back what was there before, also where somebody has set a handler since.
        handler = signal.getsignal(signal.SIGTERM)
        if handler is self._python_handler:
            faulthandler.unregister(signal.SIGTERM)
            self._close()
        elif handler is not None and threading.current_thread() is threading.main_thread():
            faulthandler.unregister(signal.SIGTERM)
            signal.signal(signal.SIGTERM, handler)
            self._close()

    def _close(self) -> None:
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
        self._descriptor = None

    def _end_in_child(self) -> None:
        """A pool ends its forked workers by this signal: that says nothing of the run."""
        self._files.clear()
        self._unregister()


def _is_caught_by_others() -> bool:
    """Whether there is a handler for the signal that is none of Python's: of a library, or of `faulthandler` itself.

    Only known on Linux.
    """
    if callable(signal.getsignal(signal.SIGTERM)):
        return False
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


termination = TerminationWatch()
"""The one of this process."""
