"""Reads columns of many runs at once: metrics, parameters and fields, for charts and what is computed over runs."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select

from kedro_viz.store.reading.metric_columns import as_bytes, columns_of_all, columns_of_few, metric_rows
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import batches, parts, tuples
from kedro_viz.store.reading.run_fields import field_queries
from kedro_viz.store.reading.time_limit import time_limit
from kedro_viz.store.run_filter import RunFilter
from kedro_viz.store.sqlite_file import decoded
from kedro_viz.store.tables import parameters, runs, user_run_details
from kedro_viz.tracking.column_values import (
    NONE,
    ColumnValues,
    NumberValues,
    RunValues,
    field_values,
    parameter_values,
)
from kedro_viz.tracking.run_columns import ColumnSource, RunColumn

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

# What one answer may hold: a metric of five million runs, or 2,500 metrics of 2,000 runs.
MAX_CELLS = 5_000_000

# What is remembered till the store changes: the metrics that charts show again and again. 32 MB.
_MAX_REMEMBERED = 4_000_000

# Values of parameters are told apart by so many of their characters.
_MAX_VALUE_CHARACTERS = 1_000


class TooManyCellsError(ValueError):
    """More values than one answer may hold."""

    def __init__(self, columns: int, count: int) -> None:
        super().__init__(
            f"{columns:,} columns of {count:,} runs are {columns * count:,} values; up to {MAX_CELLS:,} come at once. "
            "Ask for fewer columns, or narrow the query."
        )


@dataclass
class _Known:
    """What has been read of one state of the store: all runs as they are ordered, and metrics of all of them."""

    run_ids: list[bytes] | None = None
    metrics: dict[str, NumberValues] = field(default_factory=dict)


@dataclass(frozen=True)
class _Asked:
    """The runs that columns are read of, oldest first.

    Attributes:
        ids: Their ids, as bytes.
        started: Their starts.
        few: Their ids, where they are so few of all that each is found by its key; for many, reading an index of all
            runs is quicker.
        all_runs: How many runs the store has.
    """

    ids: list[bytes]
    started: list[int | None]
    few: list[str] | None
    all_runs: int


class RunColumnReader:
    """Columns of the runs of a store.

    Args:
        engine: A store of today's schema.
        remembered: Answers of that store.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered

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
            FilterError: If the search cannot be understood, or takes too long.
            TooManyCellsError: If it is too much for one answer.
        """
        known = self._known()
        table = self._read(known, columns, chosen, run_ids, with_metrics)
        # What was known may be of a state before, if the store has changed meanwhile.
        return table if self._known() is known else self._read(_Known(), columns, chosen, run_ids, with_metrics)

    def _known(self) -> _Known:
        return self._remembered.get("run columns", _Known)

    def _read(
        self,
        known: _Known,
        columns: Sequence[RunColumn],
        chosen: RunFilter,
        run_ids: Sequence[str] | None,
        with_metrics: bool,
    ) -> RunValues:
        with self._engine.connect() as connection:
            # One state of the store for all that follows.
            connection.exec_driver_sql("BEGIN")
            with time_limit(connection):
                asked = _asked(connection, chosen, run_ids)
            if len(asked.ids) * len(columns) > MAX_CELLS:
                raise TooManyCellsError(len(columns), len(asked.ids))
            names = [column.name for column in columns if column.source is ColumnSource.METRIC]
            found = _metrics(connection, asked, names, known)
            if with_metrics:
                asked, found = _with_metrics(asked, found)
            reading = _Reading(connection, asked)
            return RunValues(
                run_ids=list(map(decoded, asked.ids)) if asked.few is None else asked.few,
                titles=reading.titles(),
                started_at=asked.started,
                columns=[*reading.columns(columns, found)],
            )


class _Reading:
    """Reads fields and parameters of runs.

    Args:
        connection: To the store.
        asked: The runs.
    """

    def __init__(self, connection: Connection, asked: _Asked) -> None:
        self._connection = connection
        self._asked = asked
        self._places: dict[bytes, int] = {}

    @property
    def places(self) -> dict[bytes, int]:
        """Where each run stands."""
        if not self._places:
            self._places = {run_id: place for place, run_id in enumerate(self._asked.ids)}
        return self._places

    def columns(self, columns: Sequence[RunColumn], found: Mapping[str, NumberValues]) -> Iterator[ColumnValues]:
        """Each column; metrics from those that are read already."""
        fields = self._fields([column.name for column in columns if column.source is ColumnSource.RUN])
        count = len(self._asked.ids)
        for column in columns:
            if column.source is ColumnSource.METRIC:
                yield found.get(column.name) or NumberValues(str(column), array("d", [NONE]) * count)
            elif column.source is ColumnSource.PARAMETER:
                yield parameter_values(str(column), count, self._parameter(column.name))
            else:
                yield field_values(column, fields[column.name])

    def titles(self) -> dict[int, str]:
        """The titles of runs that have one, by place."""
        query = select(as_bytes(user_run_details.c.run_id), user_run_details.c.title)
        told = self._rows(query.where(user_run_details.c.title != ""), user_run_details.c.run_id)
        found = [(self.places.get(run_id), title) for run_id, title in told]
        return dict(sorted((row, title) for row, title in found if row is not None and isinstance(title, str)))

    def _parameter(self, name: str) -> list[tuple[int, str]]:
        value = func.substr(parameters.c.value, 1, _MAX_VALUE_CHARACTERS)
        query = select(as_bytes(parameters.c.run_id), value).where(parameters.c.name == name)
        rows = self._rows(query.order_by(parameters.c.value), parameters.c.run_id)
        places = self.places
        found = [(places[run_id], text) for run_id, text in rows if run_id in places and isinstance(text, str)]
        # In parts the order is only that of each part.
        return found if self._asked.few is None else sorted(found, key=itemgetter(1))

    # Any: fields are texts, numbers and booleans.
    def _fields(self, names: Sequence[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {name: [None] * len(self._asked.ids) for name in names}
        for query, run_id_column, told in field_queries(as_bytes, names):
            for run_id, *values in self._rows(query, run_id_column):
                place = self.places.get(run_id)
                if place is not None:
                    for name, value in zip(told, values, strict=True):
                        found[name][place] = value
        return found

    # Any: rows of whatever columns a query selects.
    def _rows(self, query: AnySelect, run_id: ColumnElement[str]) -> Iterator[tuple[Any, ...]]:
        if self._asked.few is None:
            yield from tuples(self._connection, query)
            return
        for part in parts(self._asked.few):
            yield from tuples(self._connection, query.where(run_id.in_(part)))


def _asked(connection: Connection, chosen: RunFilter, run_ids: Sequence[str] | None) -> _Asked:
    query = select(as_bytes(runs.c.id), runs.c.started_at).where(chosen.condition())
    ids: list[bytes] = []
    started: list[int | None] = []
    if run_ids is None:
        queries = [query.order_by(runs.c.started_at, runs.c.id)]
    else:
        queries = [query.where(runs.c.id.in_(part)) for part in parts(run_ids)]
    for rows in chain.from_iterable(batches(connection, query) for query in queries):
        some_ids, some_started = zip(*rows, strict=True)
        ids += some_ids
        started += [start if isinstance(start, int) else None for start in some_started]
    if run_ids is not None and ids:
        ordered = sorted(zip(started, ids, strict=True), key=lambda run: (run[0] is not None, run[0] or 0, run[1]))
        ids, started = [run_id for _, run_id in ordered], [start for start, _ in ordered]
    ((count,),) = tuples(connection, select(func.count()).select_from(runs))
    return _Asked(ids, started, list(map(decoded, ids)) if len(ids) * 4 < count else None, count)


def _metrics(connection: Connection, asked: _Asked, names: Sequence[str], known: _Known) -> dict[str, NumberValues]:
    """Metrics of the runs that are asked for, as far as there are such metrics."""
    if asked.few is not None:
        rows = metric_rows(connection, names)
        return columns_of_few(connection, rows, asked.few)
    every = asked.ids
    if len(every) < asked.all_runs:
        if known.run_ids is None:
            query = select(as_bytes(runs.c.id)).order_by(runs.c.started_at, runs.c.id)
            known.run_ids = [run_id for rows in batches(connection, query) for (run_id,) in rows]
        every = known.run_ids
    found = {name: known.metrics[name] for name in names if name in known.metrics}
    rows = metric_rows(connection, [name for name in names if name not in found])
    for name, column in columns_of_all(connection, rows, every).items():
        found[name] = column
        if (len(known.metrics) + 1) * len(every) <= _MAX_REMEMBERED:
            known.metrics[name] = column
    if every is asked.ids:
        return found
    wanted = set(asked.ids)
    kept = [run_id in wanted for run_id in every]
    return {name: _compressed(column, kept) for name, column in found.items()}


def _with_metrics(asked: _Asked, found: dict[str, NumberValues]) -> tuple[_Asked, dict[str, NumberValues]]:
    """Only the runs that have at least one of the metrics."""
    having = [False] * len(asked.ids)
    for column in found.values():
        # A sum is a number only if all that is summed are numbers: then each run has one.
        if not math.isnan(sum(column.values)):
            return asked, found
        for place in column.not_numbers:
            having[place] = True
        having = [has or value == value for has, value in zip(having, column.values, strict=True)]
    kept = replace(
        asked,
        ids=list(compress(asked.ids, having)),
        started=list(compress(asked.started, having)),
        few=asked.few and list(compress(asked.few, having)),
    )
    return kept, {name: _compressed(column, having) for name, column in found.items()}


def _compressed(column: NumberValues, kept: Sequence[bool]) -> NumberValues:
    """A column of only some of its runs."""
    values = array("d", compress(column.values, kept))
    if not column.not_numbers:
        return replace(column, values=values)
    places = {row: place for place, row in enumerate(compress(range(len(kept)), kept))}
    return replace(column, values=values, not_numbers=[places[row] for row in column.not_numbers if row in places])
