"""What is taken over from a colleague's store, and what is not."""

from __future__ import annotations

import dataclasses
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.editing.run_details import RunDetails
from kedro_viz.store.errors import StoreError
from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.merging import merge
from kedro_viz.store.sqlite.merging.merge import merge_store
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import NodeEnded, NodeStarted, RunContext, SeriesLogged
from kedro_viz.tracking.packed_content import content_hash, pack
from tests.store.stores import (
    contents_of,
    ended,
    full_record,
    make_old_store,
    metrics_of,
    query,
    rows,
    saved,
    started,
    whole_runs,
    with_contents,
    write,
)
from tests.store.version_1 import make_version_1_store

RUN = "2026-01-01T00.00.00.000Z"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A colleague's store."""
    return tmp_path / "other" / "session_store.db"


def without(found: dict[str, list[tuple[object, ...]]], run: str) -> dict[str, list[tuple[object, ...]]]:
    """What `rows` tells but for one run."""
    return {table: [row for row in each if row[0] != run] for table, each in found.items()}


def send(source: Path, target: Path) -> None:
    """Have one store take in another, as sharing does: from a copy."""
    copy = source.with_name(f"{source.name}.sent")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as connection, closing(sqlite3.connect(copy)) as copied:
        connection.backup(copied)
    merge_store(target, copy)


