"""Events are written once or twice, in any order, from threads and processes, and nothing of them is lost."""

from __future__ import annotations

import json
import math
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from kedro_viz.store.errors import StoreError, StoreLockedError
from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.events import DatasetSaved, Event, NodeFailed, RunEnded, SessionSaved
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus
from tests.store.stores import (
    add_as_kedro_viz_10,
    ended,
    make_old_store,
    metrics_of,
    query,
    read_as_kedro_viz_10,
    run_at_once,
    run_ids,
    saved,
    started,
    whole_runs,
    write,
    write_whole_runs,
)


@pytest.fixture
def writer(location: Path) -> Iterator[SQLiteWriter]:
    with closing(SQLiteWriter(location)) as opened:
        yield opened


FAILED_RUN: list[Event] = [
    started("r", author="ada", parameters=[Parameter("n", "3")]),
    saved("r", a=1, b=2),
    NodeFailed("r", "train", 1500),
    RunEnded("r", 2000, RunStatus.FAILED, RunFailure("ValueError", "bad", "trace")),
    SessionSaved("r", json.dumps({"username": "ada"})),
]
DESCRIBED = (
    "SELECT status, started_at, ended_at, author, error_type, error_message, error_traceback, error_node, blob "
    "FROM runs"
)
FAILED_ROW = (
    *("failed", 1000, 2000, "ada", "ValueError", "bad", "trace", "train"),
    json.dumps(json.dumps({"username": "ada"})),
)


@pytest.mark.parametrize("events", list(permutations(FAILED_RUN)), ids=range(120))
def test_record_is_the_same_in_whatever_order_events_come(location: Path, events: tuple[Event, ...]) -> None:
    write(location, *events)
    assert query(location, DESCRIBED) == [FAILED_ROW]
    assert metrics_of(location, "r") == {"scores.a": 1, "scores.b": 2}
    assert query(location, "SELECT * FROM parameters") == [("r", "n", "3")]


def test_events_written_again_change_nothing(location: Path, writer: SQLiteWriter) -> None:
    writer.apply(FAILED_RUN)
    with closing(sqlite3.connect(location)) as connection:
        before = list(connection.iterdump())
        writer.apply([*FAILED_RUN, *FAILED_RUN])
        assert list(connection.iterdump()) == before


