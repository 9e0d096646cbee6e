"""Whatever is wrong with a store, writing to it never raises, and what cannot be stored is kept and taken in later."""

from __future__ import annotations

import logging
import math
import os
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.errors import StoreError, StoreSlowError
from kedro_viz.store.recording import record_sink, spool
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.recording.record_sink import RecordSink
from kedro_viz.store.recording.spool import spool_folders, take_in
from kedro_viz.store.sqlite import sqlite_file
from kedro_viz.store.sqlite.sqlite_file import execute_within, limit_wait, open_store, set_aside
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import (
    DataUsed,
    Event,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    SeriesLogged,
    SessionSaved,
    to_json,
)
from kedro_viz.tracking.packed_content import content_hash
from kedro_viz.tracking.series.series_points import unpack_points
from tests.store.stores import (
    contents_of,
    ended,
    metrics_of,
    query,
    record_whole_runs,
    run_at_once,
    run_ids,
    saved,
    started,
    whole_runs,
    with_contents,
    write,
)

SinkMaker = Callable[[], RecordSink]


@pytest.fixture
def new_sink(location: Path) -> Iterator[SinkMaker]:
    """Makes sinks as processes of their own would; they do not wait long for locks."""
    sinks: list[RecordSink] = []

    def make() -> RecordSink:
        sinks.append(RecordSink(SQLiteWriter(location, lock_timeout=0.05)))
        return sinks[-1]

    yield make
    for sink in sinks:
        sink.close()


def record(sink: RecordSink, *ids: str) -> None:
    for event in whole_runs(ids):
        sink.write(event)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]


def spooled_files(location: Path) -> list[Path]:
    return sorted(path for folder in spool_folders(location) if folder.is_dir() for path in folder.iterdir())


