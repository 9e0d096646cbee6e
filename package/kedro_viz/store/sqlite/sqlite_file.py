"""Opens a session store's SQLite file: today's schema, the right journal, and damaged files kept aside."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from kedro_viz.store.errors import (
    StoreCorruptError,
    StoreError,
    StoreLockedError,
    StoreNewerError,
    StoreNotWritableError,
)
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.sqlite import schema
from kedro_viz.store.sqlite.filesystem import allows_wal

# A run waits this long in all for another program to let go of the store; then its record is spooled.
LOCK_TIMEOUT = 1.0

# Only sharing asks for a store's identity, when the run is over.
_IDENTITY_LOCK_TIMEOUT = 10.0

# A repair takes milliseconds. A lock file that is older belongs to a process that died.
_REPAIR_LOCK_SECONDS = 60.0

_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) if hasattr(sqlite3, "SQLITE_CORRUPT") else (11, 26)


def execute_within(wait: LockWait, connection: sqlite3.Connection, statement: str) -> None:
    """Execute a statement that may have to wait for another process's lock.

    Raises:
        sqlite3.OperationalError: If the lock was not free in time, among others.
    """
    limit_wait(wait, connection)
    with wait.spending():
        connection.execute(statement)


def limit_wait(wait: LockWait, connection: sqlite3.Connection) -> None:
    """Let no statement wait longer than what is left."""
    connection.execute(f"PRAGMA busy_timeout = {round(wait.left * 1000)}")


def open_store(location: Path, lock_timeout: float | LockWait = LOCK_TIMEOUT) -> sqlite3.Connection:
    """Open a session store, make it if it is not there, and upgrade it if it is older.

    Args:
        location: The store's file. Its folders are made.
        lock_timeout: Seconds that a statement of the connection waits for another process's lock. To open it does not
            take longer either.

    Returns:
        A connection in autocommit mode, to be used by one thread at a time.

    Raises:
        StoreLockedError: Another process held the store for longer than `lock_timeout`.
        StoreNotWritableError: The file or its folder cannot be written.
        StoreCorruptError: The file is not a database, or damaged. It has not been touched.
        StoreNewerError: A later version of Kedro-Viz wrote it.
    """
    connection: sqlite3.Connection | None = None
    wait = lock_timeout if isinstance(lock_timeout, LockWait) else LockWait(lock_timeout)
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
        _refuse_read_only(location)
        connection = sqlite3.connect(location, isolation_level=None, check_same_thread=False)
        connection.text_factory = decoded
        _prepare(connection, location, wait)
        connection.execute(f"PRAGMA busy_timeout = {round(wait.seconds * 1000)}")
    except (sqlite3.Error, OSError) as error:
        if connection is not None:
            connection.close()
        raise store_error(error, location, wait.seconds) from error
    except BaseException:
        if connection is not None:
            connection.close()
        raise
    return connection


def _refuse_read_only(location: Path) -> None:
    # SQLite would open it for reading, and leave files beside it that cannot be written later either.
    if location.exists() and not os.access(location, os.W_OK):
        raise PermissionError("the file is read-only")


def decoded(text: bytes) -> str:
    """A stored text, whatever its bytes are: one broken name must not make a whole list unreadable."""
    return text.decode("utf-8", "replace")


def _prepare(connection: sqlite3.Connection, location: Path, wait: LockWait) -> None:
    # Without a write-ahead log, readers wait for who writes; the first to read tells whether they have to.
    execute_within(wait, connection, "SELECT 1 FROM sqlite_master LIMIT 1")
    version = schema.version_of(connection)
    if version > schema.SCHEMA_VERSION:
        raise StoreNewerError(location, version, schema.SCHEMA_VERSION)
    if version < schema.SCHEMA_VERSION:
        if not schema.is_empty(connection):
            _back_up(connection, location, version)
        if allows_wal(location):
            execute_within(wait, connection, "PRAGMA journal_mode = WAL")
        with _transaction(connection, wait):
            # Another process may have done it while this one waited for the lock.
            if schema.version_of(connection) < schema.SCHEMA_VERSION:
                schema.upgrade(connection)
    # In WAL mode the log reaches the disk at checkpoints: a crash of the process loses nothing, a power cut at most the
    # last moments. In other modes NORMAL is safe too, but for a small chance on old file systems.
    connection.execute("PRAGMA synchronous = NORMAL")
    if schema.has_old_runs(connection):
        with _transaction(connection, wait):
            schema.describe_old_runs(connection)


def _back_up(connection: sqlite3.Connection, location: Path, version: int) -> None:
    """Copy a file of an older schema beside itself, once, before it is changed."""
    # Not named `*.db`: Kedro-Viz 10 takes every such file in the folder for a colleague's store.
    copy_path = location.with_name(f"{location.name}.version-{version}-backup")
    if copy_path.exists():
        return
    partial = copy_path.with_name(f"{copy_path.name}.{os.getpid()}.partial")
    try:
        with contextlib.closing(sqlite3.connect(partial)) as copy:
            connection.backup(copy)
        partial.replace(copy_path)
    finally:
        # A disk that filled up must not fill up further with each try.
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, wait: LockWait) -> Iterator[None]:
    execute_within(wait, connection, "BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    execute_within(wait, connection, "COMMIT")


def store_error(error: sqlite3.Error | OSError, location: Path, lock_timeout: float) -> StoreError:
    """The error of ours that tells a user what SQLite or the system said."""
    if isinstance(error, OSError):
        # Its text holds the path, which may hold any of the words below.
        return StoreNotWritableError(location, error)
    code = getattr(error, "sqlite_errorcode", None)
    text = str(error)
    if (code is not None and code & 0xFF in _CORRUPT) or "malformed" in text or "not a database" in text:
        return StoreCorruptError(location, error)
    if "locked" in text or "busy" in text:
        return StoreLockedError(location, lock_timeout)
    return StoreNotWritableError(location, error)


def has_log(location: Path) -> bool:
    """Whether a store has a write-ahead log with something in it, which may not be in the file yet."""
    try:
        return location.with_name(f"{location.name}-wal").stat().st_size > 0
    except OSError:
        return False


def identity_of(location: Path) -> int:
    """A number that tells this store from another one that may come to lie at the same place.

    Raises:
        StoreError: See `open_store`.
    """
    with contextlib.closing(open_store(location, _IDENTITY_LOCK_TIMEOUT)) as connection:
        try:
            number: int = connection.execute("PRAGMA application_id").fetchone()[0]
            if number == 0:
                number = 1 + secrets.randbelow(2**31 - 1)
                connection.execute(f"PRAGMA application_id = {number}")
        except sqlite3.Error as error:
            raise store_error(error, location, _IDENTITY_LOCK_TIMEOUT) from error
    return number


def set_aside(location: Path) -> Path | None:
    """Move a damaged store out of the way, so that a new one can be made. It is never deleted or overwritten.

    Args:
        location: The store's file, which `open_store` found to be corrupt.

    Returns:
        Where the damaged file is now; None if another process has mended the store already or is doing so.

    Raises:
        StoreNotWritableError: The file cannot be moved.
    """
    lock = location.with_name(f"{location.name}.repair")
    try:
        if not _take(lock):
            return None
        try:
            # Another process may have set the file aside and made a sound one since we found it damaged.
            if not _is_corrupt(location):
                return None
            moment = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H.%M.%S.%f")
            aside = location.with_name(f"{location.name}.corrupt-{moment}")
            for suffix in ("-wal", "-shm"):
                extra = location.with_name(location.name + suffix)
                if extra.exists():
                    extra.replace(aside.with_name(aside.name + suffix))
            location.replace(aside)
            return aside
        finally:
            lock.unlink(missing_ok=True)
    except OSError as error:
        raise StoreNotWritableError(location, error) from error


def _take(lock: Path) -> bool:
    for _ in range(2):
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            return True
        except FileExistsError:
            with contextlib.suppress(FileNotFoundError):
                if time.time() - lock.stat().st_mtime < _REPAIR_LOCK_SECONDS:
                    return False
                lock.unlink()
    return False


def _is_corrupt(location: Path) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{location.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()
            return answer is None or answer[0] != "ok"
    except sqlite3.Error as error:
        return isinstance(store_error(error, location, 0), StoreCorruptError)
