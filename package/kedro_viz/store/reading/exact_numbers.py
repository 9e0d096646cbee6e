"""Reads the whole numbers among metrics that a float does not tell apart. Most stores have none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, exists, select

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.dialect import is_long_whole_number
from kedro_viz.store.reading.rows import parts, tuples
from kedro_viz.store.stored_values import metric_row
from kedro_viz.store.tables import metrics, parameters
from kedro_viz.tracking.whole_number import whole_number

# More metrics are rather read all than looked for.
_MAX_NAMED = 100


def exact_numbers(
    connection: Connection, rows: Sequence[int], run_ids: Sequence[str] | None
) -> Iterator[tuple[int, str, int]]:
    """The whole numbers beyond 2**53 of some metrics, each with its metric's row and its run.

    Args:
        connection: The store.
        rows: Rows of `metric_names`.
        run_ids: Only of these runs; of all if None.
    """
    query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value, metrics.c.exact)
    query = query.where(metrics.c.exact.is_not(None))
    if len(rows) <= _MAX_NAMED:
        query = query.where(metrics.c.metric_id.in_(rows))
    wanted = set(rows)
    asked = [query] if run_ids is None else [query.where(metrics.c.run_id.in_(part)) for part in parts(run_ids)]
    for each in asked:
        for row, run_id, value, exact in tuples(connection, each):
            number = whole_number(exact, value)
            if number is not None and row in wanted:
                yield row, run_id, number


def has_long_whole_numbers(connection: Connection, column: RunColumn) -> bool:
    """Whether any run has a whole number beyond 2**53 as a metric or a parameter: a look at an index."""
    if column.source is ColumnSource.METRIC:
        having = exists().where(metrics.c.metric_id == metric_row(column.name), metrics.c.exact.is_not(None))
    else:
        having = exists().where(parameters.c.name == column.name, is_long_whole_number(parameters.c.value))
    return bool(connection.execute(select(having)).scalar_one())
