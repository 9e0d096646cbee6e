"""Keeps which way of a metric is better, where people have said so."""

from __future__ import annotations

from sqlalchemy import Engine, insert, select, update

from kedro_viz.analysis.run_columns import AmbiguousMetricError
from kedro_viz.store.editing import edits
from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.reading.metric_names import metric_rows
from kedro_viz.store.tables import metric_directions, metric_names
from kedro_viz.tracking.metric_direction import MetricDirection, guessed_direction


class MetricDirections:
    """The directions that people have given to the metrics of a store.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only

    def all(self) -> dict[tuple[str, str], MetricDirection]:
        """The directions that are set, by dataset and key."""
        table = metric_directions.c
        query = select(table.dataset, table.key, table.direction)
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(table.direction.in_([each.value for each in MetricDirection])))
            return {(row.dataset, row.key): MetricDirection(row.direction) for row in rows}

    def effective(self) -> dict[tuple[str, str], MetricDirection]:
        """The better way of each metric of which it is known, by dataset and key: as people have set it, else as its
        name tells."""
        with self._engine.connect() as connection:
            names = connection.execute(select(metric_names.c.dataset, metric_names.c.key)).all()
        chosen = self.all()
        found = {
            (row.dataset, row.key): chosen.get((row.dataset, row.key)) or guessed_direction(row.key) for row in names
        }
        return {metric: direction for metric, direction in found.items() if direction is not None}

    def set(self, metric: str, direction: MetricDirection | None, author: str | None = None) -> MetricDirection | None:
        """Say which way of a metric is better.

        Args:
            metric: The metric's id.
            direction: The better way; None for what the metric's name tells.
            author: Who says so.

        Returns:
            The better way that holds now.

        Raises:
            EditError: If there is no such metric, several share the short id, or the store cannot be written.
        """
        edits.refuse_if(self._read_only)
        dataset, key = self._name(metric)
        table = metric_directions.c
        at = edits.now()
        said = {"direction": None if direction is None else direction.value, "updated_by": author}
        with edits.kept(), self._engine.begin() as connection:
            changed = connection.execute(
                update(metric_directions)
                .where(table.dataset == dataset, table.key == key)
                .values(**said, updated_at=edits.later_than(table.updated_at, at))
            )
            if changed.rowcount == 0:
                row = {"dataset": dataset, "key": key, **said, "updated_at": at}
                connection.execute(insert(metric_directions).values(**row))
        return direction or guessed_direction(key)

    def _name(self, metric: str) -> tuple[str, str]:
        """Dataset and key of an id."""
        table = metric_names.c
        with self._engine.connect() as connection:
            try:
                row = metric_rows(connection, [metric]).get(metric)
            except AmbiguousMetricError as error:
                raise EditError(str(error)) from error
            found = connection.execute(select(table.dataset, table.key).where(table.id == row)).first()
        if found is None:
            raise EditError(f"No run has the metric '{metric[:200]}'.")
        return found.dataset, found.key
