"""The points of a series inside a run: packed for the store, and thinned out for a chart."""

from __future__ import annotations

import itertools
import math
import operator
import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

# So many points are packed together at most. A hostile store may hold a few bytes that unpack to terabytes.
MAX_CHUNK_POINTS = 1_000_000


@dataclass(frozen=True)
class SeriesPoints:
    """Points as they were logged: their steps, values (NaN and infinities included) and milliseconds since 1970."""

    steps: Sequence[float]
    values: Sequence[float]
    times: Sequence[int]

    def __len__(self) -> int:
        return len(self.steps)


@dataclass(frozen=True)
class StepRange:
    """Steps from the first to the last, both of them included."""

    first: float = -math.inf
    last: float = math.inf

    def of(self, points: SeriesPoints) -> SeriesPoints:
        """Those of some points that are within."""
        if self == ALL_STEPS:
            return points
        within = [index for index, step in enumerate(points.steps) if self.first <= step <= self.last]
        if len(within) == len(points):
            return points
        return _chosen(points, within)


ALL_STEPS = StepRange()


@dataclass(frozen=True)
class SeriesSummary:
    """What can be said of points in a few numbers.

    Attributes:
        count: How many there are.
        minimum: The least of the finite values; None if there is none.
        maximum: The greatest of them.
        last_step: The last step.
        last_at: When the point of the last step was logged: the latest, where there are several.
        last: Its value.
    """

    count: int
    minimum: float | None
    maximum: float | None
    last_step: float
    last_at: int
    last: float


def summary_of(points: SeriesPoints) -> SeriesSummary:
    """The summary of points, of which there is at least one, in any order."""
    finite = list(filter(math.isfinite, points.values))
    last = max(range(len(points)), key=lambda index: (points.steps[index], points.times[index], index))
    return SeriesSummary(
        len(points),
        min(finite, default=None),
        max(finite, default=None),
        points.steps[last],
        points.times[last],
        points.values[last],
    )


def joined(summaries: Sequence[SeriesSummary]) -> SeriesSummary:
    """The summary of all points of several parts, of which there is at least one."""
    last = max(summaries, key=lambda part: (part.last_step, part.last_at))
    return SeriesSummary(
        sum(part.count for part in summaries),
        min((part.minimum for part in summaries if part.minimum is not None), default=None),
        max((part.maximum for part in summaries if part.maximum is not None), default=None),
        last.last_step,
        last.last_at,
        last.last,
    )


def pack_points(points: SeriesPoints) -> bytes:
    """Steps and values as doubles, then times as 64-bit integers, all little-endian, compressed by zlib.

    Of each column first come the first bytes of all numbers, then all second bytes, and so on: these are much more
    alike than the bytes of a number, and so become smaller, in a tenth of the time.
    """
    columns = array("d", points.steps), array("d", points.values), array("q", points.times)
    parts: list[bytes] = []
    for column in columns:
        if sys.byteorder == "big":
            column.byteswap()
        numbers = column.tobytes()
        parts += [numbers[byte::8] for byte in range(8)]
    return zlib.compress(b"".join(parts), 1)


def unpack_points(packed: bytes, count: int) -> SeriesPoints:
    """Read packed points back.

    Raises:
        ValueError: If these are not `count` points.
    """
    decompressor = zlib.decompressobj()
    try:
        data = decompressor.decompress(packed, 24 * min(count, MAX_CHUNK_POINTS) + 1)
    except zlib.error as error:
        raise ValueError(f"Not the points of a series: {error}") from error
    if len(data) != 24 * count:
        raise ValueError(f"Not {count:,} points of a series: other bytes than these take.")
    steps, values, times = array("d"), array("d"), array("q")
    columns: tuple[array[float] | array[int], ...] = steps, values, times
    for position, column in enumerate(columns):
        numbers = bytearray(8 * count)
        for byte in range(8):
            start = (8 * position + byte) * count
            numbers[byte::8] = data[start : start + count]
        column.frombytes(numbers)
        if sys.byteorder == "big":
            column.byteswap()
    return SeriesPoints(steps, values, times)


def in_order(parts: Sequence[SeriesPoints]) -> SeriesPoints:
    """Several parts of a series as one, by step and, for the same step, by time."""
    steps, values, times = array("d"), array("d"), array("q")
    for part in sorted(parts, key=lambda part: part.steps[0] if part.steps else 0.0):
        steps.extend(part.steps)
        values.extend(part.values)
        times.extend(part.times)
    # Mostly one process has logged them one after the other: to see that is ten times quicker than to sort.
    if all(map(operator.lt, steps, itertools.islice(steps, 1, None))):
        return SeriesPoints(steps, values, times)
    order = sorted(sorted(range(len(steps)), key=times.__getitem__), key=steps.__getitem__)
    return _chosen(SeriesPoints(steps, values, times), order)


def _chosen(points: SeriesPoints, places: Sequence[int]) -> SeriesPoints:
    """The points at some places, in their order."""
    return SeriesPoints(
        array("d", map(points.steps.__getitem__, places)),
        array("d", map(points.values.__getitem__, places)),
        array("q", map(points.times.__getitem__, places)),
    )


def thinned_out(points: SeriesPoints, most: int) -> SeriesPoints:
    """A series of at most `most` points that looks the same in a chart: of each stretch its lowest and highest point.

    The first and the last point are kept. What is not a number stays a gap.

    Args:
        points: In the order of their steps.
        most: At least 4.
    """
    count = len(points)
    if count <= most:
        return points
    values = points.values
    stretches = (most - 2) // 2
    gaps = math.isnan(sum(values))
    kept = [0]
    for stretch in range(stretches):
        start, end = 1 + stretch * (count - 2) // stretches, 1 + (stretch + 1) * (count - 2) // stretches
        part = values[start:end]
        if gaps and math.isnan(sum(part)):
            part = [value for value in part if not math.isnan(value)]
        if not part:
            # A stretch without a number is one gap.
            kept.append(start)
            continue
        lowest, highest = values.index(min(part), start), values.index(max(part), start)
        kept += (lowest, highest) if lowest < highest else (highest, lowest) if highest < lowest else (lowest,)
    kept.append(count - 1)
    return SeriesPoints(
        [points.steps[index] for index in kept],
        [values[index] for index in kept],
        [points.times[index] for index in kept],
    )
