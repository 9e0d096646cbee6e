"""Series as the app reads them: whole or thinned out, from parts of several processes, without holding all points."""

from __future__ import annotations

import math
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kedro_viz.store.reading.series import SeriesReader
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.tracking.events import SeriesLogged
from kedro_viz.tracking.series.series_points import StepRange
from tests.api.serving import record, run_events, run_id


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "session_store.db"


@pytest.fixture
def reader(store: Path) -> Iterator[SeriesReader]:
    open_store(store).close()
    engine = engine_of(store)
    yield SeriesReader(engine)
    engine.dispose()


def part(name: str, batch: str, steps: list[float], values: list[float], number: int = 1) -> SeriesLogged:
    """Points that one process logged at once."""
    return SeriesLogged(run_id(number), name, batch, steps, values, [round(1_000 + step) for step in steps])


def test_series_come_by_run_and_name(reader: SeriesReader, store: Path) -> None:
    for number in (2, 1):
        record(store, *run_events(run_id(number)))
        record(store, *(part(name, "1", [0.0], [1.0], number) for name in ("b", "a", "é")))
    found = [(series.run_id, series.name) for series in reader.read([run_id(2), run_id(1), "none"], None, 10)]
    assert sorted(found) == found
    assert found == [(run_id(number), name) for number in (1, 2) for name in ("a", "b", "é")]
    assert [series.name for series in reader.read([run_id(1)], ["é", "none"], 10)] == ["é"]
    assert list(reader.read([], None, 10)) == []


def test_only_points_of_the_steps_that_are_asked_for(reader: SeriesReader, store: Path) -> None:
    record(
        store,
        *run_events(run_id(1)),
        part("a", "1", [float(step) for step in range(100)], [float(-step) for step in range(100)]),
        # Another process began anew, and a third one has nothing of the steps.
        part("a", "2", [40.0, 41.0], [7.0, 8.0]),
        part("a", "3", [10.0], [9.0]),
        part("b", "1", [5.0], [1.0]),
    )
    (series,) = reader.read([run_id(1)], None, 10, StepRange(39.5, 42))
    assert (series.name, list(series.points.steps)) == ("a", [40.0, 40.0, 41.0, 41.0, 42.0])
    assert sorted(series.points.values) == [-42.0, -41.0, -40.0, 7.0, 8.0]
    assert series.summary.count == 103, "of all its points"
    (series,) = reader.read([run_id(1)], ["a"], 4, StepRange(first=50))
    assert (series.points.steps[0], series.points.steps[-1], len(series.points)) == (50.0, 99.0, 4)
    assert list(reader.read([run_id(1)], None, 10, StepRange(math.nan, math.nan))) == []


def test_more_runs_than_a_statement_has_room_for(reader: SeriesReader, store: Path) -> None:
    record(store, *run_events(run_id(1)), part("a", "1", [0.0], [1.0]))
    many = [f"run {number}" for number in range(40_000)] + [run_id(1)]
    assert [series.run_id for series in reader.read(many, None, 10)] == [run_id(1)]


logged = st.lists(
    st.tuples(st.integers(0, 30), st.floats(-100, 100) | st.just(math.nan) | st.just(math.inf)), max_size=60
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(logged, min_size=1, max_size=4), st.integers(4, 12))
def test_no_more_points_than_asked_for_and_the_extremes_among_them(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[tuple[int, float]]], most: int
) -> None:
    store = tmp_path_factory.mktemp("series") / "session_store.db"
    events = [
        part("loss", str(place), [float(step) for step, _ in points], [value for _, value in points])
        for place, points in enumerate(parts)
    ]
    record(store, *run_events(run_id(1)), *events)
    engine = engine_of(store)
    found = list(SeriesReader(engine).read([run_id(1)], None, most))
    summaries = list(SeriesReader(engine).summaries([run_id(1)]))
    engine.dispose()
    everything = [point for points in parts for point in points]
    if not everything:
        assert found == []
        return
    (series,) = found
    assert series.summary.count == len(everything)
    steps, values = list(series.points.steps), list(series.points.values)
    assert len(steps) <= most or len(steps) == len(everything)
    assert len(steps) == len(values) == len(series.points.times)
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == (min(step for step, _ in everything), max(step for step, _ in everything))
    finite = [value for _, value in everything if math.isfinite(value)]
    assert (series.summary.minimum, series.summary.maximum) == (min(finite, default=None), max(finite, default=None))
    # The summary says the same without reading a point.
    assert series.summary.last_step == steps[-1]
    # Several processes may have logged the last step in the same millisecond. SQLite keeps -0.0 as 0.0.
    assert str(series.summary.last) in {str(value + 0.0) for step, value in everything if step == steps[-1]}
    assert str(summaries) == str([(run_id(1), "loss", series.summary)])
    if len(finite) == len(everything):
        assert {min(finite), max(finite)} <= set(values)
    told = {(step, str(value)) for step, value in everything}
    assert {(step, str(value)) for step, value in zip(steps, values, strict=True)} <= told


def test_a_million_points_are_not_held_at_once(reader: SeriesReader, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    size, parts = 50_000, 20
    values = [float(step % 1_000) for step in range(size)]
    for place in range(parts):
        record(store, part("loss", f"{place:02}", [float(place * size + step) for step in range(size)], values))
    list(reader.read([run_id(1)], ["none"], 500))
    tracemalloc.start()
    try:
        (series,) = reader.read([run_id(1)], None, 500)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (series.summary.count, len(series.points) <= 500) == (size * parts, True)
    assert (series.summary.minimum, series.summary.maximum) == (0.0, 999.0)
    # All points together are 24 MB.
    assert peak < 12_000_000


def test_no_more_points_of_a_run_are_read_than_a_run_can_log(
    reader: SeriesReader, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, *run_events(run_id(1)), *run_events(run_id(2)))
    record(store, *(part("loss", str(batch), [float(batch)] * 4, [1.0] * 4) for batch in range(5)))
    record(store, part("loss", "1", [0.0], [1.0], 2))
    monkeypatch.setattr("kedro_viz.store.reading.series.MAX_POINTS", 10)
    first, second = reader.read([run_id(1), run_id(2)], None, 100)
    assert (len(first.points), len(second.points)) == (8, 1)
