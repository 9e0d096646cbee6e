"""Reads values of metrics and parameters in some runs, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, select

from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import metric_names, metrics, parameters
from kedro_viz.tracking.metric import JsonNumber, json_number, metric_id


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
            metric_ids: The metrics.

        Returns:
            For each metric a value a run, in the orders asked; None where a run has none.
        """
        joined = metric_names.c.dataset + "." + metric_names.c.key
        names = select(metric_names.c.id, metric_names.c.dataset, metric_names.c.key)
        found: dict[str, dict[str, JsonNumber]] = {name: {} for name in metric_ids}
        wanted = {row.id: row for row in rows_of(self._engine, names, joined, metric_ids)}
        query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value)
        for row in rows_of(self._engine, query.where(metrics.c.metric_id.in_(wanted)), metrics.c.run_id, run_ids):
            name = wanted[row.metric_id]
            found[metric_id(name.dataset, name.key)][row.run_id] = json_number(row.value)
        return [list(map(found[name].get, run_ids)) for name in metric_ids]

    def parameters(self, run_ids: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """Values of parameters in some runs, as they are read: name, run, and value as JSON text."""
        query = select(parameters.c.name, parameters.c.run_id, parameters.c.value)
        for row in rows_of(self._engine, query.where(parameters.c.name.in_(names)), parameters.c.run_id, run_ids):
            yield row.name, row.run_id, row.value
