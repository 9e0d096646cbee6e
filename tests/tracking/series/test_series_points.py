"""Points come back from the store as they went in, and a long series looks the same with few of them."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kedro_viz.tracking.series.series_points import SeriesPoints, in_order, pack_points, thinned_out, unpack_points

FINITE = st.floats(allow_nan=False, allow_infinity=False)
TIMES = st.integers(-(2**63), 2**63 - 1)


def rows(points: SeriesPoints) -> list[tuple[str, str, int]]:
    """The points as text, because NaN equals nothing."""
    return [
        (repr(step), repr(value), at) for step, value, at in zip(points.steps, points.values, points.times, strict=True)
    ]


@st.composite
def series(draw: st.DrawFn, most: int = 60) -> SeriesPoints:
    points = draw(st.lists(st.tuples(FINITE, st.floats(), TIMES), max_size=most))
    return SeriesPoints([step for step, _, _ in points], [value for _, value, _ in points], [at for _, _, at in points])


@given(series())
def test_packed_points_are_unpacked_as_they_were(points: SeriesPoints) -> None:
    packed = pack_points(points)
    assert rows(unpack_points(packed, len(points))) == rows(points)
    assert pack_points(points) == packed, "always alike"


def test_ordinary_series_takes_a_fraction_of_its_size() -> None:
    count = 1_000
    points = SeriesPoints(range(count), [1 / (step + 1) for step in range(count)], range(10**12, 10**12 + count))
    assert len(pack_points(points)) < 10 * count


@given(series(), st.binary(max_size=30), st.integers(0, 10))
def test_what_are_no_points_is_refused(points: SeriesPoints, data: bytes, count: int) -> None:
    packed = pack_points(points)
    with pytest.raises(ValueError, match="points"):
        unpack_points(packed, len(points) + 1)
    with pytest.raises(ValueError, match="points"):
        unpack_points(packed[: len(packed) // 2], max(1, len(points)))
    if len(data) != 24 * count:
        with pytest.raises(ValueError, match="points"):
            unpack_points(zlib.compress(data), count)
        with pytest.raises(ValueError, match="points"):
            unpack_points(data, max(1, count))


def test_few_bytes_that_unpack_to_very_many_are_given_up_on() -> None:
    bomb = zlib.compress(bytes(100_000_000), 9)
    with pytest.raises(ValueError, match="points"):
        unpack_points(bomb, 100_000_000 // 24)


@given(st.lists(series(8), max_size=5))
def test_parts_are_put_in_order_by_step_and_time(parts: list[SeriesPoints]) -> None:
    whole = in_order(parts)
    assert sorted(rows(whole)) == sorted(row for part in parts for row in rows(part)), "none is lost or made up"
    keys = list(zip(whole.steps, whole.times, strict=True))
    assert keys == sorted(keys)


def numbered(values: Sequence[float]) -> SeriesPoints:
    """A series whose steps tell where each of its points stood."""
    return SeriesPoints(range(len(values)), values, [1_000 + step for step in range(len(values))])


VALUES = st.lists(st.floats() | st.just(math.nan), max_size=200)


@given(VALUES, st.integers(4, 40))
@example([math.nan] * 50, 4)
@example([math.inf, -math.inf] * 50, 5)
@example([0.0] * 100, 4)
def test_thinned_out_series_looks_the_same(values: list[float], most: int) -> None:
    points = numbered(values)
    thin = thinned_out(points, most)
    assert len(thin) <= most
    assert set(rows(thin)) <= set(rows(points)), "each is a point of the series"
    assert list(thin.steps) == sorted(set(thin.steps)), "in order, and once"
    if len(values) <= most:
        assert thin == points
    if values:
        assert (thin.steps[0], thin.steps[-1]) == (0, len(values) - 1)
    numbers = [value for value in values if not math.isnan(value)]
    kept = [value for value in thin.values if not math.isnan(value)]
    if numbers:
        assert (min(kept), max(kept)) == (min(numbers), max(numbers))


@given(st.integers(20, 200), st.integers(4, 12))
def test_each_stretch_keeps_its_peaks(count: int, most: int) -> None:
    """A peak is not lost, wherever it is; nor a gap as long as two stretches."""
    for position in range(count):
        values = [0.0] * count
        values[position] = 1.0
        assert 1.0 in thinned_out(numbered(values), most).values
    gap = 2 * math.ceil(count / ((most - 2) // 2))
    for start in range(count - gap + 1):
        values = [0.0] * start + [math.nan] * gap + [0.0] * (count - gap - start)
        assert any(math.isnan(value) for value in thinned_out(numbered(values), most).values)