def test_dataset_saved_again_replaces_what_was_there(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r"), saved("r", a=1, b=2), saved("r", "other", a=7)])
    writer.apply([saved("r", a=3)])
    assert metrics_of(location, "r") == {"scores.a": 3, "other.a": 7}
    assert len(query(location, "SELECT * FROM artifacts WHERE dataset = 'scores'")) == 1
    kind = "tracking.metrics_dataset.MetricsDataset"
    writer.apply([DatasetSaved("r", "scores", kind, "p", document='{"a": "text"}')])
    assert metrics_of(location, "r") == {"other.a": 7}
    assert query(location, "SELECT data FROM tracked_json") == [('{"a": "text"}',)]
    assert query(location, "SELECT * FROM artifacts WHERE dataset = 'scores'") == []


def test_numbers_that_sql_lacks_are_kept(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([saved("r", nan=math.nan, up=math.inf, down=-math.inf, tiny=5e-324)])
    assert metrics_of(location, "r") == {
        "scores.nan": None,
        "scores.up": math.inf,
        "scores.down": -math.inf,
        "scores.tiny": 5e-324,
    }


def test_text_that_no_encoding_can_hold_is_kept_as_far_as_possible(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r", command="kedro run --params x=\udcff"), saved("r", "scores", **{"a\ud800": 1.0})])
    assert query(location, "SELECT command FROM runs") == [("kedro run --params x=\\udcff",)]
    assert metrics_of(location, "r") == {"scores.a\\ud800": 1}


def test_hostile_names_are_only_text(location: Path, writer: SQLiteWriter) -> None:
    name = "x'); DROP TABLE runs; --\x00\u2028<script>"
    writer.apply([started(name), saved(name, name, **{name: 1.0}), ended(name)])
    assert run_ids(location) == [name]
    assert metrics_of(location, name) == {f"{name}.{name}": 1}


def test_run_is_read_by_kedro_viz_10_from_its_first_moment(location: Path, writer: SQLiteWriter) -> None:
    for event in (NodeFailed("r", "n", 1), RunEnded("r", 1, RunStatus.FAILED)):
        writer.apply([event])
        assert read_as_kedro_viz_10(location)[0] == {"r": {}}
    writer.apply([started("r")])
    assert read_as_kedro_viz_10(location)[0] == {"r": {"session_id": "r"}}


def test_events_of_one_call_are_written_all_or_none(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    with closing(sqlite3.connect(location)) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON metrics BEGIN SELECT raise(ABORT, 'disk full'); END")
    with pytest.raises(StoreError):
        writer.apply(whole_runs(["b"]))
    assert run_ids(location) == ["a"]
    with closing(sqlite3.connect(location)) as other:
        other.execute("DROP TRIGGER full")
    writer.apply(whole_runs(["b"]))
    assert run_ids(location) == ["a", "b"]


def test_lock_of_another_process_is_told_and_forgotten(location: Path) -> None:
    with closing(SQLiteWriter(location, lock_timeout=0.05)) as writer:
        writer.apply([started("a")])
        with closing(sqlite3.connect(location)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreLockedError):
                writer.apply([started("b")])
        writer.apply([started("b")])
    assert run_ids(location) == ["a", "b"]


def test_store_that_was_deleted_is_made_again(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    for path in location.parent.iterdir():
        path.unlink()
    location.parent.rmdir()
    writer.apply([started("b")])
    assert run_ids(location) == ["b"]


def test_store_that_another_process_made_anew_is_used(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    for path in location.parent.iterdir():
        path.unlink()
    write(location, started("b"))
    writer.apply([started("c")])
    assert run_ids(location) == ["b", "c"]


def test_run_that_kedro_viz_10_adds_meanwhile_is_left_to_be_described(location: Path, writer: SQLiteWriter) -> None:
    make_old_store(location, {})
    writer.apply([started("a")])
    with closing(sqlite3.connect(location)) as other:
        add_as_kedro_viz_10(other, {"b": {"username": "grace"}})
    writer.apply([ended("a")])
    assert query(location, "SELECT id, status FROM runs") == [("a", "succeeded"), ("b", None)]


def test_threads_write_at_once(location: Path, writer: SQLiteWriter) -> None:
    barrier = threading.Barrier(16)

    def work(number: int) -> None:
        barrier.wait()
        for step in range(5):
            writer.apply(whole_runs([f"{number}-{step}"]))

    threads = [threading.Thread(target=work, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert query(location, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(80,)]
    assert query(location, "SELECT count(*) FROM metrics") == [(80,)]


def test_ten_processes_upgrade_and_fill_one_store_at_once(location: Path) -> None:
    make_old_store(location, {f"old-{number}": {"username": "ada"} for number in range(20)})
    run_at_once(write_whole_runs, location, [str(number) for number in range(10)], 5)
    assert query(location, "SELECT count(*) FROM runs WHERE author = 'ada'") == [(20,)]
    assert query(location, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(70,)]
    assert query(location, "SELECT count(*) FROM metrics") == [(50,)]
    assert query(location, "PRAGMA integrity_check") == [("ok",)]


def test_writer_goes_on_in_a_forked_process_and_in_its_parent(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("before")])
    # Held by another thread at the moment of the fork: in the child nobody will ever let go of it.
    holding, forked = threading.Event(), threading.Event()

    def hold() -> None:
        with writer._lock:
            holding.set()
            forked.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            writer.apply(whole_runs(["child"]))
            writer.close()
            # With a connection of its own: one that two processes use damages the file, if not today.
            code = 0 if writer.openings == 2 else 2
        finally:
            os._exit(code)
    forked.set()
    holder.join()
    writer.apply([started("meanwhile")])
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    writer.apply([started("after")])
    writer.close()
    assert run_ids(location) == ["after", "before", "child", "meanwhile"]
    assert query(location, "PRAGMA integrity_check") == [("ok",)]
