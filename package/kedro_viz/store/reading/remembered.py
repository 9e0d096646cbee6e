"""Remembers answers until the store changes: what is asked of all runs is asked again and again."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, event

from kedro_viz.store.sqlite.data_version import StoreVersion

T = TypeVar("T")


class Remembered:
    """Answers of one store, by name, each until the store changes: by us, or by any other process.

    Answers of databases other than SQLite are not remembered.

    Args:
        engine: The store.
    """

    def __init__(self, engine: Engine) -> None:
        self._version = StoreVersion(engine)
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
        return self._version.read()

    def _forget(self, _engine: Engine) -> None:
        self._answers.clear()
