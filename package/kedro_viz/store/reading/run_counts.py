"""Counts runs, and remembers how many matched while the store stays the same.

A page of a list tells how many runs there are in all. To count them takes longer than to find the page, and the next
page has the same number.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.tables import runs

# As many lists as people look at by turns.
_MOST = 64

_Key = tuple[tuple[int, int], str, str]


class RunCounts:
    """How many runs meet a condition.

    Args:
        engine: The store.
        remembered: Tells when it has changed.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered
        self._lock = threading.Lock()
        self._counts: OrderedDict[_Key, int] = OrderedDict()

    def count(self, connection: Connection, where: ColumnElement[bool]) -> int:
        """How many runs there are of which a condition on the table `runs` is true."""
        query = select(func.count()).select_from(runs).where(where)
        # Before the count: what changes meanwhile belongs to the next version.
        version = self._remembered.version()
        if version is None:
            return connection.execute(query).scalar_one()
        asked = query.compile(self._engine)
        key = (version, str(asked), repr(asked.params))
        with self._lock:
            if key in self._counts:
                self._counts.move_to_end(key)
                return self._counts[key]
        count = connection.execute(query).scalar_one()
        with self._lock:
            self._counts[key] = count
            while len(self._counts) > _MOST:
                self._counts.popitem(last=False)
        return count