def change(store: Path, sql: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(sql)
        connection.commit()


def edit(store: Path, at: int, monkeypatch: pytest.MonkeyPatch, **details: Any) -> None:
    """Edit a run at a certain millisecond."""
    engine = engine_of(store)
    monkeypatch.setattr("kedro_viz.store.editing.edits.time.time", lambda: at / 1000)
    RunDetails(engine).update(RUN, author=store.parent.name, **details)
    monkeypatch.undo()
    engine.dispose()


def details(store: Path) -> tuple[Any, ...]:
    return query(store, "SELECT title, notes, bookmark FROM user_run_details")[0]


def state(store: Path) -> list[Any]:
    return [
        query(store, "SELECT status, ended_at FROM runs"),
        query(store, "SELECT node, started_at, ended_at FROM node_runs"),
        metrics_of(store, RUN),
    ]


def test_run_that_a_colleague_takes_for_lost_goes_on_here(location: Path, other: Path) -> None:
    write(location, started(RUN, host="a machine elsewhere", process=1, nodes=["split", "train"]))
    send(location, other)
    with closing(SQLiteWriter(other)) as colleague:
        assert mark_lost_runs(colleague) == 1
    write(location, NodeStarted(RUN, "split", 1100), NodeEnded(RUN, "split", 1200), saved(RUN, mae=1.0))
    before = state(location)
    send(other, location)
    assert state(location) == before
    write(location, ended(RUN, 5000))
    send(location, other)
    assert state(other) == state(location)
    assert query(other, "SELECT status FROM runs") == [("succeeded",)]


def test_edits_of_different_fields_are_all_kept(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(location, *whole_runs([RUN]))
    send(location, other)
    edit(location, 1000, monkeypatch, title="best so far", notes="a long note")
    edit(other, 2000, monkeypatch, bookmark=True)
    edit(location, 3000, monkeypatch, notes="a longer note")
    edit(other, 2500, monkeypatch, notes="of the colleague")
    send(other, location)
    send(location, other)
    assert details(location) == details(other) == ("best so far", "a longer note", 1)


def test_default_title_brought_back_later_wins(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(location, *whole_runs([RUN]))
    edit(location, 1000, monkeypatch, title="a mistake")
    send(location, other)
    edit(other, 2000, monkeypatch, title=RUN)
    send(other, location)
    assert details(location)[0] is None


def test_what_kedro_viz_10_said_counts_where_nobody_has_said_more(
    location: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_old_store(other, {RUN: {}})
    change(other, f"INSERT INTO user_run_details (run_id, bookmark, title, notes) VALUES ('{RUN}', 1, 'old', 'older')")
    write(location, *whole_runs([RUN]))
    edit(location, 1000, monkeypatch, title="new")
    send(other, location)
    assert details(location) == ("new", "older", 1)


@pytest.mark.parametrize(
    "poison",
    [
        "UPDATE runs SET started_at = 4000000000000000000",
        "UPDATE runs SET ended_at = -1",
        "UPDATE runs SET process = 99999999999",
        "UPDATE node_runs SET ended_at = 9000000000000000000",
        "UPDATE series_chunks SET count = 0",
        "UPDATE series_chunks SET count = 1000001",
        "UPDATE series_chunks SET points = 'text'",
        "UPDATE series_chunks SET first_at = -1",
        "UPDATE contents SET data = 'text'",
        "UPDATE contents SET size = 'text'",
        "UPDATE data_uses SET size = 'text'",
        "UPDATE runs SET peak_memory = 'text'",
        "UPDATE runs SET peak_memory = 9007199254740993",
        "UPDATE node_runs SET peak_memory = 9223372036854775807",
        "UPDATE artifacts SET size = -9223372036854775807",
        "UPDATE data_uses SET size = 9007199254740993",
        "UPDATE runs SET source = x'00'",
    ],
)
def test_values_that_no_reader_could_show_are_not_taken_over(location: Path, other: Path, poison: str) -> None:
    write(other, *full_record(RUN, b"x = 1"))
    change(other, poison)
    with pytest.raises(StoreError, match="another type or size"):
        send(other, location)
    assert not location.exists()


def test_texts_longer_than_can_be_kept_are_cut(location: Path, other: Path) -> None:
    write(other, *whole_runs([RUN]))
    change(
        other,
        "INSERT INTO user_run_details (run_id, title, notes) "
        f"VALUES ('{RUN}', printf('%.*c', 2000, 'x'), printf('%.*c', 200000, 'y'))",
    )
    send(other, location)
    assert details(location) == ("x" * 1_000, "y" * 100_000, None)


def test_text_in_no_known_encoding_hides_no_run(location: Path, other: Path) -> None:
    write(other, *whole_runs([RUN]))
    change(other, "UPDATE runs SET author = CAST(x'ff61' AS TEXT)")
    send(other, location)
    engine = engine_of(location)
    (run,) = RunReader(engine).newest()
    engine.dispose()
    assert run.author == "\ufffda"


def test_all_that_a_run_recorded_is_taken_over(location: Path, other: Path) -> None:
    write(location, *whole_runs(["ours"]))
    write(other, *full_record(RUN, b"x = 1"))
    send(other, location)
    assert without(rows(location), "ours") == rows(other)
    before = rows(location)
    send(other, location)
    assert rows(location) == before


def test_record_of_a_run_that_was_fetched_while_it_ran_is_replaced_by_the_whole(location: Path, other: Path) -> None:
    record = full_record(RUN, b"x = 1")
    write(other, *record[:-2])
    send(other, location)
    assert query(location, "SELECT status FROM runs") == [("running",)]
    write(other, NodeEnded(RUN, "split", 1300), SeriesLogged(RUN, "loss", "2", [2], [0.1], [1102]), *record[-2:])
    send(other, location)
    assert rows(location) == rows(other)


def test_what_a_run_ran_with_is_taken_over_where_its_end_was_told_before(location: Path, other: Path) -> None:
    start, context, *more = full_record(RUN, b"x = 1")
    write(other, start, *more)
    send(other, location)
    assert query(location, "SELECT status, source FROM runs") == [("succeeded", None)]
    write(other, context, dataclasses.replace(ended(RUN), peak_memory=7))
    send(other, location)
    assert rows(location) == rows(other)
    # But not of another try of it.
    write(location, started(RUN, 5_000), ended(RUN, 6_000))
    send(other, location)
    assert query(location, "SELECT started_at, source, peak_memory FROM runs") == [(5_000, None, None)]


def test_no_more_points_of_a_run_are_taken_over_than_a_run_can_log(
    location: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(location, *whole_runs([RUN]), SeriesLogged(RUN, "loss", "0", [0, 1], [0.5, 0.25], [1100, 1101]))
    write(other, *whole_runs([RUN, "another"]))
    for run in (RUN, "another"):
        write(other, *(SeriesLogged(run, "loss", str(n), [0, 1], [0.5, 0.25], [1100, 1101]) for n in range(9)))
    monkeypatch.setattr(merge, "MAX_POINTS", 7)
    for _ in ("first", "again"):
        send(other, location)
        counts = "SELECT run_id, sum(count) FROM series_chunks GROUP BY run_id ORDER BY run_id"
        assert query(location, counts) == [(RUN, 6), ("another", 6)]


@pytest.mark.parametrize(
    "poison",
    [
        f"UPDATE contents SET data = x'{pack(b'evil').hex()}'",
        "UPDATE contents SET data = x'00ff'",
        "UPDATE contents SET size = 1",
        "UPDATE contents SET size = 100000000",
        "UPDATE contents SET size = -1",
        "UPDATE contents SET hash = upper(hash)",
    ],
)
def test_contents_that_are_not_what_they_should_be_are_not_taken_over(location: Path, other: Path, poison: str) -> None:
    write(other, *full_record(RUN, b"x = 1"))
    change(other, poison)
    send(other, location)
    assert query(location, "SELECT id FROM runs") == [(RUN,)]
    assert contents_of(location) == {}


def test_bomb_among_the_contents_is_not_unpacked(location: Path, other: Path) -> None:
    write(other, *full_record(RUN, b"x = 1"))
    with closing(sqlite3.connect(other)) as connection:
        bomb = zlib.compress(bytes(70_000_000))
        connection.execute("UPDATE contents SET data = ?, size = 64000000", (bomb,))
        connection.commit()
    send(other, location)
    assert query(location, "SELECT id FROM runs") == [(RUN,)]
    assert contents_of(location) == {}


def test_no_more_is_unpacked_than_is_allowed(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(other, *full_record("a", b"1" * 600), *full_record("b", b"2" * 600))
    monkeypatch.setattr(merge, "_MAX_UNPACKED_BYTES", 2_000)
    send(other, location)
    assert query(location, "SELECT count(*) FROM runs") == [(2,)]
    assert 0 < sum(map(len, contents_of(location).values())) < 2_000


def test_contents_that_no_run_needs_are_not_taken_over(location: Path, other: Path) -> None:
    write(other, *full_record(RUN, b"x = 1"), with_contents(RunContext("other run"), b"stray"))
    send(other, location)
    assert contents_of(location).keys() == contents_of(other).keys() - {content_hash(b"stray")}


def test_run_that_was_deleted_here_does_not_come_back(location: Path, other: Path) -> None:
    write(other, *full_record(RUN, b"secret"), saved(RUN, "mine", telling=1), *full_record("another", b"x = 1"))
    change(other, f"INSERT INTO user_run_details (run_id, title, title_updated_at) VALUES ('{RUN}', 'mine', 9999)")
    send(other, location)
    with closing(SQLiteWriter(location)) as writer:
        Deletion(writer).delete([RUN])
        Deletion(writer).purge()
    before = rows(location)
    send(other, location)
    assert rows(location) == before
    assert b"secret" not in contents_of(location).values()
    assert query(location, "SELECT * FROM user_run_details") == []
    assert query(location, "SELECT * FROM metric_names WHERE key = 'telling'") == []


def test_nobody_deletes_for_others(location: Path, other: Path) -> None:
    write(location, *whole_runs([RUN]))
    send(location, other)
    with closing(SQLiteWriter(other)) as writer:
        Deletion(writer).delete([RUN])
    send(other, location)
    assert query(location, "SELECT id FROM runs") == [(RUN,)]
    assert query(location, "SELECT * FROM deleted_runs") == []


def test_store_of_an_older_schema_is_taken_over(location: Path, other: Path) -> None:
    make_version_1_store(other, [RUN])
    send(other, location)
    assert metrics_of(location, RUN) == {"scores.n": 0}
    make_old_store(other.with_name("older.db"), {"old": {"username": "ada"}})
    send(other.with_name("older.db"), location)
    assert query(location, "SELECT author FROM runs WHERE id = 'old'") == [("ada",)]


def test_work_of_a_merge_grows_with_the_runs_and_not_with_their_square(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in steps of SQLite's machine, which are the same on any computer."""
    steps: list[None] = []

    def counted(location: Path, lock_timeout: float = 1.0) -> sqlite3.Connection:
        connection = open_store(location, lock_timeout)
        connection.set_progress_handler(lambda: steps.append(None), 100)
        return connection

    monkeypatch.setattr(merge, "open_store", counted)
    monkeypatch.setattr(merge, "_RUNS_AT_ONCE", 10)
    work: list[int] = []
    for count in (400, 1_600):
        folder = tmp_path / str(count)
        write(folder / "other.db", *(event for n in range(count) for event in full_record(f"run-{n}")))
        for _ in ("first", "again"):
            steps.clear()
            send(folder / "other.db", folder / "store.db")
            work.append(len(steps))
    assert query(folder / "store.db", "SELECT count(*) FROM series_chunks") == [(1_600,)]
    first_of_few, again_of_few, first_of_many, again_of_many = work
    assert first_of_many < 6 * first_of_few
    assert again_of_many < 6 * again_of_few


def test_merge_leaves_the_store_free_between_runs(location: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(other, *(event for n in range(5) for event in full_record(f"run-{n}", bytes([n]))))
    monkeypatch.setattr(merge, "_RUNS_AT_ONCE", 1)
    monkeypatch.setattr(merge, "_SERIES_BYTES_AT_ONCE", 1)
    open_store(location).close()
    real, recorded = merge._merge_batch, iter("abcde")

    def and_record(connection: sqlite3.Connection) -> int:
        added = real(connection)
        # Another process records a run as soon as this transaction ends.
        connection.commit()
        write(location, *whole_runs([next(recorded)]))
        connection.execute("BEGIN IMMEDIATE")
        return added

    monkeypatch.setattr(merge, "_merge_batch", and_record)
    send(other, location)
    assert query(location, "SELECT count(*) FROM runs") == [(10,)]
    assert query(location, "SELECT count(*) FROM series_chunks") == [(5,)]
