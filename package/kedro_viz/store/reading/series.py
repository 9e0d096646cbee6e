"""Reads the series that runs logged: summaries without their points, and points thinned out for charts."""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Engine, bindparam, case, func, select

from kedro_viz.store.reading.rows import parts, rows_of
from kedro_viz.store.tables import series_chunks
from kedro_viz.tracking.series.series import MAX_POINTS
from kedro_viz.tracking.series.series_points import (
    ALL_STEPS,
    SeriesPoints,
    SeriesSummary,
    StepRange,
    in_order,
    joined,
    thinned_out,
    unpack_points,
)

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnyRow

logger = logging.getLogger(__name__)

# A part is thinned out to so many times the points of the whole, whose stretches are not quite those of its parts.
_FINER = 4

_chunk = series_chunks.c
# Rows are tuples, whose `count` is another.
_SUMMARY: tuple[ColumnElement[object], ...] = (
    *(_chunk.run_id, _chunk.name, _chunk.count.label("length")),
    *(_chunk.min.label("least"), _chunk.max.label("greatest"), _chunk.last_step, _chunk.last_at, _chunk.last),
)


@dataclass(frozen=True)
class Series:
    """A series of a run.

    Attributes:
        run_id: The run.
        name: What it was logged as.
        summary: What is said of all its points in a few numbers.
        points: So many of them as were asked for, in the order of their steps.
    """

    run_id: str
    name: str
    summary: SeriesSummary
    points: SeriesPoints


class SeriesReader:
    """The series of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def summaries(
        self, run_ids: Sequence[str], names: Sequence[str] | None = None
    ) -> Iterator[tuple[str, str, SeriesSummary]]:
        """The summaries of series, by run and name: read in a moment, however many points there are.

        Args:
            run_ids: The runs.
            names: These series only; all if None.

        Returns:
            Runs, names and summaries.
        """
        newest_first = _chunk.last_step.desc(), _chunk.last_at.desc(), _chunk.batch
        rank = func.row_number().over(partition_by=(_chunk.run_id, _chunk.name), order_by=newest_first)
        # A run that has gone on for long has very many chunks: SQLite itself adds them up.
        ranked = select(*_SUMMARY, rank.label("rank"))
        if names is not None:
            ranked = ranked.where(_chunk.name.in_(list(names)))
        chunks = ranked.where(_chunk.run_id.in_(bindparam("run_ids", expanding=True))).subquery()
        query = select(
            *(chunks.c.run_id, chunks.c.name, func.sum(chunks.c.length).label("length")),
            *(func.min(chunks.c.least).label("least"), func.max(chunks.c.greatest).label("greatest")),
            *(
                func.max(case((chunks.c.rank == 1, column))).label(column.name)
                for column in (chunks.c.last_step, chunks.c.last_at, chunks.c.last)
            ),
        )
        query = query.group_by(chunks.c.run_id, chunks.c.name).order_by(chunks.c.run_id, chunks.c.name)
        with self._engine.connect() as connection:
            for part in parts(run_ids):
                for row in connection.execute(query, {"run_ids": part}):
                    yield row.run_id, row.name, _summary(row)

    def read(
        self, run_ids: Sequence[str], names: Sequence[str] | None, most: int, steps: StepRange = ALL_STEPS
    ) -> Iterator[Series]:
        """The series of some runs, by run and name, as they are read: no more than one is held whole.

        Args:
            run_ids: The runs.
            names: These series only; all if None.
            most: At most so many points of each. At least 4.
            steps: Only points of these steps. Series without any are left out.
        """
        chunks = _bounded(self._chunks((*_SUMMARY, _chunk.points), run_ids, names))
        for (run_id, name), of_series in itertools.groupby(chunks, key=_series_of):
            series = _series(run_id, name, of_series, most, steps)
            if len(series.points):
                yield series

    def _chunks(
        self, columns: Sequence[ColumnElement[object]], run_ids: Sequence[str], names: Sequence[str] | None
    ) -> Iterator[AnyRow]:
        query = select(*columns).order_by(_chunk.run_id, _chunk.name)
        if names is not None:
            query = query.where(_chunk.name.in_(list(names)))
        return rows_of(self._engine, query, _chunk.run_id, run_ids)


def _series_of(chunk: AnyRow) -> tuple[str, str]:
    return chunk.run_id, chunk.name


def _bounded(chunks: Iterable[AnyRow]) -> Iterator[AnyRow]:
    """The chunks without those that a run has beyond what runs can log: no store may keep us busy for minutes."""
    for run_id, of_run in itertools.groupby(chunks, key=lambda chunk: chunk.run_id):
        total = 0
        for chunk in of_run:
            total += max(1, chunk.length)
            if total > MAX_POINTS:
                logger.warning("Run '%s' has more than %s points. Some are not shown.", run_id, f"{MAX_POINTS:,}")
                break
            yield chunk


def _summary(chunk: AnyRow) -> SeriesSummary:
    last = math.nan if chunk.last is None else chunk.last
    return SeriesSummary(
        chunk.length, _finite(chunk.least), _finite(chunk.greatest), chunk.last_step, chunk.last_at, last
    )


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _series(run_id: str, name: str, chunks: Iterable[AnyRow], most: int, steps: StepRange) -> Series:
    parts: list[SeriesPoints] = []
    summaries: list[SeriesSummary] = []
    whole: SeriesPoints | None = None
    for chunk in chunks:
        summaries.append(_summary(chunk))
        if chunk.last_step < steps.first:
            continue
        try:
            points = steps.of(unpack_points(chunk.points, chunk.length))
        except (ValueError, TypeError) as error:
            logger.warning("Points of '%s' in run '%s' cannot be read: %s", name, run_id, error)
            continue
        # A series may have millions of points: where it has several chunks, only what may be seen of each is kept.
        if whole is not None:
            parts.append(_fewer(whole, most))
        whole = points
    if whole is not None:
        parts.append(_fewer(whole, most) if parts else whole)
    return Series(run_id, name, joined(summaries), thinned_out(in_order(parts), most))


def _fewer(points: SeriesPoints, most: int) -> SeriesPoints:
    """So many points of a chunk that thinning out the whole of its series loses nothing that is seen."""
    return points if len(points) <= most * _FINER else thinned_out(in_order([points]), most * _FINER)
