"""Notices that another process has written to a SQLite store, or that its file was replaced."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from kedro_viz.store.sqlite.data_version import data_version
from kedro_viz.store.sqlite.file_identity import LogFiles

logger = logging.getLogger(__name__)

# How often the store is asked whether another process wrote to it. The question costs microseconds.
_POLL_SECONDS = 0.5


class _Change(Enum):
    NONE = "none"
    WRITTEN = "written"
    REPLACED = "replaced"


class StoreWatcher:
    """Notices that some process has written to a SQLite store, or that its file was replaced.

    Args:
        file: The store.
        on_change: Called in the event loop after a change.
        on_replaced: Called before that, in a thread, if the file is another one now or is gone.
    """

    def __init__(self, file: Path, on_change: Callable[[], None], on_replaced: Callable[[], None]) -> None:
        self._file = file
        self._on_change = on_change
        self._on_replaced = on_replaced
        self._connection: sqlite3.Connection | None = None
        self._known: os.stat_result | None = None
        self._log: LogFiles | None = None
        self._version: int | None = None
        self._was_missing = False

    def follow(self, file: Path) -> None:
        """Watch another file from now on, as if it had come in the place of the one before. From any thread."""
        self._file = file

    async def watch(self) -> None:
        """Watch until cancelled."""
        try:
            while True:
                change = self._look()
                if change is _Change.REPLACED:
                    await asyncio.to_thread(self._on_replaced)
                if change is not _Change.NONE:
                    self._on_change()
                await asyncio.sleep(_POLL_SECONDS)
        finally:
            self._forget()

    def _look(self) -> _Change:
        try:
            found = self._file.stat()
        except (FileNotFoundError, NotADirectoryError):
            gone = self._known is not None
            self._leave_log()
            self._forget()
            self._known = None
            self._was_missing = True
            return _Change.REPLACED if gone else _Change.NONE
        except OSError as error:
            logger.debug("The session store cannot be watched now: %s", error)
            return _Change.NONE
        try:
            known = self._known
            if known is not None and not os.path.samestat(known, found):
                # It is not opened yet: whoever answers from the one before has its log open.
                self._leave_log()
                self._forget()
                self._known = None
                return _Change.REPLACED
            if self._connection is None:
                # Reading `data_version` needs a connection that stays: it counts what others have written since. It can
                # write, too, for the end of a store that is moved.
                uri = f"{self._file.absolute().as_uri()}?mode=rw"
                self._connection = sqlite3.connect(uri, uri=True, timeout=0.2)
                self._version = data_version(self._connection)
                # There is a log once something was read.
                self._connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
                self._known = found
                self._log = LogFiles(self._file)
                if known is None:
                    was_missing, self._was_missing = self._was_missing, False
                    return _Change.REPLACED if was_missing else _Change.NONE
                # What was written unwatched is not known.
                return _Change.WRITTEN
            version = data_version(self._connection)
        except sqlite3.Error as error:
            logger.debug("The session store cannot be watched now: %s", error)
            self._forget()
            return _Change.NONE
        changed = version != self._version
        self._version = version
        return _Change.WRITTEN if changed else _Change.NONE

    def _leave_log(self) -> None:
        if self._connection is not None and self._log is not None:
            self._log.leave(self._connection)

    def _forget(self) -> None:
        self._log = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
