"""Runs that an earlier version deleted, into a second file, are restored or purged all the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.sqlite.old_trash import old_trash
from kedro_viz.store.sqlite.run_rows import delete_run
from kedro_viz.store.sqlite.writer import SQLiteWriter
from tests.store.stores import contents_of, full_record, rows, run_ids, started, trashed, whole_runs, write

RUN, OTHER = "2024-05-01T12.30.45.678Z", "2024-05-02T12.30.45.678Z"


@pytest.fixture
def deletion(location: Path) -> Iterator[Deletion]:
    with closing(SQLiteWriter(location)) as writer:
        yield Deletion(writer)


def delete_as_before(location: Path, *run_ids: str, with_files: bool = False) -> None:
    """Delete runs as an earlier version did: their rows are in a store of their own, beside a tombstone."""
    for run_id in run_ids:
        write(old_trash(location), *full_record(run_id, b"x = 1"))
        with closing(sqlite3.connect(location)) as store:
            delete_run(store, run_id)
            store.execute("INSERT INTO deleted_runs (run_id, deleted_at) VALUES (?, 1000)", (run_id,))
            store.commit()
    with closing(sqlite3.connect(old_trash(location))) as trash:
        trash.execute("DELETE FROM contents")
        trash.execute("CREATE TABLE files_to_remove (run_id VARCHAR NOT NULL PRIMARY KEY) WITHOUT ROWID")
        trash.executemany("INSERT INTO files_to_remove VALUES (?)", [(run_id,) for run_id in run_ids if with_files])
        trash.commit()


def test_they_are_restored_as_they_were(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"), *whole_runs([OTHER]))
    before = rows(location)
    delete_as_before(location, RUN)
    assert deletion.restore([RUN]) == [RUN]
    assert rows(location) == before
    assert not list(location.parent.glob("*.trash*"))


def test_they_are_purged(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"), *full_record(OTHER))
    delete_as_before(location, RUN, with_files=True)
    purged = deletion.purge(older_than_seconds=60)
    # Their files wait for somebody who knows the project.
    assert (purged.runs, len(purged.problems)) == (0, 1)
    assert trashed(location) == [RUN]
    delete_as_before(location, OTHER)
    assert deletion.purge(run_ids=[OTHER]).runs == 1
    assert run_ids(location) == []
    assert b"x = 1" in contents_of(location).values(), "the other run names it"


def test_a_run_that_was_run_again_since_stays_as_it_is(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    delete_as_before(location, RUN)
    write(location, started(RUN, 2_000))
    before = rows(location)
    assert deletion.restore([RUN]) == []
    assert rows(location) == before


def test_a_damaged_file_is_kept_aside(location: Path, deletion: Deletion, caplog: pytest.LogCaptureFixture) -> None:
    write(location, *full_record(RUN))
    deletion.delete([RUN])
    old_trash(location).write_bytes(b"this is no database, but something that somebody may need")
    assert deletion.restore([RUN]) == [RUN]
    [aside] = location.parent.glob("*.corrupt-*")
    assert aside.read_bytes().startswith(b"this is no database")
    assert "damaged" in caplog.text


def test_what_cannot_be_read_keeps_nobody_from_deleting(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN))
    old_trash(location).mkdir()
    assert deletion.delete([RUN]) == [RUN]
    assert deletion.restore([RUN]) == [RUN]
    assert deletion.delete([RUN]) == [RUN]
    assert deletion.purge().runs == 1


def test_a_run_that_records_leaves_it_alone(location: Path) -> None:
    write(location, *full_record(RUN))
    delete_as_before(location, RUN)
    write(location, *whole_runs([OTHER]))
    assert old_trash(location).exists()
    assert trashed(location) == []
