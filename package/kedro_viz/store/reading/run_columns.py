"""Reads columns of many runs at once: metrics, parameters and fields, for charts and what is computed over runs.

For a hundred thousand runs each object a value costs more than reading it, so that ids are read as bytes, and rows as
the driver gives them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress, repeat
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, LargeBinary, cast, func, select

from kedro_viz.store.reading.rows import parts, tuples
from kedro_viz.store.reading.run_fields import field_queries
from kedro_viz.store.run_filter import RunFilter
from kedro_viz.store.sqlite_file import decoded
from kedro_viz.store.tables import metric_names, metrics, parameters, runs, user_run_details
from kedro_viz.tracking.column_values import (
    NONE,
    ColumnValues,
    NumberValues,
    RunValues,
    field_values,
    number_array,
    parameter_values,
)
from kedro_viz.tracking.run_columns import ColumnSource, RunColumn

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

# What one answer may hold: a metric of five million runs, or 2,500 metrics of 2,000 runs.
MAX_CELLS = 5_000_000

# Values of parameters are told apart by so many of their characters.
_MAX_VALUE_CHARACTERS = 1_000

# A metric's values by the ids of its runs; None is NaN.
MetricValues = Mapping[bytes, float | None]


class TooManyCellsError(ValueError):
    """More values than one answer may hold."""

    def __init__(self, columns: int, count: int) -> None:
        super().__init__(
            f"{columns:,} columns of {count:,} runs are {columns * count:,} values; up to {MAX_CELLS:,} come at once. "
            "Ask for fewer columns, or narrow the query."
        )


class RunColumnReader:
    """Columns of the runs of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(
        self,
        columns: Sequence[RunColumn],
        chosen: RunFilter,
        run_ids: Sequence[str] | None = None,
        with_metrics: bool = False,
    ) -> RunValues:
        """Columns of runs, oldest run first.

        Args:
            columns: Which columns, each once.
            chosen: Which runs.
            run_ids: Only those among these.
            with_metrics: Only runs that have at least one of the metrics among the columns.

        Raises:
            FilterError: If the search cannot be understood.
            TooManyCellsError: If it is too much for one answer.
        """
        with self._engine.connect() as connection:
            rows = _run_rows(connection, chosen, run_ids)
            if len(rows) * len(columns) > MAX_CELLS:
                raise TooManyCellsError(len(columns), len(rows))
            names = {column.name for column in columns if column.source is ColumnSource.METRIC}
            asked = _Asked(connection, rows)
            found: dict[str, NumberValues] = {}
            having: set[bytes] = set()
            for name, values in asked.metrics(sorted(names)):
                found[name] = _metric_column(name, asked.ids, values)
                having.update(values if with_metrics else ())
            if with_metrics and not having.issuperset(asked.ids):
                kept = [run_id in having for run_id in asked.ids]
                found = {name: _compressed(column, kept) for name, column in found.items()}
                asked = _Asked(connection, list(compress(rows, kept)))
            return RunValues(
                run_ids=list(map(decoded, asked.ids)),
                titles=asked.titles(),
                started_at=[row[1] if isinstance(row[1], int) else None for row in asked.rows],
                columns=[*asked.columns(columns, found)],
            )


