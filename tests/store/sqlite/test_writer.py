"""Whoever else uses the store or takes it away, from threads and processes, what is written is there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.errors import StoreError, StoreLockedError
from kedro_viz.store.opening import opened_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from tests.store.stores import (
    add_as_kedro_viz_10,
    ended,
    make_old_store,
    query,
    run_at_once,
    run_ids,
    started,
    whole_runs,
    write,
    write_whole_runs,
)


@pytest.fixture
def writer(location: Path) -> Iterator[SQLiteWriter]:
    with closing(SQLiteWriter(location)) as opened:
        yield opened


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
            code = 0 if writer.generation.openings == 2 else 2
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


# --- The store's file, without its write-ahead log


def log_size(location: Path) -> int:
    return location.with_name(f"{location.name}-wal").stat().st_size


def runs_in_file_alone(location: Path) -> list[str]:
    """The runs that somebody finds who copies or commits the store's file, and nothing beside it."""
    copy = location.with_name("copy.db")
    shutil.copyfile(location, copy)
    try:
        return run_ids(copy)
    except sqlite3.OperationalError:
        return []


def test_flushed_store_is_complete_in_its_file_while_others_have_it_open(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    with closing(sqlite3.connect(location)) as other:
        assert other.execute("SELECT id FROM runs").fetchall() == [("a",)]
        assert runs_in_file_alone(location) == []
        assert writer.flush(1)
        assert (runs_in_file_alone(location), log_size(location)) == (["a"], 0)
        writer.apply([started("b")])
        assert other.execute("SELECT count(*) FROM runs").fetchone() == (2,)
        assert writer.flush(1)
    assert runs_in_file_alone(location) == ["a", "b"]


def test_flush_waits_for_readers_of_an_older_state_and_gives_up_in_time(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    with closing(sqlite3.connect(location, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (1,)
        assert writer.flush(0), "it reads what is there"
        assert runs_in_file_alone(location) == ["a"]
        writer.apply([started("b")])
        assert not writer.flush(0.05)
        writer.apply([started("c")])
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (1,), "nothing has changed for the reader"
        reader.execute("COMMIT")
        assert writer.flush(1)
    assert runs_in_file_alone(location) == ["a", "b", "c"]


def test_flush_does_not_wait_for_those_who_write(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    with closing(sqlite3.connect(location, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO runs (id) VALUES ('b')")
        assert writer.flush(0)
        assert runs_in_file_alone(location) == ["a"]
        other.execute("COMMIT")
    assert run_ids(location) == ["a", "b"]


def test_threads_that_flush_at_once_leave_a_complete_file(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("first")])

    def write_and_flush(path: Path, prefix: str, count: int) -> None:
        with closing(SQLiteWriter(path, lock_timeout=30)) as own:
            for number in range(count):
                own.apply([started(f"{prefix}-{number}")])
                own.flush(30)

    threads = [threading.Thread(target=write_and_flush, args=[location, name, 5]) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert writer.flush(1)
    assert len(runs_in_file_alone(location)) == 16


def test_store_without_a_log_is_complete(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.store.sqlite.sqlite_file.allows_wal", lambda _: False)
    with closing(SQLiteWriter(location)) as writer:
        writer.apply([started("a")])
        assert writer.flush(0)
    assert runs_in_file_alone(location) == ["a"]


def test_log_that_a_killed_process_left_is_moved_by_the_next_one(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("a")])
    left = location.parent / "left" / location.name
    left.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{location}{suffix}", f"{left}{suffix}")
    assert runs_in_file_alone(left) == []
    with opened_store(left):
        pass
    assert runs_in_file_alone(left) == ["a"]


def test_person_who_edits_leaves_a_complete_file_while_others_have_it_open(
    location: Path, writer: SQLiteWriter
) -> None:
    writer.apply([started("a")])
    with opened_store(location, to_change=True):
        pass
    assert (runs_in_file_alone(location), log_size(location)) == (["a"], 0)
