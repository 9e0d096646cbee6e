"""Writes to a SQLite session store. Standard library only: this runs inside users' `kedro run`."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from kedro_viz.store.errors import StoreError, StoreSlowError
from kedro_viz.store.recording.event_writer import EventWriter, Generation, RunningRun, VanishedRun
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.sqlite.apply_event import apply_event
from kedro_viz.store.sqlite.contents import batches, decoded, missing, put
from kedro_viz.store.sqlite.sqlite_file import (
    LOCK_TIMEOUT,
    execute_within,
    limit_wait,
    open_store,
    set_aside,
    store_error,
)
from kedro_viz.store.sqlite.vanished_runs import end_vanished, read_running
from kedro_viz.tracking.events import Event, RunContext

Result = TypeVar("Result")

Connection: TypeAlias = sqlite3.Connection
"""What is given to those who change or ask a store by `work` and `read`."""

# So long until it is looked again whether somebody still reads an older state.
_FLUSH_PAUSE_SECONDS = 0.01

# A connection must not be used, nor even closed, in a process that inherited it by fork
# (https://www.sqlite.org/howtocorrupt.html#_carrying_an_open_database_across_a_fork_): they are kept here instead.
_inherited: list[sqlite3.Connection] = []


class SQLiteWriter(EventWriter):
    """Writes events to a SQLite file, from any thread, and from processes forked after it was made.

    The connection is opened at the first write and kept: with the write-ahead log, closing the last connection flushes
    the log to disk, which would cost more than the write. `flush` does so once there is nothing more to write.

    Args:
        location: The store's file.
        lock_timeout: Seconds that a write waits in all: for other threads of this process, and for other processes.
    """

    def __init__(self, location: Path, lock_timeout: float = LOCK_TIMEOUT) -> None:
        self._location = location
        self._lock_timeout = lock_timeout
        # Entered again by the same thread where a signal interrupts a write: then SQLite refuses, and we spool.
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened_file: os.stat_result | None = None
        self._process = os.getpid()
        self._openings = 0
        self._replacements = 0

    @property
    def location(self) -> Path:
        """The store's file."""
        return self._location

    @property
    def generation(self) -> Generation:
        """Which file is open."""
        return Generation(self._openings, self._replacements)

    def apply(self, events: Iterable[Event], wait: LockWait | None = None) -> None:
        """Write events, all or none of them.

        Contents that they carry are written before, bit by bit, so that nobody waits long for the lock: where the rest
        then fails, they are only there too early.

        Args:
            events: What is to be written.
            wait: How long to wait, instead of `lock_timeout`.

        Raises:
            StoreError: If they cannot be written now. See `open_store`.
        """
        events = list(events)
        wait = wait or LockWait(self._lock_timeout)
        carried = (content for event in events if isinstance(event, RunContext) for content in decoded(event.contents))
        for batch in batches(carried):
            self.work(partial(put, contents=batch), wait)

        def write(connection: sqlite3.Connection) -> None:
            for event in events:
                apply_event(connection, event)

        self.work(write, wait)

    def missing_contents(self, hashes: Collection[str]) -> set[str]:
        """See `EventWriter`."""
        return self.read(lambda connection: missing(connection, hashes))

    def running_runs(self, wait: LockWait | None = None) -> list[RunningRun]:
        """See `EventWriter`."""
        return self.read(read_running, wait)

    def end_vanished(self, runs: Sequence[VanishedRun], wait: LockWait | None = None) -> None:
        """See `EventWriter`."""
        self.work(partial(end_vanished, runs=runs), wait)

    def replace_damaged(self) -> Path | None:
        """See `set_aside`."""
        return set_aside(self._location)

    def work(
        self, change: Callable[[sqlite3.Connection], Result], wait: LockWait | None = None, durable: bool = False
    ) -> Result:
        """Change the store in one transaction.

        Args:
            change: Is given the connection, and must leave beginning and commit to us.
            wait: How long to wait, instead of `lock_timeout`.
            durable: Whether it must be on the disk, safe from a power cut, when this returns.

        Returns:
            What it returned.

        Raises:
            StoreError: If the store cannot be written now. Then nothing has changed.
        """
        wait = wait or LockWait(self._lock_timeout)
        with self._opened(wait) as connection:
            if durable:
                # What was committed before, and may be in the system's memory alone, is written with it.
                connection.execute("PRAGMA synchronous = FULL")
            execute_within(wait, connection, "BEGIN IMMEDIATE")
            try:
                result = change(connection)
                execute_within(wait, connection, "COMMIT")
            except BaseException:
                # A disk that filled up rolls back by itself; a second rollback would hide the reason.
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            if durable:
                connection.execute("PRAGMA synchronous = NORMAL")
        return result

    def read(self, question: Callable[[sqlite3.Connection], Result], wait: LockWait | None = None) -> Result:
        """Ask the store something, without locking it for others.

        Args:
            question: Is given the connection, and changes nothing.
            wait: How long to wait, instead of `lock_timeout`.

        Returns:
            What it returned.

        Raises:
            StoreError: If the store cannot be read now.
        """
        wait = wait or LockWait(self._lock_timeout)
        with self._opened(wait) as connection:
            limit_wait(wait, connection)
            return question(connection)

    def flush(self, seconds: float) -> bool:
        """Move what is in the write-ahead log, whoever wrote it, to the store's file: the file alone is complete then.

        Nobody waits for it: neither those who read nor those who write.

        Args:
            seconds: How long to wait for those who read an older state, or do the same.

        Returns:
            Whether the file is complete. It is not while others write, or if they read for longer.

        Raises:
            StoreError: If the store cannot be used now.
        """
        until = time.monotonic() + seconds
        with self._opened(LockWait(seconds)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            while not _is_moved(connection):
                if time.monotonic() >= until:
                    return False
                time.sleep(_FLUSH_PAUSE_SECONDS)
            # Only to leave an empty log: it may stay as it is while somebody reads.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return True

    @contextlib.contextmanager
    def _opened(self, wait: LockWait) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time. After an error it is made anew the next time."""
        self._after_fork()
        lock = self._lock
        if not wait.acquire(lock):
            raise StoreSlowError(self._location, wait.seconds)
        try:
            yield self._open(wait)
        except sqlite3.Error as error:
            self._close()
            raise store_error(error, self._location, wait.seconds) from error
        except StoreError:
            self._close()
            raise
        finally:
            lock.release()

    @property
    def is_open(self) -> bool:
        """Whether this process has opened a connection, and not closed it."""
        self._after_fork()
        return self._connection is not None

    def close(self) -> None:
        """Close the connection, if this process opened one."""
        self._after_fork()
        with self._lock:
            self._close()

    def _open(self, wait: LockWait) -> sqlite3.Connection:
        # Someone may delete or replace the file while a run goes on; writing to the old one would lose the record.
        if self._connection is not None and not self._is_still_there():
            self._close()
            self._replacements += 1
        if self._connection is None:
            self._connection = open_store(self._location, wait)
            with contextlib.suppress(OSError):
                self._opened_file = self._location.stat()
            self._openings += 1
        return self._connection

    def _is_still_there(self) -> bool:
        try:
            return self._opened_file is not None and os.path.samestat(self._opened_file, self._location.stat())
        except OSError:
            return False

    def _close(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _after_fork(self) -> None:
        if self._process != os.getpid():
            if self._connection is not None:
                _inherited.append(self._connection)
            self._connection = None
            # Another thread of the parent may have held the lock at the moment of the fork.
            self._lock = threading.RLock()
            self._process = os.getpid()


def _is_moved(connection: sqlite3.Connection) -> bool:
    """Move what can be moved now from the log to the file; whether that was all."""
    # A log of -1 frames is none: the file has another kind of journal.
    busy, logged, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return not busy and logged == moved
