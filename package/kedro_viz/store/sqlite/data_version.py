"""Which state a SQLite store is in: SQLite counts the changes of other connections (`data_version`)."""

from __future__ import annotations

import contextlib
import threading
from typing import Any, Protocol

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from kedro_viz.store.errors import StoreError


class _Connection(Protocol):
    # Any: a cursor of sqlite3, or of SQLAlchemy's pool.
    def cursor(self) -> Any: ...


def data_version(connection: _Connection) -> int:
    """How many changes others than this connection have made since it was opened."""
    with contextlib.closing(connection.cursor()) as cursor:
        version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
    return version


class StoreVersion:
    """The version of an engine's store: another one after each change, by us or by any other process.

    One connection is kept for this, which changes nothing itself.

    Args:
        engine: The store.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: PoolProxiedConnection | None = None
        self._openings = 0
        # The file may be another one when the engine has let go of it.
        event.listen(engine, "engine_disposed", self._forget)

    def read(self) -> tuple[int, int] | None:
        """The version now; None if it cannot be known."""
        if self._engine.dialect.name != "sqlite":
            return None
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._engine.raw_connection()
                    # It stays as long as the engine: the pool is for those that come back.
                    self._connection.detach()
                    self._openings += 1
                version = data_version(self._connection)
                # Inside a transaction the store would look as it was when that began.
                self._connection.rollback()
            except (SQLAlchemyError, StoreError, self._engine.dialect.loaded_dbapi.Error):
                # Whoever asks the store learns why.
                self._close()
                return None
            return self._openings, version

    def _forget(self, _engine: Engine) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
