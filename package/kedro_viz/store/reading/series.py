"""Reads the series that runs logged, thinned out for charts."""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Engine, select

from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import series_chunks
from kedro_viz.tracking.series_points import SeriesPoints, in_order, thinned_out, unpack_points

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnyRow

logger = logging.getLogger(__name__)

# A part is thinned out to so many times the points of the whole, whose stretches are not quite those of its parts.
_FINER = 4


@dataclass(frozen=True)
class Series:
    """A series of a run.

    Attributes:
        run_id: The run.
        name: What it was logged as.
        count: How many points were logged.
        points: So many of them as were asked for, in the order of their steps.
        minimum: The least of its finite values; None if there is none.
        maximum: The greatest of them.
    """

    run_id: str
    name: str
    count: int
    points: SeriesPoints
    minimum: float | None
    maximum: float | None


class SeriesReader:
    """The series of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, run_ids: Sequence[str], names: Sequence[str] | None, most: int) -> Iterator[Series]:
        """The series of some runs, by run and name, as they are read: no more than one is held whole.

        Args:
            run_ids: The runs.
            names: These series only; all if None.
            most: At most so many points of each. At least 4.
        """
        # Rows are tuples, whose `count` is another.
        length = series_chunks.c.count.label("length")
        query = select(series_chunks.c.run_id, series_chunks.c.name, length, series_chunks.c.points)
        query = query.order_by(series_chunks.c.run_id, series_chunks.c.name)
        if names is not None:
            query = query.where(series_chunks.c.name.in_(list(names)))
        rows = rows_of(self._engine, query, series_chunks.c.run_id, run_ids)
        for (run_id, name), chunks in itertools.groupby(rows, key=lambda row: (row.run_id, row.name)):
            series = _series(run_id, name, _unpacked(chunks), most)
            if series.count:
                yield series


def _unpacked(chunks: Iterable[AnyRow]) -> Iterator[SeriesPoints]:
    for chunk in chunks:
        try:
            yield unpack_points(chunk.points, chunk.length)
        except (ValueError, TypeError) as error:
            logger.warning("Points of '%s' in run '%s' cannot be read: %s", chunk.name, chunk.run_id, error)


def _series(run_id: str, name: str, chunks: Iterable[SeriesPoints], most: int) -> Series:
    parts: list[SeriesPoints] = []
    extremes: list[float] = []
    count = 0
    for chunk in chunks:
        count += len(chunk)
        # A series may have millions of points: of each chunk only what may be seen of it is kept.
        few = len(chunk) <= most * _FINER
        part = chunk if few else thinned_out(in_order([chunk]), most * _FINER)
        parts.append(part)
        # Where an infinity was kept as the extreme, a finite one was not.
        values = chunk.values if any(map(math.isinf, part.values)) else part.values
        finite = [value for value in values if math.isfinite(value)]
        extremes += [min(finite), max(finite)] if finite else []
    points = thinned_out(in_order(parts), most)
    return Series(run_id, name, count, points, min(extremes, default=None), max(extremes, default=None))
