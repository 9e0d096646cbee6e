"""Remembers answers until the store changes: what is asked of all runs is asked again and again."""

from __future__ import annotations

import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from kedro_viz.store.errors import StoreError

T = TypeVar("T")


class Remembered:
    """Answers of one store, by name, each until the store changes: by us, or by any other process.

    SQLite counts the changes that others than a connection have made since it was opened (`data_version`); so one
    connection is kept that changes nothing itself. Of other databases nothing is remembered.

    Args:
        engine: The store.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: PoolProxiedConnection | None = None
        self._openings = 0
        # Any: each answer is of its own type.
        self._answers: dict[str, tuple[tuple[int, int], Any]] = {}
        self._asking: dict[str, threading.Lock] = defaultdict(threading.Lock)
        # The file may be another one when the engine has let go of it.
        event.listen(engine, "engine_disposed", self._forget)

    def get(self, name: str, ask: Callable[[], T]) -> T:
        """An answer that is true of the store as it is now.

        Args:
            name: Names the question.
            ask: Asks it, where the answer is not remembered. Who asks the same meanwhile waits for it.
        """
        with self._asking[name]:
            version = self.version()
            if version is not None and name in self._answers and self._answers[name][0] == version:
                answer: T = self._answers[name][1]
                return answer
            answer = ask()
            if version is not None:
                self._answers[name] = version, answer
            return answer

    def version(self) -> tuple[int, int] | None:
        """The same as long as the store is; None of a store of which nothing can be remembered."""
        if self._engine.dialect.name != "sqlite":
            return None
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._engine.raw_connection()
                    # It stays as long as the engine: the pool is for those that come back.
                    self._connection.detach()
                    self._openings += 1
                return self._openings, _data_version(self._connection)
            except (SQLAlchemyError, StoreError, self._engine.dialect.loaded_dbapi.Error):
                # Whoever asks the store learns why.
                self._close()
                return None

    def _forget(self, _engine: Engine) -> None:
        with self._lock:
            self._close()
        self._answers.clear()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _data_version(connection: DBAPIConnection | PoolProxiedConnection) -> int:
    with contextlib.closing(connection.cursor()) as cursor:
        cursor.execute("PRAGMA data_version")
        found = cursor.fetchone()
    # Inside of a transaction the store would look as it was when that began.
    connection.rollback()
    return int(found[0]) if found else 0
