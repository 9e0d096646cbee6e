"""Notices that another file has come in the place of a session store that is open."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from kedro_viz.store.errors import StoreGoneError, StoreReplacedError

# What SQLite keeps beside a file in WAL mode. It opens both by name, whichever database they belong to.
_LOG_SUFFIXES = ("-wal", "-shm")


class FileIdentity:
    """The file that a store is, by what the file system calls it.

    Args:
        location: The store's file, as it is now.
    """

    def __init__(self, location: Path) -> None:
        self._location = location
        self._opened = _stat(location)

    def check(self) -> None:
        """See whether it is still there.

        Raises:
            StoreGoneError: If no file is there.
            StoreReplacedError: If another one is. To open that beside the log of this one would damage it.
        """
        now = _stat(self._location)
        if now is None:
            raise StoreGoneError(self._location)
        if self._opened is None:
            self._opened = now
        elif not os.path.samestat(self._opened, now):
            raise StoreReplacedError(self._location)


class LogFiles:
    """The write-ahead log of a store that is open, and its index.

    Args:
        location: The store's file, which has been read from.
    """

    def __init__(self, location: Path) -> None:
        paths = [location.with_name(location.name + suffix) for suffix in _LOG_SUFFIXES]
        self._found = {path: stat for path in paths if (stat := _stat(path)) is not None}

    def leave(self, connection: sqlite3.Connection) -> None:
        """Write what is in the log to a store that was moved or deleted, and remove the log from where it was.

        SQLite would read it with whatever file comes to lie there. A log that cannot be emptied now stays: it may be
        all that there is of some runs.

        Args:
            connection: To the store, opened before it was moved.
        """
        try:
            busy, in_log, written = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error:
            return
        if busy or in_log != written:
            return
        for path, stat in self._found.items():
            now = _stat(path)
            # Moved along with the store, or already of another one.
            if now is not None and os.path.samestat(now, stat):
                with contextlib.suppress(OSError):
                    path.unlink()


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
