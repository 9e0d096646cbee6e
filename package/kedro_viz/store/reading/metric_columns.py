"""Reads metrics as columns: of all runs, each in one pass over an index; of a few runs, by their keys.

Beside the time that an object a value takes, all else is small: ids are read as bytes, and rows as the driver gives
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Connection, select

from kedro_viz.analysis.column_values import NONE, NumberValues, number_array
from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.dialect import as_bytes
from kedro_viz.store.reading.exact_numbers import exact_numbers
from kedro_viz.store.reading.rows import batches, parts, tuples
from kedro_viz.store.sqlite.metric_queries import density_of, joined_metrics
from kedro_viz.store.sqlite.sqlite_file import decoded
from kedro_viz.store.tables import metrics

# SQLite joins up to 64 tables.
_JOINED = 30
# More metrics than this are rather read all than looked for.
_NAMED = 100


def columns_of_all(
    connection: Connection, rows: Mapping[str, int], run_ids: Sequence[bytes]
) -> dict[str, NumberValues]:
    """Metrics of all runs, by name.

    Args:
        connection: In a transaction, so that no run comes up while this goes on.
        rows: The metrics, with their rows of `metric_names`.
        run_ids: All runs, as they are ordered by start and id.
    """
    found: dict[str, NumberValues] = {}
    dense = []
    for name, row in rows.items():
        if _is_dense(connection, row, len(run_ids)):
            dense.append((name, row))
            continue
        query = select(as_bytes(metrics.c.run_id), metrics.c.value).where(metrics.c.metric_id == row)
        told = dict(chain.from_iterable(batches(connection, query.order_by(metrics.c.value))))
        found[name] = _column_of(name, run_ids, told)
    for start in range(0, len(dense), _JOINED):
        part = dense[start : start + _JOINED]
        columns: list[list[Any]] = [[] for _ in part]
        for values in batches(connection, joined_metrics([row for _, row in part])):
            for column, more in zip(columns, zip(*values, strict=True), strict=True):
                column.extend(more)
        for (name, _), column in zip(part, columns, strict=True):
            found[name] = _column(
                name, [NONE if value is None else value for value in column] if None in column else column
            )
    return found


def columns_of_few(connection: Connection, rows: Mapping[str, int], run_ids: Sequence[str]) -> dict[str, NumberValues]:
    """Metrics of some runs in their order, by name."""
    found: dict[int, dict[str, float | None]] = {row: {} for row in rows.values()}
    query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value)
    if len(rows) <= _NAMED:
        query = query.where(metrics.c.metric_id.in_(list(found)))
    for part in parts(run_ids):
        for row, run_id, value in tuples(connection, query.where(metrics.c.run_id.in_(part))):
            if row in found:
                found[row][run_id] = value
    return {name: _column_of(name, run_ids, found[row]) for name, row in rows.items()}


def with_whole_numbers(
    connection: Connection,
    columns: Mapping[str, NumberValues],
    rows: Mapping[str, int],
    run_ids: Sequence[bytes],
    few: Sequence[str] | None,
) -> dict[str, NumberValues]:
    """The same columns, with the whole numbers that their floats do not tell apart.

    Args:
        connection: In a transaction, so that the store stays as it is.
        columns: By name.
        rows: By name, the metrics' rows of `metric_names`.
        run_ids: The columns' runs, in order.
        few: The same, if they are only some of the store's runs.
    """
    numbers: dict[int, dict[int, int]] = defaultdict(dict)
    places: dict[str, int] = {}
    for row, run_id, number in exact_numbers(connection, list(rows.values()), few):
        places = places or {decoded(each): place for place, each in enumerate(run_ids)}
        if run_id in places:
            numbers[row][places[run_id]] = number
    return {
        name: replace(column, whole_numbers=numbers[rows[name]]) if rows[name] in numbers else column
        for name, column in columns.items()
    }


# Any: ids as texts or bytes.
def _column_of(name: str, run_ids: Sequence[Any], values: Mapping[Any, float | None]) -> NumberValues:
    """A metric's column, of its values by run; None among them is NaN."""
    told = list(map(values.get, run_ids, repeat(NONE)))
    not_numbers = [place for place, value in enumerate(told) if value is None] if None in values.values() else []
    for place in not_numbers:
        told[place] = NONE
    return _column(name, told, not_numbers)


# Any: a shared store may hold anything in any column.
def _column(name: str, values: Sequence[Any], not_numbers: Sequence[int] = ()) -> NumberValues:
    return NumberValues(str(RunColumn(ColumnSource.METRIC, name)), number_array(values), not_numbers)


def _is_dense(connection: Connection, row: int, count: int) -> bool:
    """Whether most runs have a metric, and all of them a number: going through the runs then takes the least time."""
    ((having, has_nan),) = tuples(connection, density_of(row, count // 4 + 1))
    return having * 4 > count and not has_nan
