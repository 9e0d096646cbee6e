"""Runs whose process has vanished are told as lost, or as cancelled where the process was asked to end."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.termination_file import MAX_STACK_CHARACTERS, termination_file
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import Heartbeat, NodeEnded, NodeStarted, RunStarted
from kedro_viz.tracking.surroundings.machine import process_space
from tests.store.stores import ended, query, started

RUN = "2024-05-01T12.30.45.678Z"
OUTCOME = "SELECT status, ended_at, error_type, error_message, error_traceback, error_node FROM runs"


@pytest.fixture
def writer(location: Path) -> Iterator[SQLiteWriter]:
    with closing(SQLiteWriter(location)) as opened:
        yield opened


@pytest.fixture
def vanished() -> int:
    """The number of a process that is no more."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


def now() -> int:
    return round(time.time() * 1000)


def start_of(process: int, started_at: int, run: str = RUN, host: str | None = None) -> RunStarted:
    return started(run, started_at, host=host or process_space(), process=process, nodes=["split", "train"])


def stop(location: Path, process: int, stack: str, at: int, run: str = RUN) -> Path:
    """Write what a process that is asked to end leaves."""
    file = termination_file(location, run, process)
    file.parent.mkdir(exist_ok=True)
    file.write_text(stack, encoding="utf-8")
    os.utime(file, ns=(at * 1_000_000, at * 1_000_000))
    return file


def test_run_of_a_process_that_is_no_more_is_lost_as_of_its_last_sign_of_life(
    location: Path, writer: SQLiteWriter, vanished: int
) -> None:
    begin = now() - 5_000
    writer.apply([start_of(vanished, begin), Heartbeat(RUN, begin + 1_000)])
    assert mark_lost_runs(writer) == 1
    assert query(location, OUTCOME) == [("lost", begin + 1_000, None, None, None, None)]
    assert mark_lost_runs(writer) == 0


def test_runs_that_go_on_or_have_ended_are_left_alone(location: Path, writer: SQLiteWriter, vanished: int) -> None:
    writer.apply([start_of(os.getpid(), now(), "here"), start_of(1, now(), "elsewhere", host="another machine")])
    writer.apply([start_of(vanished, 1000, "over"), ended("over")])
    assert mark_lost_runs(writer) == 0
    assert query(location, "SELECT status FROM runs ORDER BY id") == [("running",), ("running",), ("succeeded",)]


def test_run_elsewhere_is_lost_when_it_is_silent(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([start_of(1, now() - 60_000, host="another machine")])
    assert mark_lost_runs(writer) == 1


def test_run_whose_process_was_asked_to_end_is_cancelled_where_it_was(
    location: Path, writer: SQLiteWriter, vanished: int
) -> None:
    begin = now() - 5_000
    writer.apply([start_of(vanished, begin), NodeStarted(RUN, "split", begin), NodeEnded(RUN, "split", begin + 10)])
    writer.apply([NodeStarted(RUN, "train", begin + 20)])
    stack = 'Stack (most recent call first):\n  File "nodes.py", line 7 in train\n'
    file = stop(location, vanished, stack, at=begin + 2_000)
    assert mark_lost_runs(writer) == 1
    message = "The process was asked to end (SIGTERM)."
    assert query(location, OUTCOME) == [("cancelled", begin + 2_000, "SIGTERM", message, stack, "train")]
    assert not file.parent.exists()
    # A heartbeat that was on its way does not bring it back.
    writer.apply([Heartbeat(RUN, now())])
    assert query(location, "SELECT status FROM runs") == [("cancelled",)]


def test_node_is_named_only_where_one_was_at_work(location: Path, writer: SQLiteWriter, vanished: int) -> None:
    begin = now() - 5_000
    writer.apply([start_of(vanished, begin), NodeStarted(RUN, "split", begin), NodeStarted(RUN, "train", begin)])
    stop(location, vanished, "stack", at=begin)
    mark_lost_runs(writer)
    assert query(location, "SELECT status, error_node FROM runs") == [("cancelled", None)]


@pytest.mark.parametrize("offset", [-86_400_000, 86_400_000])
def test_end_is_between_the_last_sign_of_life_and_now_whatever_the_file_says(
    location: Path, writer: SQLiteWriter, vanished: int, offset: int
) -> None:
    begin = now() - 5_000
    writer.apply([start_of(vanished, begin)])
    stop(location, vanished, "stack", at=begin + offset)
    mark_lost_runs(writer)
    [(ended_at,)] = query(location, "SELECT ended_at FROM runs")
    assert begin <= ended_at <= now()


def test_process_that_was_asked_to_end_and_goes_on_is_left_alone(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([start_of(os.getpid(), now())])
    file = stop(location, os.getpid(), "stack", at=now())
    assert mark_lost_runs(writer) == 0
    assert query(location, "SELECT status FROM runs") == [("running",)]
    assert file.exists()


def test_file_of_a_run_that_vanished_without_a_word_is_removed(
    location: Path, writer: SQLiteWriter, vanished: int
) -> None:
    writer.apply([start_of(vanished, now() - 5_000)])
    file = stop(location, vanished, "", at=now())
    other = stop(location, vanished, "", at=now(), run="another run")
    mark_lost_runs(writer)
    assert query(location, "SELECT status, error_type FROM runs") == [("lost", None)]
    assert not file.exists()
    assert other.exists()


def test_huge_file_is_read_in_part(location: Path, writer: SQLiteWriter, vanished: int) -> None:
    writer.apply([start_of(vanished, now() - 5_000)])
    stop(location, vanished, "x" * 200_000, at=now())
    mark_lost_runs(writer)
    assert query(location, "SELECT length(error_traceback) FROM runs") == [(MAX_STACK_CHARACTERS,)]


def test_run_of_any_name_leads_to_no_file_elsewhere(location: Path, writer: SQLiteWriter, vanished: int) -> None:
    name = "../../secret\x00/é"
    secret = location.parent.parent / f"secret.{vanished}.terminated"
    secret.write_text("secret")
    writer.apply([start_of(vanished, now() - 5_000, name)])
    assert termination_file(location, name, vanished).parent == termination_file(location, RUN, 1).parent
    mark_lost_runs(writer)
    assert query(location, "SELECT status FROM runs") == [("lost",)]
    assert secret.exists()


def test_run_whose_last_sign_of_life_is_far_ahead_is_lost(location: Path, writer: SQLiteWriter) -> None:
    far = now() + 48 * 3_600_000
    writer.apply([start_of(1, far, host="elsewhere"), start_of(os.getpid(), far, "here")])
    assert mark_lost_runs(writer) == 2
    assert query(location, "SELECT status, ended_at <= ? FROM runs", now()) == [("lost", 1), ("lost", 1)]


def test_run_goes_on_when_its_clock_was_put_right(location: Path, writer: SQLiteWriter) -> None:
    beat = now()
    writer.apply([start_of(1, beat + 48 * 3_600_000, host="elsewhere"), Heartbeat(RUN, beat)])
    assert query(location, "SELECT heartbeat_at FROM runs") == [(beat,)]
    assert mark_lost_runs(writer) == 0
