"""What is taken over from a colleague's store, and what is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.store.engine import engine_of
from kedro_viz.store.errors import StoreError
from kedro_viz.store.lost_runs import mark_lost_runs
from kedro_viz.store.merge import merge_store
from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.remote import _snapshot
from kedro_viz.store.run_details import RunDetails
from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.events import NodeEnded, NodeStarted
from tests.store.stores import ended, make_old_store, metrics_of, query, saved, started, whole_runs, write

RUN = "2026-01-01T00.00.00.000Z"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A colleague's store."""
    return tmp_path / "other" / "session_store.db"


def send(source: Path, target: Path) -> None:
    """Have one store take in another, as sharing does: from a copy."""
    copy = source.with_name(f"{source.name}.sent")
    copy.unlink(missing_ok=True)
    _snapshot(source, copy)
    merge_store(target, copy)


def change(store: Path, sql: str) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute(sql)
        connection.commit()


def edit(store: Path, at: int, monkeypatch: pytest.MonkeyPatch, **details: Any) -> None:
    """Edit a run at a certain millisecond."""
    engine = engine_of(store)
    monkeypatch.setattr("kedro_viz.store.run_details.time.time", lambda: at / 1000)
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
        "UPDATE runs SET id = printf('%.*c', 300, 'x')",
        "UPDATE node_runs SET ended_at = 9000000000000000000",
    ],
)
def test_values_that_no_reader_could_show_are_not_taken_over(location: Path, other: Path, poison: str) -> None:
    write(other, started(RUN, nodes=["split"]))
    change(other, poison)
    with pytest.raises(StoreError, match="another type or size"):
        send(other, location)
    assert query(location, "SELECT id FROM runs") == []


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
