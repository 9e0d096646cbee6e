"""Reads columns of many runs at once: metrics, parameters and fields, for charts and what is computed over runs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, compress

from sqlalchemy import Connection, Engine, func, select

from kedro_viz.analysis.column_values import ColumnValues, NumberValues, RunValues, column_of_rows
from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.dialect import as_bytes, begin_reading, is_text
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.column_values import read_columns, rows_by_run
from kedro_viz.store.reading.metric_names import refuse_ambiguous_fields
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import batches, parts, tuples
from kedro_viz.store.sqlite.sqlite_file import decoded
from kedro_viz.store.sqlite.time_limit import time_limit
from kedro_viz.store.tables import runs, user_run_details

# What one answer may hold: a metric of five million runs, or 2,500 metrics of 2,000 runs.
MAX_CELLS = 5_000_000

# What is remembered till the store changes: what charts show again and again. 32 MB.
_MAX_REMEMBERED = 4_000_000


class TooManyCellsError(ValueError):
    """More values than one answer may hold."""

    def __init__(self, columns: int, count: int) -> None:
        super().__init__(
            f"{columns:,} columns of {count:,} runs are {columns * count:,} values; up to {MAX_CELLS:,} come at once. "
            "Ask for fewer columns, or narrow the query."
        )


@dataclass
class _Known:
    """What has been read of one state of the store: all runs as they are ordered, and columns of all of them."""

    run_ids: list[bytes] | None = None
    columns: dict[str, ColumnValues] = field(default_factory=dict)


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
            begin_reading(connection)
            with time_limit(connection):
                asked = _asked(connection, chosen, run_ids)
            if len(asked.ids) * len(columns) > MAX_CELLS:
                raise TooManyCellsError(len(columns), len(asked.ids))
            found = _columns(connection, asked, columns, known)
            if with_metrics:
                asked, found = _with_metrics(asked, columns, found)
            return RunValues(
                run_ids=list(map(decoded, asked.ids)) if asked.few is None else asked.few,
                titles=_titles(connection, asked),
                started_at=asked.started,
                columns=[found[str(column)] for column in columns],
            )


def _asked(connection: Connection, chosen: RunFilter, run_ids: Sequence[str] | None) -> _Asked:
    refuse_ambiguous_fields(connection, chosen.query.fields)
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


def _columns(
    connection: Connection, asked: _Asked, columns: Sequence[RunColumn], known: _Known
) -> dict[str, ColumnValues]:
    """Columns of the runs that are asked for, by name."""
    if asked.few is not None:
        return read_columns(connection, columns, asked.ids, asked.few)
    every = asked.ids
    if len(every) < asked.all_runs:
        if known.run_ids is None:
            query = select(as_bytes(runs.c.id)).order_by(runs.c.started_at, runs.c.id)
            known.run_ids = [run_id for rows in batches(connection, query) for (run_id,) in rows]
        every = known.run_ids
    found = {name: known.columns[name] for name in map(str, columns) if name in known.columns}
    missing = [column for column in columns if str(column) not in found]
    for name, column in read_columns(connection, missing, every, None).items():
        found[name] = column
        if (len(known.columns) + 1) * len(every) <= _MAX_REMEMBERED:
            known.columns[name] = column
    if every is asked.ids:
        return found
    wanted = set(asked.ids)
    kept = [run_id in wanted for run_id in every]
    return {name: column_of_rows(column, kept) for name, column in found.items()}


def _titles(connection: Connection, asked: _Asked) -> dict[int, str]:
    """The titles of runs that have one, by place."""
    query = select(as_bytes(user_run_details.c.run_id), user_run_details.c.title)
    query = query.where(user_run_details.c.title != "", is_text(user_run_details.c.title))
    told = dict(rows_by_run(connection, query, user_run_details.c.run_id, asked.few))
    return {place: told[run_id] for place, run_id in enumerate(asked.ids) if run_id in told} if told else {}


def _with_metrics(
    asked: _Asked, columns: Sequence[RunColumn], found: dict[str, ColumnValues]
) -> tuple[_Asked, dict[str, ColumnValues]]:
    """Only the runs that have at least one of the metrics."""
    having = [False] * len(asked.ids)
    for column in (found[str(column)] for column in columns if column.source is ColumnSource.METRIC):
        if not isinstance(column, NumberValues):
            continue
        # A sum is a number only if all that is summed are numbers: then each run has one.
        if asked.ids and not math.isnan(sum(column.values)):
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
    return kept, {name: column_of_rows(column, having) for name, column in found.items()}
