"""Takes over the trash that earlier versions kept as a second store beside the store, `session_store.db.trash`."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.sqlite import trash
from kedro_viz.store.sqlite.contents import in_portions
from kedro_viz.store.sqlite.run_rows import RunRecords
from kedro_viz.store.sqlite.sqlite_file import open_store, set_aside, store_error
from kedro_viz.store.sqlite.writer import SQLiteWriter

logger = logging.getLogger(__name__)

# So many bytes of points go in one transaction.
_BYTES_AT_ONCE = 2_000_000

_POINTS = "run_id, name, batch, first_at, last_at, count, min, max, last_step, last, points"


def old_trash(location: Path) -> Path:
    """Where earlier versions kept a store's deleted runs."""
    return location.with_name(f"{location.name}.trash")


def take_over(writer: SQLiteWriter) -> None:
    """Move the runs of an old trash, if there is one, to that of the store, and remove its file.

    A damaged file is kept under another name. One that cannot be used now stays for the next time.
    """
    location = old_trash(writer.location)
    if not location.is_file():
        return
    try:
        with contextlib.closing(open_store(location)) as old:
            _move(old, writer)
        for suffix in ("", "-wal", "-shm"):
            location.with_name(location.name + suffix).unlink(missing_ok=True)
    except StoreCorruptError:
        logger.warning("The trash of an earlier version is damaged. It is kept as '%s'.", set_aside(location))
    except (StoreError, sqlite3.Error, OSError) as error:
        reason = store_error(error, location, 0) if isinstance(error, sqlite3.Error) else error
        logger.warning("Runs that an earlier version deleted stay in '%s' for now: %s", location, reason)


def _move(old: sqlite3.Connection, writer: SQLiteWriter) -> None:
    has_marks = old.execute("SELECT 1 FROM sqlite_master WHERE name = 'files_to_remove'").fetchone() is not None
    marked = {run_id for (run_id,) in old.execute("SELECT run_id FROM files_to_remove")} if has_marks else set()
    records = RunRecords(old)
    for (run_id,) in old.execute("SELECT id FROM runs").fetchall():
        if not writer.read(partial(_is_awaited, run_id=run_id)):
            continue
        for portion in _points(old, run_id):
            writer.work(partial(_add_points, rows=portion))
        # The file is removed next: a power cut must not leave the run nowhere.
        record = records.read(run_id)
        writer.work(partial(_put, run_id=run_id, with_files=run_id in marked, record=record), durable=True)


def _is_awaited(store: sqlite3.Connection, run_id: str) -> bool:
    """Whether a run was deleted, is not there again, and not in the store's own trash."""
    deleted = store.execute("SELECT 1 FROM deleted_runs WHERE run_id = ?", (run_id,)).fetchone() is not None
    return deleted and not trash.among_runs(store, [run_id]) and not trash.restorable(store, [run_id])


def _put(store: sqlite3.Connection, run_id: str, with_files: bool, record: str) -> None:
    if _is_awaited(store, run_id):
        trash.put_in_trash(store, run_id, with_files, record)


def _points(old: sqlite3.Connection, run_id: str) -> Iterator[list[tuple[object, ...]]]:
    rows = old.execute(f"SELECT {_POINTS} FROM series_chunks WHERE run_id = ?", (run_id,))  # noqa: S608 - our own names
    return in_portions(((row, len(row[-1])) for row in rows), _BYTES_AT_ONCE)


def _add_points(store: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * len(_POINTS.split(", ")))
    store.executemany(f"INSERT OR IGNORE INTO series_chunks ({_POINTS}) VALUES ({marks})", rows)  # noqa: S608 - ours
