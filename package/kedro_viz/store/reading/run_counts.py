"""Counts runs, and remembers how many matched while the store stays the same.

A page of a list tells how many runs there are in all. To count them takes longer than to find the page, and the next
page has the same number.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from sqlalchemy import Connection, Engine, Select, func, select

from kedro_viz.analysis.run_columns import ColumnSource
from kedro_viz.store.query.index_bounds import bounds_of, indexed_column
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.stored_values import metric_row
from kedro_viz.store.tables import metrics, runs

# As many lists as people look at by turns.
_MOST = 64

_Key = tuple[tuple[int, int], str, str]


class RunCounts:
    """How many runs match.

    Args:
        engine: The store.
        remembered: Tells when it has changed.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered
        self._lock = threading.Lock()
        self._counts: OrderedDict[_Key, int] = OrderedDict()

    def count(self, connection: Connection, chosen: RunFilter) -> int:
        """How many runs a choice has at a time.

        Raises:
            FilterError: If the search cannot be understood.
        """
        query = _counting(chosen)
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


def _counting(chosen: RunFilter) -> Select[int]:
    query = select(func.count())
    parts = chosen.split()
    column = parts and indexed_column(parts[0])
    if not parts or not column or column.source is not ColumnSource.METRIC:
        return query.select_from(runs).where(chosen.condition())
    # Each run has a metric once: to go along its index is less than to keep the set of those that it has.
    comparison, rest = parts
    query = query.select_from(metrics.join(runs, runs.c.id == metrics.c.run_id))
    bounds = bounds_of(column, metrics.c.value, [comparison])
    return query.where(metrics.c.metric_id == metric_row(column.name), *bounds, rest.condition())