def test_sound_store_takes_everything_without_a_word(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    record(new_sink(), "a", "b")
    assert run_ids(location) == ["a", "b"]
    assert spooled_files(location) == []
    assert warnings(caplog) == []


def test_run_during_a_lock_is_kept_and_taken_in_at_the_next_run(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    open_store(location).close()
    with closing(sqlite3.connect(location)) as other:
        other.execute("BEGIN IMMEDIATE")
        record(new_sink(), "a")
    [warning] = warnings(caplog)
    assert "locked by another process" in warning
    assert "taken in by the next run" in warning
    assert run_ids(location) == []
    record(new_sink(), "b")
    assert run_ids(location) == ["a", "b"]
    assert metrics_of(location, "a") == {"scores.n": 0}
    assert query(location, "SELECT status, started_at, ended_at FROM runs WHERE id = 'a'") == [
        ("succeeded", 1000, 2000)
    ]
    assert spooled_files(location) == []
    assert not spool_folders(location)[0].exists()


def test_lock_that_is_gone_at_the_end_of_a_run_costs_no_warning(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    sink = new_sink()
    sink.write(started("a", round(time.time() * 1000)))
    with closing(sqlite3.connect(location)) as other:
        other.execute("BEGIN IMMEDIATE")
        sink.write(saved("a", n=1))
    # After one failure the rest of the run stays in one place, and does not wait for the lock again.
    sink.write(NodeFailed("a", "train", 1500))
    assert query(location, "SELECT status, error_node FROM runs") == [("running", None)]
    sink.write(ended("a"))
    assert query(location, "SELECT status, error_node FROM runs") == [("succeeded", "train")]
    assert metrics_of(location, "a") == {"scores.n": 1}
    sink.write(SessionSaved("a", "{}"))
    assert spooled_files(location) == []
    assert warnings(caplog) == []


def test_store_below_a_file_is_kept_in_the_cache(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    # Nobody can make a folder there, not even who may write everywhere.
    location.parent.write_text("a file")
    record(new_sink(), "a")
    [warning] = warnings(caplog)
    assert "cannot be written" in warning
    assert "SESSION_STORE_ARGS" in warning
    assert all(path.is_relative_to(os.environ["XDG_CACHE_HOME"]) for path in spooled_files(location))
    location.parent.unlink()
    record(new_sink(), "b")
    assert run_ids(location) == ["a", "b"]
    assert spooled_files(location) == []


def test_where_nothing_can_be_written_the_loss_is_told_once(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.parent.write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(location.parent / "cache"))
    record(new_sink(), "a", "b")
    assert len(warnings(caplog)) == 1


def test_user_without_a_home_has_runs_too(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs under a number that no user has."""
    for name in ("XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    record(new_sink(), "a")
    assert run_ids(location) == ["a"]
    assert warnings(caplog) == []
    for path in [*location.parent.iterdir(), location.parent]:
        path.rmdir() if path.is_dir() else path.unlink()
    location.parent.write_text("a file")
    record(new_sink(), "b")
    [warning] = warnings(caplog)
    assert "its record is lost" in warning


def test_full_disk_ends_no_run(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(new_sink(), "a")

    def full(_connection: sqlite3.Connection, _event: Event) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("kedro_viz.store.sqlite.writer.apply_event", full)
        record(new_sink(), "b")
    assert "disk is full" in warnings(caplog)[0]
    record(new_sink(), "c")
    assert run_ids(location) == ["a", "b", "c"]


@pytest.mark.parametrize(
    "content",
    [
        b"this is no database, but something that somebody may need",
        b"SQLite format 3\x00" + b"\xff" * 4096,
        b"\x00" * 100,
    ],
    ids=["text", "damaged header", "zeros"],
)
def test_damaged_store_is_kept_aside_and_the_run_goes_on(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    location.parent.mkdir()
    location.write_bytes(content)
    record(new_sink(), "a")
    [warning] = warnings(caplog)
    [aside] = location.parent.glob("*.corrupt-*")
    assert aside.read_bytes() == content
    assert str(aside) in warning
    assert run_ids(location) == ["a"]
    record(new_sink(), "b")
    assert run_ids(location) == ["a", "b"]
    assert len(list(location.parent.glob("*.corrupt-*"))) == 1


@pytest.mark.parametrize("folder", ["C# projects", "100%41 sure", "why?"])
def test_damaged_store_in_a_folder_of_any_name_is_kept_aside(tmp_path: Path, folder: str) -> None:
    location = tmp_path / folder / "session_store.db"
    location.parent.mkdir()
    location.write_bytes(b"this is no database" * 100)
    with closing(RecordSink(SQLiteWriter(location))) as sink:
        record(sink, "a")
    assert run_ids(location) == ["a"]
    assert len([*location.parent.glob("session_store.db.corrupt-*")]) == 1


def test_store_damaged_in_the_middle_is_kept_aside(location: Path, new_sink: SinkMaker) -> None:
    write(location, *whole_runs(str(number) for number in range(400)))
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    size = location.stat().st_size
    with location.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xab" * (size - 4096))
    record(new_sink(), "a")
    assert run_ids(location) == ["a"]
    [aside] = location.parent.glob("*.corrupt-*")
    assert aside.stat().st_size == size


def test_second_damaged_store_does_not_overwrite_the_first(location: Path, new_sink: SinkMaker) -> None:
    location.parent.mkdir()
    for content in (b"first, long enough to be read", b"second, long enough to be read"):
        for suffix in ("", "-wal", "-shm"):
            location.with_name(location.name + suffix).unlink(missing_ok=True)
        location.write_bytes(content)
        record(new_sink(), "a")
    kept = {path.read_bytes() for path in location.parent.glob("*.corrupt-*")}
    assert kept == {b"first, long enough to be read", b"second, long enough to be read"}


def test_sound_store_is_never_set_aside(location: Path) -> None:
    write(location, *whole_runs(["a"]))
    assert set_aside(location) is None
    assert run_ids(location) == ["a"]
    assert set_aside(location.with_name("nothing.db")) is None


def test_several_processes_that_find_a_damaged_store_share_the_new_one(location: Path) -> None:
    location.parent.mkdir()
    location.write_bytes(b"this is no database, but something that somebody may need")
    run_at_once(record_whole_runs, location, [str(number) for number in range(6)], 3)
    # Who could not wait for the repair has kept its record.
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert len(run_ids(location)) == 18
    assert query(location, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(18,)]
    [aside] = location.parent.glob("*.corrupt-*")
    assert aside.read_bytes().startswith(b"this is no database")


def test_repair_that_was_interrupted_is_done_again(
    location: Path, new_sink: SinkMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.parent.mkdir()
    location.write_bytes(b"this is no database, but something that somebody may need")
    location.with_name(f"{location.name}.repair").touch()
    record(new_sink(), "a")
    assert location.read_bytes().startswith(b"this"), "another process may be repairing it"
    monkeypatch.setattr(sqlite_file, "_REPAIR_LOCK_SECONDS", -1)
    record(new_sink(), "b")
    assert run_ids(location) == ["a", "b"]


def test_newer_store_is_left_alone_and_the_run_is_kept(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    open_store(location).close()
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("UPDATE schema_version SET version = version + 99")
        connection.commit()
    record(new_sink(), "a")
    assert "newer Kedro-Viz" in warnings(caplog)[0]
    assert run_ids(location) == []
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("UPDATE schema_version SET version = version - 99")
        connection.commit()
    record(new_sink(), "b")
    assert run_ids(location) == ["a", "b"]


def test_run_whose_store_is_deleted_meanwhile_is_whole(location: Path, new_sink: SinkMaker) -> None:
    sink = new_sink()
    sink.write(started("a", author="ada"))
    for path in location.parent.iterdir():
        path.unlink()
    sink.write(saved("a", n=1))
    sink.write(ended("a"))
    assert query(location, "SELECT id, author, status, started_at FROM runs") == [("a", "ada", "succeeded", 1000)]
    assert metrics_of(location, "a") == {"scores.n": 1}


def test_all_that_this_process_told_of_a_run_is_written_again_where_its_store_is_deleted_meanwhile(
    location: Path, new_sink: SinkMaker
) -> None:
    sink = new_sink()
    name = content_hash(b"source")
    sink.write(started("a", nodes=["split"]))
    sink.write(with_contents(RunContext("a", source=name), b"source"))
    sink.write(NodeStarted("a", "split", 1100), DataUsed("a", "cars", False, "csv"))
    sink.write(SeriesLogged("a", "loss", "1", [0], [0.5], [1150]))
    for path in location.parent.iterdir():
        path.unlink()
    sink.write(NodeEnded("a", "split", 1200))
    assert query(location, "SELECT status, source FROM runs") == [("running", name)]
    sink.write(ended("a"))
    assert query(location, "SELECT status, source FROM runs") == [("succeeded", name)]
    assert query(location, "SELECT node, started_at, ended_at FROM node_runs") == [("split", 1100, 1200)]
    assert query(location, "SELECT dataset FROM data_uses") == [("cars",)]
    assert query(location, "SELECT name, count FROM series_chunks") == [("loss", 1)]
    assert contents_of(location) == {name: b"source"}


def test_forked_process_leaves_what_its_parent_wrote_to_its_parent(location: Path, new_sink: SinkMaker) -> None:
    sink = new_sink()
    sink.write(started("a", nodes=["split"]))
    with closing(sqlite3.connect(location)) as other:
        other.execute("DELETE FROM node_runs")
        other.commit()
    child = os.fork()
    if child == 0:
        try:
            sink.write(NodeStarted("a", "train", 1100))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert query(location, "SELECT node FROM node_runs") == [("train",)]
    sink.write(NodeStarted("a", "split", 1100))
    assert query(location, "SELECT node FROM node_runs") == [("split",), ("train",)]


def test_what_is_remembered_of_a_run_is_bounded(
    location: Path, new_sink: SinkMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_sink, "_MOST_REMEMBERED", 1_000)
    sink = new_sink()
    sink.write(started("a"))
    sink.write(SeriesLogged("a", "many", "1", [0.0] * 2_000, [0.5] * 2_000, [1150] * 2_000))
    sink.write(SeriesLogged("a", "few", "1", [0], [0.5], [1150]))
    for path in location.parent.iterdir():
        path.unlink()
    sink.write(ended("a"))
    assert query(location, "SELECT name FROM series_chunks") == [("few",)]


def test_events_told_together_are_stored_together_or_spooled_together(location: Path, new_sink: SinkMaker) -> None:
    sink = new_sink()
    sink.write(started("a", round(time.time() * 1000)))
    with closing(sqlite3.connect(location)) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON metrics BEGIN SELECT raise(ABORT, 'disk full'); END")
        sink.write(NodeStarted("a", "split", 1100), saved("a", n=1), NodeEnded("a", "split", 1200))
        assert query(location, "SELECT * FROM node_runs") == []
        other.execute("DROP TRIGGER full")
    sink.write(ended("a"))
    record(new_sink(), "b")
    assert query(location, "SELECT node, started_at, ended_at FROM node_runs") == [("split", 1100, 1200)]
    assert metrics_of(location, "a") == {"scores.n": 1}


def test_context_and_series_of_a_run_that_is_spooled_are_taken_in(location: Path, new_sink: SinkMaker) -> None:
    open_store(location).close()
    name = content_hash(b"source")
    series = SeriesLogged("a", "loss", "1", [0, 1], [math.nan, math.inf], [1100, 1101])
    with closing(sqlite3.connect(location)) as other:
        other.execute("BEGIN IMMEDIATE")
        sink = new_sink()
        sink.write(started("a"))
        sink.write(with_contents(RunContext("a", source=name), b"source"), series)
    sink.write(ended("a"))
    record(new_sink(), "b")
    assert query(location, "SELECT status, source FROM runs WHERE id = 'a'") == [("succeeded", name)]
    assert contents_of(location) == {name: b"source"}
    [(points,)] = query(location, "SELECT points FROM series_chunks")
    assert str(list(unpack_points(points, 2).values)) == "[nan, inf]"


def test_contents_that_are_stored_need_not_be_told_again(location: Path, new_sink: SinkMaker) -> None:
    known, unknown = content_hash(b"known"), {content_hash(str(n).encode()) for n in range(2_000)}
    sink = new_sink()
    assert sink.missing_contents([known]) == {known}
    sink.write(with_contents(RunContext("a", source=known), b"known"))
    assert sink.missing_contents([known, *unknown]) == unknown
    with closing(sqlite3.connect(location)) as other:
        # Nobody who writes keeps a reader waiting.
        other.execute("BEGIN IMMEDIATE")
        assert sink.missing_contents([known, *unknown]) == unknown


def test_where_the_store_cannot_be_read_all_contents_are_told(location: Path, new_sink: SinkMaker) -> None:
    location.parent.write_text("a file")
    assert new_sink().missing_contents(["a", "b"]) == {"a", "b"}


def test_store_that_another_thread_waits_for_keeps_nobody_waiting_longer(location: Path) -> None:
    with closing(SQLiteWriter(location, lock_timeout=0.05)) as writer:
        holding, tried = threading.Event(), threading.Event()

        def hold() -> None:
            with writer._lock:
                holding.set()
                tried.wait()

        holder = threading.Thread(target=hold)
        holder.start()
        holding.wait()
        with pytest.raises(StoreSlowError, match="takes longer than"):
            writer.apply(whole_runs(["a"]))
        tried.set()
        holder.join()
        writer.apply(whole_runs(["a"]))
    assert run_ids(location) == ["a"]


def test_who_has_waited_as_long_as_is_allowed_waits_no_more(location: Path) -> None:
    open_store(location).close()
    wait = LockWait(0.05)
    with closing(sqlite3.connect(location)) as other, closing(open_store(location)) as connection:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            execute_within(wait, connection, "BEGIN IMMEDIATE")
        limit_wait(wait, connection)
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (0,)


def test_torn_line_of_a_killed_process_is_passed_over(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    folder = spool_folders(location)[0]
    folder.mkdir(parents=True)
    lines = [to_json(event) for event in (started("a"), saved("a", n=1))]
    (folder / "a.1.jsonl").write_text(f"{lines[0]}\n{lines[1]}\n{to_json(ended('a'))[:20]}", encoding="utf-8")
    record(new_sink(), "c")
    assert run_ids(location) == ["a", "c"]
    assert metrics_of(location, "a") == {"scores.n": 1}
    assert spooled_files(location) == []


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe\x00",
        b"[]",
        b"[" * 100_000,
        b'{"event": "NodeStarted", "run_id": "a", "node": {"x": 1}, "at": 1}',
        b'{"event": "NodeStarted", "run_id": "a", "node": "n", "at": 99999999999999999999}',
        b'{"event": "NodeStarted", "run_id": "a", "node": "n", "at": "1"}',
        b'{"event": "NodeStarted", "run_id": "a", "node": "n", "at": null}',
        b'{"event": "RunStarted", "run_id": "a", "started_at": 1, "blob": "{}", "parameters": 1}',
        b'{"event": "RunStarted", "run_id": "", "started_at": 1, "blob": "", "parameters": [{"name": 1, "value": ""}]}',
        b'{"event": "RunStarted", "run_id": "a", "started_at": 1, "blob": "{}", "nodes": [1]}',
        b'{"event": "DatasetSaved", "run_id": "a", "dataset": "d", "type": "t", "path": "p", "metrics": {"m": "x"}}',
        b'{"event": "RunEnded", "run_id": "a", "ended_at": 1, "status": "failed", "failure": 1}',
        b'{"event": "RunContext", "run_id": "a", "contents": {"x": 1}}',
        b'{"event": "SeriesLogged", "run_id": "a", "name": "n", "batch": "b", "steps": [1], "values": [], "times": []}',
    ],
    ids=range(14),
)
def test_line_that_is_no_event_is_kept_and_holds_up_nothing(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture, line: bytes
) -> None:
    folder = spool_folders(location)[0]
    folder.mkdir(parents=True)
    (folder / "a.1.jsonl").write_bytes(line + b"\n" + to_json(started("b")).encode() + b"\n")
    (folder / "z.2.jsonl").write_text(to_json(started("z")) + "\n", encoding="utf-8")
    record(new_sink(), "c")
    assert run_ids(location) == ["b", "c", "z"]
    [warning] = warnings(caplog)
    assert "Skipped lines" in warning
    [kept] = folder.iterdir()
    assert kept.suffix == ".unreadable"
    assert str(kept) in warning
    assert kept.read_bytes().startswith(line)
    record(new_sink(), "d")
    assert [*folder.iterdir()] == [kept]


def test_file_that_cannot_be_read_stays_and_holds_up_nothing(location: Path, new_sink: SinkMaker) -> None:
    folder = spool_folders(location)[0]
    # A folder cannot be read as a file: as a colleague's file cannot, also by root, who may read any file.
    (folder / "a.1.jsonl").mkdir(parents=True)
    (folder / "z.2.jsonl").write_text(to_json(started("z")) + "\n", encoding="utf-8")
    record(new_sink(), "c")
    record(new_sink(), "d")
    assert run_ids(location) == ["c", "d", "z"]
    [kept] = folder.iterdir()
    assert (kept.suffix, len(kept.name)) == (".jsonl", len("a.1~12345678.jsonl"))


def test_events_with_line_separators_of_unicode_are_kept_whole(location: Path) -> None:
    text = "one\x85two\u2028three\u2029four\x0bfive\x1esix\r\nseven \ud800"
    for event in (started("a", command=text), SessionSaved("a", text), NodeFailed("a", text, 1)):
        assert spool.spool(location, event) is not None
    with closing(SQLiteWriter(location)) as writer:
        assert take_in(location, writer) == 1
    assert query(location, "SELECT command, error_node FROM runs") == [(text.replace("\ud800", "\\ud800"),) * 2]


def test_event_written_while_its_file_is_taken_in_is_not_lost(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process claims and removes the spooled file between its opening and the writing of the line."""
    spool.spool(location, started("a"))
    real_open = Path.open
    taken: list[int] = []

    # Any: `open` answers many kinds of files.
    def open_and_lose(path: Path, *arguments: object, **options: object) -> object:
        file = real_open(path, *arguments, **options)  # type: ignore[call-overload]  # passed through
        if path.suffix == ".jsonl" and not taken:
            taken.append(1)
            with closing(SQLiteWriter(location)) as writer:
                take_in(location, writer)
        return file

    monkeypatch.setattr(Path, "open", open_and_lose)
    spool.spool(location, ended("a"))
    monkeypatch.undo()
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert query(location, "SELECT status, started_at FROM runs") == [("succeeded", 1000)]


def test_line_that_a_full_disk_took_a_part_of_spoils_no_other(location: Path) -> None:
    assert spool.spool(location, started("a")) is not None
    [file] = spooled_files(location)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # No file can grow beyond this: a write is taken in part, and then refused, as on a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size + 100, limits[1]))
    try:
        assert spool.spool(location, started("a", command="x" * 500)) is None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    spool.spool(location, ended("a"))
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert query(location, "SELECT status, started_at FROM runs") == [("succeeded", 1000)]
    assert spooled_files(location) == []


def test_run_that_begins_takes_in_no_more_than_there_is_time_for(location: Path) -> None:
    for name in ("a", "b"):
        spool.spool(location, *whole_runs([name]))
    with closing(SQLiteWriter(location)) as writer:
        assert take_in(location, writer, seconds=-1) == 1
        assert run_ids(location) == ["a"]
        assert take_in(location, writer, seconds=-1) == 1
    assert run_ids(location) == ["a", "b"]


def test_spooled_events_stay_where_the_store_cannot_take_them(location: Path) -> None:
    spool.spool(location, started("a"))
    spool.spool(location, started("b"))
    open_store(location).close()
    with closing(sqlite3.connect(location)) as other, closing(SQLiteWriter(location, lock_timeout=0.05)) as writer:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError):
            take_in(location, writer)
        assert len(spooled_files(location)) == 2
        other.rollback()
        assert take_in(location, writer) == 2
    assert run_ids(location) == ["a", "b"]


def test_claim_of_a_process_that_died_is_taken_over(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = spool.spool(location, started("a"))
    assert folder is not None
    [file] = folder.iterdir()
    file.rename(file.with_suffix(".taking"))
    with closing(SQLiteWriter(location)) as writer:
        assert take_in(location, writer) == 0, "another process may be taking it in"
        monkeypatch.setattr(spool, "_CLAIM_SECONDS", -1)
        assert take_in(location, writer) == 1
    assert run_ids(location) == ["a"]


def test_processes_that_take_in_the_same_spool_lose_nothing(location: Path) -> None:
    for number in range(40):
        for event in whole_runs([str(number)]):
            spool.spool(location, event)
    run_at_once(record_whole_runs, location, [f"new-{n}" for n in range(4)], 1)
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert query(location, "SELECT count(*) FROM runs WHERE status = 'succeeded'") == [(44,)]
    assert spooled_files(location) == []


def test_run_of_a_long_name_can_be_spooled(location: Path) -> None:
    name = "é" * 120
    folder = spool.spool(location, started(name))
    assert folder == spool_folders(location)[0]
    assert [path.parent for path in spooled_files(location)] == [folder]
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert run_ids(location) == [name]


def test_spooled_record_of_a_run_whose_id_could_do_harm_is_not_taken_in(location: Path) -> None:
    hostile = "../../etc/passwd\x00; touch PWNED #"
    spool.spool(location, started(hostile))
    assert [path.parent for path in spooled_files(location)] == [spool_folders(location)[0]]
    spool.spool(location, started("harmless"))
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
    assert run_ids(location) == ["harmless"]
    assert [path.suffix for path in spooled_files(location)] == [".unreadable"]


def test_session_with_an_id_that_could_do_harm_is_not_recorded_and_says_so_once(
    location: Path, new_sink: SinkMaker, caplog: pytest.LogCaptureFixture
) -> None:
    sink = new_sink()
    record(sink, "2026; touch \x1b[2J #")
    assert not location.exists()
    assert spooled_files(location) == []
    [warning] = warnings(caplog)
    assert warning.startswith("The run is not recorded: '2026; touch \\x1b[2J #' cannot be the id of a run. An id has")
    record(sink, "2026")
    assert run_ids(location) == ["2026"]


def test_what_is_no_file_among_spooled_records_is_not_waited_for(location: Path) -> None:
    folder = spool.spool(location, started("sound"))
    assert folder is not None
    os.mkfifo(folder / "pipe.1.jsonl")
    (folder / "link.1.jsonl").symlink_to(folder / "not there")
    with (folder / "sparse.1.jsonl").open("wb") as sparse:
        sparse.truncate(6_000_000_000)
    with closing(SQLiteWriter(location)) as writer:
        assert take_in(location, writer) == 1
    assert run_ids(location) == ["sound"]


def test_spooled_line_with_a_huge_text_is_not_taken_in(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool.spool(location, started("long", author="x" * 3_000_000), started("sound", command="y" * 20_000))
    with closing(SQLiteWriter(location)) as writer:
        take_in(location, writer)
        assert query(location, "SELECT id, command FROM runs") == [("sound", "y" * 9_999 + "…")]
        monkeypatch.setattr(spool, "_MAX_LINE_CHARACTERS", 1_000)
        spool.spool(location, started("longer", command="y" * 900))
        spool.spool(location, started("another"))
        take_in(location, writer)
    assert run_ids(location) == ["another", "sound"]
    assert {path.suffix for path in spooled_files(location)} == {".unreadable"}
