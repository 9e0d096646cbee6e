"""Reads metrics: of some runs, and of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from kedro_viz.store.reading.exact_numbers import exact_numbers
from kedro_viz.store.reading.metric_names import MetricName, all_names, metric_rows, shared_ids
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import parts, rows_of, tuples
from kedro_viz.store.tables import metric_names, metrics, runs
from kedro_viz.tracking.metric import JsonNumber, Metric, json_number
from kedro_viz.tracking.metric_id import metric_id

T = TypeVar("T")


class MetricReader:
    """The metrics of a store.

    Args:
        engine: A store of today's schema.
        remembered: Its answers about all runs.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered

    def of_runs(self, run_ids: Sequence[str]) -> dict[str, list[Metric]]:
        """All metrics of some runs, by run, in the order in which the store first saw them."""
        query = select(metrics.c.run_id, metric_names.c.dataset, metric_names.c.key, metrics.c.value, metrics.c.exact)
        source = metrics.join(metric_names, metric_names.c.id == metrics.c.metric_id)
        shared = self._shared_ids()
        found: dict[str, list[Metric]] = defaultdict(list)
        for row in rows_of(self._engine, query.order_by(metrics.c.metric_id), metrics.c.run_id, run_ids, source):
            value = json_number(row.value, row.exact)
            found[row.run_id].append(Metric(row.dataset, row.key, value, metric_id(row.dataset, row.key, shared)))
        return found

    def values(self, run_ids: Sequence[str], ids: Sequence[str]) -> dict[str, list[JsonNumber | None]]:
        """Some metrics of some runs: for each run its values in the order of `ids`, None where it has none.

        Raises:
            AmbiguousMetricError: If several metrics share a short id.
        """
        found: dict[str, list[JsonNumber | None]] = {run_id: [None] * len(ids) for run_id in run_ids}
        with self._engine.connect() as connection:
            rows = metric_rows(connection, ids)
        places: dict[int, list[int]] = defaultdict(list)
        for place, wanted in enumerate(ids):
            if wanted in rows:
                places[rows[wanted]].append(place)
        query = select(metrics.c.run_id, metrics.c.metric_id, metrics.c.value, metrics.c.exact)
        query = query.where(metrics.c.metric_id.in_(list(places)))
        for row in rows_of(self._engine, query, metrics.c.run_id, run_ids):
            for place in places[row.metric_id]:
                found[row.run_id][place] = json_number(row.value, row.exact)
        return found

    def long_ids(self, ids: Sequence[str]) -> frozenset[str]:
        """Those of some metrics that have whole numbers beyond 2**53 in any run.

        Raises:
            AmbiguousMetricError: If several metrics share a short id.
        """
        with self._engine.connect() as connection:
            rows = metric_rows(connection, ids)
            long = {row for row, _, _ in exact_numbers(connection, list(rows.values()), None)}
        return frozenset(name for name, row in rows.items() if row in long)

    def names(self) -> list[MetricName]:
        """Every metric that any run has, by dataset, then in the order of their first sight."""
        with self._engine.connect() as connection:
            return all_names(connection)

    def numbers(self, run_ids: Sequence[str]) -> dict[MetricName, list[float | None]]:
        """The metrics of some runs, without telling NaN from what is not there.

        Returns:
            By metric, a value a run in the order of `run_ids`; None for NaN and where a run has none. Metrics
            come in the order in which the runs tell them: those of the first run first.
        """
        names = self.names()
        values: dict[int, dict[str, float | None]] = {name.row: {} for name in names}
        with self._engine.connect() as connection:
            few = len(run_ids) * 4 < connection.execute(select(func.count()).select_from(runs)).scalar_one()
            # A few runs are found by their key; for many, reading a metric's whole index is quicker.
            for part in parts(run_ids) if few else ():
                query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value)
                for metric, run_id, value in tuples(connection, query.where(metrics.c.run_id.in_(part))):
                    # A metric that came up since the names were read is for the next time.
                    if metric in values:
                        values[metric][run_id] = value
            for name in () if few else names:
                values[name.row] = _by_run(connection, name.row, metrics.c.value)
            for row, run_id, number in exact_numbers(connection, list(values), run_ids if few else None):
                if run_id in values[row]:
                    values[row][run_id] = number
        told = [
            (place, name.row, name)
            for name in names
            if (place := next((place for place, run in enumerate(run_ids) if run in values[name.row]), None))
            is not None
        ]
        return {name: list(map(values[name.row].get, run_ids)) for _, _, name in sorted(told)}

    def _shared_ids(self) -> frozenset[str]:
        def ask() -> frozenset[str]:
            with self._engine.connect() as connection:
                return shared_ids(connection)

        return self._remembered.get("shared metric ids", ask)


def _by_run(connection: Connection, metric_row: int, value: ColumnElement[T]) -> dict[str, T]:
    """A metric's values by run: one scan of an index that holds them all."""
    return dict(tuples(connection, select(metrics.c.run_id, value).where(metrics.c.metric_id == metric_row)))
