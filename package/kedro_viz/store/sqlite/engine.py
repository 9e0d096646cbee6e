"""SQLAlchemy engines for reading a session store."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from kedro_viz.store.errors import (
    StoreCorruptError,
    StoreError,
    StoreGoneError,
    StoreLockedError,
    StoreNotWritableError,
)
from kedro_viz.store.sqlite.file_identity import FileIdentity
from kedro_viz.store.sqlite.sqlite_file import decoded, open_store, set_aside
from kedro_viz.tracking.deadline import check_deadline, current_deadline
from kedro_viz.tracking.project import Problem

logger = logging.getLogger(__name__)

# An edit in the browser waits this long for a run that is writing.
_LOCK_SECONDS = 5.0

# More than read at once: the threads of the app, and its work in the background. Those beyond four are closed when they
# are given back.
_MOST_CONNECTIONS = 32

_DEADLINE = "deadline"

# Settings of each connection. The cache (in KiB, hence negative) holds the index pages of 100,000 runs, and
# `mmap_size` lets SQLite read them without copying.
_CONNECTION_PRAGMAS = (
    "PRAGMA cache_size = -32000",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = NORMAL",
)


@dataclass(frozen=True)
class OpenedStore:
    """A store that is ready to be read.

    Attributes:
        engine: Connections to it.
        file: The file that is read: the store's own, or a copy where its own cannot be used as it is.
        read_only: Whether edits cannot be kept.
        problems: What the user should know about it.
        is_awaited: Whether it may be read later: another process holds it, or it is not there any more. Till then an
            empty one stands for it.
    """

    engine: Engine
    file: Path
    read_only: bool
    problems: list[Problem]
    is_awaited: bool = False


def open_for_reading(location: Path, scratch: Path) -> OpenedStore:
    """Open a store for the app. Whatever is wrong with it, there is something to show.

    Args:
        location: The store's file. Made if it is not there, upgraded if it is older.
        scratch: A folder for a copy of a store that cannot be written, which lives as long as the app.
    """
    try:
        open_store(location, _LOCK_SECONDS).close()
    except StoreCorruptError as error:
        return _replaced(location, error, scratch)
    except StoreNotWritableError as error:
        return _copied(location, error, scratch)
    except StoreLockedError as error:
        problem = Problem("The session store is locked", f"{error} Its runs appear here as soon as it is free.")
        return dataclasses.replace(_empty(scratch, problem), is_awaited=True)
    except StoreError as error:
        return _empty(scratch, Problem("The session store cannot be read", str(error)))
    return OpenedStore(engine_of(location), location, read_only=False, problems=[])


def _replaced(location: Path, error: StoreCorruptError, scratch: Path) -> OpenedStore:
    try:
        aside = set_aside(location)
        open_store(location, _LOCK_SECONDS).close()
    except StoreError as second:
        return _empty(scratch, Problem("The session store is damaged", f"{error} {second}"))
    kept = f" The damaged file is kept as '{aside}'." if aside else ""
    problem = Problem("The session store was damaged", f"{error}{kept} A new, empty store has been begun.")
    return OpenedStore(engine_of(location), location, read_only=False, problems=[problem])


def _copied(location: Path, error: StoreNotWritableError, scratch: Path) -> OpenedStore:
    if not location.exists():
        return _empty(scratch, Problem("The session store cannot be made", str(error)))
    try:
        copy = readable_copy(location, scratch)
    except (OSError, StoreError) as second:
        return _empty(scratch, Problem("The session store cannot be read", f"{error} {second}"))
    problem = Problem("The session store is read-only", f"{error} Its runs are shown as they were at the start.")
    return OpenedStore(engine_of(copy), copy, read_only=True, problems=[problem])


def readable_copy(location: Path, scratch: Path) -> Path:
    """Copy a store that cannot be written, to read it with today's schema.

    Args:
        location: The store's file.
        scratch: The folder for the copy.

    Raises:
        OSError: If it cannot be read or copied.
        StoreError: If the copy is no store that can be read.
    """
    copy = scratch / "session_store.copy"
    for suffix in ("", "-wal"):
        source = location.with_name(location.name + suffix)
        if source.exists():
            shutil.copyfile(source, copy.with_name(copy.name + suffix))
    open_store(copy).close()
    return copy


def _empty(scratch: Path, problem: Problem) -> OpenedStore:
    location = scratch / "session_store.empty"
    open_store(location).close()
    return OpenedStore(engine_of(location), location, read_only=True, problems=[problem])


def gone(location: Path, scratch: Path) -> OpenedStore:
    """What stands for a store that was open, as long as its file is not there."""
    problem = Problem("The session store is gone", str(StoreGoneError(location)))
    return dataclasses.replace(_empty(scratch, problem), is_awaited=True)


def engine_of(location: Path) -> Engine:
    """An engine on a store that has today's schema."""
    engine = create_engine(
        URL.create("sqlite", database=str(location)),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=_MOST_CONNECTIONS - 4,
        connect_args={"timeout": _LOCK_SECONDS, "check_same_thread": False},
    )
    identity = FileIdentity(location)
    # SQLite would make a file that is not there, and open another one beside the log of this one.
    event.listen(engine, "do_connect", lambda *_: identity.check())
    # Nor is what SQLite says of a store whose log another process has just begun anew worth telling.
    event.listen(engine, "handle_error", lambda _: identity.check())
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "checkout", _hold)
    event.listen(engine, "checkin", _release)
    event.listen(engine, "before_cursor_execute", _check)
    return engine


def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.text_factory = decoded
    cursor = connection.cursor()
    for pragma in _CONNECTION_PRAGMAS:
        # A connection works without any of these, only slower.
        with contextlib.suppress(sqlite3.OperationalError):
            cursor.execute(pragma)
    cursor.close()


def _hold(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Let the deadline of an answer end what this connection does for it."""
    deadline = current_deadline()
    if deadline is not None and isinstance(connection, sqlite3.Connection):
        deadline.hold(connection, connection.interrupt)
        entry.info[_DEADLINE] = deadline


def _release(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    deadline = entry.info.pop(_DEADLINE, None)
    if deadline is not None:
        deadline.release(connection)


def _check(*_of_statement: object) -> None:
    """Begin no statement after the deadline: an interrupt ends only one that is under way."""
    check_deadline()


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for files that live as long as the app."""
    return tempfile.TemporaryDirectory(prefix="kedro-viz-")
