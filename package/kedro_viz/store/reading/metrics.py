"""Reads metrics: of some runs, and of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from kedro_viz.store.reading.rows import MAX_VARIABLES, parts, rows_of, tuples
from kedro_viz.store.tables import metric_names, metrics, runs
from kedro_viz.tracking.metric import (
    JsonNumber,
    Metric,
    json_number,
    metric_id,
)

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnyRow

T = TypeVar("T")


class MetricReader:
    """The metrics of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_runs(self, run_ids: Sequence[str]) -> dict[str, list[Metric]]:
        """All metrics of some runs, by run, in the order in which the store first saw them."""
        query = select(metrics.c.run_id, metric_names.c.dataset, metric_names.c.key, metrics.c.value)
        source = metrics.join(metric_names, metric_names.c.id == metrics.c.metric_id)
        found: dict[str, list[Metric]] = defaultdict(list)
        for row in rows_of(self._engine, query.order_by(metrics.c.metric_id), metrics.c.run_id, run_ids, source):
            found[row.run_id].append(Metric(row.dataset, row.key, json_number(row.value)))
        return found

    def values(self, run_ids: Sequence[str], metric_ids: Sequence[str]) -> dict[str, list[JsonNumber | None]]:
        """Some metrics of some runs: for each run its values in the order of `metric_ids`, None where it has none."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, wanted in enumerate(metric_ids):
            places[wanted].append(place)
        found: dict[str, list[JsonNumber | None]] = {run_id: [None] * len(metric_ids) for run_id in run_ids}
        positions = {row.id: places[metric_id(row.dataset, row.key)] for row in self._names(list(places))}
        query = select(metrics.c.run_id, metrics.c.metric_id, metrics.c.value).where(
            metrics.c.metric_id.in_(list(positions))
        )
        for row in rows_of(self._engine, query, metrics.c.run_id, run_ids):
            for place in positions[row.metric_id]:
                found[row.run_id][place] = json_number(row.value)
        return found

    def names(self) -> list[tuple[str, str]]:
        """Dataset and key of every metric that any run has, by dataset, then in the order of their first sight."""
        return [(row.dataset, row.key) for row in self._names(None)]

    def row_of(self, metric: str) -> int | None:
        """The row of `metric_names` of a metric's id; None for an unknown one."""
        return next((row.id for row in self._names([metric])), None)

    def numbers(self, run_ids: Sequence[str]) -> dict[tuple[str, str], list[float | None]]:
        """The metrics of some runs, without telling NaN from what is not there.

        Returns:
            By dataset and key, a value a run in the order of `run_ids`; None for NaN and where a run has none. Metrics
            come in the order in which the runs tell them: those of the first run first.
        """
        names = self._names(None)
        values: dict[int, dict[str, float | None]] = {row.id: {} for row in names}
        with self._engine.connect() as connection:
            few = len(run_ids) * 4 < connection.execute(select(func.count()).select_from(runs)).scalar_one()
            # A few runs are found by their key; for many, reading a metric's whole index is quicker.
            for part in parts(run_ids) if few else ():
                query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value)
                for metric, run_id, value in tuples(connection, query.where(metrics.c.run_id.in_(part))):
                    # A metric that came up since the names were read is for the next time.
                    if metric in values:
                        values[metric][run_id] = value
            for row in () if few else names:
                values[row.id] = _by_run(connection, row.id, metrics.c.value)
        told = [
            (place, row.id, row)
            for row in names
            if (place := next((place for place, run in enumerate(run_ids) if run in values[row.id]), None)) is not None
        ]
        return {(row.dataset, row.key): list(map(values[row.id].get, run_ids)) for _, _, row in sorted(told)}

    def _names(self, metric_ids: Sequence[str] | None) -> Sequence[AnyRow]:
        query = select(metric_names.c.id, metric_names.c.dataset, metric_names.c.key)
        if metric_ids is not None:
            joined = metric_names.c.dataset + "." + metric_names.c.key
            query = query.where(joined.in_(list(metric_ids)[:MAX_VARIABLES]))
        with self._engine.connect() as connection:
            return connection.execute(query.order_by(metric_names.c.dataset, metric_names.c.id)).all()


def _by_run(connection: Connection, metric_row: int, value: ColumnElement[T]) -> dict[str, T]:
    """A metric's values by run: one scan of an index that holds them all."""
    return dict(tuples(connection, select(metrics.c.run_id, value).where(metrics.c.metric_id == metric_row)))