class _Asked:
    """The runs that columns are read of.

    Args:
        connection: To the store.
        rows: Id and start of each.
    """

    def __init__(self, connection: Connection, rows: Sequence[tuple[bytes, int | None]]) -> None:
        self._connection = connection
        self.rows = rows
        self.ids = [row[0] for row in rows]
        self._places: dict[bytes, int] = {}
        # A few runs are found by their key; for many, reading an index of all runs is quicker.
        count: int = connection.execute(select(func.count()).select_from(runs)).scalar_one()
        self._few = [decoded(run_id) for run_id in self.ids] if len(rows) * 4 < count else None

    @property
    def places(self) -> dict[bytes, int]:
        """Where each run stands."""
        if not self._places:
            self._places = {run_id: place for place, run_id in enumerate(self.ids)}
        return self._places

    def metrics(self, names: Sequence[str]) -> Iterator[tuple[str, MetricValues]]:
        """The values of metrics, for the runs asked for and maybe others."""
        rows = _metric_rows(self._connection, names)
        of_metrics = metrics.c.metric_id.in_(list(rows))
        if self._few is None:
            for row, name in rows.items():
                query = select(_blob(metrics.c.run_id), metrics.c.value).where(metrics.c.metric_id == row)
                yield name, dict(tuples(self._connection, query.order_by(metrics.c.value)))
            return
        found: dict[int, dict[bytes, float | None]] = {row: {} for row in rows}
        query = select(metrics.c.metric_id, _blob(metrics.c.run_id), metrics.c.value).where(of_metrics)
        for row, run_id, value in self._of_few(query, metrics.c.run_id):
            found[row][run_id] = value
        for row, name in rows.items():
            yield name, found[row]

    def columns(self, columns: Sequence[RunColumn], found: Mapping[str, NumberValues]) -> Iterator[ColumnValues]:
        """Each column; metrics from those that are read already."""
        fields = self._fields([column.name for column in columns if column.source is ColumnSource.RUN])
        for column in columns:
            if column.source is ColumnSource.METRIC:
                yield found.get(column.name) or _metric_column(column.name, self.ids, {})
            elif column.source is ColumnSource.PARAMETER:
                yield parameter_values(str(column), len(self.ids), self._parameter(column.name))
            else:
                yield field_values(column, fields[column.name])

    def titles(self) -> dict[int, str]:
        """The titles of runs that have one, by place."""
        query = select(_blob(user_run_details.c.run_id), user_run_details.c.title)
        told = self._read(query.where(user_run_details.c.title != ""), user_run_details.c.run_id)
        places = self.places
        found = [(places[run_id], title) for run_id, title in told if run_id in places and isinstance(title, str)]
        return dict(sorted(found))

    def _parameter(self, name: str) -> list[tuple[int, str]]:
        value = func.substr(parameters.c.value, 1, _MAX_VALUE_CHARACTERS)
        query = select(_blob(parameters.c.run_id), value).where(parameters.c.name == name)
        rows = self._read(query.order_by(parameters.c.value), parameters.c.run_id)
        places = self.places
        found = [(places[run_id], text) for run_id, text in rows if run_id in places and isinstance(text, str)]
        # In parts the order is only that of each part.
        return found if self._few is None else sorted(found, key=lambda row: row[1])

    # Any: fields are texts, numbers and booleans.
    def _fields(self, names: Sequence[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {name: [None] * len(self.ids) for name in names}
        for query, run_id_column, told in field_queries(_blob, names):
            for run_id, *values in self._read(query, run_id_column):
                place = self.places.get(run_id)
                if place is not None:
                    for name, value in zip(told, values, strict=True):
                        found[name][place] = value
        return found

    # Any: rows of whatever columns a query selects.
    def _read(self, query: AnySelect, run_id: ColumnElement[str]) -> Iterator[tuple[Any, ...]]:
        if self._few is None:
            yield from tuples(self._connection, query)
        else:
            yield from self._of_few(query, run_id)

    def _of_few(self, query: AnySelect, run_id: ColumnElement[str]) -> Iterator[tuple[Any, ...]]:
        for part in parts(self._few or ()):
            yield from tuples(self._connection, query.where(run_id.in_(part)))


def _run_rows(connection: Connection, chosen: RunFilter, run_ids: Sequence[str] | None) -> list[tuple[bytes, Any]]:
    """Id and start of the runs, oldest first."""
    query = select(_blob(runs.c.id), runs.c.started_at).where(chosen.condition())
    if run_ids is None:
        return list(tuples(connection, query.order_by(runs.c.started_at, runs.c.id)))
    rows = [row for part in parts(run_ids) for row in tuples(connection, query.where(runs.c.id.in_(part)))]
    return sorted(rows, key=lambda row: (row[1] is not None, row[1] or 0, row[0]))


def _metric_rows(connection: Connection, names: Sequence[str]) -> dict[int, str]:
    """The rows of `metric_names` of metrics, and whose they are. Of two of one name, the first is meant."""
    joined = metric_names.c.dataset + "." + metric_names.c.key
    found: dict[str, int] = {}
    for part in parts(names):
        query = select(metric_names.c.id, joined).where(joined.in_(part))
        for row, name in tuples(connection, query.order_by(metric_names.c.dataset, metric_names.c.id)):
            found.setdefault(name, row)
    return {row: name for name, row in found.items()}


def _metric_column(name: str, ids: Sequence[bytes], values: MetricValues) -> NumberValues:
    told = list(map(values.get, ids, repeat(NONE)))
    not_numbers = [place for place, value in enumerate(told) if value is None] if None in values.values() else []
    for place in not_numbers:
        told[place] = NONE
    return NumberValues(f"{ColumnSource.METRIC.value}.{name}", number_array(told), not_numbers)


def _compressed(column: NumberValues, kept: Sequence[bool]) -> NumberValues:
    places = dict(zip(compress(range(len(kept)), kept), range(len(kept)), strict=False))
    return replace(
        column,
        values=array("d", compress(column.values, kept)),
        not_numbers=[places[place] for place in column.not_numbers],
    )


def _blob(run_id: ColumnElement[str]) -> ColumnElement[bytes]:
    """An id as bytes, which the driver need not decode."""
    return cast(run_id, LargeBinary)
