"""Reads columns of runs that are given: each in one pass over an index, or of a few runs, by their keys."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, func, select

from kedro_viz.analysis.column_values import NONE, ColumnValues, NumberValues, field_values, parameter_values
from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.dialect import as_bytes, is_text
from kedro_viz.store.reading.metric_columns import columns_of_all, columns_of_few, with_whole_numbers
from kedro_viz.store.reading.metric_names import metric_rows
from kedro_viz.store.reading.rows import batches, parts
from kedro_viz.store.reading.run_fields import field_queries
from kedro_viz.store.tables import parameters

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

# Values of parameters are told apart by so many of their characters.
_MAX_VALUE_CHARACTERS = 1_000


def read_columns(
    connection: Connection, columns: Sequence[RunColumn], ids: Sequence[bytes], few: Sequence[str] | None
) -> dict[str, ColumnValues]:
    """Columns of runs, by name.

    Args:
        connection: In a transaction, so that the store stays as it is.
        columns: Which columns.
        ids: All runs, as they are ordered by start and id; or those of `few`.
        few: Some runs, in any order. None for all.

    Raises:
        AmbiguousMetricError: If several metrics share a short id.
    """
    found: dict[str, ColumnValues] = {}
    names = [column.name for column in columns if column.source is ColumnSource.METRIC]
    rows = metric_rows(connection, names)
    metrics = columns_of_all(connection, rows, ids) if few is None else columns_of_few(connection, rows, few)
    metrics = with_whole_numbers(connection, metrics, rows, ids, few)
    fields = _fields(connection, [column.name for column in columns if column.source is ColumnSource.RUN], ids, few)
    for column in columns:
        if column.source is ColumnSource.METRIC:
            none = NumberValues(str(column), array("d", [NONE]) * len(ids))
            found[str(column)] = metrics.get(column.name, none)
        elif column.source is ColumnSource.PARAMETER:
            told = _parameter(connection, column.name, few)
            found[str(column)] = parameter_values(str(column), list(map(told.get, ids)))
        else:
            found[str(column)] = field_values(column, fields[column.name])
    return found


def _parameter(connection: Connection, name: str, few: Sequence[str] | None) -> dict[bytes, bytes]:
    value = as_bytes(func.substr(parameters.c.value, 1, _MAX_VALUE_CHARACTERS))
    query = select(as_bytes(parameters.c.run_id), value)
    # A shared store may hold something else than texts.
    query = query.where(parameters.c.name == name, is_text(parameters.c.value))
    return dict(rows_by_run(connection, query, parameters.c.run_id, few))


# Any: fields are texts, numbers and booleans.
def _fields(
    connection: Connection, names: Sequence[str], ids: Sequence[bytes], few: Sequence[str] | None
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for query, run_id, told in field_queries(names):
        rows = {row[0]: row for row in rows_by_run(connection, query, run_id, few)}
        none = (None,) * (len(told) + 1)
        values = [rows.get(each, none) for each in ids]
        found.update((name, [row[place] for row in values]) for place, name in enumerate(told, start=1))
    return found


# Any: rows of whatever columns a query selects.
def rows_by_run(
    connection: Connection, query: AnySelect, run_id: ColumnElement[str], few: Sequence[str] | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query: for all runs, or for a few."""
    asked = [query] if few is None else [query.where(run_id.in_(part)) for part in parts(few)]
    return chain.from_iterable(chain.from_iterable(batches(connection, each) for each in asked))
