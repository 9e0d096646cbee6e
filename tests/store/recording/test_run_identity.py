"""Runs with one session id, as of job arrays that start in the same millisecond, are never mixed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.recording.record_sink import RecordSink
from kedro_viz.store.recording.run_identity import distinct_id
from kedro_viz.store.recording.spool import spool, take_in
from kedro_viz.store.sqlite.merging.merge import merge_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import Event, NodeStarted, RunEnded, SessionSaved
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunStatus
from tests.store.stores import query, saved, started, write

OTHER = distinct_id("r", "b", 2)


def run_of(host: str, process: int, rate: str, at: int = 1000) -> list[Event]:
    """All that a process reports of a run with the session id `r`."""
    start = started("r", at, host=host, process=process, parameters=[Parameter("rate", rate)], author=host)
    node = NodeStarted("r", f"node of {host}", at + 1)
    return [
        start,
        node,
        saved("r", "scores", **{host: 1.0}),
        RunEnded("r", at + 9, RunStatus.SUCCEEDED),
        SessionSaved("r", "{}"),
    ]


FIRST, SECOND = run_of("a", 1, "0.1"), run_of("b", 2, "0.2")


def whole(location: Path) -> dict[str, tuple[object, ...]]:
    """Of each run the author, its parameter, its node and the key of its metric."""
    rows = query(
        location,
        "SELECT runs.id, author, parameters.value, node, metric_names.key FROM runs "
        "LEFT JOIN parameters ON parameters.run_id = runs.id LEFT JOIN node_runs ON node_runs.run_id = runs.id "
        "LEFT JOIN metrics ON metrics.run_id = runs.id LEFT JOIN metric_names ON metric_names.id = metric_id",
    )
    assert len({row[0] for row in rows}) == len(rows), "one row for each run: nothing is mixed"
    return {row[0]: row[1:] for row in rows}


OF_A, OF_B = ("a", "0.1", "node of a", "a"), ("b", "0.2", "node of b", "b")


def recorded(location: Path, *runs: list[Event]) -> list[RecordSink]:
    """Runs of as many processes, each a report at a time, taking turns."""
    sinks = [RecordSink(SQLiteWriter(location)) for _ in runs]
    for events in zip(*runs, strict=True):
        for sink, event in zip(sinks, events, strict=True):
            sink.write(event)
    return sinks


@pytest.fixture
def held(location: Path) -> Iterator[sqlite3.Connection]:
    """A store that another program holds."""
    write(location, started("earlier"))
    with closing(sqlite3.connect(location, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield connection


def test_second_run_of_an_id_is_a_run_of_its_own(location: Path, caplog: pytest.LogCaptureFixture) -> None:
    _, second = recorded(location, FIRST, SECOND)
    assert whole(location) == {"r": OF_A, OTHER: OF_B}
    assert second.record_id("r") == OTHER
    [warning] = [record.getMessage() for record in caplog.records]
    assert f"recorded as '{OTHER}'" in warning


def test_worker_process_follows_its_own_run(location: Path) -> None:
    _, second = recorded(location, FIRST[:1], SECOND[:1])
    worker = RecordSink(SQLiteWriter(location))
    worker.record_as("r", second.record_id("r"))
    worker.write(*SECOND[1:3])
    worker_of_first = RecordSink(SQLiteWriter(location))
    worker_of_first.record_as("r", "r")
    worker_of_first.write(*FIRST[1:3])
    assert whole(location) == {"r": OF_A, OTHER: OF_B}


def test_session_that_is_run_again_stays_one_run(location: Path) -> None:
    sink = RecordSink(SQLiteWriter(location))
    sink.write(*FIRST)
    sink.write(started("r", 3000, host="a", process=1))
    assert query(location, "SELECT id, started_at FROM runs") == [("r", 3000)]


def test_spooled_run_whose_id_is_taken_by_then_is_taken_in_apart(location: Path) -> None:
    write(location, *FIRST)
    for _ in range(2):
        # Taken in twice, it is there once.
        spool(location, *SECOND)
        with closing(SQLiteWriter(location)) as writer:
            assert take_in(location, writer) == 1
    assert whole(location) == {"r": OF_A, OTHER: OF_B}


def test_run_that_cannot_be_stored_is_not_mixed_with_one_that_another_process_spooled(
    location: Path, held: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kedro_viz.store.sqlite.sqlite_file.LOCK_TIMEOUT", 0.05)
    first, second = RecordSink(SQLiteWriter(location)), RecordSink(SQLiteWriter(location))
    for sink in (first, second):
        monkeypatch.setattr(sink._writer, "_lock_timeout", 0.05)
    first.write(*FIRST)
    monkeypatch.setattr("kedro_viz.store.recording.spool.os.getpid", lambda: 99)
    second.write(*SECOND[:3])
    held.execute("COMMIT")
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    found = whole(location)
    del found["earlier"]
    assert found == {"r": OF_A, OTHER: OF_B}


def test_merged_stores_keep_runs_of_one_id_apart_in_any_order(tmp_path: Path) -> None:
    stores = {name: tmp_path / name / "session_store.db" for name in "abc"}
    write(stores["a"], *FIRST)
    write(stores["b"], *SECOND)
    merge_store(stores["a"], copied(stores["b"]))
    assert whole(stores["a"]) == {"r": OF_A, OTHER: OF_B}
    merge_store(stores["b"], copied(stores["a"]))
    assert whole(stores["b"]) == {"r": OF_B, distinct_id("r", "a", 1): OF_A}
    for _ in range(2):
        for other in ("a", "b"):
            merge_store(stores["c"], copied(stores[other]))
        assert whole(stores["c"]) == {"r": OF_A, OTHER: OF_B}
    merge_store(stores["a"], copied(stores["b"]))
    assert whole(stores["a"]) == {"r": OF_A, OTHER: OF_B}, "nothing is there twice"


def copied(store: Path) -> Path:
    copy = store.with_name("copy.db")
    with closing(sqlite3.connect(store)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy
