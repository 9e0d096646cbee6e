"""Reads values of metrics and parameters in some runs, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, select

from kedro_viz.store.reading.metric_names import metric_rows
from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import metrics, parameters
from kedro_viz.tracking.metric import JsonNumber, json_number


class CellReader:
    """The cells of a table of the runs of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def metrics(self, run_ids: Sequence[str], metric_ids: Sequence[str]) -> list[list[JsonNumber | None]]:
        """Values of metrics in some runs.

        Args:
            run_ids: The runs.
            metric_ids: The metrics, by their ids.

        Returns:
            For each metric a value a run, in the orders asked; None where a run has none.

        Raises:
            AmbiguousMetricError: If several metrics share a short id.
        """
        with self._engine.connect() as connection:
            rows = metric_rows(connection, metric_ids)
        found: dict[int, dict[str, JsonNumber]] = {row: {} for row in rows.values()}
        query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value, metrics.c.exact)
        for row in rows_of(self._engine, query.where(metrics.c.metric_id.in_(found)), metrics.c.run_id, run_ids):
            found[row.metric_id][row.run_id] = json_number(row.value, row.exact)
        none: dict[str, JsonNumber] = {}
        return [list(map((found[rows[name]] if name in rows else none).get, run_ids)) for name in metric_ids]

    def parameters(self, run_ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Values of parameters in some runs, as they are read: name, run, and value as JSON text."""
        query = select(parameters.c.name, parameters.c.run_id, parameters.c.value)
        for row in rows_of(self._engine, query.where(parameters.c.name.in_(names)), parameters.c.run_id, run_ids):
            yield row.name, row.run_id, row.value
